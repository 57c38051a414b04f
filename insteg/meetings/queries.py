"""Reads of meetings: one's own, those that a room above lists, and the calls that wait for an answer."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from insteg.access.actor import PERSONS, Actor, Role
from insteg.access.catalogues import Task
from insteg.core import clock
from insteg.meetings import access, words
from insteg.meetings.models import Attendance, Meeting
from insteg.organisations.models import Membership, User

Meetings = QuerySet[Meeting]
USUAL = (Role.PROCUREMENT_UNIT, Role.STEERING, Role.UNIT_MANAGER, Role.EMPLOYMENT_SERVICE)
MOST_SUGGESTED = 200
MOST = 50  # of each kind in a list


def to_answer(actor: Actor) -> Iterator[Task]:
    """For whoever is called to a meeting that has not begun and has not said whether they come."""
    if actor.kind != "member":
        return
    waiting = access.ANSWER.filter(Attendance.objects.unanswered(), actor).filter(user=actor.id)
    for each in waiting.select_related("meeting").order_by("meeting__starts_at", "pk")[:20]:
        meeting = each.meeting
        yield Task(
            _("Svara om du kommer: %(title)s") % {"title": meeting.title},
            reverse("meetings:answer", args=[each.pk]),
            about=f"{words.when_of(meeting)}, {meeting.place}",
            since=localdate(meeting.called_at),
            due_on=localdate(meeting.starts_at),
        )


def coming(meetings: Meetings) -> Meetings:
    """Not over, the nearest first; those that were cancelled too, so that nobody goes there."""
    return meetings.filter(ends_at__gt=clock.now()).order_by("starts_at", "pk")[:MOST]


def earlier(meetings: Meetings) -> Meetings:
    """The latest first."""
    return meetings.filter(ends_at__lte=clock.now()).order_by("-starts_at", "pk")[:MOST]


def unanswered_by(actor: Actor) -> set[UUID]:
    """The meetings that wait for this person to say whether they come."""
    waiting = access.ANSWER.filter(Attendance.objects.unanswered(), actor).filter(user=actor.id)
    return set(waiting.values_list("meeting", flat=True))


def people_meant(typed: str) -> list[User]:
    """Those with a current assignment who have that address or that name; two at most. All that may be called."""
    typed = " ".join(typed.split())
    who = User.objects.filter(Q(email__iexact=typed) | Q(name__iexact=typed), is_active=True)
    return [*who.filter(has_an_assignment()).order_by("pk")[:2]]


def people_suggested() -> QuerySet[User]:
    """Whom the browser offers to complete with: those that meetings of this kind are usually held with."""
    return User.objects.filter(has_an_assignment(USUAL), is_active=True).order_by("name", "pk")[:MOST_SUGGESTED]


def has_an_assignment(roles: Iterable[Role] = PERSONS) -> Exists:
    return Exists(Membership.objects.current().filter(user=OuterRef("pk"), role__in=[*roles]))


def listed(meeting: Meeting) -> QuerySet[Attendance]:
    """Everyone on the list with their accounts: the chair first, the invited last, by name."""
    place = Case(*(When(capacity=each, then=number) for number, each in enumerate(Attendance.Capacity.values)))
    return meeting.attendances.select_related("user").order_by(place, "user__name", "pk")
