"""Where everything falls, in px of the picture's own measure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from insteg.process.picture.places import Grid, place
from insteg.process.picture.routes import Run, Way, routes
from insteg.process.picture.sketch import Box, Edge, Sketch
from insteg.process.picture.text import width_of, wrapped
from insteg.process.picture.tracks import Channel, Track, tracks

SIZE, BOLD, LINE = 13, 13.3, 16  # what is bold takes as much room as something larger
INSIDE = 6
FIGURES = 22  # a line for the figures of a roomy box
ABOVE, BELOW = 14, 8  # a track stays so far from the box under it, whose pill stands up, and the one over it
BESIDE, BETWEEN = 9, 6  # a track from the boxes beside it, and from the next track
NARROWEST, LOWEST = 14, 20  # gutters
CURVE = 5

Point = tuple[float, float]


class Width(NamedTuple):
    """Of the names of the lanes, and of a box, which is at least so high."""

    names: int
    box: int
    lowest: int


# Paper lies on its side: what is wide there is low.
ON_SCREEN, ON_PAPER = Width(102, 94, 46), Width(130, 172, 36)


@dataclass(frozen=True)
class Line:
    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Band:
    """A lane. `shade` is every other one's."""

    lines: list[Line]
    y: float
    height: float
    shade: int


@dataclass(frozen=True)
class Column:
    lines: list[Line]
    edge: float


@dataclass(frozen=True)
class Place:
    box: Box
    x: float
    y: float
    width: float
    height: float
    lines: list[Line]

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True)
class Label:
    line: Line
    x: float
    y: float
    width: float
    shade: int


@dataclass(frozen=True)
class Arrow:
    edge: Edge
    points: list[Point]
    label: Label | None

    @property
    def d(self) -> str:
        """The path, with rounded corners."""
        (x, y), *rest = self.points
        said = [f"M{x:g} {y:g}"]
        for n, (x, y) in enumerate(rest):
            if n == len(rest) - 1:
                said.append(f"L{x:g} {y:g}")
                break
            into, out = towards(self.points[n], (x, y)), towards(rest[n + 1], (x, y))
            said.append(f"L{into[0]:g} {into[1]:g}Q{x:g} {y:g} {out[0]:g} {out[1]:g}")
        return "".join(said)


@dataclass(frozen=True)
class Picture:
    width: float
    height: float
    head: float
    bands: list[Band]
    columns: list[Column]
    places: list[Place]
    arrows: list[Arrow]


def towards(one: Point, corner: Point) -> Point:
    """Where the curve of a corner begins on the way from a point."""
    (x, y), (to_x, to_y) = corner, one
    step = min(CURVE, (abs(to_x - x) + abs(to_y - y)) / 2)
    return x + step * ((to_x > x) - (to_x < x)), y + step * ((to_y > y) - (to_y < y))


