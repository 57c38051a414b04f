"""Can the requirement still be written in time (R22)? Back from the wanted start by the model's lead times. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from insteg.core.months import months_later
from insteg.core.workdays import last_workday
from insteg.process.models import RuleSet


class InTime(StrEnum):
    """LATE: the latest first dialogue has passed. SHORT: the whole is shorter than the model's limit for a warning.

    TIGHT: the safe day for the first dialogue has passed. YES: nothing hurries.
    """

    LATE = "late"
    SHORT = "short"
    TIGHT = "tight"
    YES = "yes"


@dataclass(frozen=True)
class LeadTimes:
    """The days before one start, each a Swedish working day, from the earliest to the latest."""

    safe_dialogue: dt.date  # to begin then leaves the longest planning that the model names
    latest_dialogue: dt.date  # to begin later leaves no time for the requirement
    documents_ready: dt.date  # the requirement stands in them, so it must be written by then
    start: dt.date


def lead_times(start: dt.date, rules: RuleSet) -> LeadTimes:
    """Whole months back from the wanted start, and on to the working day before where that day is none."""
    procurement = rules.procurement_months

    def before(months: int) -> dt.date:
        return last_workday(months_later(start, -months))

    return LeadTimes(
        before(procurement + rules.safe_planning_months),
        before(procurement + rules.planning_months),
        before(procurement),
        start,
    )


def in_time(start: dt.date, today: dt.date, rules: RuleSet) -> InTime:
    """How a start stands today."""
    times = lead_times(start, rules)
    if today > times.latest_dialogue:
        return InTime.LATE
    if months_later(today, rules.warn_below_months) > start:
        return InTime.SHORT
    return InTime.TIGHT if today > times.safe_dialogue else InTime.YES


def first_start_in_time(today: dt.date, rules: RuleSet) -> dt.date:
    """The earliest start that is not too late today: for saying what would save it, and for asking the database.

    A later start never has an earlier latest dialogue, so every start before this day is too late and no other. It is
    the day the whole lead time ahead, or soon after: some days are off, and a month may lack the day.
    """
    start = months_later(today, rules.procurement_months + rules.planning_months)
    while lead_times(start, rules).latest_dialogue < today:
        start += dt.timedelta(days=1)
    return start
