"""What a reading says of itself: how columns were read, what was skipped, left out, asked and not understood (R11)."""

import json
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation

from insteg.config import cli
from insteg.inventory.plan_reader import Reading, answered, from_json, read, row_from_json, row_to_json, to_json

from .broken import repacked
from .layouts import LAYOUTS
from .writing import text, xlsx

HEADS = [
    "Benämning",
    "Slag",
    "Värde (mkr)",
    "Avtalstid",
    "Avtalsstart",
    "Pers.",
    "Ansvarig handläggare",
    "Tel.",
    "Anmärkning",
]
ROWS = [
    ["Tekniska förvaltningen"],
    ["Upphandlingsplan 2027-2029"],
    [],
    HEADS,
    ["Gata"],
    ["Beläggning", "Entreprenad", 28, "8 mån", "kv 2 -27", 5, "Ylva Forsman", "031-315 10 20", ""],
    [
        "Gång- och cykelbro",
        "Entreprenad",
        "3,8-38",
        "14 mån",
        "31/2 2028",
        "vet ej",
        "Ylva Forsman",
        "031-315 10 20",
        "",
    ],
    ["Delsumma", "", 28, "", "", "", "", "", ""],
    HEADS,
    ["Projekt"],
    ["Projektledning", "Tjänst", "ca 31", "2+1+1 år", "1/10 2027", 9, "Nils Österman", "031-315 10 21", "Samordnas"],
    ["Summa", "", 59, "", "", 14, "", "", ""],
    ["* = osäkert"],
]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(xlsx(("Plan", ROWS)), "plan.xlsx")


def test_rows_keep_their_numbers_and_sections(reading: Reading):
    assert [(row.number, row.title, row.section) for row in reading.rows] == [
        (6, "Beläggning", "Gata"),
        (7, "Gång- och cykelbro", "Gata"),
        (11, "Projektledning", "Projekt"),
    ]


def test_rows_that_are_no_procurements_are_listed_with_the_reason(reading: Reading):
    assert [(skipped.first, skipped.last, str(skipped.reason)) for skipped in reading.sheets[0].skipped] == [
        (1, 2, "titel före rubrikerna"),
        (3, 3, "tomma rader"),
        (5, 5, "mellanrubrik"),
        (8, 8, "summa"),
        (9, 9, "rubrikerna en gång till"),
        (10, 10, "mellanrubrik"),
        (12, 12, "summa"),
        (13, 13, "anmärkning"),
    ]


def test_columns_are_told_with_their_certainty(reading: Reading):
    columns = {column.heading: column for column in reading.sheets[0].columns}
    assert reading.sheets[0].header_row == 4
    assert [(c.heading, c.field) for c in columns.values()] == [
        ("Benämning", "title"),
        ("Slag", "nature"),
        ("Värde (mkr)", "value"),
        ("Avtalstid", "months"),
        ("Avtalsstart", "start"),
        ("Pers.", "fte"),
        ("Anmärkning", None),
    ]
    assert columns["Värde (mkr)"].unit == "mkr"
    assert columns["Värde (mkr)"].examples == ("28", "3,8-38", "ca 31")
    assert columns["Benämning"].certainty == "sure"
    assert columns["Pers."].certainty == "check"


def test_columns_of_persons_are_named_and_counted(reading: Reading):
    left_out = [(out.heading, str(out.reason), out.filled) for out in reading.sheets[0].left_out]
    assert left_out == [("Ansvarig handläggare", "namn", 3), ("Tel.", "telefonnummer", 3)]


def test_what_cannot_be_settled_is_asked_or_named(reading: Reading):
    bridge = reading.rows[1]
    assert [(q.field, str(q.text)) for q in bridge.questions] == [("value", "Vad betyder ”3,8-38” i mkr?")]
    assert [(f.field, str(f.text)) for f in bridge.faults] == [("start", "”31/2 2028” är inget datum")]
    assert bridge.unknown_fields == {"fte"}
    assert (bridge.value_min, bridge.start, bridge.fte) == (None, None, None)


def test_answers_fill_the_row(reading: Reading):
    row = answered(reading.rows[1], {"value": "0", "start": "1 mars 2028", "nature": "ignored"})
    assert (row.value_min, row.value_max, row.start) == (3_800_000, 38_000_000, date(2028, 3, 1))
    assert (row.questions, row.faults, row.nature) == ((), (), "works")


def test_an_answer_may_be_that_nobody_knows(reading: Reading):
    row = answered(reading.rows[1], {"value": "unknown"})
    assert row.unknown_fields == {"fte", "value"}
    assert (row.value_min, row.questions) == (None, ())


def test_an_answer_that_cannot_be_read_stays_a_fault(reading: Reading):
    row = answered(reading.rows[1], {"start": "sen"})
    assert [str(fault.text) for fault in row.faults] == ["”sen” är inget datum"]


