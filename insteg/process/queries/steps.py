"""The cases that stand in a step, over all editions of it."""

from uuid import UUID

from django.db.models import Q, QuerySet

from insteg.access.actor import Actor, Role
from insteg.access.rules import NOTHING
from insteg.core import clock
from insteg.core.keyset import Counted, counted
from insteg.process.guards import SUBJECTS
from insteg.process.models import Kind, Move, Process, Run, Step, Visit

PAGE = 50
ORDER = ["due_on"]  # the latest first; the index open_visits_by_due_date follows it
MINE, LATE = "mina", "sena"


def editions_of(kind: str, key: str) -> list[Step]:
    """The step in each published edition that has it, the newest first."""
    if kind not in Kind.values:
        return []
    found = Step.objects.filter(process__in=Process.objects.published(), process__kind=kind, key=key)
    return list(found.select_related("process", "phase").order_by("-process__edition"))


def open_visits(steps: list[Step]) -> QuerySet[Visit]:
    return Visit.objects.filter(step__in=[step.pk for step in steps], left_at=None)


def seen_visits(steps: list[Step], runs: QuerySet[Run], actor: Actor, show: str = "") -> QuerySet[Visit]:
    """Those of the cases `runs`, which the actor may see. `show` is CasesFilter's."""
    narrowed = {
        MINE: Q(handler=actor.membership_id, handler__isnull=False),
        LATE: Q(due_on__lt=clock.today()),
    }.get(show, Q())
    return open_visits(steps).filter(narrowed, run__in=runs.order_by().values("pk"))


def how_many(steps: list[Step]) -> Counted:
    """Everybody's, also those that one may not see."""
    return counted(open_visits(steps))


def lanes_of(kind: str, role: Role | None) -> set[str]:
    """The lanes that someone in this role can hold in cases of the kind."""
    subject = SUBJECTS.get(Kind(kind))
    return {lane.value for lane, rule in subject.lanes.items() if role in rule.table} if subject else set()


def ways_of(steps: list[Step]) -> list[Move]:
    """The arrows out of the step; where editions differ, as the newest that has it draws it."""
    moves = Move.objects.filter(source__in=[step.pk for step in steps]).select_related("target", "source")
    found: dict[str, Move] = {}
    for move in moves.order_by("-source__process__edition", "order", "key"):
        found.setdefault(move.key, move)
    return list(found.values())


def runs_held(steps: list[Step], key: str, actor: Actor) -> QuerySet[Run]:
    """The cases in which the actor holds the lane of the arrow with this key, in any edition of the step."""
    subject = SUBJECTS[Kind(steps[0].process.kind)]
    moves = Move.objects.filter(source__in=[step.pk for step in steps], key=key).order_by("pk")
    lanes = {lane or of_step for lane, of_step in moves.values_list("lane", "source__lane")}
    held = NOTHING
    for lane, rule in subject.lanes.items():
        if lane in lanes:
            held |= Q(pk__in=subject.model._base_manager.filter(rule.rows(actor)).values("run"))
    return Run.objects.filter(held)


def for_a_list(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    return visits.select_related("handler__user")


def runs_of(visits: list[Visit]) -> list[UUID]:
    return [visit.run_id for visit in visits]
