"""What rooms above call inside their own actions: a case begins, goes on, ends with what it is about.

Everything is done for many cases in a few statements, since a plan of ten thousand rows is one action. Whoever calls
has asked the right for the rows that the cases are about, and holds those locked: a person who moves a case locks it
first and its row after, so a case itself is never locked or written here.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, Stale
from insteg.audit.log import record_each
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.core.workdays import shift
from insteg.process.models import Item, ItemAnswer, Kind, Move, Process, Run, Step, Visit
from insteg.process.queries.standing import Standing, Way, standings_of

BATCH = 500


class ReasonWanted(Blocked):
    """The arrow asks for a reason, and none was given."""


def start(kind: Kind, *, actor: Actor, count: int = 1) -> list[Run]:
    """That many new cases by the edition in force, each in its first step. The rows they are about are given theirs
    by the caller, who saves them in the same transaction."""
    process = Process.objects.in_force().get(kind=kind)
    first = process.steps.earliest("order", "key")
    runs = Run.objects.bulk_create([Run(process=process) for _each in range(count)], batch_size=BATCH)
    enter(runs, first, actor)
    return runs


def enter(
    runs: Sequence[Run],
    step: Step,
    actor: Actor,
    handlers: Mapping[UUID, UUID | None] = MappingProxyType({}),
    due_on: dt.date | None = None,
) -> list[Visit]:
    """`handlers` are the memberships that have taken the cases, by case. Due when the step says, or another day."""
    now = clock.now()
    due_on = due_on or shift(clock.today(), step.lead_workdays)
    visits = [
        Visit(run=run, step=step, entered_at=now, entered_by=actor.id, due_on=due_on, handler_id=handlers.get(run.pk))
        for run in runs
    ]
    return Visit.objects.bulk_create(visits, batch_size=BATCH)


def go_on(runs: Collection[UUID], move_key: str, *, actor: Actor, because: str) -> list[Visit]:
    """Those of the cases that have this way out of where they stand, and nothing in it, take it.

    For what follows by itself from a change that somebody made; the others stay, and nobody is told that they do. So
    does one whose way asks for a reason: that is for a person to say. `because` is the name of the action that it
    follows from. Each move is in the log. Returns the visits that began.
    """
    here = Visit.objects.filter(run__in=runs, left_at=None, step__exits__key=move_key)
    visits = list(here.select_related("run").order_by("pk"))
    if not visits:
        return []
    free = [
        (standing.visit.run, standing, way.move)
        for standing in standings_of(visits, None, move_key).values()
        if (way := standing.ways.get(move_key)) and not way.obstacles and not way.move.reason_required
    ]
    if not free:
        return []
    entered = take_ways(free, actor)
    tell(actor, because, [run for run, _standing, _move in free])
    return entered


def take(run: Run, move_key: str, *, actor: Actor, because: str, reason: str = "") -> list[Visit]:
    """One case by one arrow from where it stands, for an action of a room above that decides it; the case is locked.

    Blocked with a sentence for each thing in the way, and where there is no such arrow. Returns the visit that began,
    or none when the case ended.
    """
    standing = where(run)
    way = standing.ways.get(move_key)
    if way is None:
        raise Blocked(_("Ärendet står i ”%(step)s” och kan inte gå den vägen därifrån.") % {
            "step": standing.step.title})  # fmt: skip
    return go(run, standing, way, actor, because, reason)


def bring_to(run: Run, step_key: str, *, actor: Actor, because: str, reason: str = "") -> list[Visit]:
    """The case to a step, by the first arrow that leads there from where it stands; the case is locked. None when it
    stands there already. Blocked where no arrow leads there, and with what is in its way."""
    standing = where(run)
    if standing.step.key == step_key:
        return []
    leads = [way for way in standing.ways.values() if way.move.target and way.move.target.key == step_key]
    if not leads:
        raise Blocked(_("Ärendet står i ”%(step)s”, och därifrån leder ingen väg hit i den version av arbetsmodellen "
                        "som det följer.") % {"step": standing.step.title})  # fmt: skip
    return go(run, standing, leads[0], actor, because, reason)


def where(run: Run) -> Standing:
    """Blocked when the case has ended."""
    visits = list(Visit.objects.filter(run=run, left_at=None).order_by("pk"))
    if not visits:
        raise Blocked(_("Ärendet är avslutat."))
    return standings_of(visits, None)[run.pk]


def go(run: Run, standing: Standing, way: Way, actor: Actor, because: str, reason: str) -> list[Visit]:
    if way.obstacles:
        raise Blocked(*way.obstacles)
    if way.move.reason_required and not reason:
        raise ReasonWanted(_("Skriv varför."))
    entered = take_ways([(run, standing, way.move)], actor, reason)
    tell(actor, because, [run])
    return entered


def answer(run: Run, keys: Collection[str], *, actor: Actor) -> list[ItemAnswer]:
    """Items of the step that the case stands in are done, since an action of a room above did them. Those that the
    case's edition lacks, or that somebody has answered, are left as they are."""
    standing = where(run)
    done = [
        ItemAnswer(visit=standing.visit, item=point.item, said=ItemAnswer.Said.DONE, by=actor.id)
        for point in standing.points
        if point.item.key in keys and point.answer is None
    ]
    return ItemAnswer.objects.bulk_create(done)


