"""The minutes of a meeting in words (R32): who was there, and what was said and decided on each point.

Written from what was noted at the meeting; no figure in kronor is among it, since whoever is called reads the minutes
(OSL 19:3). The note on somebody's attendance is told of those who came, never why somebody was away.
"""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from insteg.core import clock
from insteg.meetings import words
from insteg.meetings.cards import Banner
from insteg.meetings.models import Attendance, Meeting
from insteg.steering.decision_wording import decided, grounds
from insteg.steering.models import Agenda, AgendaItem, Decision
from insteg.steering.queries.minutes import Said, who_approves
from insteg.ui import figures
from insteg.ui.templatetags.insteg_ui import in_words

LANGUAGE = "sv"  # the city's own papers are in Swedish, whoever reads them
EVER = dt.date.min  # a paper is read in other years than its own: every day is told with its year
Kind = AgendaItem.Kind


@dataclass(frozen=True)
class Person:
    name: str
    capacity: str
    represents: str = ""
    note: str = ""


@dataclass(frozen=True)
class Fact:
    term: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Point:
    """`outcome` is what was decided, or why nothing was; empty of a point that asks for no decision. `is_left`: it
    waits for the next meeting."""

    number: int
    title: str
    about: str
    outcome: str
    facts: Sequence[Fact]
    texts: Sequence[str] = ()
    is_left: bool = False
    is_decided: bool = False


@dataclass(frozen=True)
class Card:
    title: str
    when: str
    place: str
    caller: str
    present: Sequence[Person]
    absent: Sequence[Person]
    unknown: Sequence[Person]
    points: Sequence[Point]
    notes: str
    lead: str

    @property
    def procurements(self) -> Sequence[Point]:
        """The points that something was to be decided on."""
        return [point for point in self.points if point.outcome]


def card(said: Said) -> Card:
    """No query."""
    meeting = said.meeting
    points = [point(number, item, said) for number, item in enumerate(said.items, 1)]
    return Card(
        title=meeting.title, when=when(meeting), place=meeting.place, caller=str(meeting.organisation),
        present=[person(each, each.note) for each in said.listed if each.present],
        absent=[person(each) for each in said.listed if each.present is False],
        unknown=[person(each) for each in said.listed if each.present is None],
        points=points, notes=meeting.notes, lead=lead(said.items, points),
    )  # fmt: skip


def seal_of(said: Said) -> str:
    """The same as long as the minutes say the same: tells whether what is approved is what was read."""
    with override(LANGUAGE):
        return sha256(json.dumps(asdict(card(said)), ensure_ascii=False).encode()).hexdigest()


def file_name(meeting: Meeting) -> str:
    return f"Protokoll {meeting.title} {localdate(meeting.starts_at).isoformat()}.pdf"


def when(meeting: Meeting) -> str:
    begins, ends = localtime(meeting.starts_at), localtime(meeting.ends_at)
    said = {"day": figures.day_long(begins.date(), EVER), "from": words.hour(begins), "to": words.hour(ends)}
    if begins.date() != ends.date():
        said["to"] = f"{figures.day_long(ends.date(), EVER)} {said['to']}"
    return capfirst(_("%(day)s kl. %(from)s–%(to)s") % said)


def person(each: Attendance, note: str = "") -> Person:
    return Person(str(each.user), str(each.get_capacity_display()), each.represents, note)


def point(number: int, item: AgendaItem, said: Said) -> Point:
    if item.kind != Kind.DECISION:
        return Point(number, str(item), "", "", [], texts_of(item))
    about = str(item.planned.organisation)
    decision, gone = item.decision, what_became_of(item)
    if decision is None:
        left = _("Punkten behandlades inte. Den tas upp på nästa möte.")
        return Point(number, item.planned.title, about, gone or left, [*view_of(item)], texts_of(item), not gone)
    after = [gone] if gone else []
    facts = [*facts_of(decision, item, said)]
    texts = [*texts_of(item), *after]
    return Point(number, item.planned.title, about, decided(decision), facts, texts, is_decided=True)


