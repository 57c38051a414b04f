"""R80: what the database keeps for every writer: what is published, and where a case has stood."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from insteg.access.actor import SYSTEM
from insteg.core import clock
from insteg.process import flow
from insteg.process.actions import advance, answer_item
from insteg.process.models import Item, ItemAnswer, Kind, Move, Phase, Process, Run, Step, Visit
from tests.process.engine.model import STEPS, case, do, publish, visit_of

OF = {Process: "pk", Phase: "process", Step: "process", Item: "step__process", Move: "source__process"}
WORDS = {Process: "note", Phase: "title", Step: "title", Item: "text", Move: "title"}


def row_of(model, process):
    return model.objects.filter(**{OF[model]: process.pk}).order_by("pk").first()


def by_save(row):
    row.save()


def by_update(row):
    type(row).objects.filter(pk=row.pk).update(version=F("version") + 1)


def by_bulk_update(row):
    setattr(row, WORDS[type(row)], "Annat")
    type(row).objects.bulk_update([row], [WORDS[type(row)]])


def by_delete(row):
    row.delete()


def by_deleting_all(row):
    type(row).objects.filter(pk=row.pk).delete()


def by_raw_delete(row):
    type(row).objects.filter(pk=row.pk)._raw_delete(using="default")


def by_sql(row):
    with connection.cursor() as cursor:
        key = row.pk if connection.vendor == "postgresql" else row.pk.hex
        cursor.execute(f"UPDATE {row._meta.db_table} SET version = 9 WHERE id = %s", [key])


ROADS = [by_save, by_update, by_bulk_update, by_delete, by_deleting_all, by_raw_delete, by_sql]


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize("model", OF)
def test_what_is_published_is_frozen_on_every_road(process, model, road):
    before = [*model.objects.order_by("pk").values()]
    with pytest.raises(IntegrityError), transaction.atomic():
        road(row_of(model, process))
    assert [*model.objects.order_by("pk").values()] == before


@pytest.mark.parametrize("road", [by_save, by_update, by_bulk_update, by_sql])
@pytest.mark.parametrize("model", OF)
def test_a_draft_is_not(process, model, road):
    road(row_of(model, publish(draft=True)))


@pytest.mark.parametrize("model", [Item, Move, Process])
def test_and_can_be_taken_away(process, model):
    row = row_of(model, publish(draft=True))
    by_delete(row)
    assert not model.objects.filter(pk=row.pk).exists()


def another(row, **changed):
    """A copy of the row with a key of its own."""
    return type(row)(**{f.attname: getattr(row, f.attname) for f in row._meta.fields if f.name != "id"} | changed)


@pytest.mark.parametrize("model", [Phase, Step, Item, Move])
def test_nothing_is_added_to_what_is_published(process, model):
    row = row_of(model, process)
    for add in (lambda made: made.save(), lambda made: model.objects.bulk_create([made])):
        with pytest.raises(IntegrityError), transaction.atomic():
            add(another(row, key="ny"))
    assert not model.objects.filter(key="ny").exists()
    row_of(model, draft := publish(draft=True))
    another(row_of(model, draft), key="ny").save()


@pytest.mark.parametrize(("model", "owner"), [(Phase, "process"), (Step, "process"), (Item, "step"), (Move, "source")])
def test_nothing_is_smuggled_in_or_out_by_hanging_it_elsewhere(process, model, owner):
    draft = publish(draft=True)
    inside, outside = row_of(model, process), row_of(model, draft)
    for row, where in ((inside, getattr(outside, owner)), (outside, getattr(inside, owner))):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=row.pk).update(**{owner: where}, key="ny")
    assert not model.objects.filter(key="ny").exists()


def test_a_published_edition_is_not_taken_back(process):
    with pytest.raises(IntegrityError), transaction.atomic():
        Process.objects.filter(pk=process.pk).update(published_at=None)
    assert Process.objects.get(pk=process.pk).published_at is not None


def test_an_arrow_leads_nowhere_but_within_its_own_edition(process):
    draft = publish(draft=True)
    arrow, elsewhere = draft.steps.get(key="price").exits.get(), process.steps.get(key="decide")
    for change in (
        lambda: Move.objects.filter(pk=arrow.pk).update(target=elsewhere),
        lambda: Move.objects.create(source=arrow.source, target=elsewhere, key="ny", order=1, title="x"),
        lambda: Step.objects.filter(pk=arrow.source_id).update(phase=process.phases.get()),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    Move.objects.filter(pk=arrow.pk).update(target=draft.steps.get(key="tell"))


# --- where a case has stood


def a_visit_that_was_left(town, told):
    """And the answer that was given there."""
    do(answer_item, town, "park", told, item_key="told", said="done")
    do(answer_item, town, "ue", told, item_key="heard", said="done")
    left = visit_of(told)
    do(advance, town, "park", told, move_key="on")
    return Visit.objects.get(pk=left.pk), left.answers.order_by("pk").first()


LATER = {
    "step": lambda visit: visit.step.process.steps.get(key="decide").pk,
    "entered_at": lambda visit: clock.now(),
    "entered_by": lambda visit: "någon",
    "left_at": lambda visit: None,
    "left_by": lambda visit: "någon",
    "reason": lambda visit: "Ett annat",
    "due_on": lambda visit: clock.today(),
    "handler": lambda visit: None,
    "version": lambda visit: 99,
}


@pytest.mark.parametrize("field", LATER)
def test_a_visit_is_stamped_once(town, told, field):
    left, _answer = a_visit_that_was_left(town, told)
    before = Visit.objects.filter(pk=left.pk).values().get()
    change = {field: LATER[field](left)}
    for road in (
        lambda: Visit.objects.filter(pk=left.pk).update(**change),
        lambda: Visit.objects.bulk_update([Visit.objects.get(pk=left.pk)], [field]),
        lambda: Visit.objects.get(pk=left.pk).save(update_fields=[field]),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            road()
    assert Visit.objects.filter(pk=left.pk).values().get() == before


@pytest.mark.parametrize("field", ["step", "entered_at", "entered_by"])
def test_where_and_when_a_visit_began_stays_also_while_it_is_open(told, field):
    now = visit_of(told)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=now.pk).update(**{field: LATER[field](now)})
    Visit.objects.filter(pk=now.pk).update(due_on=clock.today())


@pytest.mark.parametrize("road", [by_deleting_all, by_raw_delete])
def test_no_visit_is_taken_away(town, told, road):
    left, _answer = a_visit_that_was_left(town, told)
    for visit in (left, visit_of(told)):
        ItemAnswer.objects.filter(visit=visit, visit__left_at=None).delete()
        with pytest.raises(Exception, match=r"stamped once|Cannot delete"), transaction.atomic():
            road(visit)
    assert Visit.objects.filter(run=told.run_id).count() == 2


@pytest.mark.parametrize(
    "road",
    [
        lambda answer: ItemAnswer.objects.filter(pk=answer.pk).update(note="Annat"),
        lambda answer: ItemAnswer.objects.bulk_update(
            [ItemAnswer(pk=answer.pk, said="not_needed", note="x")], ["said"]
        ),
        by_save,
        by_delete,
        by_deleting_all,
        by_raw_delete,
        lambda answer: another(answer, item_id=answer.item.step.items.get(key="nice").pk).save(),
    ],
)
def test_a_visit_that_was_left_keeps_its_answers(town, told, road):
    _left, answer = a_visit_that_was_left(town, told)
    before = [*ItemAnswer.objects.order_by("pk").values()]
    with pytest.raises(IntegrityError), transaction.atomic():
        road(answer)
    assert [*ItemAnswer.objects.order_by("pk").values()] == before


def test_an_answer_is_about_an_item_of_the_step(town, told, process):
    elsewhere = Item.objects.exclude(step__process=process).order_by("pk").first()
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemAnswer.objects.create(visit=visit_of(told), item=elsewhere, said="done", by="x")
    own = Item.objects.get(step__process=process, key="nice")
    made = ItemAnswer.objects.create(visit=visit_of(told), item=own, said="done", by="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemAnswer.objects.filter(pk=made.pk).update(item=elsewhere)


def test_a_case_stands_in_one_place(town, told):
    with pytest.raises(IntegrityError), transaction.atomic():
        flow.enter([Run(pk=told.run_id)], visit_of(told).step, SYSTEM)
    assert visit_of(told)


def test_a_case_stands_in_a_step_of_its_own_edition(town, told, process):
    newer = publish()
    flow.leave([visit_of(told)], SYSTEM, Visit.Left.EDITION)
    with pytest.raises(IntegrityError), transaction.atomic():
        flow.enter([Run(pk=told.run_id)], newer.steps.get(key="tell"), SYSTEM)
    flow.enter([Run(pk=told.run_id)], process.steps.get(key="tell"), SYSTEM)


def test_a_case_that_came_to_its_end_never_stands_again(town, told, process):
    do(advance, town, "park", told, move_key="drop", why="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        flow.enter([Run(pk=told.run_id)], process.steps.get(key="tell"), SYSTEM)
    closed = case(town)
    flow.close([closed.run_id], actor=SYSTEM, because="inventory.withdraw")
    flow.enter([Run(pk=closed.run_id)], process.steps.get(key="tell"), SYSTEM)


def test_a_case_that_stands_somewhere_keeps_its_edition_and_always_its_kind(town, told):
    newer, draft = publish(), publish(draft=True)
    other = Process.objects.in_force().get(kind=Kind.CONTRACT)
    run = Run.objects.filter(pk=told.run_id)
    for process in (newer, draft, other):
        with pytest.raises(IntegrityError), transaction.atomic():
            run.update(process=process)
    flow.leave([visit_of(told)], SYSTEM, Visit.Left.EDITION)
    for process in (draft, other):
        with pytest.raises(IntegrityError), transaction.atomic():
            run.update(process=process)
    run.update(process=newer)


def test_a_step_is_left_by_one_of_its_own_ways(town, told, process):
    way = Move.objects.get(source__process=process, source__key="weigh", key="put")
    with pytest.raises(IntegrityError), transaction.atomic():
        flow.leave([visit_of(told)], SYSTEM, Visit.Left.MOVE, way)
    flow.leave([visit_of(told)], SYSTEM, Visit.Left.MOVE, visit_of(told).step.exits.get(key="on"))


@pytest.mark.parametrize(
    "stamp",
    [
        {"left_at": clock.now()},
        {"left_at": clock.now(), "left_by": "x"},
        {"left_at": clock.now(), "left_by": "x", "left_how": "move"},
        {"left_at": clock.now(), "left_how": "closed"},
        {"left_by": "x", "left_how": "closed"},
    ],
)
def test_a_step_is_left_by_somebody_and_somehow(told, stamp):
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=visit_of(told).pk).update(**stamp)
    Visit.objects.filter(pk=visit_of(told).pk).update(left_at=clock.now(), left_by="x", left_how="closed")


def test_not_needed_is_not_kept_without_a_reason(told, process):
    own = Item.objects.get(step__process=process, key="nice")
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemAnswer.objects.create(visit=visit_of(told), item=own, said="not_needed", by="x")


def test_there_is_one_draft_of_a_kind(process):
    publish(draft=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        publish(STEPS, draft=True)


def test_a_case_that_others_point_at_stays(town, told):
    assert case(town).run_id != told.run_id
    with pytest.raises(Exception, match="Cannot delete"):
        Run.objects.filter(pk=told.run_id).delete()
