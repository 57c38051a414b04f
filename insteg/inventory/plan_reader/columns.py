"""Columns are recognised by the words of their heading and by what stands in them, weighed together (R11)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from insteg.inventory.plan_reader import content, dates, headings, units
from insteg.inventory.plan_reader.reading import Certainty, LeftOut, Said, say
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.wording import words

SAMPLE: Final = 80  # distinct values looked at in a column
_LOOKED_AT: Final = 2_000  # rows that a column is known by
# What a column may be read as, in the words of the page. Marked for translation; translate when shown.
FIELDS: Final[Mapping[str, str]] = {
    "title": _("Upphandling"), "nature": _("Slag"), "cpv": _("CPV-kod"), "cpv_more": _("Fler CPV-koder"),
    "value": _("Värde"), "value_min": _("Lägsta värde"), "value_max": _("Högsta värde"),
    "value_year": _("Värde per år"),
    "months": _("Avtalstid"), "months_total": _("Avtalstid med option"), "option": _("Möjlig förlängning"),
    "start": _("Avtalsstart"), "start_year": _("Startår"), "start_part": _("Startkvartal eller startmånad"),
    "end": _("Avtalsslut"), "fte": _("Årsarbetare"), "framework": _("Ramavtal eller kontrakt"),
    "reference": _("Diarienummer"), "description": _("Beskrivning"), "procedure": _("Förfarande"),
    "organisation": _("Organisation"), "status": _("Status"),
}  # fmt: skip
_PLAIN_WORDS: Final = 7  # from this weight on the heading says it plainly
_VAGUE_WORDS: Final = 5
# What the cells alone can tell under a heading that says nothing plainly: how strongly, and from what share on.
_TOLD_BY_CONTENT: Final[Mapping[str, tuple[float, float]]] = {"cpv": (8.0, 0.5), "nature": (3.0, 0.8)}
_FOLLOWED: Final = 0.7  # the share of cells that have to follow the grammar of a column that is certain

Chosen = dict[int, tuple[str, Certainty]]


@dataclass(frozen=True, slots=True)
class Found:
    """One column as recognised. `role` is one of FIELDS, or None for one that is not read."""

    index: int
    heading: str
    role: str | None = None
    certainty: Certainty | None = None
    unit: str | None = None
    left_out: LeftOut | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A column as it stands: its heading, its cells, some of its different cells, and how much it differs by row."""

    index: int
    heading: str
    cells: Sequence[object]
    sample: list[object]
    filled: int
    differing: float


@dataclass(frozen=True, slots=True)
class _Claim:
    score: float
    weight: int
    share: float
    index: int
    role: str


def recognise(
    heads: Sequence[str], columns: Sequence[Sequence[object]], sheet_unit: str | None, mapping: Mapping[str, str | None]
) -> list[Found]:
    """What each column holds. `columns` are the cells below each heading, `sheet_unit` the unit of money that a title
    line names, `mapping` a person's own choices by the heading's words (None: do not read; "value/tkr": in
    that unit)."""
    seen = [_look(index, heading, cells) for index, (heading, cells) in enumerate(zip(heads, columns, strict=True))]
    persons = {one.index for one in seen if _is_of_persons(one)}
    chosen: Chosen = {}
    stated: dict[int, str] = {}
    for one in seen:
        role, _slash, unit = (mapping.get(words(one.heading)) or "").partition("/")
        if role in FIELDS and one.index not in persons:
            chosen[one.index] = (role, "sure")
            stated[one.index] = unit
    free = [one for one in seen if one.index not in persons and words(one.heading) not in mapping]
    _choose(chosen, free)
    _choose_title(chosen, free)
    return [
        _found(one, one.index in persons, chosen.get(one.index), sheet_unit, stated.get(one.index, "")) for one in seen
    ]


_NAMES_OF_PERSONS: Final = {"namn", "name", "vem", "person", "roll", "funktion"}


def only_of_persons(found: Sequence[Found]) -> bool:
    """A list of whom to ring: names beside columns of persons, and nothing said of any procurement."""
    told = [column for column in found if column.role]
    names = all(column.role == "title" and words(column.heading) in _NAMES_OF_PERSONS for column in told)
    return names and any(column.left_out for column in found)


