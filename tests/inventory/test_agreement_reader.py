"""R11: registers of agreements are read as contract databases export them, whatever they call their columns."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest

from insteg.inventory.agreement_reader import read_register, register_from_json, register_to_json, settled
from insteg.inventory.agreement_reader.headings import strongest
from insteg.inventory.plan_reader import Unreadable

DAY = dt.date


def read(text, name="avtal.csv"):
    return read_register(text.encode(), name)


def agreements(text):
    return [agreement for _sheet, _of, agreement in read(text).places()]


def only(text):
    (one,) = agreements(text)
    return one


def workbook(*rows, merged=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def test_an_export_with_every_column():
    one = only(
        "Avtalsnummer;Avtalsnamn;Leverantör;Avtalsstart;Avtalsslut;Förlängning t.o.m.;Avtalsvärde (tkr);CPV;Slag\n"
        "A-1;Snöröjning Norr;Plogarna AB;2023-07-01;2027-06-30;2029-06-30;12 500;90620000;Tjänst\n"
    )
    row = one.row
    assert (row.number, row.title, row.reference, one.supplier) == (2, "Snöröjning Norr", "A-1", "Plogarna AB")
    assert (row.start, one.ends_on, row.option_months) == (DAY(2023, 7, 1), DAY(2027, 6, 30), 24)
    assert (row.value_max, row.cpvs, row.nature) == (12_500_000, ("90620000",), "services")
    assert one.odd == ()


def test_other_words_and_dates_by_word():
    first, second, third = agreements(
        "Avtal,Motpart,Löper ut,Option\n"
        "Fönsterputs,Puts AB,juni 2027,1+1 år\nArbetskläder,Kläd AB,2028,nej\nTvätt,Tvätt AB,kv 3 2027,ja\n"
    )
    assert (first.ends_on, first.row.option_months) == (DAY(2027, 6, 30), 24)
    assert (second.ends_on, second.row.option_months) == (DAY(2028, 12, 31), 0)
    assert (third.ends_on, third.row.option_months) == (DAY(2027, 9, 30), None)


def test_a_period_in_one_column():
    one = only("Diarienr;Avtal avser;Leverantör;Avtalstid\n2023/1;Taxi;Bil AB;2023-09-01 - 2027-08-31\n")
    assert (one.row.start, one.ends_on) == (DAY(2023, 9, 1), DAY(2027, 8, 31))


def test_a_start_and_a_length_give_the_last_day():
    one = only("Benämning;Leverantör;Startdatum;Avtalstid (mån)\nTaxi;Bil AB;2024-01-31;25\n")
    assert one.ends_on == DAY(2026, 2, 27)
    one = only("Benämning;Leverantör;Startdatum;Avtalstid\nTaxi;Bil AB;2024-03-01;2+1+1 år\n")
    assert (one.ends_on, one.row.option_months) == (DAY(2026, 2, 28), 24)


def test_a_prolonged_agreement_runs_to_the_day_it_was_prolonged_to():
    one = only("Avtal;Slutdatum;Förlängt t.o.m.;Max slutdatum inkl. option\nTaxi;2025-12-31;2027-12-31;2028-12-31\n")
    assert (one.ends_on, one.row.option_months) == (DAY(2027, 12, 31), 12)


def test_headings_in_two_rows_under_a_title():
    content = workbook(
        ["Avtalsdatabas, uttag", None, None, None, None],
        [],
        ["Avtalsnamn", "Leverantör", "Avtalstid", None, "Kontraktsvärde"],
        [None, None, "from", "tom", "mnkr"],
        ["Växel", "Tele AB", DAY(2024, 1, 1), DAY(2027, 12, 31), 4.5],
        merged=["C3:D3"],
    )
    (one,) = [agreement for _n, _s, agreement in read_register(content, "avtal.xlsx").places()]
    assert (one.row.start, one.ends_on, one.row.value_max) == (DAY(2024, 1, 1), DAY(2027, 12, 31), 4_500_000)


def test_a_value_a_year_counts_for_as_long_as_the_agreement_runs():
    one = only("Avtal;Startdatum;Slutdatum;Årsvolym (tkr)\nTaxi;2024-01-01;2026-12-31;2000\n")
    assert one.row.value_max == 6_000_000
    one = only("Avtal;Slutdatum;Årsvolym (tkr)\nTaxi;2026-12-31;2000\n")
    assert [fault.field for fault in one.row.faults] == ["value"]  # for how long is not told


def test_nobodys_name_is_read_but_the_suppliers():
    text = (
        "Avtal;Leverantör;Slutdatum;Avtalsansvarig;Kontaktperson leverantör;E-post;Ägare\n"
        "Taxi;Anna Åkare;2027-12-31;Kim Berg;Bo Ek;bo@taxi.example;Eva Al\n"
    )
    register = read(text)
    assert only(text).supplier == "Anna Åkare"  # a sole trader
    assert [out.heading for out in register.sheets[0].left_out] == [
        "Avtalsansvarig", "Kontaktperson leverantör", "E-post", "Ägare",
    ]  # fmt: skip
    kept = str(register_to_json(register))
    assert not [name for name in ("Kim Berg", "Bo Ek", "bo@", "Eva Al") if name in kept]


def test_rows_of_one_number_are_one_agreement():
    """A framework stands once for each of its suppliers, or once more when it has been prolonged."""
    register = read(
        "Avtalsnummer;Avtal;Leverantör;Startdatum;Slutdatum;Värde\n"
        "A-1;Taxi;Bil AB;2022-01-01;2025-12-31;3 mkr\nA-1;Taxi;Buss AB;2026-01-01;2027-12-31;\n"
        ";Taxi;Cykel AB;;2027-01-31;\n"
    )
    joined, other = register.sheets[0].agreements
    assert (joined.row.number, joined.also, joined.supplier) == (2, (3,), "Bil AB, Buss AB")
    assert (joined.row.start, joined.ends_on, joined.row.value_max) == (DAY(2022, 1, 1), DAY(2027, 12, 31), 3_000_000)
    assert other.supplier == "Cykel AB"
    assert any("samma avtalsnummer" in str(note) for note in register.notes)


def test_what_is_no_agreement_that_runs_out_is_left_out_with_its_reason():
    register = read(
        "Avtal;Leverantör;Status;Slutdatum\n"
        "Taxi;Bil AB;Gällande;2027-12-31\nBuss;Buss AB;Avslutad;2027-12-31\nVäxel;Tele AB;Gällande;tills vidare\n"
        "Summa;;;\n-;Okänd AB;Gällande;2027-12-31\nokänt;Okänd AB;Gällande;2027-12-31\n"
    )
    (sheet,) = register.sheets
    assert [agreement.row.title for agreement in sheet.agreements] == ["Taxi"]
    reasons = {part.first: str(part.reason) for part in sheet.skipped}
    assert reasons[3] == "är avslutat enligt registret"
    assert reasons[4] == "gäller tills vidare och har ingen sista dag"
    assert 5 in reasons
    assert reasons[6] == reasons[7] == "har inget namn"


@pytest.mark.parametrize(("period", "taken"), [("2 år", ["Växel"]), ("tills vidare", [])])
def test_what_runs_until_further_notice_by_its_period_is_left_out(period, taken):
    register = read(
        f"Avtal;Leverantör;Startdatum;Avtalstid\nVäxel;Tele AB;2027-01-01;{period}\nTaxi;Bil AB;2027-01-01;1 år\n"
    )
    (sheet,) = register.sheets
    assert [agreement.row.title for agreement in sheet.agreements] == [*taken, "Taxi"]


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Taxi;Bil AB;2024-01-01;;2 mkr", ["end"]),
        ("Taxi;Bil AB;2024-01-01;31/2 2027;2 mkr", ["end"]),
        ("Taxi;Bil AB;2028-01-01;2027-12-31;2 mkr", ["end"]),
        ("Taxi;Bil AB;i våras;2027-12-31;2 mkr", ["start"]),
        ("Taxi;Bil AB;2024-01-01;2027-12-31;mycket", ["value"]),
    ],
)
def test_what_cannot_be_read_is_named_and_mended(line, fields):
    head = "Avtal;Leverantör;Startdatum;Slutdatum;Värde"
    one = agreements(f"{head}\n{line}\nBuss;Buss AB;2024-01-01;2027-12-31;3 mkr\n")[0]
    assert [odd.field for odd in one.odd] == fields
    right = {"end": "2028-12-31", "start": "2024-05-01", "value": "2 mkr"}
    assert settled(one, {fields[0]: right[fields[0]]}).odd == ()
    assert settled(one, {fields[0]: "i övermorgon kanske"}).odd != ()


def test_a_last_day_cannot_be_emptied_but_a_value_can():
    rows = "Avtal;Slutdatum;Värde\nTaxi;;mycket\nBuss;2027-12-31;3 mkr\n"
    one = agreements(rows)[0]
    assert [odd.field for odd in settled(one, {"end": "", "value": ""}).odd] == ["end"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Namn;Telefon\nKim;08-1\n", "hittar ingen lista med avtal"),
        ("Avtal;Leverantör;Slutdatum\n", "inga avtal"),
        ("Avtal;Leverantör;Slutdatum\nVäxel;Tele AB;tills vidare\n", "inga avtal"),
        ("", "tom"),
        ("Benämning;Avtalstid;Önskad avtalsstart\nTaxi;24 mån;2028-01-01\n", "hittar ingen lista"),  # a plan
    ],
)
def test_what_is_no_register_is_refused_with_a_sentence(text, said):
    with pytest.raises(Unreadable, match=said):
        read(text)


def test_a_register_comes_back_from_json_as_it_was():
    register = read("Avtal;Leverantör;Slutdatum;Kontakt\nTaxi;Bil AB;någon gång;Kim\nBuss;;2027-12-31;\nSumma;;;\n")
    assert register_from_json(register_to_json(register)) == register


HEADINGS = {
    "title": "Avtalsnamn|Avtalstitel|Avtal|Benämning|Avtal avser|Avtalsområde|Avtalets namn",
    "reference": "Avtalsnummer|Avtals-id|AvtalsID|Diarienr|Dnr|Ärendenummer|Upphandlings-ID",
    "supplier": "Leverantör|Leverantörsnamn|Motpart|Avtalspart|Entreprenör",
    "start": "Startdatum|Avtalsstart|Giltigt från|Giltigt fr.o.m.|Avtalsperiod från|Fr.o.m.",
    "end": "Slutdatum|Avtalsslut|Giltigt till|Löper ut|Giltigt t.o.m.|Avtal t.o.m|Avtalets sista dag|Tom|Utgångsdatum",
    "prolonged": "Förlängt t.o.m.|Förlängt till",
    "end_latest": "Förlängning t.o.m.|Option t.o.m.|Max slutdatum inkl. option|Kan förlängas till|Längst t.o.m.",
    "option": "Förlängning|Option|Möjlig förlängning (mån)|Förlängningsmöjlighet|Förlängningsoption",
    "period": "Avtalstid|Avtalsperiod|Avtalslängd|Löptid",
    "value": "Avtalsvärde|Kontraktsvärde (tkr)|Värde mnkr|Takvärde",
    "nature": "Slag|Kategori|Typ av avtal",
    None: "Uppsägning|Uppsägningstid|Option ska utlösas senast|Utnyttjad option|Org.nr leverantör|Leverantörsnummer"
          "|Antal förlängningar|Bevakningsdatum|Avtalsansvarig",
}  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "field"), [(heading, field) for field, said in HEADINGS.items() for heading in said.split("|")]
)
def test_headings(heading, field):
    assert strongest(heading) == field
