"""What the round amounts to, from the finding to the steering group's papers (R13, R20-R22)."""

import datetime as dt
import io
import re
from decimal import Decimal

import docx
import openpyxl
import pypdf
import pytest
from docx.oxml.ns import qn

from insteg.codes.models import CpvOccupation
from insteg.inventory.actions import report
from insteg.inventory.models import FactQuestion
from tests.journeys.autumn import give_passwords, last_spring, no_letters_wait, this_autumn
from tests.journeys.round.arriving import comes_by_letter, signs_in

PICTURE = "Planerade upphandlingar 2027–2029"


@pytest.fixture
def town(transactional_db, post, calendar):
    """Of six, two suit: one that is too small does not, and of three next to nothing is known."""
    made = last_spring(calendar)
    CpvOccupation.objects.create(cpv="9091", occupation_id="9111")
    park, hus = ({"actor": made.who[each.lower()], "target": made.org[each], "seen": None} for each in ("Park", "Hus"))
    cleaning = {"nature": "services", "cpv": "90910000", "months": 36, "fte": Decimal(40)}
    report(**hus, **cleaning, title="Städning av badhus", start=dt.date(2029, 2, 1))
    asked = {"nature": "services", "extent_known": True, "start": dt.date(2028, 10, 1)}
    report(**park, **asked, title="Reception i parkhuset")
    this_autumn(made)
    give_passwords("styr")
    no_letters_wait()
    return made


SIDEWAYS = """[...document.querySelectorAll(".app-tablewrap")]
    .filter(table => table.offsetParent && table.scrollWidth > table.clientWidth + 1)
    .map(table => table.getAttribute("aria-labelledby"))"""


def test_a_round_becomes_papers_for_the_steering_group(travellers, town, post):
    ue = travellers("ue")
    signs_in(ue, "ue")
    when_ue_reads_the_finding(ue)
    when_ue_narrows_it_by_keyboard(ue)
    then_the_picture_tells_what_the_list_tells(ue)
    when_ue_looks_into_one(ue)
    letters = when_ue_asks_for_what_is_missing(ue, post)

    park = travellers("park")
    comes_by_letter(park, letters["park"])
    when_park_fills_in_what_it_was_asked_for(park)
    then_ue_sees_that_it_has_come(ue)
    then_it_prints_without_what_leads_elsewhere(ue)

    steering = travellers("styr")
    signs_in(steering, "styr")
    then_the_steering_group_reads_and_changes_nothing(steering)
    then_the_papers_have_the_page_s_figures(steering)
    then_a_buyer_sees_its_own_alone(travellers("hus"))


# --- the page


def when_ue_reads_the_finding(ue):
    ue.follows("^Sammanställning$")
    ue.reads("2 av 6 planerade upphandlingar lämpar sig för sociala krav. Tillsammans kan de ge omkring 5 platser.")
    ue.reads("3 behöver uppgifter", "Tre år framåt")


def when_ue_narrows_it_by_keyboard(ue):
    chooses_by_keyboard(ue, "Organisation", "Park")
    chooses_by_keyboard(ue, "Bedömning", "Lämplig")
    tabs_to(ue, ue.page.get_by_text("Fler val"))
    ue.page.keyboard.press("Enter")
    chooses_by_keyboard(ue, "Börjar år", "2028")
    chooses_by_keyboard(ue, "Börjar kvartal", "2")
    leaves_by_keyboard(ue, "Visa", backwards=True)
    ue.looks()
    for said in ("organisation=", "proposal=suitable", "year=2028", "quarter=2"):
        assert said in ue.page.url
    assert [row["title"] for row in listed(ue)] == ["Snöröjning av gångvägar"]
    ue.page.reload()
    assert [row["title"] for row in listed(ue)] == ["Snöröjning av gångvägar"]
    leaves_by_keyboard(ue, "Rensa filtret", role="link")
    assert ue.page.url.endswith("/sammanstallning/")


def then_the_picture_tells_what_the_list_tells(ue):
    """Each procurement is a link in the picture, called what its row in the list says."""
    drawn = ue.page.get_by_role("group", name=PICTURE).get_by_role("link")
    names = drawn.evaluate_all("nodes => nodes.map(node => node.getAttribute('aria-label'))")
    told = [
        f"{row['title']}: {row['verdict'].lower()}, {begins(row['start'])}, avtalstid {row['length']}"
        for row in listed(ue)
    ]
    assert len(told) == 6
    assert sorted(map(plain, names)) == sorted(told)


def begins(start):
    return "önskad start okänd" if start == "okänd" else f"börjar {start}"


