"""R22: back from the wanted start by the model's lead times, on Swedish working days. Pure: no database."""

import datetime as dt
from functools import cache
from itertools import pairwise

import pytest

from insteg.inventory.lead_times import InTime, first_start_in_time, in_time, lead_times
from insteg.process.models import RuleSet

MODEL = RuleSet(edition=1)
QUICK = RuleSet(edition=2, planning_months=3, safe_planning_months=5, procurement_months=2, warn_below_months=8)
SLOW = RuleSet(edition=3, planning_months=9, safe_planning_months=9, procurement_months=13, warn_below_months=30)
EDITIONS = [MODEL, QUICK, SLOW]
DAY = dt.timedelta(days=1)
URGENCY = [InTime.YES, InTime.TIGHT, InTime.SHORT, InTime.LATE]


def days(first_year, last_year):
    first, last = dt.date(first_year, 1, 1), dt.date(last_year, 12, 31)
    return [first + DAY * number for number in range((last - first).days + 1)]


STARTS = days(2026, 2029)


def easter(year):
    """Gauss's reckoning: nothing of the calendar that the product uses."""
    century = year // 100
    moon = (15 - (13 + 8 * century) // 25 + century - century // 4) % 30
    full = (19 * (year % 19) + moon) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * full + (4 + century - century // 4) % 7) % 7
    if full == 29 and sunday == 6:
        return dt.date(year, 4, 19)
    if full == 28 and sunday == 6 and (11 * moon + 11) % 30 < 19:
        return dt.date(year, 4, 18)
    return dt.date(year, 3, 22) + DAY * (full + sunday)


@cache
def closed(year):
    """Lag (1989:253) om allmänna helgdagar, and the three eves of lag (1930:173) 2 §; Saturdays and Sundays apart."""
    fixed = {(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)}
    moving = {easter(year) + DAY * number for number in (-2, 1, 39)}
    midsummer_eve = next(dt.date(year, 6, day) for day in range(19, 26) if dt.date(year, 6, day).isoweekday() == 5)
    return {dt.date(year, month, day) for month, day in fixed} | moving | {midsummer_eve}


def works(day):
    return day.isoweekday() < 6 and day not in closed(day.year)


def back(start, months):
    """The same day of the month so many months before, or the last that there is, or the working day before."""
    year, month = start.year, start.month
    for _each in range(months):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    following = dt.date(year + (month == 12), month % 12 + 1, 1)
    day = min(dt.date(year, month, 1) + DAY * (start.day - 1), following - DAY)
    while not works(day):
        day -= DAY
    return day


def test_the_oracle_knows_its_easters():
    assert [easter(year) for year in (2024, 2025, 2026, 2027, 2028, 2049, 2076)] == [
        dt.date(2024, 3, 31), dt.date(2025, 4, 20), dt.date(2026, 4, 5), dt.date(2027, 3, 28), dt.date(2028, 4, 16),
        dt.date(2049, 4, 18), dt.date(2076, 4, 19),
    ]  # fmt: skip


@pytest.mark.parametrize("rules", EDITIONS, ids=str)
def test_every_start_of_four_years_gets_working_days(rules):
    for start in STARTS:
        times = lead_times(start, rules)
        assert times.start == start
        assert times.documents_ready == back(start, rules.procurement_months)
        assert times.latest_dialogue == back(start, rules.procurement_months + rules.planning_months)
        assert times.safe_dialogue == back(start, rules.procurement_months + rules.safe_planning_months)
        assert all(works(day) for day in (times.safe_dialogue, times.latest_dialogue, times.documents_ready))
        assert times.safe_dialogue <= times.latest_dialogue < times.documents_ready < start


@pytest.mark.parametrize("rules", EDITIONS, ids=str)
def test_a_later_start_never_has_an_earlier_day(rules):
    for earlier, later in pairwise(lead_times(start, rules) for start in STARTS):
        assert earlier.safe_dialogue <= later.safe_dialogue
        assert earlier.latest_dialogue <= later.latest_dialogue
        assert earlier.documents_ready <= later.documents_ready


@pytest.mark.parametrize(("start", "safe", "latest", "ready"), [
    # 1 May 2026 is closed; so are 1 January 2027 and New Year's Eve before it; 1 September is a Tuesday.
    ("2027-05-01", "2026-04-30", "2026-09-01", "2026-12-30"),
    ("2028-02-29", "2027-02-26", "2027-06-29", "2027-10-29"),  # a leap day; 28 February 2027 is a Sunday
    ("2027-10-31", "2026-10-30", "2027-02-26", "2027-06-30"),  # months without a 31st
    ("2027-10-25", "2026-10-23", "2027-02-25", "2027-06-24"),  # Midsummer Eve is 25 June 2027
])  # fmt: skip
def test_days_that_were_looked_up_by_hand(start, safe, latest, ready):
    times = lead_times(dt.date.fromisoformat(start), MODEL)
    told = [day.isoformat() for day in (times.safe_dialogue, times.latest_dialogue, times.documents_ready)]
    assert told == [safe, latest, ready]


@pytest.mark.parametrize(("today", "answer"), [
    ("2026-02-02", InTime.YES),
    ("2026-04-30", InTime.YES),  # the safe day itself
    ("2026-05-02", InTime.TIGHT),
    ("2026-09-01", InTime.TIGHT),  # the latest day itself
    ("2026-09-02", InTime.LATE),
    ("2027-06-01", InTime.LATE),  # the start has passed as well
])  # fmt: skip
def test_how_a_start_on_the_first_of_may_stands(today, answer):
    assert in_time(dt.date(2027, 5, 1), dt.date.fromisoformat(today), MODEL) == answer


@pytest.mark.parametrize(("today", "answer"), [
    ("2026-09-01", InTime.YES),
    ("2026-09-02", InTime.SHORT),  # less than eight months in all, though this house needs but five
    ("2026-12-01", InTime.SHORT),
    ("2026-12-02", InTime.LATE),
])  # fmt: skip
def test_a_house_with_short_lead_times_is_warned_before_it_is_late(today, answer):
    assert in_time(dt.date(2027, 5, 1), dt.date.fromisoformat(today), QUICK) == answer


@pytest.mark.parametrize("rules", EDITIONS, ids=str)
def test_time_that_passes_never_makes_it_better(rules):
    for start in (dt.date(2027, 5, 1), dt.date(2028, 2, 29), dt.date(2027, 12, 31)):
        told = [URGENCY.index(in_time(start, today, rules)) for today in days(2025, 2028)]
        assert told == sorted(told)
        assert told[-1] == URGENCY.index(InTime.LATE)


@pytest.mark.parametrize("rules", EDITIONS, ids=str)
def test_a_later_start_never_makes_it_worse(rules):
    for today in (dt.date(2026, 2, 28), dt.date(2026, 6, 30), dt.date(2026, 12, 24)):
        told = [URGENCY.index(in_time(start, today, rules)) for start in STARTS]
        assert told == sorted(told, reverse=True)


@pytest.mark.parametrize("rules", EDITIONS, ids=str)
def test_the_first_start_in_time_is_the_first_of_all(rules):
    """By trying every start: the starts of a today begin where those of the day before ended, since both only grow."""
    start = dt.date(2026, 1, 1)
    for today in days(2026, 2028):
        while back(start, rules.procurement_months + rules.planning_months) < today:
            start += DAY
        assert first_start_in_time(today, rules) == start
        assert in_time(start, today, rules) != InTime.LATE
        assert in_time(start - DAY, today, rules) == InTime.LATE