def tell(actor: Actor, because: str, runs: Sequence[Run]) -> None:
    """An entry in the log for each case, since it may have followed from a change of something else."""
    told: list[tuple[BaseModel, list[str]]] = [(run, []) for run in runs]
    record_each(actor, because, told)


def take_ways(taken: Sequence[tuple[Run, Standing, Move]], actor: Actor, reason: str = "") -> list[Visit]:
    """Leaves where the cases stand and enters where the arrows lead. Returns the visits that began. Not logged here."""
    by_move: dict[Move, list[tuple[Run, Standing]]] = defaultdict(list)
    for run, standing, move in taken:
        by_move[move].append((run, standing))
    entered: list[Visit] = []
    for move, cases in by_move.items():
        leave([standing.visit for _run, standing in cases], actor, Visit.Left.MOVE, move, reason)
        if move.target is not None:
            # Whoever had taken the case keeps it while it is the same party's move.
            handlers = {
                run.pk: standing.visit.handler_id for run, standing in cases if move.target.lane == standing.step.lane
            }
            entered += enter([run for run, _standing in cases], move.target, actor, handlers)
    return entered


def leave(visits: Sequence[Visit], actor: Actor, how: Visit.Left, move: Move | None = None, reason: str = "") -> None:
    """Stale when one of them is left already: somebody moved the case without the lock that it takes."""
    found = Visit.objects.filter(pk__in=[visit.pk for visit in visits], left_at=None)
    left = found.update(left_at=clock.now(), left_by=actor.id, left_how=how, left_move=move, reason=reason)
    if left != len(visits):
        raise Stale(visits[0], [])


def close(runs: Collection[UUID], *, actor: Actor, because: str) -> None:
    """What the cases are about has ended: withdrawn, joined into another, cancelled. Those that are closed stay so."""
    open_visits = list(Visit.objects.filter(run__in=runs, left_at=None).select_related("run").order_by("pk"))
    leave(open_visits, actor, Visit.Left.CLOSED)
    tell(actor, because, [visit.run for visit in open_visits])


def reopen(runs: Collection[UUID], *, actor: Actor, because: str) -> None:
    """What was closed stands again in the step that it was closed in, with a new due date and the answers that were
    given there. One that had ended before, or is open, stays so."""
    last: dict[UUID, Visit] = {}
    visits = Visit.objects.filter(run__in=runs).select_related("run", "step")
    for visit in visits.order_by("entered_at", F("left_at").asc(nulls_last=True)):
        last[visit.run_id] = visit
    by_step: dict[Step, list[Visit]] = defaultdict(list)
    for visit in last.values():
        if visit.left_how == Visit.Left.CLOSED:
            by_step[visit.step].append(visit)
    for step, closed in by_step.items():
        now = {visit.run_id: visit for visit in enter([visit.run for visit in closed], step, actor)}
        carry_answers({visit.pk: now[visit.run_id] for visit in closed})
        tell(actor, because, [visit.run for visit in closed])


def carry_answers(visits: Mapping[UUID, Visit]) -> list[ItemAnswer]:
    """What was said of the same items, by key, in the visits that are left goes along: {visit left: visit that began}.
    By whom and when stays as it was. Returns the answers that were written."""
    steps = {visit.step_id for visit in visits.values()}
    items = {(item.step_id, item.key): item for item in Item.objects.filter(step__in=steps).order_by("pk")}
    said = ItemAnswer.objects.filter(visit__in=visits).select_related("item").order_by("pk")
    carried = [
        ItemAnswer(visit=now, item=item, said=each.said, note=each.note, by=each.by, at=each.at)
        for each in said
        if (now := visits[each.visit_id]) and (item := items.get((now.step_id, each.item.key)))
    ]
    return ItemAnswer.objects.bulk_create(carried, batch_size=BATCH)
