"""Who sits in the steering group, and when it meets (R30)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.actor import Actor, Role
from insteg.access.catalogues import Task
from insteg.core import clock
from insteg.inventory.terms import Term, term_of
from insteg.meetings import access as meetings
from insteg.meetings.actions import Invitee
from insteg.meetings.models import Attendance, Meeting
from insteg.organisations.models import Membership, User
from insteg.steering.models import Seat
from insteg.steering.term_meetings import asked_from, bounds, call_by

MOST_SHOWN = 100  # of the seats that are over, and of the meetings that are


# Suppliers sit in no steering group, nor do those who only refer people to the labour market unit.
IN_THE_CITY = (
    Role.PROCUREMENT_UNIT, Role.PROCURING, Role.COACH, Role.UNIT_MANAGER, Role.STEERING, Role.GOAL_COORDINATOR,
    Role.ADMINISTRATOR,
)  # fmt: skip


def can_sit_for(*parties: str) -> QuerySet[User]:
    """Those with a membership today at one of the parties (R30): the employment service's own, or the city's."""
    roles = {role for party in parties for role in roles_of(party)}
    held = Membership.objects.current().filter(user=OuterRef("pk"), role__in=roles)
    return User.objects.filter(Exists(held), is_active=True)


def roles_of(party: str) -> tuple[Role, ...]:
    return (Role.EMPLOYMENT_SERVICE,) if party == Seat.Party.AF else IN_THE_CITY


ORDER = {capacity: place for place, capacity in enumerate(Seat.Capacity)}
PARTIES = {party: place for place, party in enumerate(Seat.Party)}


def in_order(seats: Iterable[Seat]) -> list[Seat]:
    """The chair, then the members, then those who are invited; each as the parties are named (R30)."""
    return sorted(seats, key=lambda seat: (ORDER[seat.capacity], PARTIES[seat.party], seat.user.name, seat.pk))


def invited_on(day: dt.date) -> list[Invitee]:
    """Whom a meeting on that day is for: those who sit in the group then, as what and for whom."""
    seats = in_order(Seat.objects.in_force(day).select_related("user"))
    return [Invitee(seat.user, Attendance.Capacity(seat.capacity), str(seat.get_party_display())) for seat in seats]


@dataclass(frozen=True)
class TermMeeting:
    """The meeting that a term must have (R30), seen on a day. `called` carries `asked` and `answered`, in people.

    `planned` is one that nobody has been called to yet. Cancelled ones count for nothing.
    """

    term: Term
    today: dt.date
    called: Meeting | None
    planned: Meeting | None

    @property
    def is_wanted(self) -> bool:
        """Nobody is called, and it is time for UE to do so."""
        return self.called is None and self.today >= asked_from(self.term)

    @property
    def is_late(self) -> bool:
        return self.is_wanted and self.today > self.call_by

    @property
    def asked_from(self) -> dt.date:
        return asked_from(self.term)

    @property
    def call_by(self) -> dt.date:
        return call_by(self.term)


def term_meeting(today: dt.date) -> TermMeeting:
    """Of the term that `today` is in: the next that is called, else the last that was held. One query."""
    term = term_of(today)
    rows = Meeting.objects.filter(kind=Meeting.Kind.STEERING, cancelled_at=None).filter(in_days(*bounds(term)))
    found = [*with_answers(rows).order_by("starts_at", "pk")]
    called = [meeting for meeting in found if meeting.is_called]
    coming = [meeting for meeting in called if not meeting.has_begun]
    # What was planned and never called, and whose time has passed, was no meeting.
    planned = [meeting for meeting in found if not meeting.is_called and not meeting.has_begun]
    return TermMeeting(term, today, next(iter(coming or called[-1:]), None), next(iter(planned), None))


def in_days(first: dt.date, last: dt.date) -> Q:
    return Q(starts_at__date__gte=first, starts_at__date__lte=last)


def with_answers(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """With how many are on the list, how many have answered and how many of those are coming."""
    coming = Q(attendances__answer=Attendance.Answer.COMING)
    return rows.annotate(
        asked=Count("attendances"), answered=Count("attendances", filter=~Q(attendances__answer="")),
        coming=Count("attendances", filter=coming), came=Count("attendances", filter=Q(attendances__present=True)),
    )  # fmt: skip


def meetings_of_the_group(actor: Actor) -> tuple[list[Meeting], list[Meeting]]:
    """Those to come, the nearest first, and those that were, the latest first; as far as the actor may see them."""
    rows = with_answers(meetings.SEE.filter(Meeting.objects.filter(kind=Meeting.Kind.STEERING), actor))
    now = clock.now()
    coming = rows.filter(starts_at__gt=now).order_by("starts_at", "pk")[:MOST_SHOWN]
    return [*coming], [*rows.filter(starts_at__lte=now).order_by("-starts_at", "pk")[:MOST_SHOWN]]


def to_call(actor: Actor) -> Iterator[Task]:
    """For the procurement unit: a term without a called meeting, from its second month on (R30)."""
    if actor.role not in meetings.PLAN.table:
        return
    found = term_meeting(clock.today())
    if not found.is_wanted:
        return
    planned = found.planned
    yield Task(
        _("Kalla styrgruppen till möte"),
        reverse("meetings:meeting", args=[planned.pk]) if planned else reverse("steering:call"),
        about=_("Mötet är planerat, men kallelsen har inte gått ut") if planned else str(found.term),
        since=found.asked_from,
        due_on=found.call_by,
    )
