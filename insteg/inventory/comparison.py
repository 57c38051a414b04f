"""What a sheet says against what is known of the organisation (R11): which row is which, and what it would change.

Pure: works on a reading and on rows that somebody else has fetched, and is the same for the page and for the saving.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, NamedTuple

from insteg.inventory.models import PlannedProcurement
from insteg.inventory.plan_reader import Reading, Row, answered
from insteg.inventory.plan_reader.wording import fold, words
from insteg.inventory.plan_rows import facts_of

Known = PlannedProcurement
Key = tuple[str, int]  # the sheet's name and the row's number: no two rows of a file share it
NEAR = 0.82  # how alike two names are, of 1, from where on it is asked whether they are one
MOST_COMPARED = 5  # known names that one row's is weighed against, those with most words in common
NEIGHBOURS = 20  # rows of one name, before and after, that a row may be a double of
MOST_IN_A_GROUP = 2_000  # of rows times known rows of one name that are weighed against each other


class Match(NamedTuple):
    """What one row of the sheet is. `near` is a known row that somebody must say whether it is; `double_of` is the
    number of another row of the same name in the file."""

    known: Known | None = None
    near: Known | None = None
    double_of: int | None = None


@dataclass(frozen=True)
class Pairing:
    matches: dict[Key, Match]
    left: list[Known]  # known rows that no row of the sheet is


@dataclass(frozen=True)
class Decisions:
    """What the reviewer said. `answers` are by row and field: the key of an option, or a text. `same_as` are rows that
    are the near one; `gone` is what became of known rows that the sheet lacks, by their id."""

    answers: Mapping[Key, Mapping[str, str]] = field(default_factory=dict)
    left_out: frozenset[Key] = frozenset()
    same_as: frozenset[Key] = frozenset()
    gone: Mapping[str, str] = field(default_factory=dict)


class Outcome(NamedTuple):
    """What saving would do with one row of the sheet. `changes` are new facts of the known row, `kept` those that the
    sheet says are not known although we know them."""

    key: Key
    row: Row
    facts: dict[str, Any]
    known: Known | None
    changes: dict[str, Any]
    kept: list[str]

    @property
    def kind(self) -> str:
        return "new" if self.known is None else "changed" if self.changes else "same"


def lines_of(reading: Reading) -> Iterator[tuple[Key, Row]]:
    for sheet in reading.sheets:
        for row in sheet.rows:
            yield (sheet.name, row.number), row


# Which row is which


def pair(reading: Reading, known: Sequence[Known]) -> Pairing:
    """The same reference, else the same name (and code, when both have one), else a near name to ask about.

    Rows that the sheet calls expired take what is left: they say that a known row is gone.
    """
    lines = list(lines_of(reading))
    free = {one.pk: one for one in known}
    found: dict[Key, Known] = {}
    for expired in (False, True):
        rows = [(key, row) for key, row in lines if row.withdrawn == expired]
        take_unique(rows, free, found, lambda row: fold(row.reference or ""), lambda one: fold(one.reference))
        take_by_name(rows, free, found)
    rows = [(key, row) for key, row in lines if not row.withdrawn]
    doubles = doubles_of(rows, found)
    alone = [(key, row) for key, row in rows if key not in found and key not in doubles]
    near = nearest(alone, list(free.values()))
    return Pairing(
        {key: Match(found.get(key), near.get(key), doubles.get(key)) for key, _row in lines}, [*free.values()]
    )


def take_unique(
    rows: Iterable[tuple[Key, Row]],
    free: dict[Any, Known],
    found: dict[Key, Known],
    of_row: Callable[[Row], str],
    of_known: Callable[[Known], str],
) -> None:
    """Pairs those that share something that no other row and no other known row has."""
    ours, theirs = defaultdict(list), defaultdict(list)
    for one in free.values():
        theirs[of_known(one)].append(one)
    for key, row in rows:
        ours[of_row(row)].append(key)
    for said, keys in ours.items():
        if said and len(keys) == 1 and len(theirs[said]) == 1:
            found[keys[0]] = free.pop(theirs[said][0].pk)


def take_by_name(rows: Iterable[tuple[Key, Row]], free: dict[Any, Known], found: dict[Key, Known]) -> None:
    """Of several with one name, those that agree most are paired first."""
    named = grouped(free.values(), lambda one: name_of(one.title))
    ours = grouped([(key, row) for key, row in rows if key not in found], lambda line: name_of(line[1].title))
    for name, lines in ours.items():
        theirs = named.get(name, [])
        if len(lines) * len(theirs) > MOST_IN_A_GROUP:
            weighed = list(zip(lines, theirs, strict=False))
        else:
            weighed = [(line, one) for line in lines for one in theirs if may_be(line[1].cpvs, one)]
            weighed.sort(key=lambda both: -agreement(both[0][1], both[1]))
        for (key, row), one in weighed:
            if key not in found and one.pk in free and may_be(row.cpvs, one):
                found[key] = free.pop(one.pk)


def grouped(things: Iterable[Any], of: Callable[[Any], Hashable]) -> dict[Any, list[Any]]:
    groups = defaultdict(list)
    for thing in things:
        groups[of(thing)].append(thing)
    return groups


def may_be(codes: Sequence[str], known: Known) -> bool:
    return not codes or not known.cpv or known.cpv in codes or codes[0] in known.more_cpvs


def agreement(row: Row, known: Known) -> int:
    return sum(
        getattr(row, name) is not None and getattr(row, name) == getattr(known, name)
        for name in ("value_min", "value_max", "months", "option_months", "start")
    ) + (row.reference == known.reference)


def doubles_of(rows: Iterable[tuple[Key, Row]], found: Mapping[Key, Known]) -> dict[Key, int]:
    """Rows that are new although another row has their name and code: advertised anew, or written twice."""
    doubles: dict[Key, int] = {}
    for lines in grouped(rows, lambda line: name_of(line[1].title)).values():
        for at, (key, row) in enumerate(lines):
            first = max(0, at - NEIGHBOURS)
            others = [
                (k, r)
                for n, (k, r) in enumerate(lines[first : at + NEIGHBOURS], first)
                if n != at and (k in found or n < at) and (not row.cpvs or not r.cpvs or set(row.cpvs) & set(r.cpvs))
            ]
            if key not in found and others:
                doubles[key] = next((r.number for k, r in others if k in found), others[0][1].number)
    return doubles


def nearest(rows: Sequence[tuple[Key, Row]], known: Sequence[Known]) -> dict[Key, Known]:
    """For rows without a match, the known row whose name is most like theirs, if it is like enough; each once.

    Likeness is difflib's ratio of the plain words. Only names that share the beginnings of words are weighed, so that
    a thousand rows against a thousand known ones take a moment and not minutes.
    """
    by_word = defaultdict(list)
    for one in known:
        for word in beginnings(one.title):
            by_word[word].append(one)
    claims = []
    for key, row in rows:
        shared: dict[Any, int] = defaultdict(int)
        seen = {}
        for word in beginnings(row.title):
            if len(by_word.get(word, ())) <= 200:  # a word that half of all names have tells nothing
                for one in by_word.get(word, ()):
                    shared[one.pk] += 1
                    seen[one.pk] = one
        for pk in sorted(shared, key=lambda pk: (-shared[pk], str(pk)))[:MOST_COMPARED]:
            likeness = alike(name_of(row.title), name_of(seen[pk].title))
            if likeness >= NEAR:
                claims.append((likeness, key, seen[pk]))
    found: dict[Key, Known] = {}
    taken = set()
    for _likeness, key, one in sorted(claims, key=lambda claim: (-claim[0], claim[1])):
        if key not in found and one.pk not in taken:
            found[key] = one
            taken.add(one.pk)
    return found


@lru_cache(maxsize=4096)
def alike(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR else 0.0


def beginnings(title: str) -> set[str]:
    return {word[:4] for word in name_of(title).split() if len(word) > 2}


def name_of(title: str) -> str:
    """A name as it is compared: its words, in small letters and without signs and accents."""
    return words(title) or fold(title)


# What it would change


def outcome_of(key: Key, row: Row, known: Known | None, answers: Mapping[str, str]) -> Outcome:
    """The row with its answers in place, against the known row that it is."""
    row = answered(row, answers) if answers else row
    facts = facts_of(row)
    changes, kept = changes_of(known, facts) if known else ({}, [])
    return Outcome(key, row, facts, known, changes, kept)


SAID = ("title", "description", "reference", "framework", "months", "option_months", "start", "fte")


def changes_of(known: Known, facts: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """(new facts, facts that are kept although the sheet says that they are not known).

    What the sheet is silent about never erases what is known; that somebody does not know it is no news either.
    """
    new = {name: facts[name] for name in SAID if facts[name] not in (None, "") and facts[name] != getattr(known, name)}
    if facts["months"] is None and new.get("option_months") == 0:
        del new["option_months"]  # an empty cell beside a length that is not told says nothing of any option
    new |= value_of(known, facts) | kind_of(known, facts)
    after = {name: new.get(name, getattr(known, name)) for name in facts if name != "unknown_fields"}
    said, before = set(facts["unknown_fields"]), set(known.unknown_fields)
    unknown = {name for name in before | said if after.get(name) in (None, "")}
    if unknown != before:
        new["unknown_fields"] = sorted(unknown)
    return new, sorted(said - unknown)


def value_of(known: Known, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Both ends of a value go together: an end that the sheet leaves open stands, unless the other has passed it."""
    said = {name: facts[name] for name in ("value_min", "value_max")}
    if all(amount is None for amount in said.values()):
        return {}
    joined = {name: getattr(known, name) if amount is None else amount for name, amount in said.items()}
    if None not in joined.values() and joined["value_min"] > joined["value_max"]:
        joined = said
    return {name: amount for name, amount in joined.items() if amount != getattr(known, name)}


