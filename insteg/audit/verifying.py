"""Whether the log is what was sealed: the chain walked from its beginning, and held against the anchors.

Reads a thousand rows at a time, whatever the length of the log. What it says is for whoever runs the command, in plain
Swedish.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path

from django.utils.timezone import localtime

from insteg.audit import anchors
from insteg.audit.anchors import Anchor
from insteg.audit.models import Entry, Pruning, Seal
from insteg.audit.sealing import NOTHING_BEFORE, Content, contents, hash_of, moment, newest
from insteg.core import clock

AT_A_TIME = 1_000
ANCHORED_WITHIN = dt.timedelta(minutes=10)  # the job runs every minute
STOPPED_AFTER = dt.timedelta(hours=1)
MOST_TOLD = 100


def faults_of_log(file: Path | None = None) -> list[str]:
    """Everything that is wrong, the most serious being the first found; empty when the log is whole. At most 100.

    `file` is another copy of the anchors than the setting's.
    """
    return list(islice(faults(file or anchors.file()), MOST_TOLD))


def faults(file: Path) -> Iterator[str]:
    yield from faults_of_prunings(file)
    yield from faults_of_chain()
    yield from faults_of_anchors(file)


def faults_of_chain(after: int = 0, most: int | None = None) -> Iterator[str]:
    """Of the seals after number `after`, at most so many: each follows the one before; its entries are as sealed."""
    before = Seal.objects.filter(number=after).first() if after else None
    if after and before is None:
        yield f"Försegling {after} saknas."
    if after == 0:
        yield from faults_of_strays()
    pruned_to = last_pruned()
    every = islice(seals(after), most)
    while batch := list(islice(every, AT_A_TIME)):
        held = contents([(seal.first, seal.last) for seal in batch if seal.number > pruned_to])
        for seal in batch:
            yield from faults_of_link(seal, before)
            if seal.number > pruned_to:
                yield from faults_of_content(seal, next(held))
            before = seal


def faults_of_strays() -> Iterator[str]:
    """Entries where no seal would find them."""
    stray = Entry.objects.filter(pk__lt=1).order_by("pk").values_list("pk", flat=True).first()
    if stray is not None:
        yield f"Loggpost {stray} har ett nummer som ingen loggpost får."
    pruned = Seal.objects.filter(number=last_pruned()).first()
    if pruned and (left := Entry.objects.filter(pk__gte=1, pk__lte=pruned.last).count()):
        yield f"Bland det som är gallrat, till och med loggpost {pruned.last}, finns ändå loggposter: {left}."


def seals(after: int) -> Iterator[Seal]:
    while found := list(Seal.objects.filter(number__gt=after).order_by("number")[:AT_A_TIME]):
        yield from found
        after = found[-1].number


def last_pruned() -> int:
    return Pruning.objects.order_by("-seal").values_list("seal_id", flat=True).first() or 0


def faults_of_link(seal: Seal, before: Seal | None) -> Iterator[str]:
    number, last, digest = (before.number, before.last, before.hash) if before else (0, 0, NOTHING_BEFORE)
    if seal.number != number + 1:
        yield f"Förseglingarna {number + 1} till {seal.number - 1} saknas."
        return
    if seal.hash != hash_of(seal):
        yield f"Försegling {seal.number} är ändrad: den stämmer inte med sin egen kontrollsumma."
    if seal.previous != digest or seal.first != last + 1:
        yield f"Försegling {seal.number} följer inte på den före: kedjan är bruten där."


def faults_of_content(seal: Seal, found: Content) -> Iterator[str]:
    if (found.digest, found.missing, found.count) != (seal.content, seal.missing, seal.count):
        yield f"Försegling {seal.number} ({when(seal.at)}): {what_differs(seal, found)}"


def what_differs(seal: Seal, found: Content) -> str:
    gone, come = ids_only_in(found.missing, seal.missing), ids_only_in(seal.missing, found.missing)
    said = []
    if gone:
        said.append(f"loggposter är borttagna: {gone}.")
    if come:
        said.append(f"loggposter har lagts till: {come}.")
    if not said:
        said.append(f"någon av loggposterna {seal.first} till {seal.last}, eller deras rader, är ändrad.")
    return " ".join(said)


def ids_only_in(ranges: list[list[int]], others: list[list[int]]) -> str:
    """The first few ids that lie in one set of ranges and not in the other, as text; empty when there are none."""
    edges = sorted({edge for start, end in [*ranges, *others] for edge in (start, end + 1)})
    only = []
    for start, after in pairwise(edges):
        if covers(ranges, start) and not covers(others, start):
            only.append(str(start) if after == start + 1 else f"{start}–{after - 1}")
    return ", ".join(only[:5]) + (" med flera" if len(only) > 5 else "")


def covers(ranges: list[list[int]], number: int) -> bool:
    return any(start <= number <= end for start, end in ranges)


def faults_of_anchors(file: Path) -> Iterator[str]:
    """Every seal has its line with the same hash, but for the newest few minutes'; and every line has its seal."""
    last = newest()
    expected = 1
    try:
        for batch in batches(file):
            hashes = dict(Seal.objects.filter(number__in={each.number for each in batch}).values_list("number", "hash"))
            for number, digest, _at in batch:
                if number > expected:
                    yield f"Förankringen saknar förseglingarna {expected} till {number - 1}."
                expected = max(expected, number + 1)
                if number in hashes and hashes[number] != digest:
                    yield f"Försegling {number} är en annan än den som förankrades: kedjan är omskriven."
        if last is None or expected > last.number + 1:
            yield from cut_off(last, expected - 1)
    except FileNotFoundError:
        if last:
            yield f"Förankringen saknas: filen {file} finns inte."
        return
    waiting = Seal.objects.filter(number__gte=expected).order_by("number").first()
    if waiting and clock.now() - waiting.at > ANCHORED_WITHIN:
        yield f"Förseglingarna från {waiting.number} ({when(waiting.at)}) är inte förankrade."


