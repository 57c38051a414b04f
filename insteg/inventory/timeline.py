"""The picture of the years that are compiled: where each mark, band and line falls. Pure; its words are in cards.

Above, how many begin each quarter; below, one row for each procurement by organisation: a mark at the wanted start, a
band as long as the contract, dotted as far as it may be prolonged. Every place is in px of the picture's own measure.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

KINDS = ("yes", "unknown", "no")  # from the ground up
MOST_UNITS = 10  # marks in a stack; where any is higher all are told in figures
MOST_ROWS = 60
QUARTERS = 4
ROW, GROUP_GAP = 23, 14
OF_A_LETTER = 6.7  # px, about, at 14 px


class Item(NamedTuple):
    """A procurement. `group` is the organisation's name; rows of one group stand together. `label` is for listeners."""

    title: str
    href: str
    kind: str
    label: str
    group: str
    start: dt.date | None
    months: int | None
    option_months: int = 0


class Stack(NamedTuple):
    """How many of each kind begin in a quarter, in the order of KINDS."""

    year: int
    quarter: int
    counts: tuple[int, int, int]


class Mark(NamedTuple):
    kind: str
    x: float
    y: float


class Figure(NamedTuple):
    text: str
    y: float


@dataclass(frozen=True)
class Column:
    """A quarter, or with no year those whose start is not known. `edge` is where it begins, `x` its middle."""

    year: int
    quarter: int
    edge: float
    x: float
    total: int
    total_y: float
    marks: list[Mark]
    figures: list[Figure]

    @property
    def year_x(self) -> float:
        return self.edge + 6


@dataclass(frozen=True)
class Row:
    """`bar` and `option` are (from, to). `asks` is where a question mark stands for a length that is not known."""

    item: Item
    title: str
    y: float
    x: float
    bar: tuple[float, float] | None
    option: tuple[float, float] | None
    asks: float | None

    @property
    def top(self) -> float:
        return self.y - 11

    @property
    def baseline(self) -> float:
        return self.y + 5


@dataclass(frozen=True)
class Group:
    name: str
    count: int
    y: float
    rows: list[Row]

    @property
    def line_y(self) -> float:
        return self.y + 9


@dataclass(frozen=True)
class Frame:
    """The measures of a picture: the wide one has room for rows, the narrow one for the quarters alone."""

    width: float
    names: float  # what lies before the time, for names
    margin: float  # the same where there are figures, for the marks that say whose they are
    lane: float  # for those whose start is not known, where there are any
    unit: float
    radius: float
    head: float
    least: float  # the lowest that the strip is drawn
    year_y: float  # where the years stand; from the ground where they stand below it
    quarter_y: float
    below: float  # room below the strip

    def origin(self, *, figures: bool, lane: bool) -> float:
        return (self.margin if figures else self.names) + (self.lane if lane else 0)


WIDE = Frame(
    width=936, names=300, margin=300, lane=48, unit=15, radius=6, head=44, least=112, year_y=15, quarter_y=36, below=2
)
NARROW = Frame(
    width=342, names=0, margin=20, lane=26, unit=17, radius=7, head=4, least=60, year_y=40, quarter_y=19, below=46
)  # the words of the quarters lie below the ground, where there is no heading to lie in


@dataclass(frozen=True)
class Picture:
    """`limit_x` is the first start that is in time; None where it lies outside. Left of `late_to` it is too late."""

    frame: Frame
    first_year: int
    left: float
    height: float
    base: float
    columns: list[Column]
    key: list[Mark]  # whose the figures are, where there are figures
    groups: list[Group]
    limit_x: float | None
    late_to: float | None

    @property
    def width(self) -> float:
        return self.frame.width

    @property
    def head(self) -> float:
        return self.frame.head

    @property
    def is_narrow(self) -> bool:
        return self.frame is NARROW

    @property
    def bottom(self) -> float:
        """Where the time ends: it goes on through the rows."""
        return self.height if self.groups else self.base

    @property
    def late_width(self) -> float:
        return round((self.late_to or self.left) - self.left, 1)

    @property
    def time_height(self) -> float:
        return self.bottom - self.head

    @property
    def year_y(self) -> float:
        return self.frame.year_y + (self.base if self.is_narrow else 0)

    @property
    def quarter_y(self) -> float:
        return self.frame.quarter_y + (self.base if self.is_narrow else 0)

    @property
    def title_y(self) -> float:
        return self.base - 48

    @property
    def note_y(self) -> float:
        return self.base - 27

    @property
    def quarters(self) -> list[Column]:
        return [column for column in self.columns if column.year]

    @property
    def years(self) -> list[Column]:
        return [column for column in self.quarters if column.quarter == 1]

    @property
    def lane(self) -> Column | None:
        return next((column for column in self.columns if not column.year), None)


