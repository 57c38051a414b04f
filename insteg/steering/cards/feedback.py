"""What pages say of the feedback after a meeting (R33): to whom, whether it has come and been read, what is to be done
and whose move it is."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.core import clock
from insteg.meetings import words
from insteg.meetings.cards import Banner, Fact
from insteg.steering.decision_wording import decided, grounds
from insteg.steering.models import Agenda, Decision, Feedback, FeedbackLetter, FeedbackLine
from insteg.ui import figures
from insteg.ui.templatetags.insteg_ui import in_words


@dataclass(frozen=True)
class Tag:
    color: str
    icon: str
    text: str


@dataclass(frozen=True)
class Row:
    """One organisation's in a list. `left`: how many of its next steps wait."""

    organisation: str
    meeting: str
    href: str
    decisions: str
    tag: Tag
    note: str
    left: str


@dataclass(frozen=True)
class Line:
    """One decision. `over` says why nothing more is asked; `start` and `finish` are the reader's buttons."""

    title: str
    href: str
    decided: str
    facts: Sequence[Fact]
    next_step: str
    by_when: str
    tag: Tag | None
    over: str = ""
    start: str = ""
    finish: str = ""


def row(feedback: Any, letters: Iterable[FeedbackLetter]) -> Row:
    """`feedback` with the counts of queries.counted."""
    said = ngettext("%(count)s beslut", "%(count)s beslut", feedback.decisions)
    left = ""
    if feedback.sent_at is not None and feedback.waiting:
        left = _("%(count)s att göra") % {"count": figures.grouped(feedback.waiting)}
    elif feedback.sent_at is not None:
        left = _("allt gjort") if feedback.done else _("inget att göra")
    return Row(
        str(feedback.organisation), words.when_of(feedback.agenda.meeting),
        reverse("steering:feedback", args=[feedback.pk]), said % {"count": figures.grouped(feedback.decisions)},
        tag_of(feedback), note_of(feedback, [*letters]), left,
    )  # fmt: skip


def tag_of(feedback: Feedback) -> Tag:
    if feedback.sent_at is None:
        return Tag("warning", "pencil", _("Utkast"))
    if feedback.read_at is None:
        return Tag("info", "mail", _("Skickad"))
    return Tag("success", "check", _("Läst"))


def note_of(feedback: Feedback, letters: Sequence[FeedbackLetter]) -> str:
    """When it was sent, has come and was read, as far as it has got."""
    if feedback.sent_at is None:
        return ""
    if feedback.read_at is not None:
        return moment(feedback.read_at)
    return came_in_words(letters) or moment(feedback.sent_at)


def came_in_words(letters: Sequence[FeedbackLetter]) -> str:
    """Of the letters: how many have left for the reader's own mail server, and how many nobody could deliver."""
    known = [each.message for each in letters if each.message is not None]
    failed = sum(each.given_up_at is not None for each in known)
    if failed:
        said = ngettext("%(count)s brev kom inte fram", "%(count)s brev kom inte fram", failed)
        return said % {"count": figures.grouped(failed)}
    came = sum(each.sent_at is not None for each in known)
    if not known:
        return ""
    if came == len(known):
        said = ngettext("brevet har kommit fram", "alla %(count)s breven har kommit fram", came)
        return said % {"count": figures.grouped(came)}
    return _("brev på väg")


def moment(value: dt.datetime) -> str:
    return figures.moment(value, clock.today())


# --- the page of one


def facts(feedback: Feedback) -> list[Fact]:
    """When it was sent and read, and by whom; none of a draft."""
    told = []
    if feedback.sent_at is not None:
        told.append(Fact(_("Skickad"), moment(feedback.sent_at), str(feedback.sent_by)))
    if feedback.read_at is not None:
        told.append(Fact(_("Läst"), moment(feedback.read_at), str(feedback.read_by)))
    return told


def letter_lines(letters: Iterable[FeedbackLetter]) -> list[tuple[str, Tag]]:
    return [(str(each.user), letter_tag(each)) for each in letters]


def letter_tag(letter: FeedbackLetter) -> Tag:
    message = letter.message
    if message is None:  # letters are kept for some months only
        return Tag("neutral", "mail", _("Skickat"))
    if message.given_up_at is not None:
        return Tag("danger", "x", _("Kom inte fram"))
    if message.sent_at is not None:
        return Tag("success", "check", _("Framme %(when)s") % {"when": moment(message.sent_at)})
    return Tag("info", "clock", _("På väg"))


def lines(rows: Iterable[Any], has_begun: Iterable[Any]) -> list[Line]:
    """`rows` carry the right `may_do` as a column; `has_begun` are the procurements whose case has started."""
    begun = {*has_begun}
    return [line(each, each.decision.planned_id in begun) for each in rows]


