"""R13: the compilation as files that a steering group takes as they are: the same rows, by the same rule, as the page.

Every figure is held against a count made here from the rows, one by one.
"""

import datetime as dt
import io
from collections import Counter
from decimal import Decimal

import pypdf
import pytest
import time_machine
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from insteg.codes.models import Cpv, CpvOccupation, Occupation
from insteg.core import clock
from insteg.documents import pdf, tables, word
from insteg.inventory import actions
from insteg.inventory.cards import compilation_document
from insteg.inventory.judgement import judge
from insteg.inventory.models import InventoryRound, PlannedProcurement
from insteg.inventory.reckoning import by_extent
from insteg.inventory.terms import Term, proposed
from insteg.organisations.models import User
from insteg.process.models import RuleSet
from tests.inventory.reading_files import (
    FILE,
    TEXTS,
    book,
    document,
    fetched,
    said,
    sheet,
    text_of_excel,
    text_of_pdf,
    text_of_word,
    word_table,
)
from tests.town import build

pytestmark = pytest.mark.one_database

KINDS = {"xlsx": tables.XLSX, "docx": word.DOCX, "pdf": pdf.PDF}
SUITS = {"nature": "services", "value_min": 48_000_000, "value_max": 52_000_000, "months": 36, "fte": Decimal(24)}
HOSTILE = [
    '=HYPERLINK("https://exempel.se";"Klicka")', "@SUMMA(A1) +46", "#set page(width: 1pt) $x$ *fet* _k_ `rå` <a> @b",
    "<w:p>&amp;</w:p> ]]> <svg/onload=alert(1)>", "{{ planned.title }} {% debug %}", "Städning \t av\x07 golv",
    "Å" * 300,
]  # fmt: skip


MORNING = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(MORNING, tick=False):
        yield


@time_machine.travel(MORNING, tick=False)
def town_with_a_round(_ground):
    """Only what a test plans itself is there to count, in the years of the round."""
    town = build()
    PlannedProcurement.objects.all().update(withdrawn_at=clock.now(), withdrawn_as="mistake", withdrawn_reason="Fel.")
    facts = proposed(Term(2026, "autumn"), clock.today()) | {"closes_on": dt.date(2026, 12, 10)}
    made = actions.draft_round(actor=town.who["ue"], target=town.org["Stad"], seen=None, **facts)
    actions.open_round(actor=town.who["ue"], target=InventoryRound.objects.get(pk=made.pk), seen=None)
    return town


def plan(town, title, who="park", where="Park", **facts):
    facts = {"start": dt.date(2028, 3, 1)} | facts
    made = actions.report(actor=town.who[who], target=town.org[where], seen=None, title=title, **facts)
    return PlannedProcurement.objects.get(pk=made.pk)


@time_machine.travel(MORNING, tick=False)
def what_is_coming(town):
    Cpv.objects.create(code="90000000", title_sv="Städning")
    Occupation.objects.create(code="9111", title_sv="Städare")
    CpvOccupation.objects.create(cpv="9091", occupation_id="9111")
    plan(town, "Lokalvård", cpv="90910000", **SUITS)
    plan(town, "Parkskötsel", **{**SUITS, "fte": Decimal("2.5"), "start": dt.date(2027, 4, 1)})
    plan(town, "Kontorsmöbler", nature="supplies", start=dt.date(2027, 6, 1))
    plan(town, "Reception", nature="services", start=None)
    plan(town, "Ombyggnad", "hus", "Hus", **{**SUITS, "nature": "works"}, start=dt.date(2029, 10, 1))
    plan(town, "Fasader", "hus", "Hus", nature="works", fte=Decimal(3), start=dt.date(2028, 1, 1))
    return town


LAID = {"town": town_with_a_round, "coming": what_is_coming}


def current():
    return list(PlannedProcurement.objects.current().select_related("organisation", "rule_set"))


