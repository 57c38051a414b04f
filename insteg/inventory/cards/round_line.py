"""The time line of a round: what has happened, what comes, and where each falls in a picture. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LEFT, RIGHT = 936, 44, 892
BENT = dt.timedelta(
    days=16
)  # the days before today are drawn to scale so far back; what lies before is pressed together
PRESSED = 0.3  # of the width, at most, for what is pressed together
LEAST_APART = 76
OF_A_LETTER = 7.4  # px, about, at 14 px


@dataclass(frozen=True)
class Event:
    """`note` is the day in words, with what more there is to say; `text` what it is called where there is room."""

    day: dt.date
    name: str
    note: str
    coming: bool
    text: str = ""

    @property
    def longer(self) -> str:
        return self.text or self.name


@dataclass(frozen=True)
class Point:
    event: Event
    x: float
    label_x: float
    below: bool


@dataclass(frozen=True)
class Line:
    points: list[Point]
    today_x: float

    @property
    def height(self) -> int:
        return 126 if any(point.below for point in self.points) else 80


def line_of(events: Sequence[Event], today: dt.date) -> Line:
    """Where each event is drawn. The axis is bent: the weeks around today are what one acts on and get most room."""
    events = sorted(events, key=lambda event: (event.day, event.coming))
    days = [event.day for event in events]
    xs = apart([place(day, days[0], days[-1], today) for day in days])
    return Line(labelled(events, xs), today_between(days, xs, today))


def place(day: dt.date, first: dt.date, last: dt.date, today: dt.date) -> float:
    """By the bent axis, in px."""
    whole = (last - first).days
    if not whole:
        return LEFT
    before = max(0, (min(today, last) - BENT - first).days)
    share = min(PRESSED, before / whole)
    passed = (day - first).days
    if passed <= before and before:
        part = share * passed / before
    else:
        part = share + (1 - share) * (passed - before) / (whole - before)
    return LEFT + (RIGHT - LEFT) * part


def apart(xs: Sequence[float]) -> list[float]:
    """The same places in the same order, but never so near that two points touch."""
    if len(xs) < 2:
        return list(xs)
    least = min(LEAST_APART, (RIGHT - LEFT) / (len(xs) - 1))
    pushed: list[float] = []
    for x in xs:
        pushed.append(max(x, pushed[-1] + least) if pushed else x)
    limit = float(RIGHT)
    for number in range(len(pushed) - 1, -1, -1):
        pushed[number] = min(pushed[number], limit)
        limit = pushed[number] - least
    return [round(x, 1) for x in pushed]


def labelled(events: Sequence[Event], xs: Sequence[float]) -> list[Point]:
    """Labels stand above the line, and below it where they would meet the one before."""
    ends = {False: 0.0, True: 0.0}
    points = []
    for event, x in zip(events, xs, strict=True):
        half = OF_A_LETTER * max(len(event.name), len(event.note)) / 2
        label_x = min(max(x, half), WIDTH - half)
        below = label_x - half < ends[False] and ends[True] < ends[False]
        ends[below] = label_x + half + OF_A_LETTER
        points.append(Point(event, x, round(label_x, 1), below))
    return points


def today_between(days: Sequence[dt.date], xs: Sequence[float], today: dt.date) -> float:
    """How far the line is filled: between the point last passed and the one that comes."""
    passed = [number for number, day in enumerate(days) if day <= today]
    if not passed:
        return LEFT
    last = passed[-1]
    if last + 1 == len(days):
        return xs[last]
    share = (today - days[last]).days / (days[last + 1] - days[last]).days
    return round(xs[last] + (xs[last + 1] - xs[last]) * share, 1)