@dataclass(frozen=True)
class Axis:
    """Time along the picture: every month is as wide as any other."""

    first_year: int
    left: float
    right: float
    months: int

    @property
    def month(self) -> float:
        return (self.right - self.left) / self.months

    def x(self, day: dt.date) -> float:
        passed = (day.year - self.first_year) * 12 + day.month - 1 + (day.day - 1) / 31
        return round(self.left + passed * self.month, 1)

    def after(self, x: float, months: int) -> float:
        return round(min(self.right, x + months * self.month), 1)


def draw(stacks: Sequence[Stack], items: Sequence[Item], limit: dt.date, *, frame: Frame = WIDE) -> Picture:
    """`stacks` has every quarter in order, and those without a start first, with year 0, where there are any.

    `items` are in the order of the rows; none where there are more than the picture has room for. `limit` is the first
    start that is in time.
    """
    figures = any(sum(stack.counts) > MOST_UNITS for stack in stacks)
    lane = any(not stack.year for stack in stacks)
    quarters = [stack for stack in stacks if stack.year]
    left = frame.origin(figures=figures, lane=lane)
    axis = Axis(quarters[0].year, left, frame.width, len(quarters) * 3)
    highest = 4 if figures else max(1, *(sum(stack.counts) for stack in stacks))
    base = frame.head + max(frame.least, 22 + highest * frame.unit + 4)
    groups, end = grouped(items, axis, base, frame)
    limit_x = axis.x(limit)
    return Picture(
        frame=frame,
        first_year=axis.first_year,
        left=left,
        height=end if groups else base + frame.below,
        base=base,
        columns=columns(stacks, axis, frame, base, figures=figures),
        key=[Mark(kind, left - (frame.lane if lane else 0) - 11, base - 12 - n * frame.unit)
             for n, kind in enumerate(KINDS)] if figures else [],
        groups=groups,
        limit_x=limit_x if left < limit_x < frame.width else None,
        late_to=min(limit_x, frame.width) if limit_x > left else None,
    )  # fmt: skip


def columns(stacks: Sequence[Stack], axis: Axis, frame: Frame, base: float, *, figures: bool) -> list[Column]:
    wide, drawn = axis.month * 3, []
    number = 0
    for stack in stacks:
        edge = axis.left + number * wide if stack.year else axis.left - frame.lane
        number += 1 if stack.year else 0
        x = round(edge + (wide if stack.year else frame.lane) / 2, 1)
        drawn.append(column(stack, round(edge, 1), x, frame, base, figures=figures))
    return drawn


def column(stack: Stack, edge: float, x: float, frame: Frame, base: float, *, figures: bool) -> Column:
    """The marks of a stack stand on the ground, those that suit lowest."""
    total = sum(stack.counts)
    if figures:
        told = [Figure(str(count), base - 7 - n * frame.unit) for n, count in enumerate(stack.counts) if count]
        return Column(stack.year, stack.quarter, edge, x, total, base - 7 - 3 * frame.unit, [], told)
    kinds = [kind for kind, count in zip(KINDS, stack.counts, strict=True) for _each in range(count)]
    marks = [Mark(kind, x, base - 12 - n * frame.unit) for n, kind in enumerate(kinds)]
    return Column(stack.year, stack.quarter, edge, x, total, base - 8 - total * frame.unit, marks, [])


def grouped(items: Sequence[Item], axis: Axis, base: float, frame: Frame) -> tuple[list[Group], float]:
    """The groups in order, and where the last ends."""
    y, groups = base + 34, []
    for name, of_one in groupby(items, key=lambda item: item.group):
        members = list(of_one)
        rows = [row(item, axis, y + 27.5 + number * ROW, frame) for number, item in enumerate(members)]
        groups.append(Group(name, len(members), y, rows))
        y += 27.5 + len(members) * ROW + GROUP_GAP
    return groups, y - GROUP_GAP - 8


def row(item: Item, axis: Axis, y: float, frame: Frame) -> Row:
    title = cut(item.title, frame.names)
    if item.start is None:
        return Row(item, title, y, axis.left - frame.lane / 2, None, None, None)
    x = axis.x(item.start)
    if item.months is None:
        return Row(item, title, y, x, None, None, x + 11)
    end = axis.after(x, item.months)
    longest = axis.after(x, item.months + item.option_months)
    return Row(item, title, y, x, (x, end), (end, longest) if longest > end else None, None)


def cut(title: str, room: float) -> str:
    """As much of it as there is room for before the time."""
    most = int((room - 14) / OF_A_LETTER)
    return title if len(title) <= most else f"{title[: most - 1].rstrip()}…"
