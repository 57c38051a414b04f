"""The letters before a meeting of the group: what does the organisation think, and that the pack can be read.

Names of procurements, a day and an address: nothing about anyone, and no value in kronor (OSL 19:3).
"""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from insteg.core import clock
from insteg.inventory.letters import Letter
from insteg.mail.notices import notify
from insteg.meetings import words
from insteg.meetings.models import Attendance, Meeting
from insteg.steering.models import Agenda
from insteg.steering.queries.agenda import Asked, planned_of
from insteg.ui import figures

NAMED = 20  # procurements in a letter; the page that it leads to leads on to the rest
LONGEST = 120  # letters of a name


def ask(asked: Asked, meeting: Meeting, views_by: dt.date) -> None:
    """To each who procures there, in their own language, in the transaction at hand."""
    for user in asked.people:
        with override(user.language):
            subject, text = view_wanted(asked, meeting, views_by)
        notify(user, subject=subject, text=text, path=reverse("steering:tell_view", args=[asked.items[0].pk]))


def view_wanted(asked: Asked, meeting: Meeting, views_by: dt.date) -> Letter:
    count = len(asked.items)
    said = {
        "count": figures.grouped(count), "organisation": asked.organisation, "when": words.when_of(meeting),
        "day": figures.day_long(views_by, clock.today()),
    }  # fmt: skip
    subject = ngettext(
        "Vad tycker ni om %(count)s upphandling? Svara senast %(day)s",
        "Vad tycker ni om %(count)s upphandlingar? Svara senast %(day)s",
        count,
    )
    first = ngettext(
        "Styrgruppen beslutar %(when)s om krav på social hänsyn ska ställas i en upphandling från %(organisation)s:",
        "Styrgruppen beslutar %(when)s om krav på social hänsyn ska ställas i %(count)s upphandlingar från "
        "%(organisation)s:",
        count,
    )
    named = [f"– {Truncator(planned_of(item).title).chars(LONGEST)}" for item in asked.items[:NAMED]]
    if count > NAMED:
        named.append(_("och %(count)s till") % {"count": figures.grouped(count - NAMED)})
    last = _("Skriv med egna ord vad ni själva tycker. Gruppen läser det innan den beslutar. Svara senast %(day)s.")
    return Letter(subject % said, "\n".join([first % said, "", *named, "", last % said]))


def share(agenda: Agenda, meeting: Meeting, called: Iterable[Attendance]) -> None:
    """To everyone who is called, in their own language. A closed account gets nothing."""
    for each in called:
        if not each.user.is_active:
            continue
        with override(each.user.language):
            subject, text = pack_can_be_read(meeting, again=agenda.shared_at is not None)
        notify(each.user, subject=subject, text=text, path=reverse("steering:agenda", args=[agenda.pk]))


def pack_can_be_read(meeting: Meeting, *, again: bool) -> Letter:
    said = {"title": meeting.title, "when": words.when_of(meeting)}
    if again:
        subject, text = _("Underlaget är ändrat: %(title)s, %(when)s"), _("Underlaget till mötet %(when)s är ändrat.")
    else:
        subject = _("Underlaget finns att läsa: %(title)s, %(when)s")
        text = _("Underlaget till mötet %(when)s finns att läsa.")
    more = _("Läs det på sidan, eller hämta det som Word eller PDF där.")
    return Letter(subject % said, f"{text % said} {more}")
