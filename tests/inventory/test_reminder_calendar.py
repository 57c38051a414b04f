"""The calendar of reminders (R10): the right working day, never a third, never just after they were told something."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insteg.core.workdays import is_workday, shift, workdays_until
from insteg.inventory import reminders
from insteg.inventory.reminders import AFTER, BEFORE, BEFORE_OWN_DAY, FIRST, PEACE, SECOND, Asked

D = dt.date.fromisoformat
EARLIEST, LATEST = dt.date(2026, 1, 1), dt.date(2030, 12, 31)
DAYS = [EARLIEST + dt.timedelta(days=number) for number in range((LATEST - EARLIEST).days + 1)]
ANY_DAY = st.dates(EARLIEST, LATEST)


def asked(closes_on, *, opened="2025-06-02", extended_to=None, sent=()):
    return Asked(D(closes_on), D(extended_to) if extended_to else None, D(opened), frozenset(sent))


def written(days):
    return {number: day.isoformat() for number, day in days.items()}


@pytest.mark.parametrize(
    ("closes_on", "first", "second"),
    [
        ("2026-11-18", "2026-11-04", "2026-11-20"),
        ("2026-03-31", "2026-03-17", "2026-04-02"),  # summer time begins in between; 2 April is Maundy Thursday
        ("2026-04-02", "2026-03-19", "2026-04-08"),  # over Easter: Good Friday to Easter Monday
        ("2026-10-27", "2026-10-13", "2026-10-29"),  # winter time begins in between
        ("2026-12-22", "2026-12-08", "2026-12-28"),  # Christmas Eve to St Stephen's Day, and a weekend
        ("2026-12-30", "2026-12-14", "2027-01-05"),  # the answer waits over New Year's Eve
        ("2027-01-05", "2026-12-16", "2027-01-08"),  # Epiphany on a Wednesday
        ("2028-01-05", "2027-12-20", "2028-01-10"),  # Epiphany on a Thursday
        ("2026-06-18", "2026-06-04", "2026-06-23"),  # midsummer eve is a Friday
        ("2026-06-05", "2026-05-22", "2026-06-09"),  # 6 June on a Saturday
        ("2027-06-05", "2027-05-24", "2027-06-08"),  # closes on a Saturday; 6 June on a Sunday
        ("2028-06-05", "2028-05-19", "2028-06-08"),  # 6 June on a Tuesday; Ascension Day before
        ("2029-06-05", "2029-05-22", "2029-06-08"),  # 6 June on a Wednesday
        ("2026-07-15", "2026-07-01", "2026-07-17"),  # July has no holidays of its own
    ],
)
def test_two_weeks_before_and_two_days_after_on_working_days(closes_on, first, second):
    assert written(reminders.days(asked(closes_on))) == {FIRST: first, SECOND: second}


@pytest.mark.parametrize(
    ("extended_to", "second"),
    [
        ("2026-11-27", "2026-11-25"),
        ("2026-12-28", "2026-12-22"),  # over Christmas
        ("2027-01-07", "2027-01-04"),  # over Epiphany
        ("2027-03-30", "2027-03-24"),  # over Easter, and summer time
        ("2027-06-28", "2027-06-23"),  # over midsummer
        ("2027-10-31", "2027-10-28"),  # a Sunday, the day that winter time begins
    ],
)
def test_whoever_was_given_more_time_is_reminded_before_the_new_day(extended_to, second):
    own = asked("2026-11-18", extended_to=extended_to, sent=[FIRST])
    assert written(reminders.days(own)) == {SECOND: second}


def test_the_first_is_left_out_when_they_were_asked_just_before():
    assert written(reminders.days(asked("2026-11-18", opened="2026-10-30"))) == {
        FIRST: "2026-11-04",
        SECOND: "2026-11-20",
    }
    assert written(reminders.days(asked("2026-11-18", opened="2026-11-02"))) == {SECOND: "2026-11-20"}


def test_the_second_is_put_off_when_they_have_just_been_told_something():
    """Took the answer up again the day before, or got the new day in a letter then."""
    assert written(reminders.days(asked("2026-11-18", opened="2026-11-19", sent=[FIRST]))) == {SECOND: "2026-11-24"}


def test_a_first_one_that_nobody_could_send_is_dropped_when_its_day_has_passed():
    late = asked("2026-11-18")
    assert reminders.due(late, D("2026-11-03")) is None
    assert reminders.due(late, D("2026-11-04")) == FIRST
    assert reminders.due(late, D("2026-11-16")) == FIRST
    assert reminders.due(late, D("2026-11-19")) is None
    assert reminders.due(late, D("2026-11-30")) == SECOND


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        ("2026-03-27T06:59+00:00", False),  # winter time: 07.59
        ("2026-03-27T07:00+00:00", True),
        ("2026-03-30T05:59+00:00", False),  # summer time since Sunday
        ("2026-03-30T06:00+00:00", True),
        ("2026-10-23T06:00+00:00", True),
        ("2026-10-26T06:30+00:00", False),  # winter time since Sunday
        ("2026-10-26T07:00+00:00", True),
        ("2026-10-26T14:59+00:00", True),
        ("2026-10-26T15:00+00:00", False),
        ("2026-03-29T09:00+00:00", False),  # a Sunday
        ("2026-12-24T09:00+00:00", False),
        ("2027-01-06T09:00+00:00", False),
        ("2026-06-19T09:00+00:00", False),  # midsummer eve
    ],
)
def test_letters_go_at_eight_by_swedish_clocks(moment, goes):
    assert reminders.may_go(dt.datetime.fromisoformat(moment)) == goes


@pytest.mark.parametrize("year", range(2026, 2031))
def test_every_closing_day_of_five_years(year):
    for closes_on in (day for day in DAYS if day.year == year):
        found = reminders.days(Asked(closes_on, None, dt.date(2025, 1, 2), frozenset()))
        assert all(is_workday(day) for day in found.values())
        assert found[FIRST] < closes_on < found[SECOND]
        assert workdays_until(closes_on, found[FIRST]) == BEFORE - (not is_workday(closes_on))
        assert workdays_until(found[SECOND], closes_on) == AFTER


@settings(max_examples=400)
@given(told=ANY_DAY, closes=st.integers(0, 120), more=st.none() | st.integers(1, 90))
def test_whatever_the_days_are(told, closes, more):
    closes_on = told + dt.timedelta(days=closes)
    own = None if more is None else closes_on + dt.timedelta(days=more)
    found = reminders.days(Asked(closes_on, own, told, frozenset()))
    assert SECOND in found
    assert all(is_workday(day) and workdays_until(day, told) >= PEACE for day in found.values())
    assert [*found.values()] == sorted(set(found.values()))
    if own and found[SECOND] > shift(told, PEACE):
        assert found[SECOND] == shift(own, -BEFORE_OWN_DAY) < own


@settings(max_examples=200)
@given(told=ANY_DAY, closes=st.integers(1, 60), more=st.none() | st.integers(1, 40), down=st.sets(st.integers(0, 120)))
def test_day_by_day_with_the_worker_down_now_and_then(told, closes, more, down):
    """Nobody answers, and the worker is down on some days: never a third, never two in a row, never out of turn."""
    closes_on = told + dt.timedelta(days=closes)
    own = None if more is None else closes_on + dt.timedelta(days=more)
    sent, last = {}, told
    for number in range(121):
        today = told + dt.timedelta(days=number)
        if number in down or not is_workday(today):
            continue
        due = reminders.due(Asked(closes_on, own, last, frozenset(sent)), today)
        if due:
            assert due not in sent
            assert workdays_until(today, last) >= PEACE
            sent[due] = last = today
    assert list(sent) in ([], [FIRST], [SECOND], [FIRST, SECOND])
    assert sent.get(FIRST, told) <= closes_on
    if not down:
        assert SECOND in sent


@settings(max_examples=200)
@given(closes_on=ANY_DAY, later=st.integers(0, 30))
def test_a_later_closing_day_never_brings_an_earlier_reminder(closes_on, later):
    told = dt.date(2025, 1, 2)
    sooner = reminders.days(Asked(closes_on, None, told, frozenset()))
    after = reminders.days(Asked(closes_on + dt.timedelta(days=later), None, told, frozenset()))
    assert all(sooner[number] <= after[number] for number in sooner)


@settings(max_examples=200)
@given(closes_on=ANY_DAY, on=ANY_DAY, at=st.times())
def test_what_is_told_beforehand_is_what_happens(closes_on, on, at):
    """The day that the board names is the first on which the job finds it due."""
    now = dt.datetime.combine(on, at, dt.UTC)
    one = Asked(closes_on, None, dt.date(2025, 1, 2), frozenset())
    for number, day in reminders.coming(one, now).items():
        assert day >= reminders.next_day(now)
        assert reminders.due(one, day) == number
        tried = reminders.next_day(now)
        while tried < day:
            assert reminders.due(one, tried) != number
            tried = shift(tried, 1)