def texts_of(item: AgendaItem) -> list[str]:
    return [text for text in (item.text, item.note) if text]


def what_became_of(item: AgendaItem) -> str:
    planned = item.planned
    if planned.withdrawn_at is not None:
        return _("Upphandlingen har dragits tillbaka.")
    if planned.merged_into is not None:
        return _("Upphandlingen görs numera gemensamt i ”%(joint)s”.") % {"joint": planned.merged_into}
    return ""


def facts_of(decision: Decision, item: AgendaItem, said: Said) -> Iterator[Fact]:
    for term, value in grounds(decision):
        yield Fact(term, value)
    yield from view_of(item)
    if (before := decision.follows) is not None:
        day = figures.day_long(localdate(before.created_at), EVER)
        yield Fact(_("Ersätter beslutet den %(day)s") % {"day": day}, decided(before))
    yield from who_decided(decision, said)


def view_of(item: AgendaItem) -> Iterator[Fact]:
    if item.view:
        yield Fact(_("Organisationens egen syn"), item.view)


def who_decided(decision: Decision, said: Said) -> Iterator[Fact]:
    """Only where others were there for this decision than are noted for the meeting."""
    for_this = {*decision.present}
    if for_this != {str(each.pk) for each in said.listed if each.present}:
        names = [str(each.user) for each in said.listed if str(each.pk) in for_this]
        yield Fact(_("Närvarande vid beslutet"), ", ".join(names))


def lead(items: Sequence[AgendaItem], points: Sequence[Point]) -> str:
    """How many decisions of each kind, and how many points were left."""
    made = [item.decision.choice for item in items if item.decision is not None]
    left = sum(each.is_left for each in points)
    told = []
    if made:
        said = ngettext("Gruppen har fattat ett beslut", "Gruppen har fattat %(count)s beslut", len(made))
        told.append(f"{said % {'count': in_words(len(made))}}: {', '.join(of_each_kind(made))}.")
    else:
        told.append(_("Gruppen har inte fattat några beslut."))
    if left:
        said = ngettext(
            "En upphandling är inte behandlad och tas upp på nästa möte.",
            "%(count)s upphandlingar är inte behandlade och tas upp på nästa möte.",
            left,
        )
        told.append(capfirst(said % {"count": in_words(left)}))
    return " ".join(told)


def of_each_kind(made: Sequence[str]) -> Iterator[str]:
    """`krav i två`, `inte krav i en`, `en tas upp igen`."""
    kinds = {
        Decision.Choice.REQUIRE: _("krav i %(count)s"),
        Decision.Choice.DO_NOT_REQUIRE: _("inte krav i %(count)s"),
        Decision.Choice.LATER: _("%(count)s tas upp igen"),
    }
    for choice, said in kinds.items():
        number = made.count(choice)
        if number:
            yield said % {"count": in_words(number) if number > 1 else _("en")}


# --- where they stand, and whose move it is


class State(TextChoices):
    CANCELLED = "cancelled", gettext_lazy("Inställt")
    COMING = "coming", gettext_lazy("Mötet har inte börjat")
    DRAFT = "draft", gettext_lazy("Utkast")
    HANDED = "handed", gettext_lazy("Väntar på godkännande")
    APPROVED = "approved", gettext_lazy("Godkänt")

    @property
    def color(self) -> str:
        colors = {"cancelled": "danger", "draft": "info", "handed": "warning", "approved": "success"}
        return colors.get(self.value, "neutral")

    @property
    def icon(self) -> str:
        return {"cancelled": "x", "draft": "pencil", "approved": "check"}.get(self.value, "clock")

    @property
    def tells(self) -> bool:
        """Whether there is anything to read."""
        return self not in (State.CANCELLED, State.COMING)


def state_of(agenda: Agenda) -> State:
    if agenda.meeting.cancelled_at is not None:
        return State.CANCELLED
    if hasattr(agenda, "minutes"):
        return State.APPROVED
    if agenda.handed_over_at is not None:
        return State.HANDED
    return State.DRAFT if agenda.meeting.has_begun else State.COMING


