"""R80: running cases keep their edition, and one goes over to a newer on purpose without losing anything."""

import datetime as dt

import pytest

from insteg.audit.gate import Blocked, Refused, Stale
from insteg.core import clock
from insteg.core.workdays import shift
from insteg.process.actions import advance, answer_item, change_edition, move_due_date, take
from insteg.process.models import Kind, Process, Run, Visit
from insteg.process.queries.standing import steps_open_to
from tests.process.engine.model import (
    BUYER,
    STEPS,
    UE,
    altered,
    case,
    do,
    item,
    log_of,
    move,
    publish,
    standing,
    step,
    visit_of,
    where,
)

SAME = altered(STEPS, tell={"title": "Berätta", "lead_workdays": 90, "item": [item("told", BUYER), item("new", BUYER)]})


def change(town, row, process, step_key="tell", name="park"):
    return do(change_edition, town, name, row, process=process, step_key=step_key)


def edition_of(row):
    return Run.objects.select_related("process").get(pk=row.run_id).process.edition


def test_a_case_keeps_the_edition_that_it_began_with(town, told):
    before = edition_of(told)
    newer = publish(SAME)
    assert edition_of(told) == before
    assert standing(told, town.who["park"]).step.title == "Tell"
    assert edition_of(case(town)) == newer.edition


def test_it_stands_in_the_same_step_of_the_newer_with_what_was_said_there(town, told):
    do(take, town, "park", told)
    do(move_due_date, town, "park", told, due_on=dt.date(2040, 1, 2))
    said = do(answer_item, town, "park", told, item_key="told", said="done", note="Se planen")
    do(answer_item, town, "ue", told, item_key="heard", said="done")  # of an item that the newer has not
    left, newer = visit_of(told), publish(SAME)
    change(town, told, newer)
    now = visit_of(told)
    left.refresh_from_db()
    assert (left.left_how, left.left_by, left.answers.count()) == ("edition", town.who["park"].id, 2)
    assert (edition_of(told), now.step.title) == (newer.edition, "Berätta")
    assert (now.due_on, now.handler_id) == (dt.date(2040, 1, 2), town.who["park"].membership_id)
    [carried] = now.answers.select_related("item__step")
    assert (carried.item.key, carried.item.step_id) == ("told", now.step_id)
    assert (carried.said, carried.note, carried.by, carried.at) == (said.said, said.note, said.by, said.at)
    assert standing(told, town.who["park"]).ways["on"].obstacles == ["Kvar att besvara: New."]
    assert log_of(told)[-1] == "process.change_edition"


def test_to_change_edition_is_no_way_past_what_is_to_be_done(town, told):
    """Nor past a date: it would begin anew."""
    newer = publish(SAME)
    with pytest.raises(Blocked, match="finns kvar i den versionen, och ärendet står kvar i det"):
        change(town, told, newer, "decide")
    assert (where(told), edition_of(told)) == ("tell", newer.edition - 1)
    assert [each.key for each in steps_open_to(visit_of(told).step, newer)] == ["tell"]
    change(town, told, newer)


def test_when_the_step_is_gone_another_is_chosen(town, told):
    gone = altered(STEPS, tell=None, decide={"move": [move("yes"), move("back", "weigh")]})
    gone = altered(gone, weigh={"move": [move("price", "price"), move("put", "decide")]})
    newer = publish(gone)
    do(take, town, "park", told)
    assert [each.key for each in steps_open_to(visit_of(told).step, newer)] == ["weigh", "price", "decide"]
    with pytest.raises(Blocked, match="Det steget finns inte i den versionen"):
        change(town, told, newer, "tell")
    [entered, *_answers] = change(town, told, newer, "weigh")
    assert (entered.step.key, entered.handler_id) == ("weigh", None)  # another party's
    assert entered.due_on == shift(clock.today(), 20)


def test_no_older_edition_and_no_draft_and_no_other_kind(town, told):
    process, before = visit_of(told).step.process, edition_of(told)
    older = Process.objects.get(kind=process.kind, edition=process.edition - 1)
    draft = publish(SAME, draft=True)
    other = Process.objects.in_force().get(kind=Kind.PROCUREMENT)
    for wrong in (older, process, draft, other):
        wrong.edition += 100  # what somebody holds is not what is saved
        wrong.published_at = clock.now()
        with pytest.raises(Blocked, match="Välj en nyare version"):
            change(town, told, wrong)
    assert edition_of(told) == before
    Process.objects.filter(pk=draft.pk).update(published_at=clock.now())
    change(town, told, draft)
    assert edition_of(told) == Process.objects.get(pk=draft.pk).edition


def test_the_edition_is_changed_by_those_whose_move_it_is(town, told):
    newer = publish(SAME)
    with pytest.raises(Blocked, match="Det här gör Förvaltning eller bolag"):
        change(town, told, newer, name="ue")
    with pytest.raises(Refused):
        change(town, told, newer, name="hus")
    seen = visit_of(told).pk
    change(town, told, newer)
    with pytest.raises(Stale):
        do(change_edition, town, "park", told, seen_visit=seen, process=publish(SAME), step_key="tell")
    assert edition_of(told) == newer.edition


def test_an_ended_case_stays_in_its_edition(town, told):
    seen = visit_of(told).pk
    do(advance, town, "park", told, move_key="drop", why="x")
    with pytest.raises(Blocked, match="Ärendet är avslutat"):
        do(change_edition, town, "park", told, seen_visit=seen, process=publish(SAME), step_key="tell")
    assert Visit.objects.filter(run=told.run_id).count() == 1


def test_a_step_that_another_party_does_in_the_newer_is_nobodys_yet(town, told):
    do(take, town, "park", told)
    newer = publish(altered(STEPS, tell={"lane": UE, "item": [], "move": [move("on", "weigh")]}))
    change(town, told, newer)
    assert visit_of(told).handler_id is None
    do(advance, town, "ue", told, move_key="on")


def test_cases_of_two_editions_stand_side_by_side(town, told):
    publish([step("tell", UE, move=[move("yes")]), step("end", UE, move=[move("yes")])])
    new = case(town)
    do(advance, town, "ue", new, move_key="yes")
    assert (where(told), where(new)) == ("tell", None)
