"""The verbs of the group (R30): who sits in it, and until when."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import action, insert, lock
from insteg.core.models import BaseModel
from insteg.organisations.models import Organisation, Unit, User
from insteg.steering import access
from insteg.steering.models import Seat
from insteg.steering.queries.group import can_sit_for


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