def banner(agenda: Any, said: Said) -> Banner:
    """`agenda` carries the reader's rights as columns."""
    state = state_of(agenda)
    if state == State.CANCELLED:
        return Banner("danger", "x", _("Mötet är inställt"), _("Ett möte som inte blev av har inget protokoll."))
    if state == State.APPROVED:
        return when_approved(agenda)
    if state == State.HANDED:
        return when_handed_over(agenda, said)
    if state == State.COMING:
        text = _("Protokollet växer fram under mötet, av det som antecknas och beslutas på varje punkt.")
        return Banner("neutral", "clock", _("Mötet har inte börjat"), text)
    return before_it_is_handed_over(agenda, said)


def before_it_is_handed_over(agenda: Any, said: Said) -> Banner:
    if not agenda.may_hand_over:
        text = _("Upphandlingsenheten lämnar det för godkännande när mötet är slut och närvaron antecknad.")
        return Banner("neutral", "clock", _("Protokollet är ett utkast"), text)
    unknown = sum(each.present is None for each in said.listed)
    if unknown:
        text = ngettext(
            "%(count)s person är inte antecknad. Protokollet lämnas när alla är det.",
            "%(count)s personer är inte antecknade. Protokollet lämnas när alla är det.",
            unknown,
        )
        href = reverse("meetings:attendance", args=[agenda.meeting_id])
        title, button = _("Din tur: anteckna vilka som var med"), _("Anteckna närvaro")
        return Banner("accent", "clipboard-list", title, text % {"count": figures.grouped(unknown)}, href, button)
    if agenda.meeting.ends_at > clock.now():
        text = _("Lämna protokollet när mötet är slut. Det som antecknas och beslutas tills dess kommer med.")
        return Banner("neutral", "gavel", _("Mötet pågår"), text)
    href, title = reverse("steering:hand_over", args=[agenda.pk]), _("Din tur: lämna protokollet för godkännande")
    return Banner("accent", "gavel", title, handing_over_in_words(said), href, _("Lämna protokollet"))


def handing_over_in_words(said: Said) -> str:
    """What it will do, and to whom."""
    names = approvers_in_words(said)
    if not names:
        return _("Ingen ledamot är antecknad som närvarande, så ingen kan godkänna protokollet.")
    text = _("%(names)s ska läsa och godkänna det. Under tiden ändras inget, om du inte tar tillbaka protokollet.")
    return text % {"names": names}


def approvers_in_words(said: Said) -> str:
    """One of those who may, by name: `Eva Ström`, or `Lena Rask eller Omar Vik`."""
    names = [str(each.user) for each in who_approves(said.listed)]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s eller %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def when_handed_over(agenda: Any, said: Said) -> Banner:
    handed = {"when": figures.moment(agenda.handed_over_at, clock.today())}
    if agenda.may_approve:
        href, text = reverse("steering:approve", args=[agenda.pk]), _("Upphandlingsenheten lämnade det %(when)s.")
        return Banner(
            "accent", "gavel", _("Din tur: läs och godkänn protokollet"), text % handed, href, _("Läs och godkänn")
        )
    text = _("Lämnat %(when)s. När det är godkänt blir det en fil som aldrig ändras.") % handed
    return Banner("neutral", "clock", _("Väntar på %(names)s") % {"names": approvers_in_words(said)}, text)


def when_approved(agenda: Any) -> Banner:
    told = {"name": agenda.minutes.approved_by, "when": figures.moment(agenda.minutes.created_at, clock.today())}
    text = _("%(name)s godkände det %(when)s. Filen är det som gäller, och den ändras aldrig.") % told
    return Banner(
        "success", "check", _("Protokollet är godkänt"), text, reverse("steering:minutes_file", args=[agenda.pk]),
        _("Hämta protokollet (PDF)"),
    )  # fmt: skip