def when_ue_looks_into_one(ue):
    ue.page.get_by_role("group", name=PICTURE).get_by_role("link", name="Städning av badhus").click()
    ue.looks()
    ue.reads("Förslag: lämplig", "Förslag ur CPV-koden")
    ue.follows("Bekräfta eller ändra")
    ue.presses("^Bekräfta$")
    ue.reads("Yrkena är bekräftade", "Städare")
    ue.follows("Bestäm ett annat antal")
    ue.fills("Antal platser", "6")
    ue.presses("Spara antalet")
    ue.reads("Skriv varför antalet är rimligt")
    assert ue.field("Antal platser", "textbox").input_value() == "6"
    ue.fills("Varför är det ett rimligt antal", "Sex badhus, en plats i varje.")
    ue.presses("Spara antalet")
    ue.reads("Antalet platser är bestämt", "Bestämt av Ue")


# --- what is missing


def when_ue_asks_for_what_is_missing(ue, post):
    ue.follows("^Sammanställning$")
    ue.reads("Tillsammans kan de ge omkring 7 platser", "Luckor att fylla", "3 saknar avtalstid")
    ue.follows("Be om årsarbetare")
    ue.ticks("Avtalstid")
    ue.presses("Visa breven")
    ue.reads("Inget är skickat än.", "Två brev går om 3 upphandlingar", "Så ser brevet ut")
    ue.reads("Upphandlingsenheten behöver veta mer om 1 upphandling hos Hus", "Brevet går till")
    assert not FactQuestion.objects.exists()
    ue.page.get_by_role("button", name="Skicka två brev").dblclick()
    ue.reads("Frågan är skickad till två organisationer om 3 upphandlingar", "inget svar än för 3")
    ue.looks()
    letters = post.is_carried()
    assert sorted(letter.to for letter in letters) == ["hus", "park"]
    text = next(letter.text for letter in letters if letter.to == "park")
    assert "– Reception i parkhuset: avtalstid och årsarbetare" in text
    assert "Fasadrenovering" not in text
    ue.opens("/sammanstallning/fraga/?uppgift=months&uppgift=fte")
    ue.reads("Inget brev skickas.", "De har nyss fått frågan")
    assert not ue.page.get_by_role("button", name=re.compile("Skicka")).count()
    assert FactQuestion.objects.count() == 3
    return {letter.to: letter for letter in letters}


def when_park_fills_in_what_it_was_asked_for(park):
    park.follows("^Reception i parkhuset")
    park.reads("Din tur: fyll i det som saknas", "Väntar på svar om avtalstid och årsarbetare")
    park.follows("^Ändra$")
    park.fills("Avtalstid utan förlängning", "2 år")
    park.fills("Årsarbetare i snitt", "12")
    park.presses("Spara ändringen")
    park.reads("Förslag: lämplig")
    park.misses("Bestäm ett annat antal")


def then_ue_sees_that_it_has_come(ue):
    ue.follows("^Sammanställning$")
    ue.reads("3 av 6 planerade upphandlingar lämpar sig för sociala krav", "uppgiften har kommit för 1")
    ue.follows("^Reception i parkhuset$")
    ue.reads("Avtalstid och årsarbetare saknas inte längre")
    ue.page.go_back()


# --- on paper


def then_it_prints_without_what_leads_elsewhere(ue):
    assert ue.page.url.endswith("/sammanstallning/")
    ue.reads("Luckor att fylla")
    printed = text_of_pdf(ue.page.pdf(prefer_css_page_size=True))
    assert squeezed(finding(ue)) in printed
    for row in listed(ue):
        assert squeezed(row["title"]) in printed
    for words in leading_elsewhere(ue):
        assert squeezed(words) not in printed, words


def leading_elsewhere(someone):
    """What the menu says that the page itself does not, and the buttons."""
    page, menu = someone.page.locator("main").inner_text(), someone.page.get_by_role("navigation", name="Huvudmeny")
    alone = {name for name in map(plain, menu.get_by_role("link").all_inner_texts()) if name not in page}
    assert "Att göra" in alone
    return [*alone, "Be om årsarbetare", "Fler val", "Rensa filtret", "Hoppa till"]


def then_the_steering_group_reads_and_changes_nothing(steering):
    steering.follows("^Sammanställning$")
    steering.reads("3 av 6 planerade upphandlingar lämpar sig för sociala krav", "Luckor att fylla")
    assert not steering.page.get_by_role("link", name=re.compile("^Be om|Ta med i frågan")).count()
    steering.page.get_by_role("link", name="Städning av badhus", exact=True).click()
    steering.looks()
    steering.reads("Bestämt av Ue", "Sex badhus, en plats i varje.")
    for words in ("Bestäm ett annat antal", "Ändra yrken", "Ändra antalet"):
        steering.misses(words)
    steering.opens("/sammanstallning/fraga/")
    steering.reads("Du kan inte öppna den här sidan")
    steering.opens("/sammanstallning/")
    for width in (1231, 1024, 961, 800, 769):  # no telephone, and not all the room there is
        steering.page.set_viewport_size({"width": width, "height": 900})
        assert steering.page.evaluate(SIDEWAYS) == [], width
    steering.page.set_viewport_size({"width": 1280, "height": 900})


