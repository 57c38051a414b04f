"""Reads of the goal tree and of what is reported next."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from insteg.access.actor import Actor, Role
from insteg.access.catalogues import MOST_HITS, Found, Hit, Task
from insteg.core import clock
from insteg.steering import access
from insteg.steering.models import Goal, Occasion, Target

Goals = QuerySet[Goal]
SOON = dt.timedelta(days=60)  # a report takes its time to write


@dataclass
class Branch:
    """A goal with its targets, and what stands under it."""

    goal: Goal
    targets: list[Target]
    under: list["Branch"] = field(default_factory=list)


def tree(goals: Goals) -> list[Branch]:
    """From the visions down, in their order. Two queries."""
    rows = goals.prefetch_related(Prefetch("targets", Target.objects.order_by("-year", "measure", "pk")))
    branches = {goal.pk: Branch(goal, [*goal.targets.all()]) for goal in rows.order_by("order", "title", "pk")}
    return [branch for branch in branches.values() if not hung(branch, branches)]


def hung(branch: Branch, branches: dict[UUID, Branch]) -> bool:
    """Hangs the branch under the one it belongs to; False for one that belongs to none that is shown."""
    parent = branches.get(branch.goal.parent_id) if branch.goal.parent_id else None
    if parent is not None:
        parent.under.append(branch)
    return parent is not None


def next_occasion(occasions: Iterable[Occasion]) -> Occasion | None:
    """The first that is not reported yet."""
    return min((each for each in occasions if each.reported_at is None), key=lambda each: each.due_on, default=None)


def to_report(actor: Actor) -> Iterator[Task]:
    """For the goal coordinator: what is to be reported within two months, or should have been (R79)."""
    if actor.role != Role.GOAL_COORDINATOR:
        return
    due = access.CHANGE_OCCASION.filter(Occasion.objects.all(), actor).filter(due_on__lte=clock.today() + SOON)
    for occasion in due.order_by("due_on", "pk")[:20]:
        yield Task(
            _("Rapportera om målen: %(occasion)s") % {"occasion": occasion.title},
            reverse("steering:report_occasion", args=[occasion.pk]),
            since=localdate(occasion.created_at),
            due_on=occasion.due_on,
        )


def found(actor: Actor, words: list[str]) -> Found:
    """For the search: goals by their words, those that have ended too."""
    rows = access.SEE.filter(Goal.objects.all(), actor)
    for word in words:
        rows = rows.filter(title__icontains=word)
    address = reverse("steering:goals")
    hits = [
        Hit(goal.title, f"{address}#{goal.pk}", str(goal.get_level_display()))
        for goal in rows.order_by("order", "title", "pk")[: MOST_HITS + 1]
    ]
    return Found(_("Mål"), hits, address)