def proposals(rows):
    return Counter(str(judge(row, row.rule_set).proposal) for row in rows)


def places_of(rows):
    suits = (row for row in rows if judge(row, row.rule_set).proposal == "suitable")
    return sum(row.places_set or by_extent(row, row.rule_set).places for row in suits)


def lacking(rows, fact):
    """Of those that cannot be judged: what does not suit anyway is asked for nothing."""
    judged = (judge(row, row.rule_set) for row in rows)
    return sum(fact in one.missing for one in judged if one.proposal == "needs_facts")


# --- who


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_outside_gets_a_file(as_, coming, kind):
    assert as_("ue").get(FILE + kind).status_code == 200
    outside = ("bygg", "af", "bistand", "mal", "admin")
    assert {name: as_(name).get(FILE + kind).status_code for name in outside} == dict.fromkeys(outside, 403)


@pytest.mark.parametrize("kind", KINDS)
def test_a_buyer_gets_its_own_rows_and_no_others(as_, coming, kind):
    whole, own = TEXTS[kind](as_("ue")), TEXTS[kind](as_("hus"))
    assert said(kind, "Lokalvård") in whole
    assert said(kind, "Fasader") in own
    assert said(kind, "Lokalvård") not in own
    assert said(kind, "Park") not in own
    assert said(kind, "har svarat") in whole
    assert said(kind, "har svarat") not in own


def test_a_file_is_to_save_and_is_kept_nowhere(as_, coming):
    for kind, content_type in KINDS.items():
        response = as_("ue").get(FILE + kind)
        name = f"sammanstallning-hosten-2026-2026-11-22.{kind}"
        assert response["Content-Type"] == content_type
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response["Cache-Control"] == "private, no-store"
    assert as_("ue").get(FILE + "exe").status_code == 404


# --- of what


def test_the_filter_of_the_page_is_the_filter_of_the_file(as_, coming):
    chosen = {"organisation": str(coming.org["Hus"].pk), "nature": "works", "year": "2028"}
    for kind, text_of in TEXTS.items():
        told = text_of(as_("ue"), **chosen)
        assert said(kind, "Fasader") in told
        assert said(kind, "Ombyggnad") not in told
        assert said(kind, "Lokalvård") not in told
        assert said(kind, "Organisation: Hus, Slag: Entreprenad, Börjar år: 2028") in told


def test_what_is_withdrawn_is_in_no_file(as_, coming):
    before = [said(kind, "Lokalvård") in text_of(as_("ue")) for kind, text_of in TEXTS.items()]
    actions.withdraw(
        actor=coming.who["park"], target=PlannedProcurement.objects.get(title="Lokalvård"), seen=None,
        withdrawn_as="cancelled", withdrawn_reason="Behövs inte.",
    )  # fmt: skip
    after = [said(kind, "Lokalvård") in text_of(as_("ue")) for kind, text_of in TEXTS.items()]
    assert (before, after) == ([True] * 3, [False] * 3)


def test_where_there_is_nothing_the_file_says_so(as_, town):
    for kind, text_of in TEXTS.items():
        assert said(kind, "Inget är anmält som börjar 2027–2029.") in text_of(as_("ue"))
        assert said(kind, "Inga upphandlingar passar filtret.") in text_of(as_("ue"), year="2028")


def test_the_finding_is_the_page_s_and_the_paper_is_dated(as_, coming):
    rows = current()
    finding = f"{proposals(rows)['suitable']} av {len(rows)} planerade upphandlingar lämpar sig för sociala krav."
    for kind, text_of in TEXTS.items():
        told = text_of(as_("ue"))
        assert said(kind, f"{finding} Tillsammans kan de ge omkring {places_of(rows)} platser.") in told
        assert said(kind, "22\u00a0nov\u00a02026 kl.\u00a010.00") in told
        assert said(kind, "19 kap. 3 § offentlighets- och sekretesslagen") in told
        assert said(kind, "Visa ändringarna") not in told


# --- the figures


