"""Where an agenda stands between the call and the approved minutes, and by when the unit does its part (R31). Pure but
for what day and hour it is."""

import datetime as dt
from enum import Enum

from django.utils.timezone import localdate

from insteg.core.workdays import last_workday, shift
from insteg.meetings.models import Meeting
from insteg.steering.models import Agenda

# The product's own choice, in working days before the meeting: the pack is begun in time for the organisations to be
# asked and to answer, and is read by the group for a week.
PREPARED, ASKED, ANSWERED, SENT = 15, 13, 8, 5


class Stage(Enum):
    BEING_MADE = "being_made"  # nobody but the unit reads it
    SENT = "sent"
    AT_THE_MEETING = "at_the_meeting"
    HANDED_OVER = "handed_over"
    APPROVED = "approved"
    CANCELLED = "cancelled"


def stage_of(agenda: Agenda) -> Stage:
    """`agenda` with its meeting, and its minutes if they are to be asked for without a query."""
    if agenda.meeting.cancelled_at is not None:
        return Stage.CANCELLED
    if hasattr(agenda, "minutes"):
        return Stage.APPROVED
    if agenda.handed_over_at is not None:
        return Stage.HANDED_OVER
    if agenda.meeting.is_called and agenda.meeting.has_begun:
        return Stage.AT_THE_MEETING
    return Stage.SENT if agenda.shared_at is not None else Stage.BEING_MADE


def workdays_before(meeting: Meeting, count: int) -> dt.date:
    return shift(last_workday(localdate(meeting.starts_at)), -count)


def prepared_from(meeting: Meeting) -> dt.date:
    """From when the unit is told to make the pack."""
    return workdays_before(meeting, PREPARED)


def asked_by(meeting: Meeting) -> dt.date:
    """When the organisations should have been asked, for them to have a week to answer in."""
    return workdays_before(meeting, ASKED)


def answered_by(meeting: Meeting) -> dt.date:
    """When the organisations should have said what they think, for the group to read it."""
    return workdays_before(meeting, ANSWERED)


def sent_by(meeting: Meeting) -> dt.date:
    return workdays_before(meeting, SENT)
