"""After the meeting (R32): the minutes are handed over, taken back or approved, and are then one file for ever."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, insert, lock
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.documents.files import keep
from insteg.documents.pdf import pdf
from insteg.meetings.models import Attendance, Meeting
from insteg.organisations.models import User
from insteg.steering import access
from insteg.steering.actions.drafting import draft_feedback
from insteg.steering.cards.minutes import LANGUAGE, file_name, seal_of
from insteg.steering.cards.minutes_document import report
from insteg.steering.minutes_letters import ask_for_approval
from insteg.steering.models import Agenda, Feedback, Minutes
from insteg.steering.queries.minutes import read, who_approves


def its_meeting(agenda: Agenda) -> list[BaseModel]:
    """Locked too: who was there is noted before or after, never meanwhile."""
    return [lock(Meeting, pk=agenda.meeting_id)]


@action("steering.hand_over", access.HAND_OVER, also=its_meeting)
def hand_over(agenda: Agenda, *, actor: Actor) -> None:
    """The minutes are left for approval, and nothing under the agenda is changed any more. Who approves is told.

    Blocked before the meeting has begun, while somebody's attendance is not noted, and when no member was there.
    """
    meeting = Meeting.objects.get(pk=agenda.meeting_id)
    if not meeting.has_begun:
        raise Blocked(_("Mötet har inte börjat. Protokollet lämnas när mötet är slut."))
    listed = [*meeting.attendances.select_related("user").order_by("pk")]
    unknown = sorted(each.user.name for each in listed if each.present is None)
    if unknown:
        said = _("Anteckna närvaron för alla på listan först. Det saknas för %(names)s.")
        raise Blocked(said % {"names": ", ".join(unknown)})
    approvers = who_approves(listed)
    if not approvers:
        raise Blocked(_("Ingen ledamot var med, så ingen kan godkänna protokollet. Rätta närvaron om det är fel."))
    agenda.handed_over_at = clock.now()
    ask_for_approval(agenda, meeting, [each.user for each in approvers if str(each.user_id) != actor.id])


@action("steering.take_back", access.TAKE_BACK)
def take_back(agenda: Agenda, *, actor: Actor) -> None:
    """Before anyone has approved the minutes: the points can be changed again."""
    agenda.handed_over_at = None


def tell_what_was_decided(agenda: Agenda, actor: Actor) -> list[BaseModel]:
    drafts: list[Feedback] = draft_feedback(agenda)
    return [*drafts]


@action("steering.approve", access.APPROVE, also=its_meeting, then=tell_what_was_decided)
def approve(agenda: Agenda, *, actor: Actor, seen_words: str) -> Minutes:
    """By the chair, or a member who was there when the chair was not. The file is made, once, and what each
    organisation is to be told is drafted. `seen_words` is the seal of the minutes as they were read (cards/minutes.py).

    Blocked when they say something else now.
    """
    said = read(agenda)
    if seal_of(said) != seen_words:
        raise Blocked(_("Protokollet har ändrats sedan du öppnade sidan. Läs igenom det igen, och godkänn sedan."))
    return insert(Minutes(agenda=agenda, approved_by_id=actor.id, file=file_of(agenda, said, actor)))


def file_of(agenda: Agenda, said: Any, actor: Actor) -> Any:
    """In Swedish whoever approves it: it is the city's own paper."""
    by = User.objects.get(pk=actor.id)
    own = next((each for each in said.listed if str(each.user_id) == actor.id), None)
    capacity = own.capacity if own is not None else Attendance.Capacity.MEMBER
    with override(LANGUAGE):
        return keep(pdf(report(said, by, capacity, clock.now())), file_name(said.meeting))
