"""What the meeting has on its wall (R32): the facts that decide on one procurement, each short enough to be read there.

Whoever may not see what a procurement is worth is told nothing that it could be reckoned from (OSL 19:3).
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from insteg.core import clock
from insteg.inventory.cards.analysis import like
from insteg.inventory.cards.in_time import time_of
from insteg.inventory.cards.planned import VERDICTS, Answer
from insteg.inventory.judgement import as_number, facts_in_words, judge
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.analysis import Comparable
from insteg.inventory.reckoning import Extent, by_extent, by_value
from insteg.needs.cards import people_in_words
from insteg.steering.decision_wording import decided
from insteg.steering.models import AgendaItem, Decision
from insteg.steering.queries.deciding import Facts, Needed
from insteg.ui import figures

OCCUPATIONS = 2  # that the fact about needs names


class Fact(NamedTuple):
    """`value` is None where it is not known. `color` says with the note's words that something hurries or is lost."""

    term: str
    value: str | None
    note: str = ""
    color: str = ""


class Earlier(NamedTuple):
    """What the group has decided before: when, what and why."""

    day: str
    what: str
    reason: str


class Seen(NamedTuple):
    """One procurement as the meeting sees it. `href` leads to all there is; empty for those who may not open it."""

    planned: PlannedProcurement
    facts: Sequence[Fact]
    verdict: str
    proposal: str
    answers: Sequence[Answer]
    view: str
    who_says: str
    earlier: Sequence[Earlier]
    alike: Sequence[str]
    href: str


def seen(found: Facts, item: AgendaItem, titles: dict[str, str]) -> Seen:
    """`titles` are of CPV codes. No query."""
    planned = found.planned
    judgement = judge(planned, planned.rule_set)
    proposal = PlannedProcurement.Proposal(judgement.proposal)
    return Seen(
        planned,
        [*facts(found)],
        VERDICTS[proposal],
        str(proposal.label).lower(),
        [Answer(each.question, each.answer, each.reason) for each in judgement.criteria],
        item.view,
        who_says(item, str(planned.organisation)),
        [earlier(each) for each in found.earlier],
        [alike(each, titles) for each in found.alike],
        reverse("inventory:detail", args=[planned.pk]) if found.values else "",
    )


def facts(found: Facts) -> Iterator[Fact]:
    planned = found.planned
    if found.values:
        known = planned.value_min is not None or planned.value_max is not None
        value = figures.money_range(planned.value_min, planned.value_max) if known else None
        yield Fact(_("Värde"), value, "" if known else said_unknown(planned, "value_max"))
    yield length(planned)
    fte = None if planned.fte is None else _("%(fte)s årsarbetare") % {"fte": as_number(Decimal(planned.fte))}
    yield Fact(_("Omfattning"), fte, said_unknown(planned, "fte"))
    yield places(planned, values=found.values)
    if found.needed is not None:
        yield needs(found.needed)
    yield dialogue(planned)


def said_unknown(planned: PlannedProcurement, name: str) -> str:
    """Not told, and told not to be known, are two things."""
    return _("organisationen vet inte än") if name in planned.unknown_fields else ""


def length(planned: PlannedProcurement) -> Fact:
    length = None if planned.months is None else figures.months(planned.months, planned.option_months)
    if planned.start is None:
        return Fact(_("Avtalstid"), length, _("starten är okänd"))
    return Fact(_("Avtalstid"), length, _("från %(day)s") % {"day": figures.day(planned.start, clock.today())})


def places(planned: PlannedProcurement, *, values: bool) -> Fact:
    """The number that people have said, or the one by extent, with its reckoning; beside it the one by value."""
    extent = by_extent(planned, planned.rule_set)
    value = by_value(planned, planned.rule_set).places if values else None
    told = [by_value_in_words(value)] if value is not None else []
    if planned.places_set is not None:
        if extent.places is not None:
            told.insert(0, _("efter omfattning: %(count)s") % {"count": figures.grouped(extent.places)})
        return Fact(_("Rimligt antal platser"), str(planned.places_set), "; ".join([_("bestämt"), *told]))
    if planned.proposal == PlannedProcurement.Proposal.NOT_SUITABLE:
        return Fact(_("Rimligt antal platser"), _("inget föreslås"))
    if extent.places is None:
        missing = [name for name in ("months", "fte") if getattr(planned, name) is None]
        told.insert(0, _("%(facts)s saknas") % {"facts": facts_in_words(missing)})
        return Fact(_("Rimligt antal platser"), None, "; ".join(told))
    told.insert(0, reckoning(extent, planned))
    return Fact(_("Rimligt antal platser"), str(extent.places), "; ".join(told))