class Measures:
    """How far into the picture each gutter, row and column begins."""

    def __init__(self, sketch: Sketch, grid: Grid, needed: dict[Channel, int], head: float, width: Width) -> None:
        self.width = width
        self.rows = [width.lowest] * grid.rows
        for box in sketch.boxes:
            row = grid.at[box.key][1]
            self.rows[row] = max(self.rows[row], height_of(box, width))
        down = [gap(needed.get((True, 4 * n), 0), LOWEST, ABOVE + BELOW) for n in range(grid.rows + 1)]
        over = [gap(needed.get((False, 4 * n), 0), NARROWEST, 2 * BESIDE) for n in range(grid.columns + 1)]
        # A gutter, a row, a gutter, and so on: where each begins, and last where the picture ends.
        self.y = list(accumulate(alternate(down, self.rows), initial=head))
        self.x = list(accumulate(alternate(over, [width.box] * grid.columns), initial=float(width.names)))

    def box(self, column: int, row: int) -> tuple[float, float, float]:
        """x, y, height."""
        return self.x[2 * column + 1], self.y[2 * row + 1], self.rows[row]

    def channel(self, run: Run, track: Track) -> float:
        """y of a part that goes across, x of one that goes down."""
        starts = self.y if run.across else self.x
        n = run.channel // 4 * 2
        if run.channel % 4 == 2:
            first, last = starts[n + 1], starts[n + 2]
            # On the free part of a side: below the pill, and to the left of it.
            first, last = (first + 10, last - 4) if run.across else (first + 4, first + 4 + 14 * (track.count + 1))
            last = min(last, starts[n + 2] - 4)
            return round(first + (last - first) * (track.index + 1) / (track.count + 1), 1)
        before = BELOW if run.across else BESIDE
        after = ABOVE if run.across else BESIDE
        free = starts[n + 1] - starts[n] - before - after - BETWEEN * (track.count - 1)
        return round(starts[n] + before + free / 2 + BETWEEN * track.index, 1)

    def side(self, across: bool, channel: int) -> float:
        """x of the left or right side of a column's boxes, or y of the upper or lower side of a row's."""
        starts = self.x if across else self.y
        return round(starts[channel // 4 * 2 + (1 if channel % 4 == 1 else 2)], 1)


def gap(count: int, least: int, around: int) -> float:
    return max(least, around + BETWEEN * (count - 1)) if count else least


def alternate(gutters: Sequence[float], between: Sequence[float]) -> list[float]:
    mixed = [length for pair in zip(gutters, between, strict=False) for length in pair]
    return [*mixed, gutters[-1]]


def height_of(box: Box, width: Width) -> int:
    lines = len(wrapped(box.title, width.box - 2 * INSIDE, SIZE))
    return max(width.lowest, 14 + LINE * lines) + (FIGURES if box.roomy else 0)


@lru_cache(maxsize=64)
def draw(sketch: Sketch, width: Width = ON_SCREEN) -> Picture:
    """Kept, since the model changes seldom and is looked at often. What comes out is shared: do not change it."""
    grid = place(sketch)
    ways = routes(sketch, grid)
    found, needed = tracks(ways)
    titles = [wrapped(title, width.box + 10, BOLD) for title in sketch.phases]
    head = 14 + LINE * max((len(lines) for lines in titles), default=0)
    measures = Measures(sketch, grid, needed, head, width)
    bands = list(bands_of(sketch, grid, measures))
    columns = [
        Column(stacked(lines, measures.x[2 * n + 1] + width.box / 2, 20), measures.x[2 * n] + 3)
        for n, lines in enumerate(titles)
    ]
    places = [place_of(box, grid, measures) for box in sketch.boxes]
    drawn = [points(way, n, found, measures) for n, way in enumerate(ways)]
    arrows = [Arrow(edge, drawn[n], label_of(edge, ways[n], drawn, n, bands)) for n, edge in enumerate(sketch.edges)]
    return Picture(measures.x[-1], measures.y[-1], head, bands, columns, places, arrows)


def bands_of(sketch: Sketch, grid: Grid, measures: Measures) -> Iterable[Band]:
    for n, (first, rows) in enumerate(grid.lanes):
        start = measures.y[2 * first] + (BELOW - 2 if n else 0)
        last = first + rows
        end = measures.y[2 * last] + (BELOW - 2) if last < grid.rows else measures.y[-1]
        lines = wrapped(sketch.lanes[n], measures.width.names - 6, BOLD)
        middle = (start + end - LINE * len(lines)) / 2 + 12
        yield Band(stacked(lines, 4, middle), start, end - start, n % 2)


def place_of(box: Box, grid: Grid, measures: Measures) -> Place:
    x, y, height = measures.box(*grid.at[box.key])
    lines = wrapped(box.title, measures.width.box - 2 * INSIDE, SIZE)
    free = height - (FIGURES if box.roomy else 0) - LINE * len(lines)
    return Place(box, x, y, measures.width.box, height, stacked(lines, x + INSIDE, y + free / 2 + 13))


def stacked(lines: list[str], x: float, y: float) -> list[Line]:
    return [Line(text, round(x, 1), round(y + LINE * n, 1)) for n, text in enumerate(lines)]


def points(way: Way, number: int, found: dict[tuple[int, int], Track], measures: Measures) -> list[Point]:
    lines = [measures.channel(run, found[number, n]) for n, run in enumerate(way)]
    start = measures.side(way[0].across, way[0].ends[0])
    end = measures.side(way[-1].across, way[-1].ends[1])
    corners = [start, *lines, end]
    # Each corner lies on two lines; which of them gives x depends on which way the part goes.
    return [
        (one, other) if way[min(n, len(way) - 1)].across == (n < len(way)) else (other, one)
        for n, (one, other) in enumerate(pairwise(corners))
    ]


def label_of(edge: Edge, way: Way, drawn: list[list[Point]], number: int, bands: list[Band]) -> Label | None:
    """On the first long enough part across, over squares without boxes, where no other arrow would be hidden."""
    if not edge.label:
        return None
    width = round(width_of(edge.label, SIZE) + 12)
    for n, run in enumerate(way):
        if not (run.across and run.channel % 4 == 2):
            continue
        (x, y), (to_x, _y) = drawn[number][n], drawn[number][n + 1]
        most, left = max(rooms(min(x, to_x) + 10, max(x, to_x) - 10, others_at(y, drawn, number)))
        if most >= width + 8:
            middle = round(left + most / 2, 1)
            shade = next(band.shade for band in bands if band.y <= y <= band.y + band.height)
            return Label(Line(edge.label, middle, y + 4.5), round(middle - width / 2, 1), y - 10, width, shade)
    return None


def rooms(low: float, high: float, taken: Iterable[tuple[float, float]]) -> Iterable[tuple[float, float]]:
    """(width, where it begins) of what is free between low and high, and after what is taken last."""
    for start, end in sorted(taken):
        yield min(start, high) - low, low
        low = max(low, end)
    yield high - low, low


def others_at(y: float, drawn: list[list[Point]], number: int) -> Iterable[tuple[float, float]]:
    """From where to where other arrows go up, down or along at that height, near enough to be hidden by words."""
    for n, way in enumerate(drawn):
        for (x, one), (to_x, other) in pairwise(way):
            if n != number and min(one, other) <= y + 12 and max(one, other) >= y - 12:
                yield min(x, to_x), max(x, to_x)
