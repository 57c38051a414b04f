"""R80-R82: the panel of a case, for each who sees it."""

import datetime as dt

from insteg.core import clock
from insteg.inventory.actions import withdraw
from insteg.process.actions import answer_item
from insteg.process.cards.case import card
from tests.process.cases import go


def test_the_panel_is_for_those_who_see_the_case(town, planned):
    for name in ("ue", "park", "styr", "ame"):
        assert card(planned.run_id, town.who[name]).step == "Sammanställ och bedöm"
    for name in ("hus", "bygg", "af", "mal", "admin"):
        assert card(planned.run_id, town.who[name]) is None
    assert card(None, town.who["ue"]) is None


def test_it_says_whose_move_it_is(town, planned):
    own, theirs = card(planned.run_id, town.who["ue"]), card(planned.run_id, town.who["styr"])
    assert (own.banner.color, own.banner.title) == ("accent", "Din tur: Sammanställ och bedöm")
    assert own.primary.title == "Lägg fram för styrgruppen"
    assert own.primary.leads_to == "Leder till ”Besluta om krav”. Då är det styrgruppens tur."
    assert (theirs.banner.color, theirs.banner.title) == (
        "neutral",
        "Upphandlingsenhetens tur: Sammanställ och bedöm",
    )
    assert theirs.primary is None
    assert [(way.href, way.who) for way in theirs.ways] == [("", "Upphandlingsenheten")] * 2
    assert (theirs.take_url, theirs.due_date_url) == ("", "")


def test_what_is_in_the_way_is_said_and_the_way_is_no_button(town):
    p = town.planned["p"]  # nothing is told of it
    found = card(p.run_id, town.who["park"])
    sentence = "Uppgifter saknas som bedömningen behöver. Fyll i dem, eller säg att de inte är kända."
    assert (found.banner.color, found.banner.sentences) == ("warning", [sentence])
    assert found.primary is None
    reported, as_it_is = found.ways
    assert (reported.href, reported.obstacles) == ("", [sentence])
    assert (as_it_is.href, as_it_is.obstacles, as_it_is.who) == ("", [], "Upphandlingsenheten")


def test_points_are_counted_and_the_late_ones_named(town, decided, monkeypatch):
    later = clock.now() + dt.timedelta(days=12)
    monkeypatch.setattr(clock, "now", lambda: later)
    found = card(decided.run_id, town.who["ue"])
    assert found.points_in_words == "0 av 2 besvarade, 1 sen"
    assert [point.late for point in found.points] == [True, False]
    assert found.banner.sentences == ["2 punkter är kvar att besvara."]
    assert found.banner.color == "accent"
    assert found.ways[0].obstacles == [f"Kvar att besvara: {point.title}." for point in found.points]


def test_what_the_group_decides_has_no_button(town, planned):
    go(town, planned, "ue", "to_steering")
    found = card(planned.run_id, town.who["styr"])
    assert found.banner.title == "Din tur: Besluta om krav"
    assert found.primary is None
    assert [(way.href, way.obstacles) for way in found.ways] == [("", [])] * 3
    assert found.banner.sentences == ["Styrgruppen beslutar vid sitt möte, och beslutet förs in där."]


def test_a_case_that_goes_over_to_what_is_not_built_says_so(town, decided):
    for key in ("decision_told", "next_step_told"):
        visit = decided.run.visits.get(left_at=None)
        answer_item(actor=town.who["ue"], target=decided.run, seen=None, item_key=key, seen_visit=visit.pk, said="done")
    go(town, decided, "ue", "start")
    assert card(decided.run_id, town.who["park"]).banner.sentences[1:] == [
        "Därefter kommer upphandling.",
        "Den delen finns inte i Insteg än, så ni fortsätter utanför.",
    ]


def test_a_late_case_says_so(town, planned, monkeypatch):
    later = clock.now() + dt.timedelta(days=90)
    monkeypatch.setattr(clock, "now", lambda: later)
    found = card(planned.run_id, town.who["styr"])
    assert found.banner.late
    assert found.banner.due_note.endswith("arbetsdagar sedan")


def test_the_way_here_is_told_with_names_and_reasons(town, decided):
    what = [(event.who, event.what) for event in card(decided.run_id, town.who["park"]).events]
    assert what == [
        ("Styr", "Till ”Återkoppla att krav ska ställas”: Ställ krav. Skäl: Många platser"),
        ("Ue", "Till ”Besluta om krav”: Lägg fram för styrgruppen."),
        ("Park", "Till ”Sammanställ och bedöm”: Anmälan är klar."),
        ("Park", "Till ”Anmäl det som kommer”"),
    ]


def test_a_closed_case_says_how_it_ended(town, planned):
    go(town, planned, "ue", "not_taken_up", "Ingen plats")
    found = card(planned.run_id, town.who["park"])
    assert found.banner.title.startswith("Ärendet avslutades ")
    assert found.banner.sentences == ["I steget ”Sammanställ och bedöm” valdes ”Lägg inte fram”."]
    assert found.events[0].what == "Avslutades: Lägg inte fram. Skäl: Ingen plats"
    assert (found.ways, found.points, found.take_url) == ([], [], "")


def test_a_case_that_ended_with_what_it_is_about_says_that(town, planned):
    withdraw(actor=town.who["park"], target=planned, seen=None, withdrawn_reason="Behovet finns inte.")
    found = card(planned.run_id, town.who["park"])
    assert found.banner.icon == "archive"
    assert found.events[0].what == "Avslutades: Avslutades med det som det gäller."
