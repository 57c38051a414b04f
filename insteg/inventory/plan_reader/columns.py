"""Columns are recognised by the words of their heading and by what stands in them, weighed together (R11)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from insteg.inventory.plan_reader import amounts, cpv, dates, durations, headings, nature, staffing
from insteg.inventory.plan_reader.reading import Cell, Certainty, LeftOut, Said, say
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.wording import fold, says_unknown, shown, words

SAMPLE: Final = 80  # distinct values looked at in a column
FIELDS: Final = (
    "title", "nature", "cpv", "cpv_more", "value", "value_min", "value_max", "value_year", "months", "option", "start", "start_year",
    "start_part", "end", "fte", "framework", "reference", "description", "procedure", "organisation", "status",
)  # fmt: skip
_SURE: Final = 7

_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_TELEPHONE: Final = re.compile(r"(?:\+46|0046|0)[\s(-]*\d{1,3}[\s)/-]*(?:\d[\s-]?){5,8}|\d{3}[ -]\d{2} \d{2}")
_NAME: Final = re.compile(
    r"[A-ZÅÄÖÉ][a-zåäöéüø]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?(?: [A-ZÅÄÖ]\.?)?(?: (?:af|von|de|van))?(?: [A-ZÅÄÖÉ][a-zåäöéüø]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?){1,2}"
)
_SIGNATURE: Final = re.compile(r"[A-ZÅÄÖ]{2,3}(?:\s*[/,&+]\s*[A-ZÅÄÖ]{2,3})*")
_PROCEDURE: Final = re.compile(
    r"forfarande|direktupphandling|forhandlat|selektivt|oppet|forenklat|oppen upphandling|avrop|fornyad konkurrens|forhandling|\bdis\b|annonserad|konkurrenspraglad"
)
_FRAMEWORK: Final = re.compile(r"ramavtal\w*|ram|ramkontrakt|avropsavtal|dis|dynamiskt inkopssystem")
_CONTRACT: Final = re.compile(
    r"kontrakt|enskilt kontrakt|objekt\w*|engangs\w*|enstaka \w+|projekt\w*|separat \w+|upphandling|enskild upphandling|engangskop|avtal|objektsavtal|projektavtal|fast avtal|kopeavtal|direktupphandling"
)
_YES: Final = re.compile(r"ja|j|x|yes|true|sant")
_NO: Final = re.compile(r"nej|n|no|false|falskt")
_STATUS: Final = re.compile(
    r"nytt|ny|uppdatera[dt]|forsena[dt]|utga(tt|r)|oforandra[dt]|planera[dt]|pagaende|pagar|saker|relativt saker|osaker|avbruten|installd|struken|klar|avslutad|ej paborjad|beslutad|preliminar|borttagen|andrad|flyttad|ny rad"
)
WITHDRAWN: Final = re.compile(
    r"utga(tt|r|en)|utgick|avbruten|avbruts|installd|struken|borttagen|makulerad|inte aktuell|ej aktuell|inte langre aktuell|genomfors ej|genomfors inte"
)


@dataclass(frozen=True, slots=True)
class Found:
    """One column as recognised. `role` is one of FIELDS, or None. `share` of its filled cells follow the grammar."""

    index: int
    heading: str
    role: str | None = None
    certainty: Certainty | None = None
    unit: str | None = None
    left_out: LeftOut | None = None


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
    line names, `mapping` a person's own choices by the heading's words (None: do not read)."""
    samples = [_sample(column) for column in columns]
    chosen: dict[int, tuple[str, Certainty]] = {}
    found = [Found(index, heading) for index, heading in enumerate(heads)]
    persons = {i for i, heading in enumerate(heads) if words(heading) not in mapping and _persons(heading, samples[i])}
    for index in persons:
        filled = len(columns[index]) - list(columns[index]).count("")
        found[index] = replace(
            found[index],
            left_out=LeftOut(heads[index] or _letter(index), _reason(heads[index], samples[index]), filled),
        )
    for index, heading in enumerate(heads):
        role = mapping.get(words(heading))
        if role and index not in persons:
            chosen[index] = (role, "sure")
    free = [i for i in range(len(heads)) if i not in persons and i not in chosen and words(heads[i]) not in mapping]
    _choose(chosen, heads, samples, free)
    _choose_title(chosen, heads, samples, free)
    for index, (role, certainty) in chosen.items():
        unit, certainty = _unit(role, heads, columns[index], index, sheet_unit, certainty)
        found[index] = replace(found[index], role=role, certainty=certainty, unit=unit)
    return found


def _sample(column: Sequence[object]) -> list[object]:
    distinct = [
        cell for cell in dict.fromkeys(column) if cell != "" and not (isinstance(cell, str) and not cell.strip())
    ]
    return distinct[:SAMPLE]