def test_a_cleared_cell_says_nothing(reading: Reading):
    row = answered(reading.rows[1], {"start": ""})
    assert (row.start, row.faults) == (None, ())


def test_a_reading_survives_being_kept(reading: Reading):
    assert from_json(json.loads(json.dumps(to_json(reading)))) == reading
    assert row_from_json(json.loads(json.dumps(row_to_json(reading.rows[1])))) == reading.rows[1]


def test_sentences_follow_the_language_of_the_reader(reading: Reading):
    kept = to_json(reading)["sheets"][0]["rows"][1]["questions"][0]["text"]
    assert kept == {"text": "Vad betyder ”%(typed)s” i %(unit)s?", "values": {"typed": "3,8-38", "unit": "mkr"}}
    with translation.override("sv"):
        assert str(reading.rows[1].questions[0].text) == "Vad betyder ”3,8-38” i mkr?"


def test_a_person_s_own_choice_goes_before_the_words():
    rows = [
        ["Namn", "Slag", "Post A", "Datum"],
        ["Skötsel", "Tjänst", "12 mkr", "2027-03"],
        ["Salt", "Vara", "3 mkr", "2027-04"],
    ]
    content = xlsx(("Plan", rows))
    assert [row.start for row in read(content, "p.xlsx").rows] == [None, None]
    mapped = read(content, "p.xlsx", {"Datum": "start", "Post A": "value", "Slag": None}).rows
    assert [(row.start, row.value_min, row.nature) for row in mapped] == [
        (date(2027, 3, 1), 12_000_000, None),
        (date(2027, 4, 1), 3_000_000, None),
    ]


def test_persons_are_left_out_even_when_somebody_maps_them():
    rows = [
        ["Projekt", "Slag", "Handläggare"],
        ["Skötsel", "Tjänst", "Ylva Forsman"],
        ["Salt", "Vara", "Nils Österman"],
    ]
    assert "Forsman" not in json.dumps(to_json(read(xlsx(("Plan", rows)), "p.xlsx", {"Handläggare": "description"})))


def test_a_column_of_names_is_known_without_its_heading():
    rows = [["Projekt", "Slag", "Vem"], ["Skötsel", "Tjänst", "Ylva Forsman"], ["Salt", "Vara", "Nils Österman"]]
    assert [out.heading for out in read(xlsx(("Plan", rows)), "p.xlsx").sheets[0].left_out] == ["Vem"]


def test_addresses_in_a_description_are_blanked():
    others = [[name, "Vara", f"{name} på pall"] for name in ("Sand", "Flis", "Jord", "Bark", "Torv")]
    rows = [
        ["Projekt", "Slag", "Beskrivning"],
        ["Salt", "Vara", "Vägsalt, ring 031-315 10 20"],
        ["Grus", "Vara", "Se nils@exempel.se"],
        *others,
    ]
    assert [row.description for row in read(xlsx(("Plan", rows)), "p.xlsx").rows][:2] == ["Vägsalt, ring …", "Se …"]


def test_nature_from_the_code_is_marked():
    rows = [["Projekt", "CPV", "Värde tkr"], ["Skötsel av parker", "77310000", 500], ["Saltlager", "45213000", 600]]
    assert [(row.nature, row.nature_inferred) for row in read(xlsx(("Plan", rows)), "p.xlsx").rows] == [
        ("services", True),
        ("works", True),
    ]


def test_macros_are_ignored_and_said_to_be():
    macros = repacked(xlsx(("Plan", ROWS)), **{"xl/vbaProject.bin": b"Sub AutoOpen()"})
    reading = read(macros, "plan.xlsm")
    assert "makron" in str(reading.notes[0])
    assert len(reading.rows) == 3


def test_sheets_without_a_plan_are_named():
    reading = read(
        xlsx(("Läs mig", [["Fyll i bladet"]]), ("Plan", ROWS), ("Listor", [["x"]]), hide=("Listor",)), "plan.xlsx"
    )
    notes = [str(note) for note in reading.notes]
    assert any("”Läs mig”" in note for note in notes)
    assert any("”Listor” är dolt" in note for note in notes)


def test_doubles_are_kept_and_said():
    rows = [["Projekt", "Slag", "Start"], ["Rivning", "Entreprenad", "2027-01"], ["Rivning", "Entreprenad", "2027-10"]]
    reading = read(xlsx(("Plan", rows)), "p.xlsx")
    assert len(reading.rows) == 2
    assert "1 namn står på flera rader" in str(reading.notes[-1])