def then_the_papers_have_the_page_s_figures(steering):
    told, figures = finding(steering), by_organisation(steering)
    assert told.startswith("3 av 6 ")
    assert set(figures) == {"Park", "Hus"}

    book = openpyxl.load_workbook(io.BytesIO(fetches(steering, "Excel")))
    summary = [(fact, plain(str(answer))) for fact, answer in book["Sammanfattning"].iter_rows(values_only=True)]
    assert ("Slutsats", told) in summary
    _head, *rows = book["Per organisation"].iter_rows(values_only=True)
    assert {name: [str(figure) for figure in rest[:5]] for name, *rest in rows} == figures
    _head, *every = book["Alla upphandlingar"].iter_rows(values_only=True)
    assert len(every) == len(listed(steering))

    paper = docx.Document(io.BytesIO(fetches(steering, "Word")))
    assert told in [plain(each.text) for each in paper.paragraphs]
    assert {name: rest[:5] for name, *rest in word_rows(paper, "Per organisation")} == figures

    printed = text_of_pdf(fetches(steering, "PDF"))
    assert squeezed(told) in printed
    for name, counts in figures.items():
        assert squeezed("".join([name, *counts])) in printed


def then_a_buyer_sees_its_own_alone(hus):
    signs_in(hus, "hus")
    hus.follows("^Sammanställning$")
    hus.reads("Er sammanställning", "1 av 2 planerade upphandlingar")
    assert {row["title"] for row in listed(hus)} == {"Städning av badhus", "Fasadrenovering"}
    hus.misses("Reception i parkhuset")
    assert "Reception" not in text_of_pdf(fetches(hus, "PDF"))


# --- by keyboard


def tabs_to(someone, there, *, backwards=False):
    for _press in range(90):
        if there.evaluate("node => node === document.activeElement"):
            return
        someone.page.keyboard.press("Shift+Tab" if backwards else "Tab")
    raise AssertionError(f"{there} is out of the keyboard's reach")


def chooses_by_keyboard(someone, label, option):
    there = someone.page.get_by_role("search").get_by_label(label, exact=True)
    tabs_to(someone, there)
    someone.page.keyboard.press("Home")
    chosen = "node => node.selectedOptions[0].label"
    for _press in range(there.locator("option").count()):
        if there.evaluate(chosen) == option:
            return
        someone.page.keyboard.press("ArrowDown")
    raise AssertionError(f"{option} is out of the keyboard's reach in {label}")


def leaves_by_keyboard(someone, words, *, role="button", backwards=False):
    tabs_to(someone, someone.page.get_by_role("search").get_by_role(role, name=words, exact=True), backwards=backwards)
    with someone.page.expect_navigation():
        someone.page.keyboard.press("Enter")


# --- what the page and the papers say


def plain(text):
    return " ".join(text.split())


def squeezed(text):
    """Words, spaces and hyphens fall where the lines of a paper end."""
    return "".join(text.split()).replace("-", "")


def text_of_pdf(data):
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages))


def finding(someone):
    return plain(someone.page.locator(".app-words p").first.inner_text())


def listed(someone):
    """The list of procurements, as it reads at a desk: the first line of each cell."""
    table = someone.page.get_by_role("table", name=re.compile("upphandling"))
    rows = table.evaluate("node => [...node.rows].map(row => [...row.cells].map(cell => cell.innerText))")
    names = ("title", "nature", "value", "length", "start", "verdict", "places")
    read = [[plain(cell.strip().split("\n")[0]) for cell in row] for row in rows[1:] if len(row) == len(names)]
    return [dict(zip(names, cells, strict=True)) for cells in read]


def by_organisation(someone):
    """{organisation: the figures of its row}, in the order of the columns."""
    someone.page.get_by_text("Per organisation").click()
    rows = someone.page.locator("#organisations tr[role=row]")
    read = rows.evaluate_all("nodes => nodes.map(row => [...row.cells].map(cell => cell.innerText))")
    return {name: [plain(figure) for figure in figures] for name, *figures in read if figures[0].isdigit()}


def fetches(someone, kind):
    with someone.page.expect_download() as download:
        someone.page.get_by_role("link", name=kind, exact=True).click()
    return download.value.path().read_bytes()


def word_rows(paper, name):
    [table] = [one for one in paper.tables if one._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == name]
    return [[plain(cell.text) for cell in row.cells] for row in table.rows][1:]
