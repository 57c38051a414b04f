"""What one does with a case: move it on, answer its items, take it, change its date or its edition (R80-R82)."""

import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, Refused, Stale, action, insert, lock
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.process import access, flow
from insteg.process.guards import SUBJECTS
from insteg.process.models import ItemAnswer, Kind, Process, Run, Step, Visit
from insteg.process.queries.standing import Standing, standings, steps_open_to
from insteg.process.words import party

FURTHEST_AHEAD = dt.timedelta(days=15 * 365)  # a step has 1,500 working days at most, some six years


def subject_of(run: Run) -> list[BaseModel]:
    """Found through the registry and never passed in, then locked: the guards' answers hold until the commit.

    Always the case first and its subject after, so that two cannot wait for each other.
    """
    kind = Kind(Process.objects.values_list("kind", flat=True).get(pk=run.process_id))
    if kind not in SUBJECTS:
        raise Refused(f"no room has cases of {kind}")
    return [lock(SUBJECTS[kind].model, run=run.pk)]


def seen_standing(run: Run, actor: Actor, seen_visit: UUID) -> Standing:
    """Where it stands. Stale when that is another step than the actor looked at; Blocked when it is closed."""
    standing = standings([run.pk], actor).get(run.pk)
    if standing is None:
        raise Blocked(_("Ärendet är avslutat."))
    if standing.visit.pk != seen_visit:
        raise Stale(run, [])
    return standing


def own_standing(run: Run, actor: Actor, seen_visit: UUID, seen_version: int | None = None) -> Standing:
    """`seen_version` is the visit's: Stale when a colleague has taken the case or moved its day since."""
    standing = seen_standing(run, actor, seen_visit)
    if not standing.mine:
        raise Blocked(not_yours(standing.step.lane, standing, actor))
    if seen_version is not None and seen_version != standing.visit.version:
        raise Stale(run, [])
    return standing


def not_yours(lane: str, standing: Standing, actor: Actor) -> str:
    return _("Det här gör %(party)s.") % {"party": party(lane, standing.step.process.kind, actor)}


@action("process.advance", access.MOVE_CASE, also=subject_of)
def advance(run: Run, *, actor: Actor, move_key: str, seen_visit: UUID, why: str = "") -> list[Visit]:
    """The only way for a person to move a case. Blocked with a sentence for each thing that is in the way.

    `seen_visit` is where the actor saw it stand. Returns the visit that began, or none when the case ended.
    ValidationError when `why` is too long.
    """
    standing = seen_standing(run, actor, seen_visit)
    way = standing.ways.get(move_key)
    if way is None:
        raise Blocked(_("Den vägen finns inte härifrån."))
    if way.above:
        raise Blocked(way.above)
    if not way.mine:
        raise Blocked(not_yours(way.lane, standing, actor))
    if way.obstacles:
        raise Blocked(*way.obstacles)
    reason = why.strip()
    if way.move.reason_required and not reason:
        raise Blocked(_("Skriv varför."))
    try:
        Visit._meta.get_field("reason").run_validators(reason)  # it is written by update(), which asks no field
    except ValidationError as error:
        raise ValidationError({"why": error.messages}) from error
    return flow.take_ways([(run, standing, way.move)], actor, reason)


@action("process.answer_item", access.MOVE_CASE, also=subject_of)
def answer_item(
    run: Run,
    *,
    actor: Actor,
    item_key: str,
    seen_visit: UUID,
    said: str,
    note: str = "",
    seen_answer: UUID | None = None,
) -> ItemAnswer | None:
    """`said` is ItemAnswer.Said, or empty to take the answer back. Blocked for another party's item.

    `seen_answer` is the answer that the actor saw, None when there was none: Stale when a colleague has said something
    else meanwhile. "Not needed" wants a note that says why.
    """
    standing = seen_standing(run, actor, seen_visit)
    point = next((each for each in standing.points if each.item.key == item_key), None)
    if point is None:
        raise Blocked(_("Den punkten hör inte till steget."))
    if not point.mine:
        raise Blocked(not_yours(point.item.lane, standing, actor))
    if (point.answer and point.answer.pk) != seen_answer:
        raise Stale(run, [])
    if point.answer is not None:
        ItemAnswer.objects.filter(pk=point.answer.pk).delete()
    if not said:
        return None
    return insert(ItemAnswer(visit=standing.visit, item=point.item, said=said, note=note.strip(), by=actor.id))


