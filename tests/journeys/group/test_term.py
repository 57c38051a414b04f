"""A term of the steering group: compilation, pack, call, a meeting that is moved, twelve decisions, minutes, feedback,
and what the organisations then have to do (R30-R33)."""

import datetime as dt
import io
import re

import docx
import pypdf
import pytest
import vobject

from insteg.inventory.actions import report, withdraw
from insteg.inventory.models import PlannedProcurement
from insteg.organisations.models import User
from insteg.steering.actions import add_seat
from insteg.steering.models import Decision, Feedback, Minutes
from tests.journeys.autumn import AUTUMN, give_passwords, no_letters_wait
from tests.journeys.conftest import PICTURES, WANTED
from tests.journeys.round.arriving import comes_by_letter, signs_in
from tests.process.cases import TOLD
from tests.town import build

PARK = ["Parkskötsel Norr", "Lokalvård i parkhus", "Snöröjning", "Trädvård", "Bevakning", "Vinterlek"]
HUS = ["Stambyte Åby", "Fasader Åby", "Trappstädning", "Fönsterputs", "Hisservice", "Målning", "Tvättstugor"]
SMALL = "Vinterlek"  # what the model proposes no requirement for
GONE = "Tvättstugor"  # withdrawn while the group sits


@pytest.fixture
def town(transactional_db, post, calendar):
    calendar.turns_to(AUTUMN)
    made = build()
    for name, organisation, titles in (("park", "Park", PARK), ("hus", "Hus", HUS)):
        by = {"actor": made.who[name], "target": made.org[organisation], "seen": None}
        for title in titles:
            report(**by, title=title, **TOLD | ({"months": 3, "option_months": 0} if title == SMALL else {}))
    for name, party, capacity in (("styr", "ame", "chair"), ("chef", "sia", "member"), ("af", "af", "invited")):
        add_seat(
            actor=made.who["ue"], target=made.org["Stad"], seen=None, user=User.objects.get(pk=made.who[name].id),
            party=party, capacity=capacity, starts_on=dt.date(2026, 1, 1),
        )  # fmt: skip
    give_passwords("ue", "styr", "chef", "af", "park", "hus")
    no_letters_wait()
    return made


def test_a_term_of_the_group(travellers, town, post, calendar):
    ue, park = travellers("ue"), travellers("park")
    signs_in(ue, "ue")
    when_ue_reads_what_is_coming_and_calls_the_group(ue)
    letters = those_of(post)
    assert set(letters) == {"styr", "chef", "af"}
    assert sequence(letters["styr"]) == ("REQUEST", 0)
    when_ue_makes_the_pack(ue)
    comes_by_letter(park, those_of(post)["park"])
    when_park_says_what_it_thinks(park)
    when_ue_puts_the_pack_in_order_and_sends_it(ue)
    then_its_files_say_what_the_page_says(ue)
    chair, af = travellers("styr"), travellers("af")
    letters = those_of(post)
    comes_by_letter(chair, letters["styr"])
    comes_by_letter(af, letters["af"])
    then_the_employment_service_reads_no_values(chair, af)

    when_ue_moves_the_meeting(ue)
    assert sequence(those_of(post)["styr"]) == ("REQUEST", 1)

    calendar.turns_to("2026-11-12 13:05")  # weeks later: nobody is signed in any more
    for someone, name in ((ue, "ue"), (chair, "styr")):
        signs_in(someone, name)
    when_ue_notes_who_is_there(ue)
    when_the_group_decides_on_twelve(ue, chair, town)
    calendar.turns_to("2026-11-13 09:00")
    for someone, name in ((ue, "ue"), (chair, "styr"), (park, "park")):
        signs_in(someone, name)
    when_ue_hands_the_minutes_over(ue)
    when_the_chair_approves_them(chair)
    no_letters_wait()
    when_ue_reads_and_sends_the_feedback(ue)
    letters = those_of(post)
    comes_by_letter(travellers("hus"), letters["hus"])
    then_park_has_its_tasks_and_starts_one(park)
    then_ue_sees_what_has_been_read(ue)


def those_of(post):
    """{receiver: the letter}, of those that arrive now."""
    return {letter.to: letter for letter in post.is_carried()}


# --- before the meeting


