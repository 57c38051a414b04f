"""R80: many move cases at the same moment. None is lost, none is doubled, and nobody waits for ever.

A person's move locks the case and then its row; a room's change holds the row and never locks the case (flow.py)."""

import datetime as dt
import threading
import time
from collections import Counter

import pytest
from django.db import transaction

from insteg.access.actor import SYSTEM
from insteg.audit.gate import Blocked, Stale
from insteg.audit.models import Entry
from insteg.inventory.actions import change, withdraw
from insteg.inventory.models import PlannedProcurement
from insteg.process import flow
from insteg.process.actions import advance, answer_item, change_edition, take
from insteg.process.models import ItemAnswer, Process, Run, Visit
from tests.concurrency.together import AT_ONCE, press
from tests.process.engine.model import BUYER, STEPS, altered, case, cases, item, log_of, move, publish, visit_of, where

pytestmark = AT_ONCE
AT_A_TIME = 50
WITHOUT_ITEMS = altered(STEPS, tell={"item": [], "move": [move("on", "weigh"), move("drop")]})


@pytest.fixture
def model(town):
    return publish(WITHOUT_ITEMS)


def press_(act, town, row, name="park", **data):
    """As someone who saw where it stands now: what the act answers is only that it was done."""
    seen_visit = visit_of(row).pk

    def go():
        act(actor=town.who[name], target=Run(pk=row.run_id), seen=None, seen_visit=seen_visit, **data)
        return "done"

    return go


def stands(rows):
    """Where the cases stand, and through how many steps they have been."""
    open_visits = Visit.objects.filter(run__in=[row.run_id for row in rows], left_at=None)
    return Counter(open_visits.values_list("step__key", flat=True)), Visit.objects.filter(
        run__in=[row.run_id for row in rows]
    ).count()


def test_of_fifty_who_move_one_case_one_does_and_the_others_are_told(town, model):
    row = case(town)
    acts = [press_(advance, town, row, move_key="on") for _each in range(AT_A_TIME)]
    assert press(*acts) == {"done": 1, Stale: AT_A_TIME - 1}
    assert stands([row]) == ({"weigh": 1}, 2)
    assert log_of(row) == ["process.advance"]


def test_of_fifty_who_go_different_ways_one_does(town, model):
    row = case(town)
    acts = [press_(advance, town, row, move_key=("on", "drop")[n % 2]) for n in range(AT_A_TIME)]
    answers = press(*acts)
    assert answers["done"] == 1
    assert answers[Stale] + answers[Blocked] == AT_A_TIME - 1  # where it went on, or where it ended
    assert Visit.objects.filter(run=row.run_id, left_how="move").count() == 1
    assert log_of(row) == ["process.advance"]


def test_fifty_cases_are_all_moved_once(town, model):
    rows = cases(town, AT_A_TIME)
    assert press(*[press_(advance, town, row, move_key="on") for row in rows]) == {"done": AT_A_TIME}
    assert stands(rows) == ({"weigh": AT_A_TIME}, 2 * AT_A_TIME)
    moved = Entry.objects.filter(action="process.advance", subjects__model="process.Run")
    assert {*moved.values_list("subjects__row", flat=True)} == {row.run_id for row in rows}
    assert moved.count() == AT_A_TIME


def change_of(town, row, months):
    def go():
        change(actor=town.who["ue"], target=row, seen=None, months=months)
        return "changed"

    return go


