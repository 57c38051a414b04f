"""Which track of its channel each part of a way takes, so that no two lie on each other and few cross."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from insteg.process.picture.routes import Run, Way

Channel = tuple[bool, int]


class Track(NamedTuple):
    """Number `index` of the `count` that stand side by side there."""

    index: int
    count: int


class Part(NamedTuple):
    """The part `number` of way `way`. `order`: those with a low one lie to the left, or above."""

    way: int
    number: int
    run: Run
    order: float


def tracks(ways: Sequence[Way]) -> tuple[dict[tuple[int, int], Track], dict[Channel, int]]:
    """({(way, part of it): track}, {channel: how many tracks it needs})."""
    channels: dict[Channel, list[Part]] = defaultdict(list)
    for number, way in enumerate(ways):
        for n, run in enumerate(way):
            channels[run.across, run.channel].append(Part(number, n, run, order_of(way, n)))
    found: dict[tuple[int, int], Track] = {}
    needed = {}
    for channel, parts in channels.items():
        for group in groups(parts):
            found |= side_by_side(group)
        needed[channel] = max(found[part.way, part.number].count for part in parts)
    return found, needed


def order_of(way: Way, n: int) -> float:
    """Towards where a part turns at its ends: those that turn back to the left lie furthest to the left."""
    run = way[n]
    turns = [towards(other, run.channel) for other in (*way[max(n - 1, 0) : n], *way[n + 1 : n + 2])]
    length = (run.high - run.low) / 1000
    if sum(turns):
        return sum(turns) + (length if sum(turns) < 0 else -length)
    if not turns or not any(turns):
        return 0
    # From one side to the other: like steps of a stair, so that those that go the same way do not cross.
    left_end = run.ends[0] if turns[0] < 0 else run.ends[1]
    return (left_end if left_end == run.high else -left_end) / 1000


def towards(other: Run, channel: int) -> int:
    far = other.ends[0] if other.ends[1] == channel else other.ends[1]
    return (far > channel) - (far < channel)


def groups(parts: list[Part]) -> list[list[Part]]:
    """Parts that touch each other, one after another along the channel."""
    found: list[list[Part]] = []
    reach = -1
    for part in sorted(parts, key=lambda each: (each.run.low, each.run.high)):
        if part.run.low > reach:
            found.append([])
        found[-1].append(part)
        reach = max(reach, part.run.high)
    return found


def side_by_side(group: list[Part]) -> dict[tuple[int, int], Track]:
    given: list[tuple[Part, int]] = []
    for part in sorted(group, key=lambda each: (each.order, each.way, each.number)):
        beside = [index for other, index in given if touches(part.run, other.run)]
        given.append((part, max(beside, default=-1) + 1))
    count = max(index for _part, index in given) + 1
    return {(part.way, part.number): Track(index, count) for part, index in given}


def touches(one: Run, other: Run) -> bool:
    return one.low <= other.high and other.low <= one.high
