"""The verbs of the goal tree (R1): what is wanted, how much each year, when it is reported. Who sits in the group."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, insert, lock
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.organisations.models import Organisation, Unit, User
from insteg.steering import access
from insteg.steering.models import Goal, Occasion, Seat, Target
from insteg.steering.queries import can_sit_for

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


def one_change_of_the_group_at_a_time(target: BaseModel, **data: Any) -> None:
    """No database promises that periods do not overlap, so whoever changes the group waits for whoever does.

    The procurement unit's organisation is what they all wait for, also those who act in another.
    """
    ours = Organisation.objects.filter(units__task=Unit.Task.PROCUREMENT).order_by("pk").values_list("pk", flat=True)
    if (pk := ours.first()) is not None:
        lock(Organisation, pk=pk)


@action("steering.add_seat", access.KEEP_GROUP, first=one_change_of_the_group_at_a_time)
def add_seat(
    organisation: Organisation, *, actor: Actor, user: User, party: str, capacity: str, starts_on: dt.date,
    ends_on: dt.date | None = None,
) -> Seat:  # fmt: skip
    """Someone sits in the group from a day, to and with another or until further notice (R30).

    ValidationError when they already sit there then, when there is a chair then, or when they cannot sit for the party.
    """
    seat = Seat(user=user, party=party, capacity=capacity, starts_on=starts_on, ends_on=ends_on)
    refuse_who_cannot_sit(seat)
    refuse_two_at_once(seat)
    return insert(seat)


@action("steering.change_seat", access.CHANGE_SEAT, first=one_change_of_the_group_at_a_time)
def change_seat(
    seat: Seat, *, actor: Actor, user: User, party: str, capacity: str, starts_on: dt.date,
    ends_on: dt.date | None = None,
) -> None:  # fmt: skip
    """All of it, until it is over. ValidationError as in `add_seat`."""
    as_before = (seat.user_id, seat.party) == (user.pk, party)
    seat.user, seat.party, seat.capacity = user, party, capacity
    seat.starts_on, seat.ends_on = starts_on, ends_on
    if not as_before:  # whoever has left the city is still there to be given a last day
        refuse_who_cannot_sit(seat)
    refuse_two_at_once(seat)


@action("steering.end_seat", access.CHANGE_SEAT)
def end_seat(seat: Seat, *, actor: Actor, ends_on: dt.date) -> None:
    """The last day, today or another. When it is past the seat stays as history, and nobody changes it."""
    if seat.ends_on is not None and ends_on > seat.ends_on:
        later = _("Mandatet slutar redan före den dagen. Ändra det i stället om det ska gälla längre.")
        raise ValidationError({"ends_on": later})
    seat.ends_on = ends_on


def refuse_who_cannot_sit(seat: Seat) -> None:
    if can_sit_for(seat.party).filter(pk=seat.user_id).exists():
        return
    if seat.party == Seat.Party.AF:
        said = _("Personen har inget uppdrag för Arbetsförmedlingen i Insteg. Välj en annan, eller vem den företräder.")
    else:
        said = _("Personen har inget uppdrag i staden. Välj en annan, eller vem den företräder.")
    raise ValidationError({"user": said})


def refuse_two_at_once(seat: Seat) -> None:
    """The same person twice, or two chairs, on any day."""
    if seat.ends_on is not None and seat.ends_on < seat.starts_on:
        return  # the constraint says it
    others = Seat.objects.overlapping(seat.starts_on, seat.ends_on).exclude(pk=seat.pk)
    if others.filter(user=seat.user_id).exists():
        said = _("Personen sitter redan i styrgruppen de dagarna. Ändra det mandatet i stället.")
        raise ValidationError({"user": said})
    if seat.capacity == Seat.Capacity.CHAIR and others.filter(capacity=Seat.Capacity.CHAIR).exists():
        said = _("Gruppen har redan en ordförande de dagarna. Avsluta det mandatet först.")
        raise ValidationError({"capacity": said})
