"""What has been appended to the log, sealed into a chain of hashes: never in a writer's transaction, and in batches.

A seal covers the ids from the one after the seal before up to the last that was there, and names those that are
missing. Nothing arrives in a gap afterwards: a gap is sealed only when nobody who might fill it is at work. What is
sealed is never changed. docs/adr/0016.
"""

import datetime as dt
import hashlib
import itertools
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, connection, transaction

from insteg.audit.models import Entry, EntrySubject, Seal
from insteg.core import clock

MOST_ENTRIES = 10_000  # in one seal
MOST_SEALS = 20  # in one run of the job: what has piled up is then sealed within a few minutes
READ_AT_A_TIME = 1_000
NOTHING_BEFORE = "0" * 64
LOOKS, SECONDS_BETWEEN = 20, 0.2  # how long a run waits for those who write to the log at the moment

COLUMNS = ("id", "at", "action", "actor_kind", "actor_id", "membership_id", "changed", "reason")
OF_SUBJECT = ("entry_id", "model", "row", "row_version")
NO_MORE: tuple[float, str] = (float("inf"), "")
canonical = json.JSONEncoder(separators=(",", ":")).encode

# Whoever appends to the log holds this lock on the table from before the id is fetched until after the commit is seen.
WRITERS = """
SELECT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted AND relation = 'audit_entry'::regclass
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND pid IS DISTINCT FROM pg_backend_pid()
"""


@dataclass
class Content:
    """The entries of a range: how many there are, which ids are missing, and the digest of all of them in order."""

    count: int = 0
    missing: list[list[int]] = field(default_factory=list)
    digest: str = ""


def lines(first: int, last: int) -> Iterator[tuple[int, str]]:
    """Each entry of the range in order, as (id, what is sealed of it): every column, and its subjects.

    The same on both databases. Of a subject, not the id: that says nothing about what was done.
    """
    while first <= last:
        entries = Entry.objects.filter(pk__gte=first, pk__lte=last).order_by("pk")
        rows = list(entries.values_list(*COLUMNS)[:READ_AT_A_TIME])
        if not rows:
            return
        about = EntrySubject.objects.filter(entry_id__gte=rows[0][0], entry_id__lte=rows[-1][0]).order_by("entry_id")
        of_each = itertools.groupby(about.values_list(*OF_SUBJECT).iterator(), key=lambda subject: subject[0])
        entry, subjects = next(of_each, (None, iter(())))
        for row in rows:
            mine: list[Any] = []
            if entry == row[0]:
                mine = sorted([model, str(key), version] for _entry, model, key, version in subjects)
                entry, subjects = next(of_each, (None, iter(())))
            yield row[0], line(row, mine)
        first = rows[-1][0] + 1


def line(row: tuple[Any, ...], subjects: list[Any]) -> str:
    pk, at, action, actor_kind, actor_id, membership, changed, reason = row
    held = str(membership) if membership else None
    return canonical([pk, moment(at), action, actor_kind, actor_id, held, changed, reason, subjects])


def moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def contents(ranges: Sequence[tuple[int, int]]) -> Iterator[Content]:
    """What each of the ranges holds, in order, read in one go; each range begins after the one before."""
    stream = lines(ranges[0][0], ranges[-1][1]) if ranges else iter(())
    pk, said = next(stream, NO_MORE)
    for first, last in ranges:
        found, digest, expected = Content(), hashlib.sha256(), first
        while pk <= last:
            if pk > expected:
                found.missing.append([expected, int(pk) - 1])
            digest.update(said.encode() + b"\n")
            found.count += 1
            expected = int(pk) + 1
            pk, said = next(stream, NO_MORE)
        if expected <= last:
            found.missing.append([expected, last])
        found.digest = digest.hexdigest()
        yield found


def content_of(first: int, last: int) -> Content:
    return next(contents([(first, last)]))


def hash_of(seal: Seal) -> str:
    """The seal's own digest, over everything else in it."""
    said = [
        seal.number, seal.previous, seal.first, seal.last, seal.missing, seal.count, seal.content, moment(seal.at)
    ]  # fmt: skip
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def seal_log(most: int = MOST_SEALS) -> int:
    """Seals what has been appended, in at most so many seals. Returns how many it made."""
    return sum(1 for _seal in itertools.takewhile(bool, (next_seal() for _turn in range(most))))


def next_seal() -> Seal | None:
    """The next seal of the chain, or None: nothing to seal, not settled yet, or another worker was first."""
    before = newest()
    first = before.last + 1 if before else 1
    last = settled(first)
    if last < first:
        return None
    found = content_of(first, last)
    seal = Seal(
        number=before.number + 1 if before else 1,
        previous=before.hash if before else NOTHING_BEFORE,
        first=first,
        last=last,
        missing=found.missing,
        count=found.count,
        content=found.digest,
        at=clock.now(),
    )
    seal.hash = hash_of(seal)
    try:
        with transaction.atomic():
            seal.save(force_insert=True)
    except IntegrityError:  # one number and one follower each: the other's seal stands
        return None
    return seal


def newest() -> Seal | None:
    return Seal.objects.order_by("-number").first()


def settled(first: int) -> int:
    """The last id up to which every gap from `first` on will stay one, within one seal's worth; `first` - 1 if none.

    On SQLite writers take turns, so no entry is committed after one with a higher id. On PostgreSQL it may be, but only
    by someone who is already at work when the higher one is seen.
    """
    ids = list(Entry.objects.filter(pk__gte=first).order_by("pk").values_list("pk", flat=True)[:MOST_ENTRIES])
    without_gap = next((number for number, pk in enumerate(ids) if pk != first + number), len(ids))
    if without_gap == len(ids) or connection.vendor != "postgresql" or writers_have_gone():
        return ids[-1] if ids else first - 1
    return first + without_gap - 1


def writers_have_gone() -> bool:
    """Whether everyone who is writing to the log now has ended, within a few seconds. Those who begin do not matter."""
    waited_for = writers()
    for _look in range(LOOKS):
        if not waited_for:
            return True
        time.sleep(SECONDS_BETWEEN)
        waited_for &= writers()
    return not waited_for


def writers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(WRITERS)
        return {row[0] for row in cursor.fetchall()}