def by_value_in_words(count: int) -> str:
    return _("efter värde: %(count)s") % {"count": figures.grouped(count)}


def reckoning(extent: Extent, planned: PlannedProcurement) -> str:
    """`14 × 36 månader ger 5, högst en tiondel ger 1`: the product by the rule, and the bound where that decides."""
    rules, by_months, most = planned.rule_set, extent.by_months or 0, extent.most or 0
    said = {"fte": as_number(extent.fte or 0), "months": extent.months}
    percent = rules.most_percent_of_staffing
    share = _("en tiondel") if percent == 10 else _("%(percent)s procent") % {"percent": percent}
    if by_months <= most:
        told = _("%(fte)s × %(months)s månader, en plats per %(per)s")
        told %= said | {"per": rules.full_time_months_per_place}
    else:
        told = _("%(fte)s × %(months)s månader ger %(by_months)s, högst %(share)s ger %(most)s")
        told %= said | {"by_months": by_months, "share": share, "most": most}
    least = _("minst en")
    return f"{told}, {least}" if (extent.places or 0) > min(by_months, most) else told


def needs(found: Needed) -> Fact:
    """People in steps of five, occupation by occupation: they are never added over them (docs/adr/0009)."""
    term = _("Behov hos AME och SIA")
    if not found.occupations:
        return Fact(term, None, _("ingen har sagt vilka yrken som behövs"))
    waiting = [total for total in found.totals if total.fewer_than][:OCCUPATIONS]
    if not waiting:
        return Fact(term, _("inget anmält"), _("för %(work)s") % {"work": lowered(found.occupations[0])})
    first, *others = waiting
    told = [_("söker plats som %(work)s") % {"work": lowered(first.work)}]
    for each in others:
        said = {"people": people_in_words(each), "work": lowered(each.work)}
        told.append(_("%(people)s som %(work)s") % said)
    return Fact(term, _("%(people)s personer") % {"people": people_in_words(first)}, ", ".join(told))


def lowered(work: str) -> str:
    """Within a sentence; what begins with capitals that stand for words keeps them."""
    return work if work[1:2].isupper() else work[:1].lower() + work[1:]


def dialogue(planned: PlannedProcurement) -> Fact:
    """The latest day for the first dialogue, and what it means that it is near or past (R22)."""
    term, time = _("Dialogen senast"), time_of(planned)
    if time.times is None:
        return Fact(term, None, _("starten är okänd"))
    day, color = figures.day(time.times.latest_dialogue, clock.today()), "" if time.color == "success" else time.color
    note = lowered(time.word)
    if time.start_passed:
        note = _("starten har passerat")
    elif time.is_late and time.earliest:
        note = _("hinner inte; tidigaste start %(day)s") % {"day": figures.day(time.earliest, clock.today())}
    return Fact(term, day, note, color)


def who_says(item: AgendaItem, organisation: str) -> str:
    """Before the organisation's own words, or instead of them."""
    said = {"organisation": organisation}
    if item.viewed_at:
        day = figures.day(localdate(item.viewed_at), clock.today())
        return _("%(organisation)s tycker, %(day)s:") % (said | {"day": day})
    if item.asked_at:
        return _("%(organisation)s har inte sagt vad den själv tycker.") % said
    return _("%(organisation)s är inte tillfrågad om vad den själv tycker.") % said


def earlier(decision: Decision) -> Earlier:
    return Earlier(figures.day(localdate(decision.created_at), clock.today()), decided(decision), decision.reason)


def alike(found: Comparable, titles: dict[str, str]) -> str:
    """`Lokalvård i gruppbostäder (avtal 2023–2027, Vård; 36 mån; 12,0 mnkr)`. Only what the reader may see is found.
    What nobody knows is left out: how many places an agreement gave is nowhere told."""
    row, known = like(found, titles), found.row
    told = [lowered(row.about)]
    if row.length != figures.unknown():
        told.append(row.length)
    if row.low is not None or row.high is not None:
        told.append(figures.money_range(row.low, row.high))
    if isinstance(known, PlannedProcurement) and (known.places_set is not None or known.places is not None):
        told.append(lowered(row.places))
    return f"{row.title} ({'; '.join(told)})"
