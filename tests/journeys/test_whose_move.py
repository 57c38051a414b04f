"""Everyone sees whose move it is, finds what they look for, and knows what it is all for (R1, R82)."""

import datetime as dt

import pytest

from insteg.access.actor import Role
from insteg.core import clock
from insteg.meetings.models import Meeting
from insteg.steering.actions import add_goal, add_occasion, add_vision
from insteg.steering.models import Goal
from tests.journeys.cases import ASSESS, STEERING, TO_STEERING, a_town_with_cases, comes_in, drawing, goes
from tests.journeys.round.arriving import signs_in
from tests.town import member, move_on


@pytest.fixture
def town(transactional_db):
    town = a_town_with_cases()
    the_steering_group_has_met(town)
    return town


def test_everyone_sees_whose_move_it_is(travellers, town):
    given_eva_sits_with_the_steering_group_too(town)
    eva = travellers("eva")
    signs_in(eva, "ue")
    when_eva_takes_a_case(eva)
    colleague = travellers("colleague")
    signs_in(colleague, "ue2")
    then_it_is_the_unit_s_for_a_colleague(colleague)
    when_eva_changes_membership(eva)
    when_eva_searches_by_register_number(eva)
    then_it_all_works_without_javascript(travellers("bare", java_script_enabled=False))

    britt = travellers("britt")
    given_goals(town)
    comes_in(britt, "mal")
    when_britt_sets_a_yearly_target(britt)
    then_britt_is_reminded(britt)


def the_steering_group_has_met(town):
    """Or a part of the year would have one thing more to do."""
    hour, now = dt.timedelta(hours=1), clock.now()
    Meeting.objects.create(
        kind="steering", organisation=town.org["Stad"], title="Styrgruppens möte", place="Vågen",
        starts_at=now, ends_at=now + hour, called_at=now - hour,
    )  # fmt: skip


def given_eva_sits_with_the_steering_group_too(town):
    member("ue", Role.STEERING, town.org["Stad"], town.units["ue"])
    move_on(town, "ue", town.planned["Larm"].run, "to_steering")


def when_eva_takes_a_case(eva):
    eva.presses("^Upphandlingsenheten")
    eva.reads(ASSESS, "Slåtter · Park", "Städning · Hus", "Läget i modellen")
    eva.misses("Enhetens")  # shown when a colleague has something
    eva.page.get_by_text("Väntar på andra: 1").click()
    eva.reads("Besluta om krav · Larm · Skola", "Styrgruppen · sedan")
    assert whole_state(eva) == {"Anmäl det som kommer": "2", ASSESS: "2", STEERING: "1"}
    eva.page.get_by_role("listitem").filter(has_text="Slåtter").get_by_role("link").click()
    eva.looks()
    eva.reads(f"Din tur: {ASSESS}")
    goes(eva, "^Jag tar det$", "button")
    eva.reads("Du har tagit ärendet.", "du själv")


def whole_state(someone):
    """{step: how many stand in it}, as the strip says."""
    rows = someone.page.get_by_role("list", name="Hur många ärenden som står i varje steg").get_by_role("listitem")
    pairs = (text.split("\n") for text in rows.all_inner_texts())
    return {name: count for count, name, *_late in pairs}


def then_it_is_the_unit_s_for_a_colleague(colleague):
    colleague.reads("Mina 2", "Enhetens 3", "Städning · Hus")
    colleague.misses("Slåtter · Park")
    colleague.follows("^Enhetens 3$")
    colleague.reads("Slåtter · Park · Ue har tagit det")


def when_eva_changes_membership(eva):
    eva.opens("/")
    eva.reads("Dina andra uppdrag", "En sak väntar.")
    goes(eva, "^Byt ?: Styrgruppen", "button")
    eva.looks()
    eva.reads(STEERING, "Larm · Skola", "Dina andra uppdrag", "Tre saker väntar.")
    goes(eva, "^Byt ?: Upphandlingsenheten", "button")
    eva.reads("Slåtter · Park")


def when_eva_searches_by_register_number(eva):
    eva.page.get_by_role("searchbox", name="Sök namn eller diarienummer").fill("2026-0417")
    eva.page.keyboard.press("Enter")
    eva.page.wait_for_url("**/sok/**")
    eva.looks()
    hits = eva.page.get_by_role("main").get_by_role("listitem")
    assert [text.split("\n")[0] for text in hits.all_inner_texts()] == ["Slåtter"]
    goes(eva, "^Slåtter$")
    eva.reads(f"Din tur: {ASSESS}", "SBK 2026-0417")


def then_it_all_works_without_javascript(bare):
    """Signs in, finds a case, takes it, moves it on and sees the picture, with nothing but links and forms."""
    page = bare.page
    comes_in(bare, "ue2")
    bare.reads("Mina 2", "Enhetens 3")
    page.get_by_role("searchbox").fill("12/26")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/sok/**")
    goes(bare, "^Städning$")
    goes(bare, "^Jag tar det$", "button")
    bare.reads("Du har tagit ärendet.")
    goes(bare, f"^{TO_STEERING}$")
    goes(bare, f"^{TO_STEERING}$", "button")
    bare.reads("”Städning” har gått vidare.", f"Styrgruppens tur: {STEERING}")
    page.goto(f"{bare.base}/arbetsmodellen/")
    assert f"{STEERING}, Styrgruppen: 2 upphandlingar" in drawing(bare).inner_html()


# --- the goals


def given_goals(town):
    britt, city = town.who["mal"], town.org["Stad"]
    vision = add_vision(actor=britt, target=city, seen=None, title="En stad där alla kommer i arbete")
    area = add_goal(actor=britt, target=vision, seen=None, level=Goal.Level.FOCUS_AREA, title="Arbete för fler")
    add_goal(actor=britt, target=area, seen=None, level=Goal.Level.GOAL, title="Fler får praktik genom upphandling")
    due = clock.today() + dt.timedelta(days=30)
    add_occasion(actor=britt, target=city, seen=None, title="Årsredovisning 2026", due_on=due)


def when_britt_sets_a_yearly_target(britt):
    britt.follows("^Mål$")
    britt.follows("^Nytt årsmål ?Fler får praktik")
    britt.writes(year="2027", measure="Upphandlingar med krav på praktik", value="några")
    goes(britt, "^Spara|^Lägg till", "button")
    britt.reads("”några” är inget helt tal")
    assert britt.field("Vad som räknas", "textbox").input_value() == "Upphandlingar med krav på praktik"
    britt.writes(value="25")
    goes(britt, "^Spara|^Lägg till", "button")
    britt.reads("2027: Upphandlingar med krav på praktik, minst")


def then_britt_is_reminded(britt):
    britt.follows("^Att göra$")
    britt.reads("Rapportera om målen: Årsredovisning 2026")
    goes(britt, "^Rapportera om målen: Årsredovisning 2026")
    britt.looks()
    britt.page.get_by_role("main").get_by_role("button").first.click()
    britt.page.wait_for_load_state()
    britt.reads("Rapporterat")
    goes(britt, "^Att göra$")
    britt.misses("Rapportera om målen")
