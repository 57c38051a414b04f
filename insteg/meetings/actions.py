"""The verbs of meetings (R30): plan, call, move, cancel, who is called, what they answer, and who came.

All of them lock the meeting before the rows of those who are called.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, insert, lock
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.meetings import access, letters
from insteg.meetings.models import Attendance, Meeting
from insteg.organisations.models import Organisation, User


class Invitee(NamedTuple):
    """Somebody who is to come: `capacity` is one of Attendance.Capacity, `represents` a short text."""

    user: User
    capacity: str = Attendance.Capacity.MEMBER
    represents: str = ""


class Came(NamedTuple):
    """Whether somebody was there; None while it is not known."""

    present: bool | None
    note: str = ""


def those_called(meeting: Meeting) -> list[BaseModel]:
    """Locked, in the order of their keys."""
    return [*meeting.attendances.order_by("pk").select_for_update(no_key=True)]


def the_meeting_first(attendance: Attendance, **data: Any) -> None:
    lock(Meeting, pk=attendance.meeting_id)


@action("meetings.plan", access.PLAN)
def plan(
    organisation: Organisation, *, actor: Actor, title: str, starts_at: dt.datetime, ends_at: dt.datetime,
    place: str, text: str = "", kind: str = Meeting.Kind.STEERING, invited: Iterable[Invitee] = (),
) -> Meeting:  # fmt: skip
    """A meeting that nobody has been told of yet. ValidationError for a start that has passed."""
    is_to_come(starts_at)
    meeting = insert(Meeting(
        organisation=organisation, kind=kind, title=title, starts_at=starts_at, ends_at=ends_at, place=place, text=text
    ))  # fmt: skip
    for each in invited:
        insert(Attendance(meeting=meeting, **each._asdict()))
    return meeting


@action("meetings.change", access.CHANGE)
def change(
    meeting: Meeting, *, actor: Actor, title: str, starts_at: dt.datetime, ends_at: dt.datetime, place: str,
    text: str = "",
) -> None:  # fmt: skip
    """Before the call, when nobody has it in a calendar: everything is free."""
    is_to_come(starts_at)
    meeting.title, meeting.place, meeting.text = title, place, text
    meeting.starts_at, meeting.ends_at = starts_at, ends_at


@action("meetings.call", access.CHANGE, also=those_called)
def call(meeting: Meeting, *, actor: Actor) -> None:
    """Each on the list gets a letter with the calendar file. Blocked for an empty list and a start that has passed."""
    if meeting.has_begun:
        raise Blocked(_("Tiden har redan passerat. Ändra mötets tid först, och kalla sedan."))
    called = everyone(meeting)
    if not called:
        raise Blocked(_("Ingen står på listan än. Lägg till dem som ska vara med, och kalla sedan."))
    meeting.called_at = clock.now()
    letters.send(meeting, called, letters.called)


@action("meetings.move", access.RUN, also=those_called)
def move(meeting: Meeting, *, actor: Actor, starts_at: dt.datetime, ends_at: dt.datetime, place: str, why: str) -> None:
    """Another time or place. All are told and calendars follow; at another time everyone is asked again.

    Blocked when it has begun, and when nothing is new.
    """
    if meeting.has_begun:
        raise Blocked(_("Mötet har börjat och kan inte flyttas. Blev det inte av: kalla till ett nytt."))
    is_to_come(starts_at)
    before = meeting.starts_at, meeting.ends_at
    if (*before, meeting.place) == (starts_at, ends_at, place):
        raise Blocked(_("Tid och plats är desamma som förut. Ändra något av dem, eller gå tillbaka."))
    meeting.starts_at, meeting.ends_at, meeting.place = starts_at, ends_at, place
    meeting.sequence += 1
    called = everyone(meeting)
    if before != (starts_at, ends_at):
        for each in called:
            each.answer, each.answered_at = "", None
            each.version += 1
        Attendance.objects.bulk_update(called, ["answer", "answered_at", "version"])
    letters.send(meeting, called, letters.moved, why=why)


@action("meetings.cancel", access.KEEP, also=those_called)
def cancel(meeting: Meeting, *, actor: Actor, why: str) -> None:
    """It does not take place, and is kept. Those who were called are told. Blocked when it has begun."""
    if meeting.has_begun and meeting.called_at is not None:
        raise Blocked(
            _("Mötet har börjat och kan inte ställas in. Kom ingen: anteckna det, och kalla till ett nytt möte.")
        )
    meeting.cancelled_at, meeting.cancelled_reason = clock.now(), why
    if meeting.called_at is not None:
        meeting.sequence += 1
        letters.send(meeting, everyone(meeting), letters.cancelled, why=why)


@action("meetings.invite_more", access.KEEP)
def invite_more(meeting: Meeting, *, actor: Actor, user: User, capacity: str, represents: str = "") -> Attendance:
    """One more on the list. Told at once if the others are; somebody who came to a meeting that has begun is not."""
    attendance = insert(Attendance(meeting=meeting, user=user, capacity=capacity, represents=represents))
    if meeting.is_called and not meeting.has_begun:
        # Also for whoever was taken off before: a calendar heeds only what has a higher number than that.
        meeting.sequence += 1
        letters.send(meeting, [attendance], letters.called)
    return attendance


def its_meeting(attendance: Attendance) -> list[BaseModel]:
    return [lock(Meeting, pk=attendance.meeting_id)]


@action("meetings.take_off", access.TAKE_OFF, first=the_meeting_first, also=its_meeting)
def take_off(attendance: Attendance, *, actor: Actor) -> None:
    """Not called any more; told so if the call has gone. Blocked when the meeting has begun: who was called stays."""
    meeting = Meeting.objects.get(pk=attendance.meeting_id)
    if meeting.is_called and meeting.has_begun:
        raise Blocked(_("Mötet har börjat. Anteckna i stället under närvaron att personen inte var med."))
    if meeting.is_called:
        meeting.sequence += 1
        meeting.version += 1
        meeting.save(update_fields=["sequence", "version"])
        letters.send(meeting, [attendance], letters.taken_off)
    Attendance.objects.filter(pk=attendance.pk).delete()


@action("meetings.answer_call", access.ANSWER, first=the_meeting_first)
def answer_call(attendance: Attendance, *, actor: Actor, answer: str) -> None:
    """Coming or not; can be changed until the meeting begins. Blocked after that."""
    if attendance.meeting.has_begun:
        raise Blocked(_("Mötet har börjat. Vem som var med antecknas av den som kallade."))
    attendance.answer, attendance.answered_at = answer, clock.now()


@action("meetings.keep_attendance", access.RUN, also=those_called)
def keep_attendance(meeting: Meeting, *, actor: Actor, came: Mapping[UUID, Came], notes: str = "") -> None:
    """Who was there, for everyone on the list at once, and notes. `came` is by the attendance's id.

    Blocked before the meeting begins, and when the list has changed meanwhile.
    """
    if not meeting.has_begun:
        raise Blocked(_("Mötet har inte börjat. Närvaron antecknas när det börjar."))
    called = everyone(meeting)
    if {each.pk for each in called} != {*came}:
        raise Blocked(_("Listan har ändrats sedan du öppnade sidan. Gå igenom den, och spara igen."))
    for each in called:
        each.present, each.note = came[each.pk]
        each.version += 1
        each.clean_fields(exclude=["meeting", "user"])
    Attendance.objects.bulk_update(called, ["present", "note", "version"])
    meeting.notes = notes


def everyone(meeting: Meeting) -> list[Attendance]:
    """On the list, with their accounts."""
    return [*meeting.attendances.select_related("user").order_by("pk")]


def is_to_come(starts_at: dt.datetime) -> None:
    if starts_at <= clock.now():
        raise ValidationError({"starts_at": _("Tiden har passerat. Välj en tid som kommer.")})
