"""Where cases stand, what is to be done there and what is in their way.

The page, Att göra and `advance` ask the same function, so they cannot disagree.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.core import clock
from insteg.core.workdays import shift
from insteg.process.guards import SUBJECTS, unmet
from insteg.process.models import Item, ItemAnswer, Kind, Lane, Move, Process, Step, Visit


@dataclass(frozen=True)
class Way:
    """An arrow from where the case stands. `mine`: the actor may take it by hand when nothing is in the way. `above`
    says where it is taken when that is by a room above, and nobody takes it by hand."""

    move: Move
    lane: Lane
    mine: bool
    obstacles: list[str]
    above: str = ""


@dataclass(frozen=True)
class Point:
    """An item of the step: due when, answered how. `mine`: the actor may answer it."""

    item: Item
    due_on: dt.date
    answer: ItemAnswer | None
    mine: bool

    @property
    def late(self) -> bool:
        return self.answer is None and self.due_on < clock.today()


@dataclass(frozen=True)
class Standing:
    """An open case as one actor meets it. `mine`: the actor holds the lane of the step."""

    visit: Visit
    step: Step
    mine: bool
    ways: dict[str, Way]
    points: list[Point]

    @property
    def late(self) -> bool:
        return self.visit.due_on < clock.today()


def standings(runs: Collection[UUID], actor: Actor) -> dict[UUID, Standing]:
    """{case: standing} of those that are open. The number of queries does not depend on the number of cases."""
    visits = list(Visit.objects.filter(run__in=runs, left_at=None).order_by("pk"))
    return standings_of(visits, actor) if visits else {}


def standings_of(visits: Collection[Visit], actor: Actor | None, way: str = "") -> dict[UUID, Standing]:
    """The same of open visits, one a case. With `way`, of that arrow alone; without an actor nothing is `mine`."""
    # Not joined to the visits: ten thousand cases stand in a handful of steps.
    steps = Step.objects.select_related("process", "phase").in_bulk({visit.step_id for visit in visits})
    for visit in visits:
        visit.step = steps[visit.step_id]
    moves: dict[UUID, list[Move]] = {step: [] for step in steps}
    arrows = Move.objects.filter(source__in=steps, **({"key": way} if way else {}))
    for move in arrows.select_related("target").order_by("order", "key"):
        moves[move.source_id].append(move)
    items: dict[UUID, list[Item]] = {step: [] for step in steps}
    for item in Item.objects.filter(step__in=steps).order_by("order", "key"):
        items[item.step_id].append(item)
    answers = {(each.visit_id, each.item_id): each for each in ItemAnswer.objects.filter(visit__in=visits)}
    held = lanes_held(visits, actor) if actor else {}
    no = unmet_of(visits, {key for hung in moves.values() for move in hung for key in move.guards})

    def standing(visit: Visit) -> Standing:
        mine = held.get(visit.run_id, set())
        points = [
            Point(item, due_of(item, visit), answers.get((visit.pk, item.pk)), item.lane in mine)
            for item in items[visit.step_id]
        ]
        subject = SUBJECTS.get(Kind(visit.step.process.kind))
        decided_above = subject.decided_above if subject else {}
        ways = {}
        for move in moves[visit.step_id]:
            lane = Lane(move.lane or visit.step.lane)
            above = str(decided_above.get(move.key, ""))
            in_the_way = obstacles(move, points, no.get(visit.run_id))
            ways[move.key] = Way(move, lane, lane in mine and not above, in_the_way, above)
        return Standing(visit, visit.step, visit.step.lane in mine, ways, points)

    return {visit.run_id: standing(visit) for visit in visits}


def obstacles(move: Move, points: list[Point], no: dict[str, str] | None) -> list[str]:
    """`no` is what the guards say of the case; None when it has lost what it is about."""
    if no is None:
        return [_("Det som ärendet gäller finns inte kvar.")]
    left = [] if move.skips_items else [each for each in points if each.item.required and each.answer is None]
    said = _("Kvar att besvara: %(item)s.")
    return [said % {"item": each.item.text} for each in left] + [no[key] for key in move.guards if key in no]


def steps_open_to(step: Step, process: Process) -> list[Step]:
    """Where a case that stands in `step` can go on by a newer edition: in the same step. Any, when that one is gone."""
    steps = list(Step.objects.filter(process=process).order_by("order", "key"))
    return [each for each in steps if each.key == step.key] or steps


def due_of(item: Item, visit: Visit) -> dt.date:
    """The working day when an item should be answered, counted from when the case came to the step."""
    return shift(localdate(visit.entered_at), item.offset_workdays)


def lanes_held(visits: Collection[Visit], actor: Actor) -> dict[UUID, set[str]]:
    """{case: the lanes that the actor holds in it}. One query for each kind of case."""
    held: dict[UUID, set[str]] = {}
    for kind, runs in runs_by_kind(visits).items():
        subject = SUBJECTS[kind]
        columns = {
            f"holds_{lane.value}": rule.column(actor)
            for lane, rule in subject.lanes.items()
            if actor.role in rule.table
        }
        if not columns:
            continue
        found = subject.model._base_manager.filter(run__in=runs).annotate(**columns).values("run", *columns)
        for row in found:
            held[row["run"]] = {name.removeprefix("holds_") for name in columns if row[name]}
    return held


def unmet_of(visits: Collection[Visit], keys: set[str]) -> dict[UUID, dict[str, str]]:
    found: dict[UUID, dict[str, str]] = {}
    for kind, runs in runs_by_kind(visits).items():
        found |= unmet(kind, runs, keys)
    return found


def runs_by_kind(visits: Collection[Visit]) -> dict[Kind, list[UUID]]:
    found: dict[Kind, list[UUID]] = {}
    for visit in visits:
        kind = Kind(visit.step.process.kind)
        if kind in SUBJECTS:
            found.setdefault(kind, []).append(visit.run_id)
    return found
