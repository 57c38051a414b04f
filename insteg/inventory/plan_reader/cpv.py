"""The grammar of CPV codes: one or several in a cell, with or without check digit, name or leading zero."""

import re
from functools import lru_cache
from typing import Final

from insteg.codes.nature import NATURE_OF_DIVISION
from insteg.inventory.plan_reader.reading import Cell, Fault, say
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.wording import fold, is_cell_error, says_nothing, says_unknown, shown

NOT_GIVEN: Final = "00000000"  # "Uppgift saknas" in the national statistics
_CODE: Final = re.compile(r"(?<!\d)(\d{8})(?: ?- ?\d(?!\d))?(?!\d)")
_SPACED: Final = re.compile(
    r"(?<!\d)(\d{2}[ .]?\d{3}[ .]?\d{3}|\d{2}(?:[ .]\d{2}){3}|\d{4}[ .]\d{4}"
    r"|\d{3}[ .]\d{3}[ .]\d{2})(?: ?- ?\d(?!\d))?(?![ .]?\d)"
)
_SHORT: Final = re.compile(r"(?:cpv:? ?)?(\d{2,5})(?: ?(?:-|:|,)? ?[a-z][^\d]*)?")
_HELP: Final = _("En CPV-kod är åtta siffror, till exempel 77310000.")


def read_cpvs(cell: object) -> Cell[tuple[str, ...]]:
    """One cell in a column of CPV codes, as codes of eight digits in the order written, each once, no check digit.

    A division, group, class or category written without its trailing zeros ("45", "4523") is filled up with them.
    """
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        cell = str(int(cell)) if 0 <= cell < 1e9 and cell == int(cell) else shown(float(cell))
    return _read_text(cell) if isinstance(cell, str) else Cell(fault=_fault(shown(cell)))


@lru_cache(maxsize=16384)
def _read_text(typed: str) -> Cell[tuple[str, ...]]:
    text = fold(typed)
    if says_nothing(text):
        return Cell()
    if says_unknown(text) or text == "0":
        return Cell(unknown=True)
    if is_cell_error(typed):
        return Cell(fault=Fault("cpv", typed, say(_("Cellen visar felet %(typed)s"), typed=typed), say(_HELP)))
    if re.fullmatch(r"\d{7}", text) and f"0{text[0]}" in NATURE_OF_DIVISION:
        text = f"0{text}"  # a spreadsheet that took the code for a number has lost the zero of divisions 03 and 09
    codes = _CODE.findall(text) or [re.sub(r"\D", "", code) for code in _SPACED.findall(text)]
    if not codes:
        short = _SHORT.fullmatch(text)
        codes = [short[1].ljust(8, "0")] if short else []
    if codes and all(code == NOT_GIVEN for code in codes):
        return Cell(unknown=True)
    codes = [code for code in codes if code != NOT_GIVEN]
    existing = tuple(dict.fromkeys(code for code in codes if code[:2] in NATURE_OF_DIVISION))
    return Cell(existing) if existing else Cell(fault=_fault(typed))


def holds_code(cell: object) -> bool:
    """A whole code of eight digits is in the cell: what a column of codes is known by."""
    code = read_cpvs(cell).value
    return bool(code) and any(c.isdigit() for c in shown(cell)) and sum(c.isdigit() for c in shown(cell)) >= 7


def _fault(typed: str) -> Fault:
    return Fault("cpv", typed, say(_("”%(typed)s” är ingen CPV-kod"), typed=typed), say(_HELP))