def line(each: Any, has_begun: bool) -> Line:
    decision = each.decision
    over = why_over(each)
    to_do = bool(each.next_step) and each.done_at is None and not over
    starts = to_do and each.asks_to_start and not has_begun
    may = to_do and each.feedback.sent_at is not None and each.may_do
    return Line(
        title=each.title, href=reverse("inventory:detail", args=[decision.planned_id]), decided=decided(decision),
        facts=[Fact(term, value) for term, value in grounds(decision)],
        next_step=each.next_step or _("Inget att göra."),
        by_when=by_when(each) if to_do else "", tag=tag_of_line(each, to_do, has_begun), over=over,
        start=reverse("steering:start_procurement", args=[each.pk]) if may and starts else "",
        finish=reverse("steering:finish_next_step", args=[each.pk]) if may and not starts else "",
    )  # fmt: skip


def why_over(each: FeedbackLine) -> str:
    planned = each.decision.planned
    if not each.stands:
        return _("Styrgruppen har beslutat på nytt sedan dess, och det nya beslutet gäller.")
    if planned.withdrawn_at is not None:
        return _("Upphandlingen har dragits tillbaka.")
    if planned.merged_into is not None:
        return _("Upphandlingen görs numera gemensamt i ”%(joint)s”.") % {"joint": planned.merged_into}
    return ""


def by_when(each: FeedbackLine) -> str:
    if each.due_on is None:
        return ""
    if each.due_on < clock.today():
        return _("Det skulle ha varit klart %(day)s.") % {"day": figures.due(each.due_on, clock.today())}
    return _("Senast %(day)s.") % {"day": figures.due(each.due_on, clock.today())}


def tag_of_line(each: FeedbackLine, to_do: bool, has_begun: bool) -> Tag | None:
    if each.done_at is not None:
        return Tag("success", "check", _("Gjort %(day)s") % {"day": day(localdate(each.done_at))})
    if not to_do or each.feedback.sent_at is None:
        return None
    if has_begun and each.decision.choice == Decision.Choice.REQUIRE:
        return Tag("success", "check", _("Upphandlingen har startat"))
    if each.due_on is not None and each.due_on < clock.today():
        return Tag("danger", "triangle-alert", _("Försenat"))
    return Tag("warning", "clock", _("Att göra"))


def day(value: dt.date) -> str:
    return figures.day(value, clock.today())


def banner(feedback: Any, told: Sequence[Line], wanting: Sequence[str]) -> Banner:
    """`feedback` carries `may_adjust` and `is_ours`; `wanting` says what stands in the way of sending it."""
    if feedback.sent_at is None:
        if wanting:
            href = reverse("steering:adjust_feedback", args=[feedback.pk])
            return Banner("warning", "triangle-alert", _("Inte klar att skicka"), " ".join(wanting), href, _("Ändra"))
        text = _("Läs igenom det som är föreslaget, ändra det som behövs, och skicka.")
        href = reverse("steering:send_feedback", args=[feedback.pk])
        return Banner("accent", "mail", _("Din tur: läs och skicka"), text, href, _("Skicka"))
    waits = sum(bool(each.tag and each.tag.color in ("warning", "danger")) for each in told)
    whose = str(feedback.organisation)
    if feedback.read_at is None:
        said = _("Den är skickad, och %(organisation)s har inte öppnat den än.") % {"organisation": whose}
        return Banner("neutral", "clock", _("Väntar på att bli läst"), said)
    if not waits:
        return Banner("success", "check", _("Allt är gjort"), _("Det finns inget kvar att göra efter de här besluten."))
    count = {"count": in_words(waits), "organisation": whose}
    if feedback.is_ours:
        title = ngettext("Er tur: en sak att göra", "Er tur: %(count)s saker att göra", waits) % count
        return Banner("accent", "circle-check", title, _("Det ni ska göra står vid varje beslut här nedanför."))
    title = ngettext("Väntar på %(organisation)s: en sak", "Väntar på %(organisation)s: %(count)s saker", waits)
    return Banner("neutral", "clock", title % count, _("Det som ska göras står vid varje beslut här nedanför."))


# --- all of a meeting


def banner_of_meeting(agenda: Agenda, rows: Sequence[Any]) -> Banner | None:
    unsent = sum(each.sent_at is None for each in rows)
    if not rows:
        return None
    if unsent:
        title = ngettext("Din tur: skicka en återkoppling", "Din tur: skicka %(count)s återkopplingar", unsent)
        text = _("Öppna, läs och ändra en i taget, eller skicka alla på en gång.")
        href = reverse("steering:send_all_feedback", args=[agenda.pk])
        return Banner("accent", "mail", title % {"count": in_words(unsent)}, text, href, _("Skicka alla"))
    unread = [str(each.organisation) for each in rows if each.read_at is None]
    if unread:
        said = _("Väntar på att bli läst av %(names)s.") % {"names": ", ".join(unread)}
        return Banner("neutral", "clock", _("Allt är skickat"), said)
    left = sum(each.waiting for each in rows)
    if left:
        said = ngettext("Ett nästa steg är inte gjort än.", "%(count)s nästa steg är inte gjorda än.", left)
        return Banner("neutral", "clock", _("Alla har läst"), capfirst(said % {"count": in_words(left)}))
    return Banner("success", "check", _("Alla har läst"), _("Alla nästa steg är gjorda."))
