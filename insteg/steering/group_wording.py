"""The steering group in words (R30): who is missing, where the term's meeting stands and whose move it is."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.core.workdays import workdays_until
from insteg.inventory.terms import Season, Term
from insteg.meetings import words
from insteg.meetings.models import Meeting
from insteg.steering.models import Seat
from insteg.steering.queries.group import TermMeeting
from insteg.steering.term_meetings import bounds
from insteg.ui import figures
from insteg.ui.templatetags.insteg_ui import in_words


class Banner(NamedTuple):
    color: str
    icon: str
    title: str
    text: str
    href: str = ""
    button: str = ""


def lead(seats: Sequence[Seat]) -> str:
    """How many sit in the group today; empty when nobody does."""
    invited = sum(seat.capacity == Seat.Capacity.INVITED for seat in seats)
    members = len(seats) - invited
    told: list[str] = []
    if members:
        said = ngettext("En person sitter i gruppen", "%(count)s personer sitter i gruppen", members)
        told.append(said % {"count": in_words(members)})
    if invited:
        said = ngettext("en är adjungerad", "%(count)s är adjungerade", invited)
        told.append(said % {"count": in_words(invited)})
    if not told:
        return ""
    both = _(" och ").join(told)
    rule = _("Den möts minst en gång varje termin, och upphandlingsenheten kallar.")
    return f"{capfirst(both)}. {rule}"


def with_office(seats: Iterable[Seat]) -> list[tuple[Seat, str]]:
    """Each with its term of office: `1 jan 2026–31 dec 2027` or `1 jan 2026, tills vidare`."""
    return [(seat, office(seat)) for seat in seats]


def office(seat: Seat) -> str:
    first = figures.day(seat.starts_on, dt.date.min)
    if seat.ends_on is None:
        return _("%(day)s, tills vidare") % {"day": first}
    return f"{first}–{figures.day(seat.ends_on, dt.date.min)}"


def missing(seats: Sequence[Seat]) -> list[str]:
    """What the group lacks of what the model asks for; nothing to say while it is empty."""
    parties = {seat.party for seat in seats}
    told = []
    if not any(seat.capacity == Seat.Capacity.CHAIR for seat in seats):
        told.append(_("Ingen är ordförande."))
    for party in (Seat.Party.UE, Seat.Party.AME, Seat.Party.SIA):
        if party not in parties:
            told.append(_("Ingen företräder %(party)s.") % {"party": party.label})
    if Seat.Party.AF not in parties:
        told.append(_("Ingen från Arbetsförmedlingen är adjungerad."))
    return told


def no_meeting(term: Term) -> str:
    if term.season == Season.SPRING:
        return _("Våren har inget möte")
    return _("Hösten har inget möte")


def held(term: Term) -> str:
    if term.season == Season.SPRING:
        return _("Vårens möte är hållet")
    return _("Höstens möte är hållet")


def banner(found: TermMeeting, *, calls: bool) -> Banner:
    """Where the meeting of the term stands, and whose move it is. `calls`: the reader may call the group."""
    if found.called is not None:
        return the_called(found, found.called)
    if found.planned is not None:
        return the_planned(found, found.planned, calls=calls)
    color, icon = ("accent", "calendar-plus") if calls else ("neutral", "calendar-plus")
    if found.is_wanted:
        color, icon = ("danger" if found.is_late else "warning"), "triangle-alert"
    whose = by_when(found) if calls else their_turn(by_when(found))
    button = _("Kalla till möte") if calls else ""
    return Banner(color, icon, no_meeting(found.term), whose, reverse("steering:call") if calls else "", button)


def their_turn(what: str) -> str:
    return _("Upphandlingsenhetens tur. %(what)s") % {"what": what}


def by_when(found: TermMeeting) -> str:
    """`Kalla senast måndag 30 november.`, or how little is left when that is past."""
    if not found.is_late:
        return _("Kalla senast %(day)s.") % {"day": figures.day_long(found.call_by, found.today)}
    left = workdays_until(bounds(found.term)[1], found.today)
    if left == 0:
        return _("Ingen arbetsdag återstår av terminen.")
    said = ngettext(
        "Kalla nu: en arbetsdag återstår av terminen.", "Kalla nu: %(count)s arbetsdagar återstår av terminen.", left
    )
    return said % {"count": in_words(left)}


def the_called(found: TermMeeting, meeting: Meeting) -> Banner:
    address, button = reverse("meetings:meeting", args=[meeting.pk]), _("Till mötet")
    if meeting.has_begun:
        day = figures.day_long(localdate(meeting.starts_at), found.today)
        following = figures.day(bounds(found.term.next())[0], found.today)
        text = _("Gruppen möttes %(day)s. Nästa termin börjar %(following)s.") % {"day": day, "following": following}
        return Banner("neutral", "circle-check", held(found.term), text, address, button)
    title = _("Nästa möte är %(when)s") % {"when": words.when_of(meeting)}
    return Banner("neutral", "calendar-check", title, answers(meeting), address, button)


def answers(meeting: Meeting) -> str:
    """Of a meeting with `asked`, `answered` and `coming`: how many have answered the call."""
    said = {"asked": meeting.asked, "answered": meeting.answered, "coming": meeting.coming}  # type: ignore[attr-defined]
    if said["answered"] == said["asked"]:
        return _("Alla har svarat, %(coming)s av %(asked)s kommer.") % said
    return _("%(answered)s av %(asked)s har svarat, %(coming)s kommer.") % said


def the_planned(found: TermMeeting, meeting: Meeting, *, calls: bool) -> Banner:
    address, button = reverse("meetings:meeting", args=[meeting.pk]), _("Till mötet")
    title = _("Kallelsen har inte gått ut")
    text = _("Ett möte är planerat till %(when)s.") % {"when": words.when_of(meeting)}
    if not calls:
        return Banner("neutral", "clock", title, their_turn(text), address, button)
    color = "danger" if found.is_late else "warning" if found.is_wanted else "accent"
    return Banner(color, "mail", title, f"{text} {by_when(found)}", address, button)


class Line(NamedTuple):
    """A meeting in a list: when, how it stands, and what there is to say of it."""

    meeting: Meeting
    when: str
    color: str
    icon: str
    word: str
    note: str


def line(meeting: Meeting) -> Line:
    """Of a meeting with `asked`, `answered`, `coming` and `came`."""
    color, icon, word, note = standing(meeting)
    return Line(meeting, capfirst(words.when_of(meeting)), color, icon, word, note)


def standing(meeting: Meeting) -> tuple[str, str, str, str]:
    if meeting.cancelled_at is not None:
        return "neutral", "x", _("Inställt"), meeting.cancelled_reason
    if meeting.called_at is None:
        if meeting.has_begun:
            return "neutral", "x", _("Inte kallat"), _("Tiden gick utan att någon kallades.")
        return "warning", "mail", _("Inte kallat än"), meeting.place
    if not meeting.has_begun:
        return "info", "calendar-check", _("Kallat"), f"{meeting.place}. {answers(meeting)}"
    came = meeting.came  # type: ignore[attr-defined]
    if not came:
        return "neutral", "circle-check", _("Hållet"), _("Närvaron är inte antecknad.")
    said = _("%(came)s av %(asked)s var med.") % {"came": came, "asked": meeting.asked}  # type: ignore[attr-defined]
    return "success", "circle-check", _("Hållet"), said
