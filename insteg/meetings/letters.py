"""The letters of a meeting, each with its calendar file.

They never wait for the day's letter: a calendar wants the changes in the order in which they were made.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from insteg.mail.outbox import post
from insteg.meetings import calendar, words
from insteg.meetings.models import Attendance, Meeting
from insteg.organisations.letters import address
from insteg.organisations.models import User


class Letter(NamedTuple):
    subject: str
    paragraphs: list[str]
    calendar: str


Write = Callable[[Meeting, User, str], Letter]


def send(meeting: Meeting, to: Iterable[Attendance], write: Write, *, why: str = "") -> None:
    """To each of them in their own language, in the transaction at hand. A closed account gets nothing."""
    for each in to:
        if not each.user.is_active:
            continue
        with override(each.user.language):
            subject, paragraphs, file = write(meeting, each.user, why)
            greeting = _("Hej %(name)s!") % {"name": each.user.name}
        body = "\n\n".join(filter(None, [greeting, *paragraphs])) + "\n"
        post(to=each.user.email, subject=subject, body=body, calendar=file)


def called(meeting: Meeting, user: User, why: str) -> Letter:
    said = named(meeting)
    return Letter(
        _("Kallelse: %(title)s, %(when)s") % said,
        [
            _("%(organisation)s kallar dig till %(title)s.") % said,
            when_and_where(meeting),
            meeting.text,
            _("Svara om du kommer, och läs mer om mötet:"),
            page_of(meeting),
        ],
        calendar.invitation(meeting, user),
    )


def moved(meeting: Meeting, user: User, why: str) -> Letter:
    said = named(meeting)
    return Letter(
        _("Ändrat möte: %(title)s, %(when)s") % said,
        [
            _("%(title)s har fått en ny tid eller plats. Nu gäller:") % said,
            when_and_where(meeting),
            _("Skäl: %(why)s") % {"why": why},
            _("Svara om du kommer, och läs mer om mötet:"),
            page_of(meeting),
        ],
        calendar.invitation(meeting, user),
    )


def cancelled(meeting: Meeting, user: User, why: str) -> Letter:
    said = named(meeting)
    return Letter(
        _("Inställt möte: %(title)s, %(when)s") % said,
        [
            _("%(title)s, %(when)s, blir inte av.") % said,
            _("Skäl: %(why)s") % {"why": why},
            _("Du behöver inte göra något. Mötet tas bort ur din kalender om du öppnar den bifogade filen."),
        ],
        calendar.cancellation(meeting, user),
    )


def taken_off(meeting: Meeting, user: User, why: str) -> Letter:
    """No link: the page is no longer theirs."""
    said = named(meeting)
    return Letter(
        _("Du är inte längre kallad: %(title)s, %(when)s") % said,
        [
            _("Du är inte längre kallad till %(title)s, %(when)s.") % said,
            _("Du behöver inte göra något. Mötet tas bort ur din kalender om du öppnar den bifogade filen."),
        ],
        calendar.cancellation(meeting, user),
    )


def named(meeting: Meeting) -> dict[str, object]:
    return {"title": meeting.title, "when": words.when_of(meeting), "organisation": meeting.organisation}


def when_and_where(meeting: Meeting) -> str:
    said = {"when": words.when_of(meeting), "place": meeting.place}
    return _("Tid: %(when)s") % said + "\n" + _("Plats: %(place)s") % said


def page_of(meeting: Meeting) -> str:
    return address(reverse("meetings:meeting", args=[meeting.pk]))
