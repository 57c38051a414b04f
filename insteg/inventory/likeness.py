"""Which reports seem to be about one need, and why. Pure: a suggestion, never a decision (R12)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import Generic, Protocol, TypeVar

WORD = re.compile(r"\w+")
SHORTEST, STEM = 4, 6  # "bevakning", "bevakningstjänster" and "bevakningar" begin alike
# Words that say how a thing is bought and not what it is.
ABOUT_BUYING = frozenset(
    [
        "avrop",
        "avtal",
        "avtalet",
        "diverse",
        "drift",
        "gemensam",
        "gemensamma",
        "inköp",
        "inklusive",
        "leverans",
        "löpande",
        "material",
        "option",
        "ramavtal",
        "samt",
        "service",
        "tjänst",
        "tjänster",
        "underhåll",
        "upphandling",
        "upphandlingen",
        "utrustning",
        "varor",
        "övrigt",
    ]
)


class Row(Protocol):
    title: str
    cpv: str


R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Reason:
    """What two rows have in common: words of their names, or the first four digits of their CPV codes."""

    words: frozenset[str] = frozenset()
    cpv: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.cpv)


@dataclass
class Group(Generic[R]):
    rows: list[R]
    words: set[str] = field(default_factory=set)
    cpvs: set[str] = field(default_factory=set)


@lru_cache(maxsize=2000)  # each title is held against every other
def words_of(title: str) -> dict[str, str]:
    """{beginning: the whole word} for the words that say what is bought."""
    words = WORD.findall(title.casefold())
    return {word[:STEM]: word for word in words if len(word) >= SHORTEST and word not in ABOUT_BUYING}


def likeness(one: Row, other: Row) -> Reason:
    """What speaks for one need. Names count only where the codes do not speak against it."""
    close = one.cpv[:4] if one.cpv[:4] == other.cpv[:4] and one.cpv[2:4] not in ("", "00") else ""
    if one.cpv and other.cpv and one.cpv[:2] != other.cpv[:2]:
        return Reason()
    mine, theirs = words_of(one.title), words_of(other.title)
    return Reason(frozenset(min(mine[stem], theirs[stem], key=len) for stem in mine.keys() & theirs.keys()), close)


def grouped(rows: Sequence[R]) -> list[Group[R]]:
    """Rows that are alike, directly or by way of others, in one group; those alone in one of their own. Keeps order."""
    group_of = {id(row): Group([row]) for row in rows}
    for one, other, reason in alike(rows):
        mine, theirs = group_of[id(one)], group_of[id(other)]
        mine.words |= reason.words
        mine.cpvs |= {reason.cpv} - {""}
        if mine is not theirs:
            mine.rows += theirs.rows
            mine.words |= theirs.words
            mine.cpvs |= theirs.cpvs
            group_of |= {id(row): mine for row in theirs.rows}
    found = {id(group): group for group in group_of.values()}
    place = {id(row): at for at, row in enumerate(rows)}
    for group in found.values():
        group.rows.sort(key=lambda row: place[id(row)])
    return sorted(found.values(), key=lambda group: len(group.rows) == 1)


def alike(rows: Sequence[R]) -> Iterator[tuple[R, R, Reason]]:
    for one, other in combinations(rows, 2):
        if reason := likeness(one, other):
            yield one, other, reason


def most_alike(group: Group[R], candidates: Sequence[R]) -> R | None:
    """The one of the candidates that has most in common with the group's rows; None where none has anything."""
    found = [(sum(2 * bool(r.cpv) + len(r.words) for r in each), one) for one, each in common(group, candidates)]
    score, best = max(found, key=lambda each: each[0], default=(0, None))
    return best if score else None


def common(group: Group[R], candidates: Sequence[R]) -> Iterator[tuple[R, list[Reason]]]:
    for candidate in candidates:
        yield candidate, [likeness(row, candidate) for row in group.rows]
