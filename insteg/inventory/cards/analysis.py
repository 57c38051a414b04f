"""What the page of one planned procurement says of places, time, likenesses and earlier assessments (R20-R22)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insteg.core import clock
from insteg.core.models import label_of
from insteg.core.workdays import workdays_until
from insteg.inventory.cards.lead_line import LeadLine, Moment, line_of
from insteg.inventory.cards.occupations import needed
from insteg.inventory.judgement import as_number, facts_in_words, in_months
from insteg.inventory.lead_times import InTime, LeadTimes, first_start_in_time, in_time, lead_times
from insteg.inventory.models import Assessment, PlannedProcurement, RunningAgreement
from insteg.inventory.plan_reader.durations import months_between
from insteg.inventory.queries.analysis import Analysis, Comparable, WhoSet
from insteg.inventory.reckoning import Extent, Value, by_extent, by_value, value_per_place
from insteg.process.models import Nature, RuleSet
from insteg.ui import figures

Proposal = PlannedProcurement.Proposal
A_YEAR = 366  # days: farther ahead nobody counts the working days


class Reckoned(NamedTuple):
    """One way to a number of places; for c-reckon."""

    title: str
    result: str
    working: str
    chosen: bool = False
    wide: bool = False


def places_in_words(count: int | None) -> str:
    if count is None:
        return _("Går inte att räkna än")
    return ngettext("%(count)s plats", "%(count)s platser", count) % {"count": count} if count else _("Ingen plats")


# --- how many places are reasonable (R21)


@dataclass(frozen=True)
class Places:
    items: list[Reckoned]
    changed: str  # what is no longer as when somebody set the number
    note: str
    is_set: bool


def places_of(planned: PlannedProcurement, who_set: WhoSet | None) -> Places:
    """The two reckonings, and above them what people have said instead."""
    rules, is_set = planned.rule_set, planned.places_set is not None
    suits = planned.proposal != Proposal.NOT_SUITABLE
    extent, value = by_extent(planned, rules), by_value(planned, rules)
    items = [
        Reckoned(
            _("Efter omfattning"),
            places_in_words(extent.places),
            extent_in_words(extent, planned),
            chosen=suits and not is_set,
        ),
        Reckoned(_("Efter värde, som jämförelse"), places_in_words(value.places), value_in_words(value, planned)),
    ]
    if is_set:
        items.insert(
            0, Reckoned(set_by(who_set), places_in_words(planned.places_set), planned.places_reason, True, True)
        )
    if not suits:
        note = _("Förslaget är att upphandlingen inte lämpar sig. Räkningen visar vad den annars kunde ge.")
    elif is_set:
        note = _("Räkningen efter omfattning är Instegs förslag. Det bestämda antalet gäller tills någon ändrar det.")
    else:
        note = _("Förslaget är det efter omfattning. Det räknas om när uppgifterna ändras.")
    return Places(items, changed_since(who_set, extent.places), note, is_set)


def proposed_in_words(planned: PlannedProcurement) -> str:
    """The proposal with its working, for the page where people say another number."""
    extent = by_extent(planned, planned.rule_set)
    said = _("Efter omfattning: %(places)s.") % {"places": places_in_words(extent.places).lower()}
    return f"{said} {extent_in_words(extent, planned)}"


def set_by(who_set: WhoSet | None) -> str:
    if who_set is None or not who_set.who:
        return _("Bestämt")
    said = {"who": who_set.who, "day": figures.moment(who_set.at, clock.today())}
    return _("Bestämt av %(who)s, %(day)s") % said


def changed_since(who_set: WhoSet | None, places: int | None) -> str:
    """Empty while everything that the judgement reads is as when the number was set."""
    if who_set is None or not who_set.changed:
        return ""
    then = _("Uppgifterna har ändrats sedan dess: %(facts)s.") % {"facts": facts_in_words(who_set.changed)}
    numbers = _("Efter omfattning var det då %(then)s och är nu %(now)s. Stämmer det bestämda antalet ändå?") % {
        "then": then_or_now(who_set.places_then), "now": then_or_now(places),
    }  # fmt: skip
    return f"{then} {numbers}"


def then_or_now(count: int | None) -> str:
    return _("okänt") if count is None else places_in_words(count).lower()


def extent_in_words(extent: Extent, planned: PlannedProcurement) -> str:
    if extent.places is None:
        return what_is_missing(planned, [name for name in ("months", "fte") if getattr(planned, name) is None])
    product = _("%(fte)s årsarbetare × %(months)s = %(whole)s heltidsmånader.") % {
        "fte": as_number(extent.fte), "months": in_months(extent.months),
        "whole": figures.grouped(extent.full_time_months.normalize()),
    }  # fmt: skip
    return f"{product} {how_it_becomes_places(extent, planned.rule_set)}"


def how_it_becomes_places(extent: Extent, rules: RuleSet) -> str:
    """The rule, and where the lower of its two bounds or the one place at least decides, that too."""
    per, share = rules.full_time_months_per_place, share_in_words(rules)
    said = {"per": per, "share": share, "by_months": extent.by_months, "most": extent.most}
    if extent.most < extent.by_months:
        rule = _("En plats per %(per)s ger %(by_months)s, men högst %(share)s samtidigt ger %(most)s.")
    else:
        rule = _("En plats per %(per)s, högst %(share)s samtidigt.")
    if not min(extent.by_months, extent.most) and extent.places:
        least = _("Det är mindre än en hel, och då föreslås en plats.")
        return f"{rule % said} {least}"
    return rule % said


def share_in_words(rules: RuleSet) -> str:
    if rules.most_percent_of_staffing == 10:
        return _("en tiondel av bemanningen")
    return _("%(percent)s procent av bemanningen") % {"percent": rules.most_percent_of_staffing}


def value_in_words(value: Value, planned: PlannedProcurement) -> str:
    rules = planned.rule_set
    if not planned.nature:
        return what_is_missing(planned, ["nature"])
    if value_per_place(planned, rules) is None:
        return _("Skalan gäller tjänster och entreprenader.")
    if value.value is None:
        return what_is_missing(planned, ["value_max"])
    said = _("%(value)s, %(nature)s. En plats per %(per)s.") % {
        "value": figures.money(value.value), "nature": label_of(Nature, planned.nature).lower(),
        "per": figures.money(value.per_place),
    }  # fmt: skip
    if planned.value_min is not None and planned.value_max is not None and planned.value_min != planned.value_max:
        upper = _("Räknat på det högsta värdet.")
        return f"{said} {upper}"
    return said


def what_is_missing(planned: PlannedProcurement, fields: Sequence[str]) -> str:
    """Which facts are not known, and who can give them."""
    missing = _("Det som saknas är %(facts)s.") % {"facts": facts_in_words(fields)}
    said_unknown = set(fields) <= set(planned.unknown_fields)
    whose = (
        _("%(organisation)s har sagt att det inte är känt än.") if said_unknown else _("%(organisation)s kan ange det.")
    )
    return f"{missing} {whose % {'organisation': planned.organisation}}"


# --- in time (R22)

STATES = {
    InTime.YES: ("success", "circle-check"),
    InTime.TIGHT: ("warning", "clock"),
    InTime.SHORT: ("warning", "triangle-alert"),
    InTime.LATE: ("danger", "clock-alert"),
}


@dataclass(frozen=True)
class Time:
    """How a start stands today. Without a start there is nothing but `missing`, which says so."""

    missing: str = ""
    state: InTime | None = None
    color: str = ""
    icon: str = ""
    word: str = ""
    times: LeadTimes | None = None
    needed: str = ""  # the least that planning and procurement take together, in words
    safe: str = ""
    least_warned: str = ""
    in_all: str = ""
    workdays: int | None = None  # left until the latest first dialogue; None when it is farther ahead than a year
    earliest: dt.date | None = None  # the earliest start if the dialogue begins today
    start_passed: bool = False
    suits: bool = True  # otherwise no requirement is proposed, and nothing is lost by being late
    line: LeadLine | None = None
    moments: Sequence[Moment] = ()

    @property
    def is_late(self) -> bool:
        return self.state == InTime.LATE

    @property
    def alarms(self) -> bool:
        return self.is_late and self.suits

    @property
    def is_tight(self) -> bool:
        return self.state in (InTime.TIGHT, InTime.SHORT)

    @property
    def is_short(self) -> bool:
        return self.state == InTime.SHORT


def time_of(planned: PlannedProcurement) -> Time:
    rules, today = planned.rule_set, clock.today()
    if planned.start is None:
        return Time(missing=no_start(planned))
    times, state = lead_times(planned.start, rules), in_time(planned.start, today, rules)
    color, icon = STATES[state]
    needed = rules.planning_months + rules.procurement_months
    safe = rules.safe_planning_months + rules.procurement_months
    far = (times.latest_dialogue - today).days > A_YEAR
    moments, suits = moments_of(times, today), planned.proposal != Proposal.NOT_SUITABLE
    return Time(
        state=state,
        color=color if suits else "neutral",
        icon=icon,
        word=word_of(state, rules),
        times=times,
        needed=in_months(needed),
        safe=in_months(safe),
        least_warned=in_months(rules.warn_below_months),
        in_all=span(rules.warn_below_months, safe),
        workdays=None if far else workdays_until(times.latest_dialogue, today),
        earliest=first_start_in_time(today, rules),
        start_passed=planned.start <= today,
        suits=suits,
        line=line_of(moments, today),
        moments=with_today(moments, today),
    )


def word_of(state: InTime, rules: RuleSet) -> str:
    words = {
        InTime.YES: _("Hinner"), InTime.TIGHT: _("Hinner, liten marginal"), InTime.LATE: _("Hinner inte"),
        InTime.SHORT: _("Under %(length)s") % {"length": in_months(rules.warn_below_months)},
    }  # fmt: skip
    return words[state]


def span(least: int, most: int) -> str:
    """ "8–12 månader"."""
    return in_months(most) if least >= most else f"{least}–{in_months(most)}"


def no_start(planned: PlannedProcurement) -> str:
    missing = _("Önskad avtalsstart saknas, så det går inte att säga om kravet hinner skrivas.")
    if "start" in planned.unknown_fields:
        whose = _("%(organisation)s har sagt att den inte är känd än.")
    else:
        whose = _("%(organisation)s kan ange den.")
    return f"{missing} {whose % {'organisation': planned.organisation}}"


NAMES = {
    "safe": gettext_lazy("Trygg start"),
    "latest": gettext_lazy("Senaste start"),
    "documents": gettext_lazy("Dokumenten klara"),
    "start": gettext_lazy("Avtalet börjar"),
    "today": gettext_lazy("I dag"),
}


def moments_of(times: LeadTimes, today: dt.date) -> list[Moment]:
    days = {
        "safe": times.safe_dialogue, "latest": times.latest_dialogue, "documents": times.documents_ready,
        "start": times.start,
    }  # fmt: skip
    return [Moment(day, kind, str(NAMES[kind]), figures.day(day, today), day < today) for kind, day in days.items()]


def with_today(moments: Sequence[Moment], today: dt.date) -> list[Moment]:
    now = Moment(today, "today", str(NAMES["today"]), figures.day(today, today), True)
    return sorted([*moments, now], key=lambda moment: moment.day)


def time_in_the_banner(time: Time) -> str:
    """What the banner adds of time: the day that must not be missed, or what it means that it is."""
    today = clock.today()
    if time.times is None:
        return ""
    if time.start_passed:
        return _("Önskad avtalsstart har passerat. Flytta den, eller dra tillbaka upphandlingen om den är annonserad.")
    if time.is_late:
        said = _(
            "Dialogen skulle ha börjat senast %(latest)s. Flyttas starten till tidigast %(earliest)s hinner kravet med."
        )
    else:
        said = _("Dialogen om kravet måste börja senast %(latest)s.")
    return said % {
        "latest": figures.day_long(time.times.latest_dialogue, today),
        "earliest": figures.day(time.earliest, today),
    }


# --- what is comparable (R21)


class Like(NamedTuple):
    """A row of the table of what is comparable."""

    href: str
    title: str
    about: str
    why: str
    low: int | None
    high: int | None
    length: str
    places: str


def like(found: Comparable, titles: dict[str, str]) -> Like:
    row = found.row
    if isinstance(row, RunningAgreement):
        until = row.ends_on.year
        years = f"{row.starts_on.year}–{until}" if row.starts_on else _("till %(year)s") % {"year": until}
        return Like(
            reverse("inventory:agreement", args=[row.pk]), row.title,
            _("Avtal %(years)s, %(organisation)s") % {"years": years, "organisation": row.organisation},
            why_alike(found, titles), row.value, row.value, figures.months(length_of(row), row.option_months),
            _("okänt"),
        )  # fmt: skip
    start = figures.month(row.start) if row.start else figures.unknown()
    return Like(
        reverse("inventory:detail", args=[row.pk]), row.title,
        _("Planerad, start %(start)s, %(organisation)s") % {"start": start, "organisation": row.organisation},
        why_alike(found, titles), row.value_min, row.value_max, figures.months(row.months, row.option_months),
        places_said_or_reckoned(row),
    )  # fmt: skip


def length_of(agreement: RunningAgreement) -> int | None:
    return months_between(agreement.starts_on, agreement.ends_on) if agreement.starts_on else None


def places_said_or_reckoned(row: PlannedProcurement) -> str:
    if row.places_set is not None:
        return _("%(places)s, bestämt") % {"places": places_in_words(row.places_set)}
    if row.places is None:
        return _("okänt")
    return _("%(places)s, räknat") % {"places": places_in_words(row.places)}


def codes_in_common(found: Analysis) -> list[str]:
    """The CPV codes that the likenesses name, written out, so that their titles can be looked up together."""
    return [each.digits.ljust(8, "0") for each in found.comparables if each.digits]


def why_alike(found: Comparable, titles: dict[str, str]) -> str:
    said = []
    if found.renewed:
        said.append(_("avtalet som den följer på"))
    if found.digits:
        name = titles.get(found.digits.ljust(8, "0"), "")
        said.append(_("samma CPV-grupp: %(cpv)s") % {"cpv": f"{found.digits} {name}".strip()})
    if found.words:
        said.append(_("liknande namn: %(words)s") % {"words": ", ".join(sorted(found.words))})
    return "; ".join(said)


# --- earlier assessments


class Earlier(NamedTuple):
    when: Any
    edition: int
    proposal: str
    missing: str
    places: str


ASKED = {"nature": "nature", "extent": "extent_known", "length": "months", "staffing": "fte"}  # criterion -> its fact


def earlier(assessment: Assessment) -> Earlier:
    lacked = [ASKED[key] for key, answer in assessment.answers.items() if answer == "unknown"]
    return Earlier(
        assessment.created_at, assessment.rule_set.edition, label_of(Proposal, assessment.proposal),
        facts_in_words(lacked),
        _("okänt") if assessment.places is None else places_in_words(assessment.places),
    )  # fmt: skip


def analysis(planned: PlannedProcurement, found: Analysis, titles: dict[str, str]) -> dict[str, Any]:
    """What the page shows of the early analysis. `titles` are of CPV codes. Nothing of places, time or likenesses is
    asked of what is withdrawn or bought through another."""
    shown: dict[str, Any] = {
        "earlier": [earlier(each) for each in found.earlier], "more_earlier": found.more, "places": None, "time": None,
        "likes": [], "needed": None,
    }  # fmt: skip
    if planned.withdrawn_at or planned.merged_into_id:
        return shown
    return shown | {
        "places": places_of(planned, found.who_set), "time": time_of(planned),
        "likes": [like(each, titles) for each in found.comparables],
        "needed": needed(planned, may_change=planned.may_change),
    }  # fmt: skip
