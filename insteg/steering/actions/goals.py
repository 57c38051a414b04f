"""The verbs of the goal tree (R1): what is wanted, how much each year, when it is reported."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, insert, lock
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.organisations.models import Organisation
from insteg.steering import access
from insteg.steering.models import Goal, Occasion, Target

FACTS = ("title", "text", "order", "from_year", "to_year")


@action("steering.add_vision", access.KEEP)
def add_vision(organisation: Organisation, *, actor: Actor, **facts: Any) -> Goal:
    """The top of a tree. `facts` are named as in FACTS; only the title is needed."""
    return insert(with_facts(Goal(level=Goal.Level.VISION), facts))


@action("steering.add_goal", access.CHANGE)
def add_goal(parent: Goal, *, actor: Actor, level: str, **facts: Any) -> Goal:
    """Under a goal that stands. ValidationError names the level when it cannot stand there."""
    return insert(with_facts(Goal(parent=parent, level=level), facts))


@action("steering.change_goal", access.CHANGE)
def change_goal(goal: Goal, *, actor: Actor, **facts: Any) -> None:
    with_facts(goal, facts)


@action("steering.end_goal", access.CHANGE)
def end_goal(goal: Goal, *, actor: Actor) -> None:
    """Wanted no more. Blocked while something that stands is under it: that would hang in the air."""
    if goal.children.filter(ended_at=None).exists():
        raise Blocked(_("Det finns mål eller uppdrag under det. Avsluta dem först."))
    goal.ended_at = clock.now()


def what_it_stands_under(goal: Goal) -> list[BaseModel]:
    """Locked, so that it is not ended meanwhile."""
    return [lock(Goal, pk=goal.parent_id)] if goal.parent_id else []


@action("steering.revive_goal", access.REVIVE, also=what_it_stands_under)
def revive_goal(goal: Goal, *, actor: Actor) -> None:
    """Wanted again. Blocked while what it stands under has ended."""
    if goal.parent is not None and goal.parent.ended_at is not None:
        raise Blocked(_("”%(parent)s” är avslutat. Återuppta det först.") % {"parent": goal.parent})
    goal.ended_at = None


@action("steering.set_target", access.CHANGE)
def set_target(goal: Goal, *, actor: Actor, year: int, measure: str, value: int, unit: str = "") -> Target:
    return insert(Target(goal=goal, year=year, measure=measure, value=value, unit=unit))


@action("steering.change_target", access.CHANGE_TARGET)
def change_target(target: Target, *, actor: Actor, year: int, measure: str, value: int, unit: str = "") -> None:
    target.year, target.measure, target.value, target.unit = year, measure, value, unit


@action("steering.remove_target", access.CHANGE_TARGET)
def remove_target(target: Target, *, actor: Actor) -> None:
    Target.objects.filter(pk=target.pk).delete()


@action("steering.add_occasion", access.KEEP)
def add_occasion(organisation: Organisation, *, actor: Actor, title: str, due_on: dt.date, note: str = "") -> Occasion:
    return insert(Occasion(title=title, due_on=due_on, note=note))


@action("steering.change_occasion", access.CHANGE_OCCASION)
def change_occasion(occasion: Occasion, *, actor: Actor, title: str, due_on: dt.date, note: str = "") -> None:
    occasion.title, occasion.due_on, occasion.note = title, due_on, note


@action("steering.remove_occasion", access.CHANGE_OCCASION)
def remove_occasion(occasion: Occasion, *, actor: Actor) -> None:
    Occasion.objects.filter(pk=occasion.pk).delete()


@action("steering.report_occasion", access.CHANGE_OCCASION)
def report_occasion(occasion: Occasion, *, actor: Actor) -> None:
    """The council has been told. The task is done, and the occasion stays with its date."""
    occasion.reported_at = clock.now()


@action("steering.reopen_occasion", access.REOPEN_OCCASION)
def reopen_occasion(occasion: Occasion, *, actor: Actor) -> None:
    """It was not reported after all."""
    occasion.reported_at = None


def with_facts(goal: Goal, facts: dict[str, Any]) -> Goal:
    unknown = facts.keys() - set(FACTS)
    if unknown:
        raise TypeError(f"no facts of a goal: {sorted(unknown)}")
    for name, value in facts.items():
        setattr(goal, name, value)
    return goal