def test_the_sheets_count_the_rows(as_, coming):
    rows, ue = current(), as_("ue")
    summary = {row["Uppgift"]: row["Svar"] for row in sheet(ue, "Sammanfattning")}
    counts = proposals(rows)
    assert summary["Upphandlingar"] == len(rows)
    assert summary["Lämpliga"] == counts["suitable"]
    assert summary["Behöver uppgifter"] == counts["needs_facts"]
    assert summary["Inte lämpliga"] == counts["not_suitable"]
    assert summary["Platser som de lämpliga kan ge, omkring"] == places_of(rows)
    assert summary["Saknar: avtalstid"] == lacking(rows, "months")
    quarters = {(row["År"], row["Kvartal"]): row["Upphandlingar"] for row in sheet(ue, "Per kvartal")}
    started = Counter((row.start.year, (row.start.month + 2) // 3) for row in rows if row.start)
    assert {quarter: count for quarter, count in quarters.items() if count and quarter[1]} == started
    assert len(quarters) == 12 + 1
    assert quarters["okänd start", None] == sum(row.start is None for row in rows)
    by_name = {row["Organisation"]: row for row in sheet(ue, "Per organisation")}
    for name in ("Park", "Hus"):
        own = [row for row in rows if row.organisation.name == name]
        assert by_name[name]["Upphandlingar"] == len(own)
        assert by_name[name]["Lämpliga"] == proposals(own)["suitable"]
        assert by_name[name]["Platser, omkring"] == places_of(own)
    gaps = {(row["Uppgift som saknas"], row["Organisation"]): row["Upphandlingar"] for row in sheet(ue, "Luckor")}
    assert gaps["Avtalstid", "Hus"] == 1
    occupations = {row["Yrke"]: row["Upphandlingar"] for row in sheet(ue, "Per yrke")}
    assert occupations["Städare"] == 1


def test_the_word_tables_count_the_rows(as_, coming):
    rows, told = current(), document(as_("ue"))
    by_name = {row["Organisation"]: row for row in word_table(told, "Per organisation")}
    for name in ("Park", "Hus"):
        own = [row for row in rows if row.organisation.name == name]
        assert by_name[name]["Upphandlingar"] == str(len(own))
        assert by_name[name]["Platser"] == str(places_of(own))
    quarters = {row["Börjar"]: row for row in word_table(told, "Per år och kvartal")}
    assert quarters["2028"]["Upphandlingar"] == str(sum(bool(row.start) and row.start.year == 2028 for row in rows))
    gaps = {row["Uppgift som saknas"]: row for row in word_table(told, "Luckor att fylla")}
    assert gaps["Avtalstid"]["Upphandlingar"] == str(lacking(rows, "months"))


def test_every_row_stands_in_the_list_of_its_judgement(as_, coming):
    told = document(as_("ue"))
    for proposal, name in (
        ("suitable", "Lämpliga"), ("needs_facts", "Behöver uppgifter"), ("not_suitable", "Inte lämpliga"),
    ):  # fmt: skip
        titles = [row.title for row in current() if judge(row, row.rule_set).proposal == proposal]
        shown = [row["Upphandling"] for row in word_table(told, f"{name}, {len(titles)}")]
        assert sorted(shown) == sorted(titles)


def test_a_suitable_one_has_all_that_is_decided_on(as_, coming):
    [row] = [row for row in word_table(document(as_("ue")), "Lämpliga, 3") if row["Upphandling"] == "Lokalvård"]
    assert row == {
        "Upphandling": "Lokalvård", "Organisation": "Park", "Start": "mars\u00a02028",
        "Värde": "48,0–52,0\u00a0mnkr", "Avtalstid": "36\u00a0mån", "Platser": "2", "Hinner kravet?": "Hinner",
        "Skäl": "Tjänst. Bemanningen är angiven. 36 månader utan förlängning. Omkring 24 årsarbetare i snitt.",
    }  # fmt: skip


def test_what_comes_too_late_is_said_in_all_three(as_, coming):
    [row] = [row for row in word_table(document(as_("ue")), "Lämpliga, 3") if row["Upphandling"] == "Parkskötsel"]
    assert row["Hinner kravet?"] == "Hinner inte"
    [row] = [row for row in sheet(as_("ue"), "Alla upphandlingar") if row["Upphandling"] == "Parkskötsel"]
    assert row["Hinner kravet?"] == "Hinner inte"
    assert "Hinnerinte" in text_of_pdf(as_("ue"))


def test_new_rules_are_in_time_the_same_in_all_before_each_row_is_judged_by_them(as_, coming):
    RuleSet.objects.create(edition=9, planning_months=40, safe_planning_months=40, published_at=clock.now())
    summary = sheet(as_("ue"), "Sammanfattning")
    [count] = [row["Svar"] for row in summary if row["Uppgift"] == "Lämpliga där kravet inte hinner med"]
    for rows in (word_table(document(as_("ue")), f"Lämpliga, {count}"), sheet(as_("ue"), "Alla upphandlingar")):
        told = [row["Hinner kravet?"] for row in rows if row.get("Bedömning", "Lämplig") == "Lämplig"]
        assert told == ["Hinner inte"] * count


def test_the_number_that_people_have_set_is_the_one_that_counts(as_, coming):
    planned = PlannedProcurement.objects.get(title="Lokalvård")
    PlannedProcurement.objects.filter(pk=planned.pk).update(places_set=7, places_reason="Så tog de emot förra gången.")
    [row] = [row for row in word_table(document(as_("ue")), "Lämpliga, 3") if row["Upphandling"] == "Lokalvård"]
    assert row["Platser"] == "7"
    assert "Platser bestämda: Så tog de emot förra gången." in row["Skäl"]
    [row] = [row for row in sheet(as_("ue"), "Alla upphandlingar") if row["Upphandling"] == "Lokalvård"]
    assert (row["Platser"], row["Platser efter omfattning"]) == (7, 2)


def test_the_sheet_of_all_has_numbers_days_and_kronor_to_reckon_with(as_, coming):
    all_of_them = book(as_("ue"))["Alla upphandlingar"]
    head = {cell.value: cell.column for cell in all_of_them[1]}
    titles = [all_of_them.cell(n, head["Upphandling"]).value for n in range(2, all_of_them.max_row + 1)]
    assert sorted(titles) == sorted(row.title for row in current())
    row = titles.index("Lokalvård") + 2
    value = all_of_them.cell(row, head["Värde från, kr"])
    assert (value.value, value.number_format) == (48_000_000, tables.KRONOR)
    assert all_of_them.cell(row, head["Önskad avtalsstart"]).value.date() == dt.date(2028, 3, 1)
    assert all_of_them.cell(row, head["Dialogen senast"]).is_date
    assert all_of_them.cell(row, head["Väntade yrken"]).value == "Städare"
    assert all_of_them.cell(row, head["Yrkena bekräftade"]).value == "nej"
    assert all_of_them.cell(titles.index("Kontorsmöbler") + 2, head["Platser"]).value is None


def test_the_workbook_can_be_sorted_and_printed(as_, coming):
    made = book(as_("ue"))
    assert made.sheetnames == [
        "Sammanfattning", "Per kvartal", "Per organisation", "Per slag", "Per CPV-huvudgrupp", "Per yrke", "Luckor",
        "Alla upphandlingar",
    ]  # fmt: skip
    for one in made.worksheets:
        assert one.freeze_panes
        assert one.print_title_rows == "$1:$1"
        assert (one.auto_filter.ref is None) == (one.title == "Sammanfattning")
    assert made["Alla upphandlingar"].auto_filter.ref == f"A1:X{len(current()) + 1}"
    assert made["Alla upphandlingar"].print_title_cols == "$A:$B"


# --- text stays text


def test_hostile_titles_come_back_as_text(as_, town):
    kept = [tables.writable(plan(town, title, **SUITS).title) for title in HOSTILE]
    for kind, text_of in TEXTS.items():
        told = text_of(as_("ue"))
        assert [title for title in kept if said(kind, title) not in told] == []


def test_no_cell_of_the_workbook_is_a_formula(as_, town):
    for title in HOSTILE:
        plan(town, title, **SUITS)
    cells = [cell for one in book(as_("ue")).worksheets for row in one.iter_rows() for cell in row]
    assert {cell.value for cell in cells} >= {HOSTILE[0], HOSTILE[1]}
    assert not [cell.value for cell in cells if cell.data_type == "f"]


def test_signs_of_other_languages_stay_in_word_and_excel_and_are_squares_in_pdf(as_, town):
    plan(town, "Tolkning سلام 😀", **SUITS)
    assert "Tolkning سلام 😀" in text_of_word(as_("ue"))
    assert "Tolkning سلام 😀" in text_of_excel(as_("ue"))
    told = text_of_pdf(as_("ue"))
    assert "Tolkning□□□□□" in told
    assert said("pdf", "Tecken som typsnittet saknar visas som □.") in told


# --- as papers


def test_the_picture_has_words_for_who_does_not_see_it(as_, coming):
    shapes = document(as_("ue")).inline_shapes
    assert [shape._inline.docPr.get("descr").split(".")[0] for shape in shapes] == [
        "Planerade upphandlingar 2027–2029, efter önskad avtalsstart"
    ]


def test_many_rows_are_shared_out_on_pictures_that_can_be_read(as_, coming):
    for number in range(40):
        who = ("park", "Park") if number % 2 else ("hus", "Hus")
        plan(coming, f"Städning {number}", *who, **SUITS)
    shapes = document(as_("ue")).inline_shapes
    assert [shape._inline.docPr.get("descr")[-12:] for shape in shapes] == ["Bild 1 av 2.", "Bild 2 av 2."]


def test_the_lists_lie_and_the_rest_stands(as_, coming):
    turned = [section.orientation for section in document(as_("ue")).sections]
    assert turned == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    pages = pypdf.PdfReader(io.BytesIO(fetched(as_("ue"), "pdf"))).pages
    assert pages[0].mediabox.width < pages[0].mediabox.height
    assert pages[-1].mediabox.width > pages[-1].mediabox.height


def test_a_long_list_is_cut_and_says_where_the_rest_is(as_, coming, monkeypatch):
    whole = {kind: TEXTS[kind](as_("ue")) for kind in ("docx", "pdf")}
    monkeypatch.setattr(compilation_document, "MOST_LISTED", 4)
    for kind, told in whole.items():
        assert said(kind, "Alla finns i Excel-filen.") not in told
        assert said(kind, "Inte lämpliga, 1") in told
        cut = TEXTS[kind](as_("ue"))
        assert said(kind, "Här står 4 av 6 upphandlingar. Alla finns i Excel-filen.") in cut
        assert said(kind, "Behöver uppgifter, 2") in cut
        assert said(kind, "Inte lämpliga, 1") not in cut
    assert len(sheet(as_("ue"), "Alla upphandlingar")) == 6


def test_whoever_reads_english_gets_english(as_, coming):
    User.objects.update(language="en")
    told, lists = document(as_("ue")), text_of_word(as_("ue"))
    assert {lang.get(qn("w:val")) for lang in told.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert told.core_properties.title == "Compilation autumn 2026"
    assert "Nov\u00a02026 10:00" in lists
    assert "Suitable, 3" in lists
    assert "Lämpliga" not in lists
    catalogue = pypdf.PdfReader(io.BytesIO(fetched(as_("ue"), "pdf"))).trailer["/Root"]
    assert catalogue["/Lang"] == "en"
    assert "Summary" in book(as_("ue")).sheetnames
