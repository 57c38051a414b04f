"""The page of a planned procurement, and what waits, say where it stands and whose move it is, once (R80-R82)."""

import datetime as dt
import re

import pytest

from insteg.core import clock
from insteg.inventory import actions
from insteg.inventory.jobs import judge_again
from insteg.inventory.queries.reported import tasks
from insteg.process.actions import answer_item
from insteg.process.models import RuleSet, Visit
from tests.inventory.test_cases import TOLD, UNIT, move, reported, withdraw
from tests.process.cases import decide
from tests.process.engine.model import altered, do, publish, visit_of
from tests.process.engine.model import step as a_step

pytestmark = pytest.mark.one_database


@pytest.fixture
def page(as_):
    def of(row, name="ue"):
        html = as_(name).get(f"/planerade/{row.pk}/").content.decode()
        main = html[html.index("<main") :].replace("\xa0", " ")
        return re.sub(r"\s+", " ", main)

    return of


def stage(html):
    now = re.search(r'data-state="now".*?<strong ?>([^<]+)</strong', html)
    return now.group(1)


def test_while_facts_are_awaited_one_banner_says_so_and_by_when(town, page):
    row = reported(town, **UNIT)
    ours, theirs = page(row, "park"), page(row, "styr")
    assert "Din tur: fyll i det som saknas" in ours
    assert "Väntar på uppgifter från Park" in theirs
    assert re.search(r"Senast \w+ \d+ \w+", ours)
    assert 'id="case-turn"' not in ours + theirs
    assert stage(ours) == "Anmäld"
    assert "Uppgifter saknas som bedömningen behöver." in ours  # what is in the way, among the ways on


def test_facts_that_are_late_are_marked_as_other_late_cases_are(town, page):
    row = reported(town, **UNIT)
    assert "Försenat" not in page(row, "park") + page(row, "styr")
    Visit.objects.filter(run=row.run_id).update(due_on=clock.today() - dt.timedelta(days=1))
    for name in ("park", "styr"):
        assert "Försenat" in page(row, name)
        assert "Det skulle ha varit klart" in page(row, name)


def test_when_they_are_told_it_is_the_procurement_units_turn(town, page):
    row = reported(town, **TOLD)
    ours, theirs = page(row, "park"), page(row)
    assert "Upphandlingsenhetens tur: Sammanställ och bedöm" in ours
    assert "Din tur: Sammanställ och bedöm" in theirs
    assert "Förslag: lämplig" in ours
    assert "Väntar på uppgifter" not in ours + theirs
    assert stage(ours) == "Bedömd"
    assert (f"/arbetsmodellen/arende/{row.run_id}/flytta/to_steering/" in theirs, "/flytta/" in ours) == (True, False)


def test_a_fact_that_is_taken_away_later_is_asked_for_without_changing_whose_turn_it_is(town, page):
    row = reported(town, **TOLD)
    actions.change(actor=town.who["park"], target=row, seen=None, fte=None)
    html = page(row, "park")
    assert "Upphandlingsenhetens tur: Sammanställ och bedöm" in html
    assert "Din tur" not in html
    assert "Förslag: behöver uppgifter" in html
    assert "Fyll i" in html


def decided(town, way="require"):
    row = reported(town, **TOLD)
    move(town, "ue", row, "to_steering")
    decide(town, row, way)
    return row


def test_the_steering_group_is_led_to_decide_and_what_is_proposed_stands_beside(town, page):
    row = reported(town, **TOLD)
    move(town, "ue", row, "to_steering")
    html = page(row, "styr")
    assert "Din tur: Besluta om krav" in html
    assert "Förslag: lämplig" in html
    assert stage(html) == "Beslutad"


@pytest.mark.parametrize(("way", "said"), [("require", "krav ska ställas"), ("do_not_require", "krav ställs inte")])
def test_what_is_decided_is_no_proposal_any_more(town, page, way, said):
    html = page(decided(town, way))
    assert said in html
    assert 'id="proposal"' not in html
    assert stage(html) == "Beslutad"


def test_what_has_started_says_that_its_case_has_ended_and_stands_no_further_than_the_product_does(town, page):
    row = decided(town)
    for item in ("decision_told", "next_step_told"):
        do(answer_item, town, "ue", row, item_key=item, said="done")
    move(town, "ue", row, "start")
    html = page(row)
    assert stage(html) == "Beslutad"
    assert "Ärendet avslutades" in html
    assert "Den delen finns inte i Insteg än" in html
    assert "Ärendet tas inte upp igen av det." in html


def test_what_is_withdrawn_or_joined_says_that_and_nothing_of_a_turn(town, page):
    gone, joint = reported(town, **TOLD), reported(town, "ue", "Stad", title="Bevakning", shared=True, **TOLD)
    part = reported(town, title="Väktare", shared=True, **TOLD)
    withdraw(town, gone)
    actions.join(actor=town.who["ue"], target=joint, seen=None, rows=[(part.pk, part.version)])
    assert ["tur:" in page(row) for row in (gone, part, joint)] == [False, False, True]
    assert "Dragen tillbaka" in page(gone)
    assert "Upphandlas gemensamt" in page(part)


def test_a_step_that_an_administrator_has_put_in_belongs_to_the_stage_before_it(town, page):
    steps = [
        a_step("report", "buyer", move=[{"key": "reported", "title": "Klar", "to": "weigh"}]),
        a_step("weigh", "procurement_unit", move=[{"key": "on", "title": "Vidare", "to": "assess"}]),
        a_step("assess", "procurement_unit", move=[{"key": "on", "title": "Vidare", "to": "price"}]),
        a_step("price", "procurement_unit", move=[{"key": "end", "title": "Slut"}]),
    ]
    publish(altered(steps))
    row = reported(town, **TOLD)
    assert (visit_of(row).step.key, stage(page(row))) == ("weigh", "Anmäld")
    move(town, "ue", row, "on")
    move(town, "ue", row, "on")
    assert (visit_of(row).step.key, stage(page(row))) == ("price", "Bedömd")


def test_the_page_costs_the_same_however_long_the_case_has_been_under_way(town, page, django_assert_max_num_queries):
    row, long = reported(town, **TOLD), reported(town, **TOLD)
    for _turn in range(6):
        move(town, "ue", long, "to_steering")
        decide(town, long, "later")
    assert Visit.objects.filter(run=long.run_id).count() == 14
    page(row)
    with django_assert_max_num_queries(60) as few:
        page(row)
    with django_assert_max_num_queries(len(few)):
        page(long)


def test_what_a_new_rule_set_no_longer_asks_for_is_for_its_organisation_to_send_on(town):
    """No job moves a case, so whoever reported it is told that it can go on."""
    row, _other = reported(town, **TOLD | {"months": 3, "option_months": None}), reported(town, **UNIT)
    assert tasks(town.who["park"]) == []
    RuleSet.objects.create(edition=2, min_months=3, published_at=clock.now())
    judge_again()
    [task] = tasks(town.who["park"])
    assert (task.title, task.due_on) == ("Gå vidare med 1 anmälan som är klar", visit_of(row).due_on)
    assert [tasks(town.who[name]) for name in ("hus", "ue", "styr", "ame")] == [[], [], [], []]
    move(town, "park", row, "reported")
    assert tasks(town.who["park"]) == []
