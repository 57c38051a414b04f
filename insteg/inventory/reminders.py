"""When reminders go (R10). Pure: it is given days and moments and says days; it knows no database and no letters.

At most two for each request, on working days from eight in the morning. One that could not go, because no worker ran,
goes on the next working day.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.timezone import localtime

from insteg.core.workdays import is_workday, shift

FIRST, SECOND = 1, 2
# The model's own choice, in working days. Later they become part of the rule set (R80).
BEFORE = 10  # before the round's day: two weeks are enough to gather what several people know
AFTER = 2  # after it: an answer sent on the last evening has then been seen
BEFORE_OWN_DAY = 2  # before a day of one's own: time was asked for, so a word in time helps more than one too late
PEACE = 3  # after a letter, or after taking an answer up again: whoever has just been told is not reminded
OPENS, SHUTS = dt.time(8), dt.time(16)  # letters come while people are at work and can act on them


@dataclass(frozen=True)
class Asked:
    """What the calendar needs of a request. `told_on` is the day of its latest letter or other event with it."""

    closes_on: dt.date
    extended_to: dt.date | None
    told_on: dt.date
    sent: frozenset[int]


def days(asked: Asked) -> dict[int, dt.date]:
    """{number: the working day on which it goes}, of those that have not gone.

    The first is left out when they have just been told; the second is put off. None goes out of turn.
    """
    found, peace_until = {}, shift(asked.told_on, PEACE)
    first = shift(asked.closes_on, -BEFORE)
    if not asked.sent and first >= peace_until:
        found[FIRST] = first
    if SECOND not in asked.sent:
        own, common = asked.extended_to, shift(asked.closes_on, AFTER)
        found[SECOND] = max(shift(own, -BEFORE_OWN_DAY) if own else common, peace_until)
    return found


def due(asked: Asked, today: dt.date) -> int | None:
    """The number of the reminder that should go on this working day, or should have gone before it; else None.

    Where both are due only the second goes, and the first never after the day that it is about.
    """
    numbers = [number for number, day in days(asked).items() if day <= today]
    if SECOND in numbers:
        return SECOND
    return FIRST if numbers and today <= asked.closes_on else None


def coming(asked: Asked, now: dt.datetime) -> dict[int, dt.date]:
    """{number: day} of those that will go if no answer comes: what is late goes on the next day that letters go."""
    chance, found = next_day(now), {}
    for number, day in days(asked).items():
        when = max(day, chance)
        if number == SECOND or when <= asked.closes_on:
            found[number] = when
    if found.get(FIRST) == found.get(SECOND):
        found.pop(FIRST, None)
    return found


def may_go(now: dt.datetime) -> bool:
    """Whether letters go at this moment: a working day in Sweden, between eight and four."""
    here = localtime(now)
    return is_workday(here.date()) and OPENS <= here.time() < SHUTS


def next_day(now: dt.datetime) -> dt.date:
    """Today while letters can still go today, else the next working day."""
    here = localtime(now)
    return here.date() if is_workday(here.date()) and here.time() < SHUTS else shift(here.date(), 1)