def when_ue_reads_what_is_coming_and_calls_the_group(ue):
    ue.follows("^Sammanställning$")
    ue.reads("planerade upphandlingar lämpar sig för sociala krav")
    ue.follows("^Att göra$")
    ue.follows("Kalla styrgruppen till möte")
    ue.fills("^Dag", "2026-11-05")
    ue.fills("^Börjar", "13.00")
    ue.fills("^Slutar", "15.00")
    ue.fills("^Plats", "Rum 3")
    ue.presses("^Spara mötet$")
    ue.reads("Mötet är planerat.")
    ue.follows("^Kalla till mötet$")
    ue.presses("^Skicka kallelsen$")
    ue.reads("Kallelsen är skickad.")


def when_ue_makes_the_pack(ue):
    ue.follows("^Förbered underlaget$")
    ue.presses("^Gör underlaget$")
    ue.follows("^Lägg fram fler$")
    for title in (*PARK, *HUS):
        ue.ticks(title)
    ue.presses("^Lägg fram$")
    ue.follows("^Fråga$")
    ue.fills("Sista dag att svara", "2026-10-20")
    ue.presses("^Skicka frågan$")
    ue.reads("Frågan är skickad.")


def when_park_says_what_it_thinks(park):
    park.presses("^Spara svaret$")
    park.reads("Skriv vad ni tycker")
    park.fills("Vad tycker ni själva", "Vi tar gärna emot, med handledare på plats.")
    park.presses("^Spara svaret$")
    park.reads("Svaret är sparat.")


def when_ue_puts_the_pack_in_order_and_sends_it(ue):
    ue.page.reload()
    ue.reads("Vi tar gärna emot, med handledare på plats.")
    ue.follows("^Lägg till en egen punkt$")
    ue.fills("^Rubrik", "Studiebesök i våras")
    ue.presses("^Lägg till$")
    ue.follows("^Ändra ordningen$")
    ue.page.get_by_label("Studiebesök i våras").fill("1")
    ue.presses("^Spara ordningen$")
    assert "Studiebesök" in ue.page.locator("main tbody tr").first.inner_text()
    ue.follows("^Skicka underlaget$")
    ue.presses("^Skicka$")
    ue.reads("Underlaget är skickat.")


def then_its_files_say_what_the_page_says(ue):
    word = docx.Document(io.BytesIO(fetched(ue, "^Word$")))
    told = "\n".join(each.text for each in word.paragraphs)
    told += "\n".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    paper = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(fetched(ue, "^PDF$"))).pages)
    for title in (*PARK, *HUS, "Studiebesök i våras", "Vi tar gärna emot"):
        assert title in told, title
        assert title in " ".join(paper.split()), title


def fetched(someone, name):
    with someone.page.expect_download() as waited:
        someone.page.get_by_role("link", name=re.compile(name)).first.click()
    return waited.value.path().read_bytes()


def then_the_employment_service_reads_no_values(chair, af):
    chair.reads("30,0 mnkr")
    af.reads(PARK[0])
    af.misses("30,0 mnkr")


def when_ue_moves_the_meeting(ue):
    ue.follows("^Styrgruppens möte")
    ue.follows("^Flytta$")
    ue.fills("^Dag", "2026-11-12")
    ue.fills("^Varför", "Rummet var upptaget.")
    ue.presses("^Flytta och skicka brev$")
    ue.reads("Mötet är flyttat.")


def sequence(letter):
    """The method and the number of the calendar file, as a second library reads it."""
    read = vobject.readOne(letter.calendar)
    return read.method.value, int(read.vevent.sequence.value)


# --- at the meeting


def when_ue_notes_who_is_there(ue):
    ue.follows("^Möten$")
    ue.follows("^Styrgruppens möte")
    ue.follows("^Anteckna närvaro$")
    for group in ue.page.get_by_role("group").all():
        group.get_by_label("Var med", exact=True).check()
    ue.presses("^Spara närvaron$")
    ue.reads("Närvaron är antecknad.")


def when_the_group_decides_on_twelve(ue, chair, town):
    """By keyboard alone, on a projector; one is withdrawn meanwhile, and one is decided on by the chair's own hand."""
    ue.follows("mötesläge")
    ue.page.set_viewport_size({"width": 1280, "height": 720})
    taken = 0
    for _point in range(20):
        title = ue.page.get_by_role("heading", level=1).inner_text()
        if taken == 3:
            fits_the_wall(ue)
        taken += decides(ue, chair, town, title)
        following = ue.page.locator("[rel=next]")
        if Decision.objects.count() == 12 or not following.count():
            break
    assert Decision.objects.count() == 12
    assert {each.planned.title for each in Decision.objects.select_related("planned")} == {*PARK, *HUS} - {GONE}


