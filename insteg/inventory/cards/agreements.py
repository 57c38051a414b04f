"""What the pages say of running agreements, in words, and the list as a file."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insteg.audit.models import Entry
from insteg.core import clock
from insteg.core.models import label_of
from insteg.documents.tables import Column
from insteg.inventory.agreement_rows import SAVED, Kind, Match
from insteg.inventory.cards.planned import Banner, Fact, Told
from insteg.inventory.models import RunningAgreement
from insteg.inventory.queries.agreements import Agreements, Finding, for_the_list, history, last_day_soon, order
from insteg.process.models import Nature
from insteg.ui import figures


def finding_in_words(finding: Finding, *, filtered: bool) -> str:
    """The list's answer before the list."""
    if not finding.total:
        return "" if filtered else _("Avtalen som löper ut visar vad ni snart behöver upphandla.")
    said = ngettext("%(count)s löpande avtal.", "%(count)s löpande avtal.", finding.total) % {"count": finding.total}
    if not finding.waiting:
        none = _("Inget av dem löper ut inom två år utan att någon har sagt vad som händer sedan.")
        return f"{said} {none}"
    waiting = ngettext(
        "%(count)s av dem löper ut inom två år utan att någon ny upphandling är anmäld.",
        "%(count)s av dem löper ut inom två år utan att någon ny upphandling är anmäld.",
        finding.waiting,
    )
    return f"{said} {waiting % {'count': finding.waiting}}"


class State(NamedTuple):
    color: str
    icon: str
    word: str


def state_of(agreement: RunningAgreement) -> State:
    """`agreement` carries `renewed`. Nobody is hurried while it runs long."""
    today = clock.today()
    if agreement.ended_at:
        return State("neutral", "minus", _("Ska inte upphandlas igen"))
    if agreement.renewed:  # type: ignore[attr-defined]
        return State("success", "check", _("Ny upphandling anmäld"))
    if agreement.ends_on < today:
        return State("danger", "clock-alert", _("Har löpt ut, inget nytt anmält"))
    if agreement.ends_on <= last_day_soon(today):
        return State("warning", "circle-question-mark", _("Ingen ny upphandling anmäld"))
    return State("neutral", "", _("Löper"))


def starts_in_words(start: dt.date, latest: dt.date | None) -> str:
    """When a successor would have to begin, without and with the options used."""
    today = clock.today()
    if latest is None or latest == start:
        return _("Ett nytt avtal behöver börja %(day)s.") % {"day": figures.day(start, today)}
    said = _("Ett nytt avtal behöver börja %(day)s, eller %(latest)s om hela förlängningen används.")
    return said % {"day": figures.day(start, today), "latest": figures.day(latest, today)}


def banner_of(agreement: RunningAgreement, *, may_change: bool, ours: bool, reason: str) -> Banner:
    """Whose move it is. `agreement` carries `renewed`; `reason` is why what was planned was withdrawn."""
    if agreement.ended_at:
        return Banner("neutral", "minus", _("Ska inte upphandlas igen"), agreement.ended_reason)
    when = starts_in_words(agreement.successor_start, agreement.latest_successor_start)
    if agreement.renewed:  # type: ignore[attr-defined]
        return Banner("neutral", "check", _("En ny upphandling är anmäld"), when)
    if reason:
        before = _("Den som var planerad drogs tillbaka: %(reason)s.") % {"reason": reason.rstrip(".")}
        when = f"{before} {when}"
    if agreement.ends_on > last_day_soon(clock.today()):
        return Banner("neutral", "calendar", _("Det är långt kvar"), when)
    if not ours or not may_change:
        whose = _("Väntar på %(organisation)s: ska det upphandlas igen?") % {"organisation": agreement.organisation}
        return Banner("neutral", "circle-question-mark", whose, when)
    href = reverse("inventory:plan_renewal", args=[agreement.pk])
    title = _("Din tur: ska det upphandlas igen?")
    return Banner("accent", "circle-question-mark", title, when, href, _("Lägg till som planerad upphandling"))


def facts_of(agreement: RunningAgreement, cpv_title: str) -> list[Fact]:
    today = clock.today()
    options = agreement.option_months
    start = figures.day(agreement.starts_on, today) if agreement.starts_on else None
    return [
        Fact(_("Organisation"), str(agreement.organisation)),
        Fact(_("Avtalsnummer"), agreement.reference or None),
        Fact(_("Leverantör"), agreement.supplier or None),
        Fact(_("Slag"), label_of(Nature, agreement.nature) or None),
        Fact(_("CPV-kod"), f"{agreement.cpv} {cpv_title}".strip() or None),
        Fact(_("Värde"), figures.money(agreement.value) if agreement.value is not None else None),
        Fact(_("Första dag"), start),
        Fact(_("Sista dag"), figures.day(agreement.ends_on, today)),
        Fact(
            _("Möjlig förlängning"),
            (figures.months(options) if options else _("ingen")) if options is not None else None,
        ),
    ]


WORDS = {
    "inventory.add_agreement": gettext_lazy("Tillagt"),
    "inventory.save_register": gettext_lazy("Läst ur avtalsregistret"),
    "inventory.change_agreement": gettext_lazy("Ändrat"),
    "inventory.end_agreement": gettext_lazy("Ska inte upphandlas igen"),
    "inventory.revive_agreement": gettext_lazy("Ska upphandlas igen"),
    "inventory.plan_renewal": gettext_lazy("En ny upphandling anmäldes"),
    "inventory.link_renewal": gettext_lazy("En planerad upphandling sägs följa på det"),
}