def _choose(
    chosen: dict[int, tuple[str, Certainty]],
    heads: Sequence[str],
    samples: Sequence[Sequence[object]],
    free: Sequence[int],
) -> None:
    """Strongest claim first; a role is given once, a column gets one role."""
    claims = sorted(
        (claim for i in free for claim in _claims(heads[i], samples[i], i)), key=lambda c: (-c.score, c.index)
    )
    taken = {role for role, _certainty in chosen.values()}
    for claim in claims:
        if claim.index in chosen or claim.role in taken or _in_vain(claim, taken):
            continue
        chosen[claim.index] = (claim.role, "sure" if claim.weight >= _SURE and claim.share >= 0.7 else "check")
        taken.add(claim.role)
    _settle(chosen)


def _in_vain(claim: _Claim, taken: set[str]) -> bool:
    """A second, weaker source for what another column says: a lone year beside a start, a span beside one value."""
    if claim.role in ("start_year", "start_part"):
        return "start" in taken
    if claim.role == "start":
        return bool(taken & {"start_year", "start_part"}) and claim.weight < 5
    return False


def _settle(chosen: dict[int, tuple[str, Certainty]]) -> None:
    """Parts that make nothing without their other half are let go."""
    by_role = {role: index for index, (role, _certainty) in chosen.items()}
    year, part = by_role.get("start_year"), by_role.get("start_part")
    if "start" in by_role:
        for index in (year, part):
            if index is not None:
                del chosen[index]
    elif part is not None and year is None:
        chosen[part] = ("start", chosen[part][1])
    elif year is not None and part is None and chosen[year][1] == "check":
        del chosen[year]
    if "value" in by_role and ("value_min" in by_role) != ("value_max" in by_role):
        lone = by_role.get("value_min", by_role.get("value_max"))
        if lone is not None:
            del chosen[lone]
    elif "value" in by_role and "value_min" in by_role and "value_max" in by_role:
        del chosen[by_role["value"]]
    if "value_year" in by_role and ("value" in by_role or "value_max" in by_role):
        chosen.pop(by_role["value_year"], None)


def _claims(heading: str, sample: Sequence[object], index: int) -> list[_Claim]:
    claims = []
    for role, weight in headings.roles(heading).items():
        share = _share(role, sample)
        if role == "reference" and _counts_rows(sample):
            continue
        if share < _LEAST.get(role, 0.0):
            continue
        claims.append(_Claim(weight * (0.55 + 0.45 * share) + _BONUS.get(role, 0.0), weight, share, index, role))
    if not claims and len(sample) >= 2:
        claims += [
            _Claim(3.0 * share, 3, share, index, role)
            for role in ("cpv", "nature")
            if (share := _share(role, sample)) >= 0.8
        ]
    return claims


def _counts_rows(sample: Sequence[object]) -> bool:
    """1, 2, 3 down the sheet refers to nothing."""
    first = sample[0] if sample else None
    return isinstance(first, float) and list(sample) == [first + n for n in range(len(sample))]


def _share(role: str, sample: Sequence[object]) -> float:
    """The share of the column's distinct cells that are what the role asks for; an empty column contradicts nothing."""
    test = _TESTS.get(role)
    if not sample or test is None:
        return 1.0
    return sum(1 for cell in sample if test(cell)) / len(sample)


def _read(cell: Cell[object] | Cell[date]) -> bool:
    return cell.fault is None


@lru_cache(maxsize=8192)
def _is_text(cell: object) -> bool:
    return (
        isinstance(cell, str)
        and any(c.isalpha() for c in cell)
        and not _MAIL.search(cell)
        and not says_unknown(fold(cell))
    )


def _is_title(cell: object) -> bool:
    return _is_text(cell) and len(str(cell)) > 3 and not dates.read_start(cell).value


def _is_amount(cell: object) -> bool:
    if isinstance(cell, float | int):
        return not isinstance(cell, bool) and dates.year_alone(cell) is None
    return _read(amounts.read_amount(cell))


def _is_length(cell: object) -> bool:
    if isinstance(cell, float | int):
        return not isinstance(cell, bool) and 0 <= cell <= durations.LONGEST
    return _read(durations.read_duration(cell))


def _is_option(cell: object) -> bool:
    return _read(durations.read_option(cell)) and (not isinstance(cell, float) or cell <= durations.LONGEST)


def _is_start(cell: object) -> bool:
    read = dates.read_start(cell, 2027)
    return read.fault is None


def _is_staffing(cell: object) -> bool:
    return _read(staffing.read_staffing(cell))


def _is_framework(cell: object) -> bool:
    return read_framework(cell) is not None or not _is_text(cell)


def read_framework(cell: object) -> bool | None:
    """Ramavtal or a contract of its own, from a column of agreement types or of yes and no."""
    if isinstance(cell, bool):
        return cell
    text = fold(shown(cell))
    if _FRAMEWORK.fullmatch(text) or _YES.fullmatch(text) or text.startswith(("ramavtal", "ramkontrakt")):
        return True
    return False if _CONTRACT.fullmatch(text) or _NO.fullmatch(text) else None


