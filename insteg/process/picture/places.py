"""Which square of the grid each box stands in: columns are phases, and a lane has as many rows as its fullest square.

Boxes that stand in the same lane and phase trade rows with each other, and with the empty rows of the lane, for as
long as that makes the arrows shorter and straighter.
"""

from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from insteg.process.picture.sketch import Box, Sketch

Cell = tuple[int, int]  # column, row
ROUNDS = 4  # of trading; each makes it better or is the last


class Grid(NamedTuple):
    """`lanes` are (first row, rows) of each lane."""

    columns: int
    rows: int
    lanes: list[tuple[int, int]]
    at: dict[str, Cell]

    @property
    def taken(self) -> frozenset[Cell]:
        return frozenset(self.at.values())


def place(sketch: Sketch) -> Grid:
    cells: dict[tuple[int, int], list[Box]] = defaultdict(list)
    for box in sketch.boxes:
        cells[box.lane, box.phase].append(box)
    lanes, rows = [], 0
    for lane in range(len(sketch.lanes)):
        height = max([1, *(len(boxes) for (own, _phase), boxes in cells.items() if own == lane)])
        lanes.append((rows, height))
        rows += height
    at = {}
    for (lane, phase), boxes in cells.items():
        first, height = lanes[lane]
        above = (height - len(boxes)) // 2
        at |= {box.key: (phase, first + above + n) for n, box in enumerate(boxes)}
    trade(sketch, lanes, at)
    return Grid(len(sketch.phases), rows, lanes, at)


def trade(sketch: Sketch, lanes: list[tuple[int, int]], at: dict[str, Cell]) -> None:
    best = cost(sketch, at)
    for _round in range(ROUNDS):
        before = best
        for box in sketch.boxes:
            first, height = lanes[box.lane]
            for row in range(first, first + height):
                moved = traded(at, box.key, row)
                tried = cost(sketch, at | moved)
                if tried < best:
                    best = tried
                    at |= moved
        if best == before:
            return


def traded(at: dict[str, Cell], key: str, row: int) -> dict[str, Cell]:
    """What changes when the box takes the row: who stood there takes the box's."""
    column, old = at[key]
    others = {other: (column, old) for other, cell in at.items() if cell == (column, row)}
    return others | {key: (column, row)}


def cost(sketch: Sketch, at: dict[str, Cell]) -> float:
    """In whole hundredths of a bend, so that two equal arrangements are equal to the last digit."""
    taken = set(at.values())
    total = sum(strain(at[edge.source], at[edge.target], taken) for edge in sketch.edges)
    # Of two that are as good, the one that is read from above.
    rows: dict[tuple[int, int], list[int]] = defaultdict(list)
    for box in sketch.boxes:
        rows[box.lane, box.phase].append(at[box.key][1])
    return total + sum(sum(a > b for a, b in pairwise(found)) for found in rows.values())


def strain(source: Cell, target: Cell, taken: set[Cell]) -> int:
    (column, row), (to_column, to_row) = source, target
    across, down = abs(to_column - column), abs(to_row - row)
    if across == 0:
        return 40 * down + (300 if blocked_down(column, row, to_row, taken) else 0)
    if down == 0:
        return 30 * across + (400 if blocked_across(row, column, to_column, taken) else 0)
    free = not blocked_across(row, column, to_column, taken) or not blocked_across(to_row, column, to_column, taken)
    return 150 + 30 * across + 25 * down + (0 if free else 200)


def blocked_down(column: int, one: int, other: int, taken: set[Cell]) -> bool:
    return any((column, row) in taken for row in range(min(one, other) + 1, max(one, other)))


def blocked_across(row: int, one: int, other: int, taken: set[Cell]) -> bool:
    return any((column, row) in taken for column in range(min(one, other) + 1, max(one, other)))
