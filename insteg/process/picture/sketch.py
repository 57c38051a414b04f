"""What is to be drawn, before anything has a place. Can be kept in a cache: two that are equal look the same."""

from typing import NamedTuple


class Box(NamedTuple):
    """A step. `lane` and `phase` are numbers of a row and a column of the sketch. `roomy`: its figures are so long that
    those that are late stand on a line of their own."""

    key: str
    title: str
    lane: int
    phase: int
    roomy: bool = False


class Edge(NamedTuple):
    """An arrow between two boxes, by their keys. `back`: another case begins, in an earlier phase."""

    source: str
    target: str
    back: bool = False
    label: str = ""


class Sketch(NamedTuple):
    """Boxes in the order of the process. Arrows lead between boxes of the sketch, never from a box to itself."""

    lanes: tuple[str, ...]
    phases: tuple[str, ...]
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