def decides(ue, chair, town, title):
    """Presses what belongs to the point; 1 when something was decided."""
    keys = ue.page.keyboard
    if title == GONE:
        row = PlannedProcurement.objects.get(title=GONE)
        withdraw(actor=town.who["hus"], target=row, seen=None, withdrawn_reason="Huset ska rivas.")
        keys.press("2")
        ue.fills("Skäl", "För få.")
        ue.presses("^Besluta")
        ue.reads("Huset ska rivas.")
        keys.press("Escape")
    if title == GONE or not ue.page.get_by_role("radio", name="Ställ krav").count():
        ue.page.locator("[rel=next]").click()
        ue.page.wait_for_load_state()
        return 0
    if title == PARK[1]:
        the_chair_is_first(ue, chair)
        return 1
    keys.press("2" if title == SMALL else "3" if title == HUS[0] else "1")
    if title == HUS[0]:
        ue.fills("Skäl", "Vi vill se handlingarna först.")
    ue.page.locator("h1").click()  # out of the field, so that keys are heard
    keys.press("b")
    ue.page.wait_for_load_state()
    ue.page.wait_for_function("title => document.querySelector('h1').innerText !== title", arg=title)
    return 1


def the_chair_is_first(ue, chair):
    """Both have the point before them. One decides, the other is told what happened and goes on."""
    chair.page.goto(ue.page.url)
    chair.ticks("Ställ inte krav")
    chair.fills("Skäl", "Lokalerna säljs.")
    chair.presses("^Besluta")
    ue.ticks("Ställ krav")
    ue.presses("^Besluta")
    ue.reads("Någon annan hann före", "Lokalerna säljs.")
    ue.page.set_viewport_size({"width": 1280, "height": 720})
    ue.page.locator("[rel=next]").click()
    ue.page.wait_for_load_state()


def fits_the_wall(someone):
    """What is needed to decide stands on the screen of a projector without scrolling."""
    screen = someone.page.viewport_size["height"]
    for each in ("h1", ".app-facts", ".app-decide button[type=submit]", ".app-meet__foot"):
        box = someone.page.locator(each).first.bounding_box()
        assert box["y"] >= 0, each
        assert box["y"] + box["height"] <= screen, each
    if WANTED:
        PICTURES.mkdir(parents=True, exist_ok=True)
        someone.page.screenshot(path=PICTURES / "a_term_of_the_group-projector.png")


# --- after it


def when_ue_hands_the_minutes_over(ue):
    ue.opens("/")
    ue.follows("[Pp]rotokoll")
    ue.reads(PARK[0])
    ue.follows("^Lämna")
    ue.presses("^Lämna för godkännande$")
    ue.reads("Protokollet är lämnat för godkännande.")


def when_the_chair_approves_them(chair):
    chair.opens("/")
    chair.follows("^Godkänn protokollet")
    chair.follows("^Läs och godkänn$")
    chair.presses("^Godkänn$")
    chair.reads("Protokollet är godkänt och ändras inte mer.")
    paper = Minutes.objects.get().file.read()
    told = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages).split())
    assert "Lokalerna säljs." in told
    assert "Vi vill se handlingarna först." in told


def when_ue_reads_and_sends_the_feedback(ue):
    ue.opens("/")
    ue.follows("återkoppling")
    ue.follows("Hus")
    ue.follows("^Ändra$")
    ue.fills("^Med egna ord", "Tack för era svar.")
    ue.presses("^Spara$")
    ue.reads("Tack för era svar.")
    ue.follows("^Återkoppling$")
    ue.follows("^Skicka alla$")
    ue.presses("^Skicka alla$")
    ue.reads("All återkoppling är skickad.")
    assert Feedback.objects.filter(sent_at=None).count() == 0


def then_park_has_its_tasks_and_starts_one(park):
    park.opens("/")
    park.follows(f"Starta upphandlingen ”{PARK[0]}”")
    park.follows("^Starta upphandlingen")
    park.presses("^Starta upphandlingen$")
    park.reads("Upphandlingen har startat.")


def then_ue_sees_what_has_been_read(ue):
    ue.page.reload()
    ue.reads("Läst")
    ue.looks()
