"""What a fault is, and what came of it."""

from collections.abc import Callable
from typing import NamedTuple

from tests.faults.city import City


class Outcome(NamedTuple):
    """`counts` are printed in order, in plain Swedish; `broken` are the promises that did not hold, a sentence each."""

    counts: dict[str, int]
    broken: list[str]


class Fault(NamedTuple):
    """`run` is given a city that answers and how many times to do it, and leaves the city to heal by itself.

    `databases` are those on which it can happen. `run` raises Skipped when this machine cannot stage it.
    """

    name: str
    run: Callable[[City, int], Outcome]
    short: int
    long: int
    databases: tuple[str, ...] = ("sqlite", "postgresql")


class Skipped(Exception):
    """The machine cannot stage this; the argument says why, in plain Swedish."""
