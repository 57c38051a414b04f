"""Each seal's number and hash in a file outside the database: what a chain that was rewritten cannot follow.

A line is added when the seal has been committed. Whoever dies in between leaves a seal without a line, which the next
run adds. For a pruning the line comes before the commit, and without it no pruning is believed.
"""

import datetime as dt
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.conf import settings

from insteg.audit.models import Seal
from insteg.audit.sealing import moment
from insteg.core import clock

TAIL_BYTES = 64 * 1024
AT_A_TIME = 10_000
PRUNED = "gallrad"


class Contradicted(Exception):
    """The newest anchor is of a seal that the database does not have."""


class Anchor(NamedTuple):
    number: int
    hash: str
    at: dt.datetime


class Line(NamedTuple):
    """One line of the file: a seal's anchor, or the pruning of all up to a seal; neither when nobody can read it."""

    anchor: Anchor | None = None
    pruning: tuple[int, str] | None = None  # the last seal, and the moment that all was older than


def file() -> Path:
    return Path(settings.ANCHORS_FILE)


def anchor_seals() -> int:
    """Adds the seals that have no line yet. Returns how many; Contradicted when the file knows another chain.

    Raises OSError when the file cannot be written: the next run tries again.
    """
    with opened(file()) as book:
        last = last_anchor(book)
        if last and not Seal.objects.filter(number=last.number, hash=last.hash).exists():
            raise Contradicted(last.number)
        reached, added = last.number if last else 0, 0
        while True:
            later = Seal.objects.filter(number__gt=reached).order_by("number")
            found = list(later.values_list("number", "hash")[:AT_A_TIME])
            if not found:
                return added
            add(book, [f"{number} {digest} {moment(clock.now())}" for number, digest in found])
            reached, added = found[-1][0], added + len(found)


def anchor_pruning(seal: int, before: dt.datetime) -> None:
    with opened(file()) as book:
        add(book, [f"{PRUNED} {seal} {moment(before)} {moment(clock.now())}"])


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file, made when it is not there, for one process at a time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as book:
        fcntl.flock(book, fcntl.LOCK_EX)
        yield book


def add(book: BinaryIO, lines: list[str]) -> None:
    """On the disk when it returns. A line that somebody died in the middle of is left as it is, and ended."""
    if ends_midway(book):
        book.write(b"\n")
    book.write("".join(f"{line}\n" for line in lines).encode())
    book.flush()
    os.fsync(book.fileno())
    folder = os.open(Path(book.name).parent, os.O_RDONLY)  # that the file is there at all
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def ends_midway(book: BinaryIO) -> bool:
    size = book.seek(0, os.SEEK_END)
    if not size:
        return False
    book.seek(size - 1)
    return book.read(1) != b"\n"


def last_anchor(book: BinaryIO) -> Anchor | None:
    size = book.seek(0, os.SEEK_END)
    for start in (max(0, size - TAIL_BYTES), 0):  # nearly always among the last lines
        book.seek(start)
        found = [read.anchor for read in map(line_of, book.read().splitlines(keepends=True)) if read.anchor]
        if found:
            return found[-1]
    return None


def line_of(raw: bytes) -> Line:
    """A line without an end was never finished."""
    words = raw.decode("ascii", errors="replace").split() if raw.endswith(b"\n") else []
    try:
        if len(words) == 4 and words[0] == PRUNED:
            return Line(pruning=(int(words[1]), words[2]))
        if len(words) == 3 and len(words[1]) == 64:
            return Line(anchor=Anchor(int(words[0]), words[1], dt.datetime.fromisoformat(words[2])))
    except ValueError:
        pass
    return Line()


def read(path: Path) -> Iterator[Line]:
    """Every line in order; OSError when there is no such file."""
    with path.open("rb") as book:
        yield from map(line_of, book)