def cut_off(last: Seal | None, anchored: int) -> Iterator[str]:
    there = last.number if last else 0
    if anchored > there:
        yield (
            f"Förankringen går till försegling {anchored}, databasen bara till {there}: slutet av loggen är borttaget, "
            "eller en äldre säkerhetskopia är återläst."
        )


def batches(file: Path) -> Iterator[list[Anchor]]:
    lines = (read.anchor for read in anchors.read(file) if read.anchor)
    while batch := list(islice(lines, AT_A_TIME)):
        yield batch


def faults_of_prunings(file: Path) -> Iterator[str]:
    """A pruning is believed when the file knows it too: whoever owns only the database could have made it up."""
    rows = list(Pruning.objects.order_by("seal").values_list("seal_id", "before"))
    if not rows:
        return
    try:
        known = {read.pruning for read in anchors.read(file) if read.pruning}
    except FileNotFoundError:
        known = set()
    for seal, before in rows:
        if (seal, moment(before)) not in known:
            yield f"Gallringen till och med försegling {seal} är inte förankrad: den är inte gjord med prune_log."


def stopped_since() -> dt.datetime | None:
    """When the oldest entry was written that should have been sealed long ago; None while sealing goes on.

    A log of which nothing was ever sealed is that of a house whose worker has not begun.
    """
    last = newest()
    if last is None or clock.now() - last.at < STOPPED_AFTER:
        return None
    waiting = oldest_unsealed(last)
    return waiting if waiting and clock.now() - waiting > STOPPED_AFTER else None


def oldest_unsealed(last: Seal | None) -> dt.datetime | None:
    later = Entry.objects.filter(pk__gt=last.last if last else 0)
    return later.order_by("pk").values_list("at", flat=True).first()


def when(at: dt.datetime) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}"