def _matches(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda cell: isinstance(cell, str) and bool(pattern.search(fold(cell)))


def _is_part(cell: object) -> bool:
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return cell in range(1, 13)
    return _is_start(cell) or (isinstance(cell, str) and bool(re.fullmatch(r"\d{1,2}", cell.strip())))


_TESTS: Final[Mapping[str, Callable[[object], bool]]] = {
    "title": _is_title,
    "nature": nature.is_nature,
    "cpv": cpv.holds_code,
    "cpv_more": cpv.holds_code,
    "value": _is_amount,
    "value_min": _is_amount,
    "value_max": _is_amount,
    "value_year": _is_amount,
    "months": _is_length,
    "option": _is_option,
    "start": _is_start,
    "start_year": lambda cell: dates.year_alone(cell) is not None,
    "start_part": _is_part,
    "end": _is_start,
    "fte": _is_staffing,
    "framework": _is_framework,
    "description": _is_text,
    "procedure": _matches(_PROCEDURE),
    "status": _matches(_STATUS),
    "organisation": _is_text,
}
_LEAST: Final[Mapping[str, float]] = {
    "title": 0.5, "nature": 0.6, "cpv": 0.4, "cpv_more": 0.4, "value": 0.4, "value_min": 0.4, "value_max": 0.4, "value_year": 0.4, "months": 0.4,
    "option": 0.4, "start": 0.4, "start_year": 0.8, "start_part": 0.8, "end": 0.5, "fte": 0.5, "framework": 0.6, "procedure": 0.3, "status": 0.5,
    "organisation": 0.5, "description": 0.3,
}  # fmt: skip
# What is told by content as well as by words goes before what any text could be.
_BONUS: Final[Mapping[str, float]] = {
    "nature": 0.6,
    "cpv": 0.5,
    "framework": 0.2,
    "fte": 0.1,
    "start": 0.1,
    "title": 0.05,
}


def _choose_title(
    chosen: dict[int, tuple[str, Certainty]],
    heads: Sequence[str],
    samples: Sequence[Sequence[object]],
    free: Sequence[int],
) -> None:
    """Where no heading names the procurement: the column of text that differs most from row to row, to be checked."""
    if any(role == "title" for role, _certainty in chosen.values()):
        return
    spare = [i for i in free if i not in chosen or chosen[i][0] in ("description", "organisation", "reference")]
    texts = [(i, [str(cell) for cell in samples[i] if _is_title(cell)]) for i in spare]
    rated = [
        (len(text) * min(40.0, sum(map(len, text)) / len(text)), -i)
        for i, text in texts
        if text and len(text) >= 0.7 * len(samples[i])
    ]
    if rated:
        index = -max(rated)[1]
        chosen[index] = ("title", "check")


def _unit(
    role: str, heads: Sequence[str], column: Sequence[object], index: int, sheet_unit: str | None, certainty: Certainty
) -> tuple[str | None, Certainty]:
    """The unit of lone numbers in the column, and how certain the column is with it."""
    heading = words(heads[index])
    if role.startswith("value"):
        unit = amounts.unit_in(heading) or sheet_unit
        if unit:
            return unit, certainty
        inferred, guessed = amounts.unit_of_column(set(column))
        return inferred, "check" if guessed else certainty
    if role in ("months", "option"):
        named = durations.unit_in(heading)
        return (named, certainty) if named else (durations.unit_of_column(set(column)), certainty)
    return None, certainty


def _persons(heading: str, sample: Sequence[object]) -> bool:
    """By words, or by content where the words say nothing else."""
    if headings.names_person(heading):
        # "Ansvarig" over names of departments, "Bemanning" over numbers: only the words say person
        return not (headings.roles(heading).keys() & {"fte", "organisation"} and not _looks_personal(sample, 0.3))
    strong = [
        weight for role, weight in headings.roles(heading).items() if role not in ("fte", "organisation", "status")
    ]
    return _looks_personal(sample, 0.3 if max(strong, default=0) < 7 else 0.8)


def _looks_personal(sample: Sequence[object], least: float) -> bool:
    texts = [str(cell).strip() for cell in sample if isinstance(cell, str)]
    if not texts:
        return False
    contacts = sum(1 for text in texts if _MAIL.search(text) or _TELEPHONE.fullmatch(text))
    names = sum(1 for text in texts if _NAME.fullmatch(text))
    return contacts >= least * len(sample) or (names >= max(0.8, least) * len(sample) and len(texts) > 1)


def _reason(heading: str, sample: Sequence[object]) -> Said:
    kind = headings.names_person(heading)
    texts = [str(cell).strip() for cell in sample]
    if kind == "telephone" or (texts and sum(1 for text in texts if _TELEPHONE.fullmatch(text)) > len(texts) / 2):
        return say(_("telefonnummer"))
    if kind == "mail" or (texts and sum(1 for text in texts if _MAIL.search(text)) > len(texts) / 2):
        return say(_("e-postadresser"))
    return say(_("namn"))


def _letter(index: int) -> str:
    """The spreadsheet's own name of a column without heading: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def without_contacts(text: str) -> str:
    """A description without the e-mail addresses and telephone numbers that somebody has put in it."""
    return _TELEPHONE.sub("…", _MAIL.sub("…", text)) if "@" in text or any(c.isdigit() for c in text) else text