def kind_of(known: Known, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Code and nature. A nature that only follows from a code does not go before one that somebody has stated."""
    new: dict[str, Any] = {}
    if facts["cpv"] and (facts["cpv"] != known.cpv or (facts["more_cpvs"] and facts["more_cpvs"] != known.more_cpvs)):
        new |= {"cpv": facts["cpv"], "more_cpvs": facts["more_cpvs"]}
    stated = known.nature and not known.nature_inferred
    if facts["nature"] and facts["nature"] != known.nature and not (facts["nature_inferred"] and stated):
        new |= {"nature": facts["nature"], "nature_inferred": facts["nature_inferred"]}
    return new


# All of it


@dataclass(frozen=True)
class Comparison:
    """Everything that saving would do."""

    rows: list[Outcome]  # those that are read in
    gone: list[tuple[Known, str]]  # what becomes of known rows that the sheet lacks; those that stay are not here
    stay: list[Known]

    def of_kind(self, kind: str) -> list[Outcome]:
        return [row for row in self.rows if row.kind == kind]


def compare(reading: Reading, known: Sequence[Known], pairing: Pairing, said: Decisions) -> Comparison:
    """What becomes of every row of the sheet and of every known row, as the reviewer has decided so far."""
    rows, claimed = [], set()
    for key, row in lines_of(reading):
        match = pairing.matches[key]
        one = match.known or (match.near if key in said.same_as else None)
        if one is not None and not row.withdrawn:
            claimed.add(one.pk)
        if not row.withdrawn and key not in said.left_out:
            rows.append(outcome_of(key, row, one, said.answers.get(key, {})))
    lacking = [one for one in known if one.pk not in claimed]
    gone = [(one, said.gone[str(one.pk)]) for one in lacking if said.gone.get(str(one.pk)) and not one.merged_into_id]
    ending = {one.pk for one, _ending in gone}
    return Comparison(rows, gone, [one for one in lacking if one.pk not in ending])


# What the reviewer saw


def versions_of(known: Iterable[Known]) -> str:
    """How many are known, and which in what version, as short as they can be told apart: a page carries it along."""
    told = sorted(f"{one.pk.hex[:12]}{one.version}" for one in known)
    return " ".join([str(len(told)), *told])


def altered_since(shown: str, known: Iterable[Known]) -> list[str] | None:
    """Names of known rows that have changed or come since `shown`; None when nothing has, also no row gone."""
    if shown == versions_of(known):
        return None
    seen = set(shown.split())
    return [one.title for one in known if f"{one.pk.hex[:12]}{one.version}" not in seen]
