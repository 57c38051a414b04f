"""When the steering group must meet (R30): at least once each term, called by the procurement unit. Pure."""

import datetime as dt

from insteg.core.workdays import last_workday, shift
from insteg.inventory.terms import Season, Term

# The model's own choice. The month from which a term without a called meeting is said to UE, and how long before the
# end of the term it is late: a meeting is called three weeks ahead, and nobody meets on the last day.
ASKED_FROM = {Season.SPRING: 2, Season.AUTUMN: 9}
WORKDAYS_LEFT = 20


def bounds(term: Term) -> tuple[dt.date, dt.date]:
    """The first day of a term and its last: January to June, July to December."""
    if term.season == Season.SPRING:
        return dt.date(term.year, 1, 1), dt.date(term.year, 6, 30)
    return dt.date(term.year, 7, 1), dt.date(term.year, 12, 31)


def asked_from(term: Term) -> dt.date:
    """From when UE is told that the term has no meeting."""
    return dt.date(term.year, ASKED_FROM[Season(term.season)], 1)


def call_by(term: Term) -> dt.date:
    """The last day on which twenty working days of the term remain. After it, to call is late."""
    return shift(last_workday(bounds(term)[1]), -WORKDAYS_LEFT)
