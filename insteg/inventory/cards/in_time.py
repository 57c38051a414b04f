"""Can the requirement still be written (R22): the days before the wanted start, and what it means to be late."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.core import clock
from insteg.core.workdays import workdays_until
from insteg.inventory.cards.lead_line import LeadLine, Moment, line_of
from insteg.inventory.judgement import in_months
from insteg.inventory.lead_times import InTime, LeadTimes, first_start_in_time, in_time, lead_times
from insteg.inventory.models import PlannedProcurement
from insteg.process.models import RuleSet
from insteg.ui import figures

A_YEAR = 366  # days: farther ahead nobody counts the working days
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
    documents_ahead: bool = False  # the day when they are to be ready has not passed
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
    moments, suits = moments_of(times, today), planned.proposal != PlannedProcurement.Proposal.NOT_SUITABLE
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
        documents_ahead=times.documents_ready >= today,
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
