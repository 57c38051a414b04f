"""The days before a wanted start on a line: what must be begun and ready by when, and where today is. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LEFT, RIGHT = 620, 12, 608
OUTSIDE = 64  # px on either side for a today that lies before all of it or after
LINE = 44
FIRST_ROW, ROW = 74, 40  # where the words under the line begin, and how far it is to the next row of them
OF_A_LETTER, BETWEEN = 7.2, 12


@dataclass(frozen=True)
class Moment:
    """`kind` says its shape: safe, latest, documents, start or today. `note` is the day in words."""

    day: dt.date
    kind: str
    name: str
    note: str
    passed: bool = False

    @property
    def length(self) -> float:
        return OF_A_LETTER * max(len(self.name), len(self.note))


@dataclass(frozen=True)
class Point:
    moment: Moment
    x: float
    label_x: float
    label_y: int

    @property
    def note_y(self) -> int:
        return self.label_y + 17


@dataclass(frozen=True)
class LeadLine:
    """`first_x` to `last_x` is drawn to scale; a today outside of it stands at the end of a broken line."""

    points: list[Point]
    today_x: float
    first_x: float
    last_x: float
    latest_x: float

    @property
    def height(self) -> int:
        return max(point.note_y for point in self.points) + 8

    @property
    def late(self) -> bool:
        return self.today_x > self.latest_x

    @property
    def tag_x(self) -> float:
        """Where the word for today stands, within the picture."""
        return min(max(self.today_x, 26), WIDTH - 26)


def line_of(moments: Sequence[Moment], today: dt.date) -> LeadLine:
    """`moments` are the safe, the latest, the documents' and the start's day; each at its place and named under it."""
    days = [moment.day for moment in moments]
    first, last = min(days), max(days)
    first_x = LEFT + (OUTSIDE if today < first else 0)
    last_x = RIGHT - (OUTSIDE if today > last else 0)

    def place(day: dt.date) -> float:
        if day < first:
            return LEFT
        if day > last:
            return RIGHT
        share = (day - first).days / ((last - first).days or 1)
        return round(first_x + (last_x - first_x) * share, 1)

    latest = next(moment.day for moment in moments if moment.kind == "latest")
    return LeadLine(labelled(moments, [place(day) for day in days]), place(today), first_x, last_x, place(latest))


def labelled(moments: Sequence[Moment], xs: Sequence[float]) -> list[Point]:
    """Words stand under their point, in the first row where they do not meet those before."""
    ends: list[float] = []
    points = []
    for moment, x in sorted(zip(moments, xs, strict=True), key=lambda each: each[1]):
        half = moment.length / 2
        label_x = min(max(x, half), WIDTH - half)
        row = next((n for n, end in enumerate(ends) if label_x - half >= end + BETWEEN), len(ends))
        ends[row : row + 1] = [label_x + half]
        points.append(Point(moment, x, round(label_x, 1), FIRST_ROW + ROW * row))
    return points
