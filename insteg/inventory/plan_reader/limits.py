"""How large a plan may be, and what a file is once it is open: sheets as rows of cells."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from insteg.inventory.plan_reader.reading import Said, Unreadable, say
from insteg.inventory.plan_reader.reading import gettext_noop as _

LARGEST_FILE: Final = 20 * 1024 * 1024
LARGEST_EXPANDED: Final = 200 * 1024 * 1024
LARGEST_RATIO: Final = 300
MOST_ENTRIES: Final = 2_000
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 200
LONGEST_CELL: Final = 32_767  # what a spreadsheet itself allows

Row = list[object]


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: rows of cells as wide as the sheet, from its first row and column. Empty cells are ""."""

    name: str
    rows: list[Row]
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    grids: tuple[Grid, ...]
    notes: tuple[Said, ...]


def check_size(rows: int, columns: int) -> None:
    """Unreadable when a sheet is taller or wider than a plan."""
    if rows > MOST_ROWS:
        raise Unreadable(
            say(
                _("Bladet har fler än %(most)s rader. Spara bara raderna med upphandlingar i en egen fil."),
                most=f"{MOST_ROWS:,}".replace(",", "\u00a0"),
            )
        )
    if columns > MOST_COLUMNS:
        raise Unreadable(
            say(
                _("Bladet har fler än %(most)s kolumner. Spara bara kolumnerna om upphandlingarna i en egen fil."),
                most=MOST_COLUMNS,
            )
        )


@contextmanager
def uncollected() -> Iterator[None]:
    """Lets Python's search for cycles rest: a reading makes none and keeps nearly all that it makes, so that the search
    would go through ten thousand rows over and over in vain, a fifth of the time."""
    resting = not gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not resting:
            gc.enable()