def test_cases_are_moved_while_a_room_changes_their_rows(town, model):
    rows = cases(town, AT_A_TIME // 2)
    acts = [press_(advance, town, row, move_key="on") for row in rows]
    acts += [change_of(town, row, 24) for row in rows]
    assert press(*acts) == {"done": len(rows), "changed": len(rows)}
    assert stands(rows) == ({"weigh": len(rows)}, 2 * len(rows))
    changed = PlannedProcurement.objects.filter(pk__in=[row.pk for row in rows], months=24)
    assert changed.count() == len(rows)


def test_a_move_and_what_withdraws_its_row_leave_one_history(town, model):
    rows = cases(town, AT_A_TIME // 2)

    def withdrawn(row):
        withdraw(actor=town.who["ue"], target=row, seen=None, withdrawn_reason="Utgår")
        return "withdrawn"

    acts = [press_(advance, town, row, move_key="on") for row in rows]
    answers = press(*acts, *[lambda row=row: withdrawn(row) for row in rows])
    assert answers["withdrawn"] == len(rows)
    moved = Visit.objects.filter(run__in=[row.run_id for row in rows], left_how="move").count()
    assert (moved, stands(rows)[0]) == (answers["done"], {})
    assert Visit.objects.filter(run__in=[row.run_id for row in rows]).count() == len(rows) + moved


def rooms_go_on(rows, *, held=None, slowly=0.0):
    """As a room does: holds the rows, in the order of their keys, and lets their cases go on."""

    def go():
        with transaction.atomic():
            keys = [row.pk for row in rows]
            list(PlannedProcurement.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
            if held:
                held.set()
            time.sleep(slowly)
            began = flow.go_on([row.run_id for row in rows], "on", actor=SYSTEM, because="inventory.change")
        return f"{len(began)} went on"

    return go


def test_a_person_and_a_room_in_opposite_orders_neither_wait_for_ever_nor_move_twice(town, model):
    """The room has the row when the person has the case: the person waits, and is told."""
    row, held = case(town), threading.Event()
    person = press_(advance, town, row, move_key="on")

    def after():
        held.wait()
        return person()

    assert press(rooms_go_on([row], held=held, slowly=0.4), after) == {"1 went on": 1, Stale: 1}
    assert stands([row]) == ({"weigh": 1}, 2)


def test_a_room_that_comes_second_finds_it_gone_on(town, model):
    row, held = case(town), threading.Event()
    person = press_(advance, town, row, move_key="on")

    def first():
        with transaction.atomic():
            done = person()
            held.set()
            time.sleep(0.4)
        return done

    def room():
        held.wait()
        return rooms_go_on([row])()

    assert press(first, room) == {"done": 1, "0 went on": 1}
    assert stands([row]) == ({"weigh": 1}, 2)


def test_rooms_that_name_the_same_cases_in_opposite_orders(town, model):
    rows = cases(town, 20)
    answers = press(*[rooms_go_on(rows[:: 1 if n % 2 else -1]) for n in range(10)])
    assert answers == {"20 went on": 1, "0 went on": 9}
    assert stands(rows) == ({"weigh": 20}, 40)


def test_what_two_who_move_several_do_in_opposite_orders_is_done_by_one_or_told(town, model):
    """Whoever moves several takes them in the order of their rows (advance_several); here each case is its own."""
    rows = cases(town, 10)
    acts = [press_(advance, town, row, move_key="on") for row in (*rows, *rows[::-1])]
    assert press(*acts) == {"done": 10, Stale: 10}
    assert stands(rows) == ({"weigh": 10}, 20)


def test_an_answer_and_a_move_at_once_never_leave_a_required_item_behind(town):
    publish(altered(STEPS, tell={"item": [item("told", BUYER)], "move": [move("on", "weigh")]}))
    row = case(town)
    said = {"item_key": "told", "said": ItemAnswer.Said.DONE}
    press_(answer_item, town, row, **said)()
    [made] = ItemAnswer.objects.all()
    back = press_(answer_item, town, row, item_key="told", said="", seen_answer=made.pk)
    answers = press(back, press_(advance, town, row, move_key="on"))
    assert answers in ({"done": 1, Stale: 1}, {"done": 1, Blocked: 1})
    assert (where(row), ItemAnswer.objects.count()) in (("weigh", 1), ("tell", 0))


def test_of_fifty_who_answer_an_item_one_is_kept(town):
    publish(altered(STEPS, tell={"item": [item("told", BUYER)], "move": [move("on", "weigh")]}))
    row = case(town)
    acts = [press_(answer_item, town, row, item_key="told", said="done") for _each in range(AT_A_TIME)]
    assert press(*acts) == {"done": 1, Stale: AT_A_TIME - 1}
    assert ItemAnswer.objects.count() == 1


def test_a_case_goes_over_to_a_newer_edition_or_on_and_never_both(town, model):
    row, newer = case(town), publish(WITHOUT_ITEMS)
    over = press_(change_edition, town, row, process=newer, step_key="tell")
    assert press(over, press_(advance, town, row, move_key="on"), press_(take, town, row))["done"] in (1, 2)
    now = Visit.objects.select_related("step__process", "run").get(run=row.run_id, left_at=None)
    assert now.step.process_id == now.run.process_id
    assert Visit.objects.filter(run=row.run_id).count() == 2


def test_cases_begin_by_one_edition_or_the_other_while_a_newer_is_published(town, model):
    draft = publish(WITHOUT_ITEMS, draft=True)

    def begin():
        with transaction.atomic():
            flow.start(model.kind, actor=SYSTEM, count=3)
        return "began"

    def publishing():
        Process.objects.filter(pk=draft.pk).update(published_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        return "published"

    assert press(*[begin] * 8, publishing) == {"began": 8, "published": 1}
    runs = Run.objects.filter(process__in=[model, draft])
    assert runs.count() == 24
    assert Visit.objects.filter(run__in=runs, left_at=None).count() == 24


def test_nothing_is_added_to_a_draft_while_it_is_published(town, model):
    """Whoever writes in it waits for whoever publishes it, and is told no."""
    draft, held = publish(WITHOUT_ITEMS, draft=True), threading.Event()

    def publishing():
        with transaction.atomic():
            Process.objects.filter(pk=draft.pk).update(published_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
            held.set()
            time.sleep(0.4)
        return "published"

    def adding():
        held.wait()
        draft.phases.create(key="ny", title="Ny", order=9)
        return "added"

    answers = press(publishing, adding)
    assert answers["added"] == 0
    assert not draft.phases.filter(key="ny").exists()


def test_an_answer_by_whoever_passes_the_locks_is_not_put_on_a_visit_that_is_left(town, model):
    """Also SQL that knows nothing of the engine waits for whoever leaves, and is told no."""
    publish(altered(STEPS, tell={"item": [item("told", BUYER, required=False)], "move": [move("on", "weigh")]}))
    row, held = case(town), threading.Event()
    visit = visit_of(row)
    told = visit.step.items.get()

    def leaving():
        with transaction.atomic():
            flow.leave([visit], SYSTEM, Visit.Left.CLOSED)
            held.set()
            time.sleep(0.4)
        return "left"

    def answering():
        held.wait()
        ItemAnswer.objects.create(visit=visit, item=told, said="done", by="x")
        return "answered"

    assert press(leaving, answering)["answered"] == 0
    assert not ItemAnswer.objects.exists()