def _look(index: int, heading: str, cells: Sequence[object]) -> _Seen:
    first = cells[:_LOOKED_AT]
    empty = list(first).count("")
    distinct = [cell for cell in dict.fromkeys(first) if cell != "" and not (isinstance(cell, str) and cell.isspace())]
    filled = len(cells) - (empty if len(first) == len(cells) else list(cells).count(""))
    return _Seen(index, heading, cells, distinct[:SAMPLE], filled, len(distinct) / max(1, len(first) - empty))


def _found(
    one: _Seen, personal: bool, choice: tuple[str, Certainty] | None, sheet_unit: str | None, stated: str
) -> Found:
    if personal:
        return Found(
            one.index, one.heading, left_out=LeftOut(one.heading or _letter(one.index), _reason(one), one.filled)
        )
    if choice is None:
        return Found(one.index, one.heading)
    role, certainty = choice
    unit: str | None = stated
    if not stated:
        unit, certainty = _unit(role, one, sheet_unit, certainty)
    return Found(one.index, one.heading, role, certainty, unit)


# Which column is what


def _choose(chosen: Chosen, free: Sequence[_Seen]) -> None:
    """Strongest claim first; a role is given once, a column gets one role."""
    parts = {"value": _ends_of_spans(free), "months": _lengths_with_options(free)}
    claims = [claim for one in free for claim in _claims(one) if one.index not in parts.get(claim.role, ())]
    dated = [claim for claim in claims if claim.role == "value" and claim.weight == headings.DATED_VALUE]
    if len(dated) > 1:  # "Budget 2027" beside "Budget 2028": each a part of the value, and neither the whole
        claims = [claim for claim in claims if claim not in dated]
    taken = {role for role, _certainty in chosen.values()}
    for claim in sorted(claims, key=lambda claim: (-claim.score, claim.index)):
        if claim.index in chosen or claim.role in taken or _in_vain(claim, taken):
            continue
        sure = claim.weight >= _PLAIN_WORDS and claim.share >= _FOLLOWED
        chosen[claim.index] = (claim.role, "sure" if sure else "check")
        taken.add(claim.role)
    _settle_starts(chosen)
    _settle_values(chosen)


def _claims(one: _Seen) -> list[_Claim]:
    claims = []
    for role, weight in headings.roles(one.heading).items():
        share = content.share(role, one.sample)
        if share < content.LEAST.get(role, 0.0) or (role == "reference" and _counts_rows(one.sample)):
            continue
        score = weight * (0.55 + 0.45 * share) + content.BONUS.get(role, 0.0)
        if _in_disguise(role, weight, one):
            continue
        if role == "title":
            score *= 0.7 + 0.3 * one.differing
        claims.append(_Claim(score, weight, share, one.index, role))
    if all(claim.weight < _PLAIN_WORDS for claim in claims) and len(one.sample) >= 2:
        for role, (strength, least) in _TOLD_BY_CONTENT.items():
            share = content.share(role, one.sample)
            claims += [_Claim(strength * share, 3, share, one.index, role)] if share >= least else []
    return claims


def _in_disguise(role: str, weight: int, one: _Seen) -> bool:
    """Bare years below "Startår" are half a start; few names below "Område" are no names of procurements."""
    if role == "start" and "start_year" in headings.roles(one.heading):
        return bool(one.sample) and all(dates.year_alone(cell) for cell in one.sample)
    return role == "title" and weight <= _VAGUE_WORDS and one.differing < 0.8


def _counts_rows(sample: Sequence[object]) -> bool:
    """1, 2, 3 down the sheet refers to nothing."""
    first = sample[0] if sample else None
    return isinstance(first, float) and list(sample) == [first + n for n in range(len(sample))]


def _ends_of_spans(free: Iterable[_Seen]) -> set[int]:
    """Columns for the ends of a span: a lone "Takvolym" is the value, beside a "Lägsta värde" it is its ceiling."""
    roles = {one.index: headings.roles(one.heading) for one in free}
    ends = [{index for index, found in roles.items() if role in found} for role in ("value_min", "value_max")]
    return ends[0] | ends[1] if all(ends) else set()


