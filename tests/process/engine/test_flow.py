"""R80: what rooms above do with cases inside their own actions: begin, let go on, close, open again."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from insteg.access.actor import SYSTEM
from insteg.audit.gate import Stale
from insteg.audit.models import Entry
from insteg.core import clock
from insteg.core.workdays import shift
from insteg.inventory.models import PlannedProcurement
from insteg.process import flow
from insteg.process.actions import advance, answer_item, take
from insteg.process.models import Kind, Run, Visit
from tests.process.engine.model import STEPS, altered, case, cases, do, log_of, move, publish, visit_of, where

BECAUSE = "inventory.change"
WAYS = [move("on", "weigh"), move("dated", "weigh", guards=["start_told"]), move("push", "weigh", reason_required=True)]
OPEN = altered(STEPS, tell={"item": [], "move": WAYS})


def runs(*rows):
    return [row.run_id for row in rows]


def test_cases_begin_in_the_first_step_of_the_edition_in_force(town, process):
    begun = flow.start(Kind.PLANNED_PROCUREMENT, actor=town.who["park"], count=3)
    visits = Visit.objects.filter(run__in=begun).select_related("step")
    assert [run.process_id for run in begun] == [process.pk] * 3
    assert {(each.step.key, each.due_on, each.entered_by) for each in visits} == {
        ("tell", shift(clock.today(), 10), town.who["park"].id)
    }
    assert len(visits) == 3


def test_a_draft_begins_nothing(town, process):
    draft = publish(OPEN, draft=True)
    [run] = flow.start(Kind.PLANNED_PROCUREMENT, actor=SYSTEM)
    assert run.process_id == process.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(process=draft)


def test_those_that_nothing_hinders_go_on_and_each_is_in_the_log(town):
    publish(OPEN)
    here, there, gone = case(town, start=dt.date(2028, 1, 1)), case(town), case(town, start=dt.date(2028, 1, 1))
    do(advance, town, "park", gone, move_key="on")
    began = flow.go_on(runs(here, there, gone), "dated", actor=town.who["ue"], because=BECAUSE)
    assert [visit.run_id for visit in began] == [here.run_id]
    assert [where(row) for row in (here, there, gone)] == ["weigh", "tell", "weigh"]
    assert [log_of(row) for row in (here, there)] == [[BECAUSE], []]
    assert Visit.objects.get(run=here.run_id, left_how="move").left_by == town.who["ue"].id


def test_nothing_goes_on_past_an_item_or_without_the_reason_that_is_asked(town, told):
    assert flow.go_on(runs(told), "on", actor=SYSTEM, because=BECAUSE) == []
    publish(OPEN)
    row = case(town)
    assert flow.go_on(runs(row), "push", actor=SYSTEM, because=BECAUSE) == []
    assert (where(told), where(row), log_of(row)) == ("tell", "tell", [])
    assert len(flow.go_on(runs(row), "on", actor=SYSTEM, because=BECAUSE)) == 1


def test_a_case_without_what_it_is_about_does_not_go_on(town):
    publish(OPEN)
    row = case(town)
    PlannedProcurement.objects.filter(pk=row.pk).update(run=None)
    assert flow.go_on(runs(row), "on", actor=SYSTEM, because=BECAUSE) == []
    assert where(row) == "tell"


def test_what_has_ended_is_closed_and_stands_again_where_it_stood(town, told):
    do(take, town, "park", told)
    do(answer_item, town, "park", told, item_key="told", said="done", note="Se planen")
    flow.close(runs(told), actor=town.who["ue"], because="inventory.withdraw")
    left = Visit.objects.get(run=told.run_id)
    assert (left.left_how, left.left_by, where(told)) == ("closed", town.who["ue"].id, None)
    flow.close(runs(told), actor=town.who["ue"], because="inventory.withdraw")  # once is enough
    flow.reopen(runs(told), actor=town.who["park"], because="inventory.reinstate")
    flow.reopen(runs(told), actor=town.who["park"], because="inventory.reinstate")
    now = visit_of(told)
    assert (now.step_id, now.due_on, now.entered_by) == (left.step_id, shift(clock.today(), 10), town.who["park"].id)
    assert [(each.item.key, each.note, each.by) for each in now.answers.all()] == [
        ("told", "Se planen", town.who["park"].id)
    ]
    assert log_of(told)[-2:] == ["inventory.withdraw", "inventory.reinstate"]
    assert Visit.objects.filter(run=told.run_id).count() == 2


def test_what_came_to_its_own_end_stays_ended(town, told):
    do(advance, town, "park", told, move_key="drop", why="Behovet försvann")
    before = log_of(told)
    flow.close(runs(told), actor=SYSTEM, because=BECAUSE)
    flow.reopen(runs(told), actor=SYSTEM, because=BECAUSE)
    assert (where(told), log_of(told)) == (None, before)


def test_a_case_that_was_closed_opened_and_then_ended_stays_ended(town, told):
    flow.close(runs(told), actor=SYSTEM, because=BECAUSE)
    flow.reopen(runs(told), actor=SYSTEM, because=BECAUSE)
    do(advance, town, "park", told, move_key="drop", why="x")
    flow.reopen(runs(told), actor=SYSTEM, because=BECAUSE)
    assert where(told) is None


def test_what_is_left_once_is_not_left_again(town, told):
    """Somebody who acts on what they read before they had the lock is stopped, and the case does not split."""
    [visit] = Visit.objects.filter(run=told.run_id).select_related("step")
    way = visit.step.exits.get(key="drop")
    flow.leave([visit], town.who["park"], Visit.Left.MOVE, way)
    with pytest.raises(Stale):
        flow.leave([visit], town.who["ue"], Visit.Left.CLOSED)
    visit.refresh_from_db()
    assert (visit.left_how, visit.left_by) == ("move", town.who["park"].id)


def test_many_cost_what_one_costs(town):
    """A plan of ten thousand rows is one action."""

    def asked(count):
        publish(OPEN)
        rows = cases(town, count)
        told = []
        for verb, data in ((flow.go_on, {"move_key": "on"}), (flow.close, {}), (flow.reopen, {})):
            with CaptureQueriesContext(connection) as queries:
                verb(runs(*rows), actor=SYSTEM, because=BECAUSE, **data)
            told.append(len(queries))
        assert {where(row) for row in rows} == {"weigh"}
        return told

    assert asked(1) == asked(50)
    assert Entry.objects.filter(action=BECAUSE).count() == 3 * 51
