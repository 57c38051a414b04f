"""The two terms of a year, and what UE is offered when it begins a round (R10). Pure, apart from what day it is."""

import datetime as dt
from collections.abc import Collection
from typing import Any, NamedTuple

from insteg.core.workdays import is_workday
from insteg.inventory.models import InventoryRound
from insteg.process.models import Nature

Season = InventoryRound.Term
SIX_WEEKS, TWO_WEEKS = dt.timedelta(weeks=6), dt.timedelta(weeks=2)
OFFERED = 4  # terms ahead, this one included
PREPARED = {Season.SPRING: 3, Season.AUTUMN: 9}  # the month from which UE is told that no round is open


class Term(NamedTuple):
    year: int
    season: str

    def next(self) -> "Term":
        if self.season == Season.SPRING:
            return Term(self.year, Season.AUTUMN)
        return Term(self.year + 1, Season.SPRING)

    def __str__(self) -> str:
        return str(InventoryRound(year=self.year, term=self.season))


def term_of(day: dt.date) -> Term:
    return Term(day.year, Season.SPRING if day.month <= 6 else Season.AUTUMN)


def coming_terms(today: dt.date, taken: Collection[tuple[int, str]]) -> list[Term]:
    """The terms that a round can be prepared for: those without one, from the present term on."""
    term, free = term_of(today), []
    while len(free) < OFFERED:
        if term not in taken:
            free.append(term)
        term = term.next()
    return free


def answer_day(today: dt.date, ahead: dt.timedelta = SIX_WEEKS) -> dt.date:
    """The first working day so far ahead."""
    day = today + ahead
    while not is_workday(day):
        day += dt.timedelta(days=1)
    return day


def proposed(term: Term, today: dt.date) -> dict[str, Any]:
    """What a new round says until UE says otherwise: the three years after its own, services and works."""
    return {
        "year": term.year, "term": term.season, "first_year": term.year + 1, "last_year": term.year + 3,
        "closes_on": answer_day(today), "natures": [Nature.SERVICES, Nature.WORKS],
    }  # fmt: skip


def wanted_since(today: dt.date) -> tuple[Term, dt.date] | None:
    """The term whose round should be open or on its way by now, and since when; None before that month."""
    term = term_of(today)
    begins = dt.date(today.year, PREPARED[Season(term.season)], 1)
    return (term, begins) if today >= begins else None
