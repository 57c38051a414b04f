"""R82: cases as things to do: whose turn it is, since when and by when, and never more than one reads."""

import dataclasses
import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from insteg.access.actor import Role
from insteg.access.catalogues import Whose
from insteg.access.rules import Rule
from insteg.core import clock
from insteg.core.workdays import shift
from insteg.inventory import cases as inventory_cases
from insteg.inventory.models import PlannedProcurement
from insteg.organisations.models import Membership
from insteg.process import flow
from insteg.process.actions import answer_item, take
from insteg.process.models import Lane, Visit
from insteg.process.queries import tasks as queries
from tests.process.engine.model import STEPS, case, cases, do, item, publish, step
from tests.town import build, member

DAY = dt.datetime(2026, 11, 19, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def a_thursday():
    with time_machine.travel(DAY, tick=False):
        yield


@time_machine.travel(DAY, tick=False)
def lay(_ground):
    """On that Thursday. Its own cases have ended, so that only those of the test are open."""
    town = build()
    flow.close([row.run_id for row in town.planned.values()], actor=town.who["ue"], because="inventory.withdraw")
    publish()
    return town


LAID = {"town": lay}


def told(town, name, whose=Whose.MINE):
    """(title, about) of the person's tasks."""
    return [(task.title, task.about) for task in queries.tasks(town.who[name]) if task.whose is whose]


def the_only(town, name, whose=Whose.MINE):
    [task] = [task for task in queries.tasks(town.who[name]) if task.whose is whose]
    return task


def test_a_case_waits_for_whoever_holds_the_lane_of_its_step(town):
    row = case(town, at="weigh")
    found = the_only(town, "ue")
    assert (found.title, found.about, found.url) == ("Weigh", "Nr 0 · Park", f"/planerade/{row.pk}/")
    assert (found.since, found.due_on) == (DAY.date(), shift(DAY.date(), 20))
    assert {name for name in town.who if told(town, name)} == {"ue", "ue2"}


def test_three_are_told_one_by_one_and_more_become_one_line(town):
    cases(town, 3, at="weigh")
    assert sorted(told(town, "ue")) == [("Weigh", f"Nr {n} · Park") for n in range(3)]
    cases(town, 1, "Hus", at="weigh")
    found = the_only(town, "ue")
    assert (found.title, found.about) == ("Weigh: 4 upphandlingar", "")
    assert found.url == "/arbetsmodellen/steg/planned_procurement/weigh/"


def test_a_line_for_many_is_due_when_the_first_is_and_says_how_many_are_late(town):
    for days in (30, 29, 25, 8, 0):
        with time_machine.travel(DAY - dt.timedelta(days=days), tick=False):
            case(town, at="weigh")
    found = the_only(town, "ue")
    assert (found.title, found.about) == ("Weigh: 5 upphandlingar", "2 sena")
    assert (found.since, found.due_on) == (dt.date(2026, 10, 20), dt.date(2026, 11, 17))


def test_the_same_step_of_two_editions_is_one_line_with_the_newest_name(town):
    cases(town, 2, at="weigh")
    publish([{**each, "title": "Väg in"} if each["key"] == "weigh" else each for each in STEPS])
    assert len(told(town, "ue")) == 2
    cases(town, 2, at="weigh")
    assert told(town, "ue") == [("Väg in: 4 upphandlingar", "")]


def test_those_who_hold_a_lane_for_some_rows_are_told_of_those(town):
    case(town, "Park", at="tell")
    case(town, "Hus", at="tell", by="hus")
    assert told(town, "park") == [("Tell", "Nr 0 · Park")]
    assert told(town, "hus") == [("Tell", "Nr 0 · Hus")]


def test_what_a_colleague_has_taken_is_told_apart_and_what_i_have_taken_is_mine(town):
    mine, kims = case(town, "Park", at="weigh"), case(town, "Hus", at="weigh")
    do(take, town, "ue", mine)
    do(take, town, "ue2", kims)
    assert told(town, "ue") == [("Weigh", "Nr 0 · Park")]
    colleague = the_only(town, "ue", Whose.COLLEAGUE)
    name = Membership.objects.get(pk=town.who["ue2"].membership_id).user.name
    assert (colleague.title, colleague.about, colleague.who) == ("Weigh", "Nr 0 · Hus", name)


def test_what_someone_took_who_has_left_waits_for_whoever_is_there(town):
    row = case(town, at="weigh")
    do(take, town, "ue2", row)
    assert told(town, "ue") == []
    Membership.objects.filter(pk=town.who["ue2"].membership_id).update(ended_at=clock.now())
    assert told(town, "ue") == [("Weigh", "Nr 0 · Park")]
    assert told(town, "ue", Whose.COLLEAGUE) == []


def test_others_moves_are_told_in_what_one_has_a_part_in(town):
    case(town, "Park", at="decide")
    case(town, "Hus", at="weigh")
    found = the_only(town, "park", Whose.OTHERS)
    assert (found.title, found.about, found.who) == ("Decide", "Nr 0 · Park", "Styrgruppen")
    assert the_only(town, "ue", Whose.OTHERS).who == "Styrgruppen"
    assert the_only(town, "styr", Whose.OTHERS).title == "Weigh"
    assert told(town, "ame", Whose.OTHERS) == []  # reads it, and has no part in it


def test_whoever_holds_two_lanes_is_told_once(town):
    """What several share the unit buys itself: then it holds the buyer's lane for that case, and for no other."""
    case(town, "Stad", at="tell", by="ue")
    case(town, "Park", at="tell")
    assert ("Tell", "Nr 0 · Stad") in told(town, "ue")
    assert [about for _title, about in told(town, "ue", Whose.OTHERS)] == ["Nr 0 · Park"]


def test_an_item_of_mine_in_anothers_step_waits_until_it_is_answered(town):
    row = case(town, at="tell")
    found = the_only(town, "ue")
    assert (found.title, found.about, found.due_on) == ("Heard", "Nr 0 · Park", shift(DAY.date(), 5))
    do(answer_item, town, "ue", row, item_key="heard", said="done")
    assert told(town, "ue") == []


def test_items_are_late_by_their_own_dates(town):
    cases(town, 4, at="tell")
    with time_machine.travel(DAY + dt.timedelta(days=8), tick=False):
        assert told(town, "ue") == [("Heard: 4 upphandlingar", "4 sena")]
        assert told(town, "park") == [("Tell: 4 upphandlingar", "")]  # the step itself has two days left


def test_steps_that_a_room_tells_of_itself_are_left_out(town, monkeypatch):
    publish([step("report", "buyer", item=[item("told", "buyer")])])
    case(town)
    assert "report" in inventory_cases.PLANNED.told
    assert all(list(queries.tasks(actor)) == [] for actor in town.who.values())


def test_what_another_party_does_in_such_a_step_is_told_all_the_same(town):
    """An administrator may hang it there, and the room knows of its own tasks alone."""
    publish([step("report", "buyer", item=[item("heard", "procurement_unit")])])
    case(town)
    assert {name for name in town.who if told(town, name)} == {"ue", "ue2"}
    assert told(town, "ue") == [("Heard", "Nr 0 · Park")]
    assert queries.count(town.who["ue"]) == 1


def test_what_has_ended_or_is_withdrawn_waits_for_nobody(town):
    row = case(town, at="weigh")
    Visit.objects.filter(run=row.run_id).update(left_at=clock.now(), left_by="x", left_how="closed")
    assert all(list(queries.tasks(actor)) == [] for actor in town.who.values())


def test_no_more_are_looked_at_than_are_needed_and_the_line_says_so(town, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 4)
    rows = cases(town, 4, at="weigh")
    assert told(town, "ue") == [("Weigh: 4 upphandlingar", "")]
    late = [row.run_id for row in rows[:2]]
    Visit.objects.filter(run__in=late).update(due_on=clock.today() - dt.timedelta(days=1))
    cases(town, 1, at="weigh")
    assert told(town, "ue") == [("Weigh: minst 4 upphandlingar", "2 sena")]
    Visit.objects.filter(step__key="weigh").update(due_on=clock.today() - dt.timedelta(days=1))
    assert told(town, "ue") == [("Weigh: minst 4 upphandlingar", "minst 4 sena")]


@pytest.mark.parametrize("number", [0, 1, 3, 4, 9])
def test_the_count_for_another_membership_is_how_many_lines_it_would_be(town, number):
    cases(town, number, at="weigh")
    cases(town, number, at="tell")
    for name in ("ue", "park", "styr", "ame"):
        assert queries.count(town.who[name]) == len(told(town, name))


def test_two_editions_are_counted_as_one_line_too(town):
    cases(town, 2, at="weigh")
    publish()
    cases(town, 2, at="weigh")
    assert queries.count(town.who["ue"]) == len(told(town, "ue")) == 1


@pytest.mark.parametrize("ask", [queries.tasks, queries.count])
def test_fifty_cases_cost_as_many_questions_as_five(town, ask):
    costs = []
    for number in (5, 45):
        for key in ("tell", "weigh", "decide"):
            cases(town, number, at=key)
        with CaptureQueriesContext(connection) as asked:
            found = ask(town.who["ue"])
            assert found if ask is queries.count else len(list(found)) == 4
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_a_role_without_a_part_in_any_case_asks_nothing(town):
    cases(town, 5, at="weigh")
    with CaptureQueriesContext(connection) as asked:
        assert list(queries.tasks(town.who["ame"])) == []
    assert len(asked) == 0


# --- the strip


def strip(client):
    html = re.sub(r"\s+", " ", client.get("/").content.decode())
    found = html.partition('<ol class="app-state"')[2].partition("</ol>")[0]
    return [" ".join(re.sub(r"<[^>]*>", " ", each).split()) for each in re.findall(r"<li>(.*?)</li>", found)], found


def test_the_strip_counts_where_everybodys_cases_stand_in_the_order_of_the_model(town, as_):
    cases(town, 2, at="decide")
    late = cases(town, 3, "Hus", at="weigh")[0]
    Visit.objects.filter(run=late.run_id).update(due_on=clock.today() - dt.timedelta(days=1))
    said, html = strip(as_("park"))
    assert said == ["3 Weigh 1 sen", "2 Decide"]
    assert html.count("data-late") == 1
    assert 'href="/arbetsmodellen/steg/planned_procurement/weigh/"' in html


def test_a_step_that_the_model_in_force_has_no_more_is_counted_last(town, as_):
    case(town, at="tell")
    case(town, at="decide")
    publish([step("first", "buyer"), step("decide", "steering")])
    assert strip(as_("ue"))[0] == ["1 Decide", "1 Tell"]


@pytest.mark.parametrize("name", ["bygg", "af", "mal", "admin"])
def test_who_sees_no_cases_is_shown_no_strip(town, as_, name):
    case(town, at="decide")
    assert "Läget i modellen" in as_("ue").get("/").content.decode()
    assert "Läget i modellen" not in as_(name).get("/").content.decode()


def test_where_no_case_is_open_there_is_no_strip(town, as_):
    assert "Läget i modellen" not in as_("ue").get("/").content.decode()


def test_another_membership_is_counted_with_its_cases(town, as_):
    steering = member("ue", Role.STEERING, town.org["Stad"])
    cases(town, 2, at="decide")
    client = as_("ue")
    client.post("/uppdrag/", {"membership": town.who["ue"].membership_id})
    html = re.sub(r"\s+", " ", client.get("/").content.decode())
    assert re.search(rf"<strong>{steering.label}</strong> ?<p> ?Två saker väntar\.", html)


def test_a_lane_that_follows_from_another_table_is_held_for_its_rows_alone(town):
    """A rule may ask of what the row points at: then it is asked as a subquery, of those rows and no others."""
    ours = Rule("pröva", PlannedProcurement, {Role.PROCURING: lambda actor: Q(organisation__name="Park")})
    subject = dataclasses.replace(inventory_cases.PLANNED, lanes={Lane.BUYER: ours})
    held = queries.rows_held(subject, town.who["park"])[Lane.BUYER.value]
    assert {row.organisation.name for row in PlannedProcurement.objects.filter(held)} == {"Park"}
