"""The way of each arrow from box to box, through the gutters and over empty squares, never through a box.

Ways run in channels. Across: each row of boxes, and the gutter above each row and below the last. Down: each column,
and the gutter before each column and after the last. A channel is known by a number: 4n for the gutter before row or
column n, 4n + 2 for the row or column itself; 4n + 1 and 4n + 3 are the sides of its boxes.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from insteg.process.picture.places import Cell, Grid
from insteg.process.picture.sketch import Edge, Sketch

BEND, STEP, CROWD = 100, 6, 25  # what a bend costs, a step of the grid, and each that goes in the gutter already


class Run(NamedTuple):
    """A straight part of a way. `across`, or down; `channel` is where, `ends` from and to in channels the other way."""

    across: bool
    channel: int
    ends: tuple[int, int]

    @property
    def low(self) -> int:
        return min(self.ends)

    @property
    def high(self) -> int:
        return max(self.ends)


Way = tuple[Run, ...]


def routes(sketch: Sketch, grid: Grid) -> list[Way]:
    """A way for each arrow of the sketch, in its order. The shortest arrows choose first."""
    taken, crowd = grid.taken, Counter[tuple[bool, int]]()
    found: dict[int, Way] = {}
    for number in sorted(range(len(sketch.edges)), key=lambda n: distance(sketch.edges[n], grid)):
        edge = sketch.edges[number]
        possible = [way for way in ways(grid.at[edge.source], grid.at[edge.target], grid) if is_free(way, taken)]
        found[number] = min(possible, key=lambda way: price(way, crowd))
        crowd.update((run.across, run.channel) for run in found[number])
    return [found[number] for number in range(len(sketch.edges))]


def distance(edge: Edge, grid: Grid) -> int:
    (column, row), (to_column, to_row) = grid.at[edge.source], grid.at[edge.target]
    return abs(to_column - column) + abs(to_row - row)


def price(way: Way, crowd: Counter[tuple[bool, int]]) -> int:
    length = sum(run.high - run.low for run in way)
    return BEND * (len(way) - 1) + STEP * length + CROWD * sum(crowd[run.across, run.channel] for run in way)


def is_free(way: Way, taken: frozenset[Cell]) -> bool:
    return not any((run.across, run.channel) for run in way if run.channel % 4 == 2 and meets_a_box(run, taken))


def meets_a_box(run: Run, taken: frozenset[Cell]) -> bool:
    own = run.channel // 4
    crossed = (channel // 4 for channel in range(run.low, run.high + 1) if channel % 4 == 2)
    return any(((other, own) if run.across else (own, other)) in taken for other in crossed)


def ways(source: Cell, target: Cell, grid: Grid) -> Iterator[Way]:
    """Every way worth trying. The last ones, by gutters alone, are always free."""
    (column, row), (to_column, to_row) = source, target
    if row == to_row:
        yield across(source, target, [])
    if column == to_column:
        yield down(source, target, [])
    if row != to_row and column != to_column:
        into_column, into_row = 4 * to_column + 2, 4 * to_row + 2
        yield path(True, side(column, into_column), [4 * row + 2, into_column], side(to_row, 4 * row + 2))
        yield path(False, side(row, into_row), [4 * column + 2, into_row], side(to_column, 4 * column + 2))
        for gutter in between(row, to_row):
            yield down(source, target, [gutter])
    for gutter in between(column, to_column):
        if row != to_row:
            yield across(source, target, [gutter])
    for first in (4 * column, 4 * column + 4):
        for last in (4 * to_column, 4 * to_column + 4):
            if first != last:
                for gutter in sorted({0, 4 * row, 4 * row + 4, 4 * to_row, 4 * to_row + 4, 4 * grid.rows}):
                    yield across(source, target, [first, gutter, last])


def between(one: int, other: int) -> range:
    """The gutters between two columns or rows; on both sides of it when it is the same."""
    low, high = min(one, other), max(one, other)
    return range(4 * low, 4 * low + 5, 4) if low == high else range(4 * low + 4, 4 * high + 1, 4)


def across(source: Cell, target: Cell, gutters: list[int]) -> Way:
    """Out at the side of the source and in at the side of the target."""
    (column, row), (to_column, to_row) = source, target
    out = gutters[0] if gutters else 4 * to_column + 2
    into = gutters[-1] if gutters else 4 * column + 2
    channels = [4 * row + 2, *gutters, 4 * to_row + 2] if gutters else [4 * row + 2]
    return path(True, side(column, out), channels, side(to_column, into))


def down(source: Cell, target: Cell, gutters: list[int]) -> Way:
    """Out above or below the source and in above or below the target."""
    (column, row), (to_column, to_row) = source, target
    out = gutters[0] if gutters else 4 * to_row + 2
    into = gutters[-1] if gutters else 4 * row + 2
    channels = [4 * column + 2, *gutters, 4 * to_column + 2] if gutters else [4 * column + 2]
    return path(False, side(row, out), channels, side(to_row, into))


def side(own: int, towards: int) -> int:
    """The side of a box of that row or column that faces a channel."""
    return 4 * own + 3 if towards > 4 * own + 2 else 4 * own + 1


def path(is_across: bool, start: int, channels: list[int], end: int) -> Way:
    """Runs that change direction in each channel, from one side of a box to another."""
    turns = [start, *channels, end]
    # The first channel is crossed from the start to the second one, and so on; the ends are sides of boxes.
    return tuple(
        Run(is_across == (n % 2 == 0), channel, (start if n == 0 else channels[n - 1], turns[n + 2]))
        for n, channel in enumerate(channels)
    )