def events_of(agreement: RunningAgreement) -> list[Told]:
    entries = history(agreement, of=WORDS)
    return [Told(entry.at, who or _("Systemet"), what_happened(entry)) for entry, who in entries]


def what_happened(entry: Entry) -> str:
    said = str(WORDS[entry.action])
    if entry.action != "inventory.change_agreement":
        return said
    names = [str(RunningAgreement._meta.get_field(name).verbose_name) for name in entry.changed]
    return f"{said}: {'; '.join(names)}"


COLUMNS = [
    Column(gettext_lazy("Organisation"), 28), Column(gettext_lazy("Avtal"), 45), Column(gettext_lazy("Avtalsnummer")),
    Column(gettext_lazy("Leverantör"), 30), Column(gettext_lazy("Slag")), Column(gettext_lazy("CPV-kod")),
    Column(gettext_lazy("Värde, kr"), kronor=True), Column(gettext_lazy("Första dag")),
    Column(gettext_lazy("Sista dag")), Column(gettext_lazy("Möjlig förlängning, mån")),
    Column(gettext_lazy("Nytt avtal behövs")), Column(gettext_lazy("Med förlängning")),
    Column(gettext_lazy("Läge"), 30), Column(gettext_lazy("Ny upphandling"), 45), Column(gettext_lazy("Skäl"), 40),
]  # fmt: skip


def export_rows(agreements: Agreements) -> Iterator[list[Any]]:
    """One list a row, in the order of COLUMNS; a few hundred rows in memory at a time."""
    for one in for_the_list(agreements).order_by(*order()).iterator(chunk_size=500):
        latest = one.latest_successor_start
        yield [
            one.organisation.name, one.title, one.reference, one.supplier, label_of(Nature, one.nature), one.cpv,
            one.value, one.starts_on, one.ends_on, one.option_months, one.successor_start,
            latest if latest != one.successor_start else None, state_of(one).word,
            ", ".join(planned.title for planned in one.what_follows), one.ended_reason,  # type: ignore[attr-defined]
        ]  # fmt: skip


# The page between reading a register and saving it.

KINDS = {
    Kind.NEW: State("info", "plus", gettext_lazy("Nytt")),
    Kind.CHANGED: State("warning", "pencil", gettext_lazy("Ändrat")),
    Kind.SAME: State("neutral", "equal", gettext_lazy("Lika")),
    Kind.OVER: State("neutral", "minus", gettext_lazy("Har löpt ut, tas inte med")),
    Kind.ELSEWHERE: State("neutral", "minus", gettext_lazy("En annan organisations, tas inte med")),
    Kind.OPEN: State("warning", "circle-question-mark", gettext_lazy("Behöver ett svar")),
}
UNTOUCHED = (Kind.SAME, Kind.OVER, Kind.ELSEWHERE)
FIRST = [Kind.OPEN, Kind.CHANGED, Kind.NEW, Kind.ELSEWHERE, Kind.OVER, Kind.SAME]


class ShownRow(NamedTuple):
    """A row of the register on the page: what it says, what saving does with it, and what to mend."""

    row: Match
    state: State
    changes: list[tuple[str, str, str]]
    fields: list[Any]


def shown_row(match: Match, fields: list[Any]) -> ShownRow:
    changes = [
        (name_of(name), in_words(name, getattr(match.known, name)), in_words(name, match.facts[name]))
        for name in match.changed
    ]
    return ShownRow(match, KINDS[match.kind], changes, fields)


def name_of(fact: str) -> str:
    return str(RunningAgreement._meta.get_field(fact).verbose_name)


def in_words(fact: str, value: Any) -> str:
    if value in (None, ""):
        return _("inget")
    if isinstance(value, dt.date):
        return figures.day(value, clock.today())
    if fact == "nature":
        return label_of(Nature, value)
    if fact == "value":
        return figures.money(value)
    return figures.months(value) if fact == "option_months" else str(value)


def register_in_words(matches: list[Match]) -> str:
    """What is about to happen, before the rows."""
    counts = {kind: sum(1 for match in matches if match.kind == kind) for kind in Kind}
    parts = [
        ngettext("%(count)s nytt", "%(count)s nya", counts[Kind.NEW]),
        ngettext("%(count)s ändrat", "%(count)s ändrade", counts[Kind.CHANGED]),
        ngettext("%(count)s som är lika", "%(count)s som är lika", counts[Kind.SAME]),
    ]
    numbers = [counts[Kind.NEW], counts[Kind.CHANGED], counts[Kind.SAME]]
    told = ", ".join(part % {"count": number} for part, number in zip(parts, numbers, strict=True) if number)
    total = sum(counts[kind] for kind in SAVED) + counts[Kind.OPEN]
    said = ngettext("Filen har %(count)s avtal", "Filen har %(count)s avtal", total) % {"count": total}
    said = f"{said}: {told}." if told else f"{said}."
    if counts[Kind.OPEN]:
        more = ngettext(
            "%(count)s rad behöver ett svar, sedan kan allt sparas på en gång.",
            "%(count)s rader behöver svar, sedan kan allt sparas på en gång.",
            counts[Kind.OPEN],
        )
        said = f"{said} {more % {'count': counts[Kind.OPEN]}}"
    return said