@action("process.take", access.MOVE_CASE, also=subject_of)
def take(run: Run, *, actor: Actor, seen_visit: UUID, seen_version: int | None = None) -> Visit:
    """The actor looks after it until it is another party's move; also when a colleague had it, and that was seen."""
    return handled_by(own_standing(run, actor, seen_visit, seen_version).visit, actor.membership_id)


@action("process.hand_back", access.MOVE_CASE, also=subject_of)
def hand_back(run: Run, *, actor: Actor, seen_visit: UUID, seen_version: int | None = None) -> Visit:
    """Nobody looks after it in particular: it waits for the whole unit."""
    return handled_by(own_standing(run, actor, seen_visit, seen_version).visit, None)


def handled_by(visit: Visit, membership: UUID | None) -> Visit:
    visit.handler_id = membership
    visit.version += 1
    visit.save(update_fields=["handler", "version"])
    return visit


@action("process.move_due_date", access.MOVE_CASE, also=subject_of)
def move_due_date(
    run: Run, *, actor: Actor, seen_visit: UUID, due_on: dt.date, seen_version: int | None = None
) -> Visit:
    """Another day for the step that it stands in; nothing else starts over. The reason is the log's."""
    visit = own_standing(run, actor, seen_visit, seen_version).visit
    if due_on < clock.today():
        raise Blocked(_("Välj en dag som inte har varit."))
    if due_on > clock.today() + FURTHEST_AHEAD:  # every page that shows it would count the working days until then
        raise Blocked(_("Dagen ligger mer än femton år bort. Kontrollera året."))
    visit.due_on = due_on
    visit.version += 1
    visit.save(update_fields=["due_on", "version"])
    return visit


@action("process.change_edition", access.MOVE_CASE, also=subject_of)
def change_edition(run: Run, *, actor: Actor, seen_visit: UUID, process: Process, step_key: str) -> list[BaseModel]:
    """The case goes over to a newer edition on purpose, and stands in the same step of that one, with the same due date
    and handler; answers to the same items go along. Only when that step is gone is another one chosen.

    Blocked for an edition that is not published, not newer or about another kind, and for a step that it lacks. Also
    for another step than it stands in, when that is left: to change the edition is no way past what is to be done.
    """
    standing = own_standing(run, actor, seen_visit)
    process = Process.objects.get(pk=process.pk)
    now = standing.step.process
    if process.published_at is None or process.kind != now.kind or process.edition <= now.edition:
        raise Blocked(_("Välj en nyare version som gäller samma slags ärende."))
    step = next((each for each in steps_open_to(standing.step, process) if each.key == step_key), None)
    if step is None and Step.objects.filter(process=process, key=step_key).exists():
        raise Blocked(_("Steget ”%(step)s” finns kvar i den versionen, och ärendet står kvar i det.") % {
            "step": standing.step.title})  # fmt: skip
    if step is None:
        raise Blocked(_("Det steget finns inte i den versionen."))
    flow.leave([standing.visit], actor, Visit.Left.EDITION)
    run.process = process
    run.save(update_fields=["process"])  # now: the database asks that the visit is in a step of the case's own edition
    handlers = {run.pk: standing.visit.handler_id if step.lane == standing.step.lane else None}
    due_on = standing.visit.due_on if step.key == standing.step.key else None
    [visit] = flow.enter([run], step, actor, handlers, due_on)
    return [visit, *flow.carry_answers({standing.visit.pk: visit})]