def test_a_withdrawn_row_is_kept_and_marked():
    rows = [["Projekt", "Slag", "Information"], ["Salt", "Vara", "Utgått"], ["Grus", "Vara", "Nytt"]]
    assert [(row.title, row.withdrawn) for row in read(xlsx(("Plan", rows)), "p.xlsx").rows] == [
        ("Salt", True),
        ("Grus", False),
    ]


def test_lone_names_are_procurements_in_a_sparse_list():
    rows = [
        ["Upphandling", "Värde (mkr)", "Heltider"],
        ["Parkskötsel", 12, ""],
        ["Snöröjning", "", ""],
        ["Sanering", "", 2],
        ["Salt", "", ""],
    ]
    assert [row.title for row in read(xlsx(("Plan", rows)), "p.xlsx").rows] == [
        "Parkskötsel",
        "Snöröjning",
        "Sanering",
        "Salt",
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "cp850", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("separator", [";", "\t", ",", "|"])
def test_csv_of_any_office(encoding: str, separator: str):
    rows = [
        ["Benämning", "Slag", "Värde (mkr)"],
        ["Gång- och cykelväg, Åby", "Entreprenad", "3,5"],
        ["Översyn", "Tjänst", "1"],
    ]
    read_rows = read(text(rows, separator, encoding), "plan.csv").rows
    assert [(row.title, row.nature, row.value_min) for row in read_rows] == [
        ("Gång- och cykelväg, Åby", "works", 3_500_000),
        ("Översyn", "services", 1_000_000),
    ]


# The command


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(words)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_the_command_prints_objects(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    layout = LAYOUTS[0]
    path = tmp_path / layout.filename
    path.write_bytes(layout.build())
    code, out, err = run(capsys, "plan", "read", str(path), "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == layout.key


def test_the_command_prints_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(xlsx(("Plan", ROWS)))
    code, out, _err = run(capsys, "plan", "read", str(path))
    assert code == 0
    assert "rubriker på rad 4, 3 upphandlingar" in out
    assert "fråga: Vad betyder ”3,8-38” i mkr?" in out
    assert "lämnas utanför, telefonnummer, 3 rader" in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["plan"], "Så här"),
        (["plan", "write", "x"], "Så här"),
        (["plan", "read", "a", "b"], "Så här"),
        (["plan", "read", "a", "--yaml"], "Så här"),
        (["plan", "read", "finns-inte.xlsx"], "går inte att öppna"),
    ],
)
def test_the_command_says_what_is_wrong(words: list[str], says: str, capsys: pytest.CaptureFixture[str]):
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert says in err


def test_the_command_says_why_a_file_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"%PDF-1.7")
    code, _out, err = run(capsys, "plan", "read", str(path))
    assert (code, err) == (2, "Filen är en PDF-fil, inte ett kalkylblad. Spara listan som xlsx, ods eller csv.\n")


def test_the_command_reads_without_settings(tmp_path: Path):
    path = tmp_path / "plan.csv"
    path.write_bytes(text([["Projekt", "Slag"], ["Salt", "Vara"], ["Grus", "Vara"]], ";", "utf-8"))
    script = """
import sys
from django.conf import settings
from insteg.config import cli
sys.exit(cli.main(sys.argv[1:]) or settings.configured)
"""
    command = [sys.executable, "-c", script, "plan", "read", str(path), "--json"]
    done = subprocess.run(command, capture_output=True, env={}, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [row["title"] for row in json.loads(done.stdout)] == ["Salt", "Grus"]


@pytest.mark.parametrize(
    "people", [[["Kalle A", "031-00 00 00"]], [["Berg, Anna", "a@x.example"], ["Ek Bo (chef)", "b@x.example"]]]
)
def test_a_list_of_whom_to_ring_is_no_list_of_procurements(people):
    plan = [["Benämning", "Avtalstid", "Värde (mkr)"], ["Lokalvård", "2 år", 12], ["Bro", "3 år", 5]]
    reading = read(two_sheets(plan, [["Namn", "Telefon eller e-post"], *people]), "plan.xlsx")
    assert [row.title for row in reading.rows] == ["Lokalvård", "Bro"]


def test_an_option_without_a_unit_counts_as_its_row_s_length():
    plan = [
        ["Benämning", "Avtalstid", "Option", "Värde (mkr)"],
        ["Lokalvård", "2 år", "1+1", 12],
        ["Bro", "tre år", "2", 5],
        ["Park", "24 mån", "12 mån", 4],
        ["Väg", "24", "12", 4],
    ]
    rows = read(two_sheets(plan), "plan.xlsx").rows
    assert [(row.months, row.option_months) for row in rows] == [(24, 24), (36, 24), (24, 12), (24, 12)]


def two_sheets(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Blad {number}")
        for row in rows:
            sheet.append(row)
    data = BytesIO()
    book.save(data)
    return data.getvalue()
