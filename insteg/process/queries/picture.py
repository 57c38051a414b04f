"""What the picture of the working model shows: the rows of the processes, and how many cases stand in each step now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q

from insteg.core import clock
from insteg.process.models import Move, Phase, Process, Step, Visit


@dataclass(frozen=True)
class Model:
    """The rows of some editions, one of each kind at most. Arrows by the step that they lead from."""

    processes: list[Process]
    phases: list[Phase]
    steps: list[Step]
    moves: list[Move]


class Tally(NamedTuple):
    """Cases in a step, over every edition of its kind. `title` is what the newest of those editions calls it."""

    title: str
    now: int
    late: int


Tallies = dict[tuple[str, str], Tally]  # by kind of case and the step's key


def model(processes: Iterable[Process]) -> Model:
    """Three queries, and the one that finds the processes."""
    found = sorted(processes, key=lambda process: process.kind)
    phases = Phase.objects.filter(process__in=found).order_by("order", "key")
    steps = Step.objects.filter(process__in=found).select_related("process", "phase").order_by("order", "key", "pk")
    moves = Move.objects.filter(source__process__in=found).order_by("order", "key", "pk")
    return Model(found, list(phases), list(steps), list(moves))


def tallies() -> Tallies:
    """Where the open cases stand and how many of them are late. Two queries, however many cases there are.

    The cases are counted by one grouped reading of the index of open visits.
    """
    late = Count("step", filter=Q(due_on__lt=clock.today()))
    open_visits = Visit.objects.filter(left_at=None).order_by().values("step")
    counted = open_visits.annotate(now=Count("step"), is_late=late).values_list("step", "now", "is_late")
    by_step = {step: (now, is_late) for step, now, is_late in counted}
    # The steps of all editions are few, and named one by one in the question they would be a long one.
    steps = Step.objects.order_by("process__edition", "pk").values_list("pk", "process__kind", "key", "title")
    found: Tallies = {}
    for pk, kind, key, title in steps:
        if pk in by_step:
            (now, is_late), earlier = by_step[pk], found.get((kind, key), Tally(title, 0, 0))
            found[kind, key] = Tally(title, earlier.now + now, earlier.late + is_late)
    return found
