"""What the cells of a column are about, whatever its heading says: codes, amounts, lengths, dates, names of persons."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from insteg.inventory.plan_reader import amounts, cpv, dates, durations, nature, staffing
from insteg.inventory.plan_reader.reading import Cell
from insteg.inventory.plan_reader.wording import fold, says_unknown, shown

_DIGIT: Final = re.compile(r"\d")
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_TELEPHONE: Final = re.compile(r"(?:\+46|0046|0)[\s(-]*\d{1,3}[\s)/-]*(?:\d[\s-]?){5,8}|\d{3}[ -]\d{2} \d{2}")
_NAME: Final = re.compile(
    r"[A-ZÅÄÖÉ][a-zåäöéüø]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?(?: [A-ZÅÄÖ]\.?)?(?: (?:af|von|de"
    r"|van))?(?: [A-ZÅÄÖÉ][a-zåäöéüø]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?){1,2}"
)
_PROCEDURE: Final = re.compile(
    r"forfarande|direktupphandling|forhandlat|selektivt|oppet|forenklat|oppen upphandling|avrop"
    r"|fornyad konkurrens|forhandling|\bdis\b|annonserad|konkurrenspraglad"
)
_FRAMEWORK: Final = re.compile(r"ramavtal\w*|ram|ramkontrakt|avropsavtal|dis|dynamiskt inkopssystem")
_CONTRACT: Final = re.compile(
    r"kontrakt|enskilt kontrakt|objekt\w*|engangs\w*|enstaka \w+|projekt\w*|separat \w+|upphandling"
    r"|enskild upphandling|engangskop|avtal|objektsavtal|projektavtal|fast avtal|kopeavtal|direktupphandling"
)
_YES: Final = re.compile(r"ja|j|x|yes|true|sant")
_NO: Final = re.compile(r"nej|n|no|false|falskt")
_STATUS: Final = re.compile(
    r"nytt|ny|uppdatera[dt]|forsena[dt]|utga(tt|r)|oforandra[dt]|planera[dt]|pagaende|pagar|saker"
    r"|relativt saker|osaker|avbruten|installd|struken|klar|avslutad|ej paborjad|beslutad|preliminar|borttagen"
    r"|andrad|flyttad|ny rad"
)
WITHDRAWN: Final = re.compile(
    r"utga(tt|r|en)|utgick|avbruten|avbruts|installd|struken|borttagen|makulerad|inte aktuell|ej aktuell"
    r"|inte langre aktuell|genomfors ej|genomfors inte"
)


def share(role: str, sample: Sequence[object]) -> float:
    """The share of the column's distinct cells that are what the role asks for; an empty column contradicts nothing."""
    test = _TESTS.get(role)
    if not sample or test is None:
        return 1.0
    return sum(1 for cell in sample if test(cell)) / len(sample)


def _read(cell: Cell[Any]) -> bool:
    return cell.fault is None


@lru_cache(maxsize=8192)
def _is_text(cell: object) -> bool:
    return (
        isinstance(cell, str)
        and any(c.isalpha() for c in cell)
        and not _MAIL.search(cell)
        and not says_unknown(fold(cell))
    )


def is_title(cell: object) -> bool:
    return _is_text(cell) and len(str(cell)) > 1 and not dates.read_start(cell).value


def _is_amount(cell: object) -> bool:
    if isinstance(cell, float | int):
        return not isinstance(cell, bool) and not 2015 <= (dates.year_alone(cell) or 0) <= 2045
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
        return cell in range(1, 13) or _is_start(cell)
    return _is_start(cell) or (isinstance(cell, str) and bool(re.fullmatch(r"\d{1,2}", cell.strip())))


_TESTS: Final[Mapping[str, Callable[[object], bool]]] = {
    "title": is_title,
    "nature": nature.is_nature,
    "cpv": cpv.holds_code,
    "cpv_more": cpv.holds_code,
    "value": _is_amount,
    "value_min": _is_amount,
    "value_max": _is_amount,
    "value_year": _is_amount,
    "months": _is_length,
    "months_total": _is_length,
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
LEAST: Final[Mapping[str, float]] = {
    "title": 0.5, "nature": 0.6, "cpv": 0.4, "cpv_more": 0.4, "value": 0.4, "value_min": 0.4, "value_max": 0.4,
    "value_year": 0.4, "months": 0.4, "months_total": 0.4, "option": 0.4, "start": 0.4, "start_year": 0.8,
    "start_part": 0.8, "end": 0.5, "fte": 0.5, "framework": 0.6, "procedure": 0.3, "status": 0.5,
    "organisation": 0.5, "description": 0.3,
}  # fmt: skip
# What is told by content as well as by words goes before what any text could be.
BONUS: Final[Mapping[str, float]] = {
    "nature": 0.6,
    "cpv": 0.5,
    "framework": 0.2,
    "fte": 0.1,
    "start": 0.1,
    "title": 0.05,
    "description": -3.5,
}


def looks_personal(sample: Sequence[object], least: float) -> bool:
    texts = [str(cell).strip() for cell in sample if isinstance(cell, str)]
    if not texts:
        return False
    contacts = sum(1 for text in texts if ("@" in text and _MAIL.search(text)) or _TELEPHONE.fullmatch(text))
    names = sum(1 for text in texts if _NAME.fullmatch(text))
    return contacts >= least * len(sample) or (names >= max(0.8, least) * len(sample) and len(texts) > 1)


def sort_of_contact(sample: Sequence[object]) -> str | None:
    """ "telephone" or "mail" when most of the cells are such."""
    texts = [str(cell).strip() for cell in sample]
    for sort, pattern in (("telephone", _TELEPHONE), ("mail", _MAIL)):
        if sum(1 for text in texts if pattern.fullmatch(text)) * 2 > len(texts):
            return sort
    return None


def without_contacts(text: str) -> str:
    """A description without the e-mail addresses and telephone numbers that somebody has put in it."""
    if "@" in text:
        text = _MAIL.sub("…", text)
    return _TELEPHONE.sub("…", text) if _DIGIT.search(text) else text
