"""Swedish working days: Monday to Friday, without public holidays and the eves that offices are closed on."""

import datetime as dt

import holidays

CLOSED = holidays.country_holidays("SE", language="sv", categories=("public", "de_facto"), include_sundays=False)


def is_workday(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in CLOSED


def last_workday(day: dt.date) -> dt.date:
    """The day itself, or the working day before it."""
    while not is_workday(day):
        day -= dt.timedelta(days=1)
    return day


def workdays_until(day: dt.date, today: dt.date) -> int:
    """How many working days after `today` there are up to and with `day`; 0 when it is not later."""
    days = (today + dt.timedelta(days=number) for number in range(1, (day - today).days + 1))
    return sum(is_workday(each) for each in days)


def shift(day: dt.date, count: int) -> dt.date:
    """The `count`-th working day after `day`, or before it when negative; `day` itself when 0, working day or not."""
    step = dt.timedelta(days=1 if count > 0 else -1)
    for _each in range(abs(count)):
        day += step
        while not is_workday(day):
            day += step
    return day
