"""A case is followed and moved, one at a time and several at once, from its own page (R80-R82)."""

import pytest

from insteg.inventory.actions import report
from insteg.inventory.models import PlannedProcurement
from insteg.process.models import ItemAnswer, Visit
from tests.journeys.autumn import give_passwords
from tests.journeys.round.arriving import signs_in
from tests.process.cases import TOLD, decide

ASSESS, TELL = "Sammanställ och bedöm", "Återkoppla att krav ska ställas"
STEP = "/arbetsmodellen/steg/planned_procurement"


@pytest.fixture
def three(town):
    give_passwords("ue", "styr")
    for title in ("Lokalvård", "Markskötsel", "Stambyte"):
        report(actor=town.who["park"], target=town.org["Park"], seen=None, title=title, **TOLD)
    return town


def test_cases_are_moved_to_the_end(travellers, three):
    ue, steering = travellers("ue"), travellers("styr")
    signs_in(ue, "ue")
    when_ue_takes_one_and_gives_it_more_time(ue)
    when_ue_lays_two_before_the_steering_group(ue)
    signs_in(steering, "styr")
    when_the_steering_group_has_decided_on_both(steering, three)
    when_ue_answers_what_is_to_be_done(ue)
    then_the_case_has_ended(ue)


def when_ue_takes_one_and_gives_it_more_time(ue):
    ue.opens(f"{STEP}/assess/")
    ue.reads("3 ärenden. Inget är sent.")
    ue.follows("^Stambyte$")
    ue.reads(f"Din tur: {ASSESS}")
    ue.presses("^Jag tar det$")
    ue.reads("Du har tagit ärendet.", "Du har tagit det.")
    ue.follows("^Flytta datumet$")
    ue.fills("Ska vara klart", "3 mars 2031")
    ue.presses("Spara datumet")
    ue.reads("Skriv varför datumet flyttas.")
    ue.fills("Varför flyttas datumet", "Fler ska svara.")
    ue.presses("Spara datumet")
    ue.reads("Det ska vara klart senast")
    ue.follows("^Lämna tillbaka det$")
    ue.presses("^Lämna tillbaka$")
    ue.reads("Ärendet är lämnat tillbaka.")


def when_ue_lays_two_before_the_steering_group(ue):
    ue.follows("^Alla ärenden i det här steget$")
    ue.follows("^Lägg fram för styrgruppen$")
    ue.presses("^Lägg fram för styrgruppen$")
    ue.reads("Kryssa i minst ett ärende.")
    ue.ticks("Lokalvård")
    ue.ticks("Markskötsel")
    ue.page.get_by_role("button", name="Lägg fram för styrgruppen").dblclick()
    ue.reads("2 ärenden har gått vidare.")
    assert Visit.objects.filter(step__key="decide").count() == 2


def when_the_steering_group_has_decided_on_both(steering, town):
    """At its meeting, which has a journey of its own; nobody takes its ways by hand."""
    steering.opens(f"{STEP}/decide/")
    steering.follows("^Lokalvård$")
    steering.reads("Din tur: Besluta om krav", "Styrgruppen beslutar vid sitt möte")
    for title in ("Lokalvård", "Markskötsel"):
        decide(town, PlannedProcurement.objects.get(title=title), "require", "Många platser.")
    steering.opens(f"{STEP}/decide/")
    steering.reads("Inget ärende står här nu.")


def when_ue_answers_what_is_to_be_done(ue):
    ue.opens(f"{STEP}/feed_back/")
    ue.follows("^Lokalvård$")
    ue.reads(f"Din tur: {TELL}", "2 punkter är kvar att besvara.", "Går inte än:")
    ue.presses("^Klart")
    ue.reads("Svaret är sparat.", "1 av 2 besvarade")
    ue.follows("^Annat svar")
    ue.ticks("Behövs inte")
    ue.presses("^Spara svaret$")
    ue.reads("Skriv varför punkten inte behövs.")
    ue.fills("Anteckning", "De vet redan.")
    ue.presses("^Spara svaret$")
    ue.reads("2 av 2 besvarade", "De vet redan.")
    assert ItemAnswer.objects.count() == 2


def then_the_case_has_ended(ue):
    ue.follows("^Upphandlingen kan starta$")
    ue.reads("Därefter kommer upphandling.")
    ue.presses("^Upphandlingen kan starta$")
    ue.reads("Ärendet avslutades")
    ue.page.get_by_text("Hit har det kommit").click()
    ue.looks()
    ue.reads("Skäl: Många platser.")