def _lengths_with_options(free: Iterable[_Seen]) -> set[int]:
    """ "Total avtalstid inkl. option" is a total beside "Avtalstid"; alone it is the length."""
    roles = {one.index: headings.roles(one.heading) for one in free}
    lengths = [one for one in free if "months" in roles[one.index] and "value" not in roles[one.index]]
    totals = {one.index for one in lengths if "months_total" in headings.roles(one.heading)}
    return totals if len(totals) < len(lengths) else set()


def _in_vain(claim: _Claim, taken: set[str]) -> bool:
    """A second, weaker source for what another column says: a lone year or quarter beside a start."""
    if claim.role in ("start_year", "start_part"):
        return "start" in taken
    return claim.role == "start" and claim.weight < 5 and bool(taken & {"start_year", "start_part"})


def _places(chosen: Chosen) -> dict[str, int]:
    return {role: index for index, (role, _certainty) in chosen.items()}


def _settle_starts(chosen: Chosen) -> None:
    """A year and a quarter make a start together; one that is half of nothing is let go."""
    places = _places(chosen)
    year, part = places.get("start_year"), places.get("start_part")
    if "start" in places:
        for index in (year, part):
            if index is not None:
                del chosen[index]
    elif part is not None and year is None:
        chosen[part] = ("start", chosen[part][1])
    elif year is not None and part is None and chosen[year][1] == "check":
        del chosen[year]


def _settle_values(chosen: Chosen) -> None:
    """The ends of a span go before a single value, a single value before half a span and before a value per year."""
    places = _places(chosen)
    ends = [places[role] for role in ("value_min", "value_max") if role in places]
    if "value" in places:
        for index in [places["value"]] if len(ends) == 2 else ends:
            del chosen[index]
    if "months_total" in places and ("months" not in places or "option" in places):
        del chosen[places["months_total"]]
    if "value_year" in places and (ends or "value" in places):
        del chosen[places["value_year"]]


def _choose_title(chosen: Chosen, free: Sequence[_Seen]) -> None:
    """Where no heading names the procurement: the column of text that differs most from row to row, to be checked."""
    if "title" in _places(chosen):
        return
    rated = []
    for one in free:
        texts = [str(cell) for cell in one.sample if content.is_title(cell) and len(str(cell)) > 3]
        spare = one.index not in chosen or chosen[one.index][0] in ("description", "organisation", "reference")
        if spare and texts and len(texts) >= _FOLLOWED * len(one.sample):
            rated.append((len(texts) * min(40.0, sum(map(len, texts)) / len(texts)), -one.index))
    if rated:
        chosen[-max(rated)[1]] = ("title", "check")


# Units, persons


def _unit(role: str, one: _Seen, sheet_unit: str | None, certainty: Certainty) -> tuple[str | None, Certainty]:
    """The unit of lone numbers in the column, and how certain the column is with it."""
    heading = words(one.heading)
    if role.startswith("value"):
        unit = units.unit_of_money(heading) or sheet_unit
        if unit:
            return unit, certainty
        inferred, guessed = units.money_of_column(set(one.cells))
        return inferred, "check" if guessed else certainty
    if role in ("months", "months_total", "option"):
        return units.unit_of_length(heading) or units.length_of_column(set(one.cells)), certainty
    return None, certainty


def _is_of_persons(one: _Seen) -> bool:
    """By words, or by content where the words say nothing else."""
    roles = headings.roles(one.heading)
    if headings.names_person(one.heading):
        # "Ansvarig enhet" over names of departments, "Antal kontaktpersoner" over numbers: only the words say person
        return not (roles.keys() & {"fte", "organisation"} and not content.looks_personal(one.sample, 0.3))
    strongest = max(
        (weight for role, weight in roles.items() if role not in ("fte", "organisation", "status")), default=0
    )
    return content.looks_personal(one.sample, 0.3 if strongest < _PLAIN_WORDS else 0.8)


def _reason(one: _Seen) -> Said:
    kind = headings.names_person(one.heading) or "person"
    sort = content.sort_of_contact(one.sample) or kind
    return say({"telephone": _("telefonnummer"), "mail": _("e-postadresser"), "person": _("namn")}[sort])


def _letter(index: int) -> str:
    """The spreadsheet's own name of a column without heading: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
