"""Reads official lists of codes: CSV with a row of headings, comma or semicolon, in UTF-8."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from insteg.codes.check_digit import cpv_check_digit
from insteg.codes.models import Code, Cpv, Occupation
from insteg.codes.nature import nature_of_cpv

C = TypeVar("C", bound=Code)
TITLE_SV, TITLE_EN = "label_sv", "label_en"  # headings; the English one may be missing
MOST_FAULTS = 10


class Unreadable(Exception):
    """Each argument is a sentence about what is wrong with the file."""


@dataclass(frozen=True)
class OfficialList(Generic[C]):
    """`column` is the heading of the codes; `code_of` raises ValueError with a sentence for what is no code."""

    model: type[C]
    column: str
    code_of: Callable[[str], str]


def cpv_code(text: str) -> str:
    """The eight digits, whether the check digit is written or not."""
    code, dash, digit = text.partition("-")
    if not is_digits(code, 8):
        raise ValueError(_("”%(code)s” är inte en kod med åtta siffror") % {"code": text})
    if dash and digit != cpv_check_digit(code):
        raise ValueError(_("”%(code)s” har fel kontrollsiffra") % {"code": text})
    if nature_of_cpv(code) is None:
        raise ValueError(_("”%(code)s” hör till en huvudgrupp som inte finns") % {"code": text})
    return code


def ssyk_code(text: str) -> str:
    if not is_digits(text, 4):
        raise ValueError(_("”%(code)s” är inte en kod med fyra siffror") % {"code": text})
    return text


def is_digits(text: str, number: int) -> bool:
    return len(text) == number and text.isascii() and text.isdecimal()


OFFICIAL_LISTS: dict[str, OfficialList] = {
    "cpv": OfficialList(Cpv, "cpv", cpv_code),
    "ssyk": OfficialList(Occupation, "ssyk", ssyk_code),
}


def read(kind: OfficialList[C], data: bytes) -> list[C]:
    """Every row as an unsaved row of the table. Raises Unreadable, with the first faults, if anything is wrong."""
    rows: dict[str, C] = {}
    faults = []
    for number, line in lines_of(kind, text_of(data)):
        try:
            row = row_of(kind, line)
            if row.pk in rows:
                raise ValueError(_("”%(code)s” står två gånger") % {"code": row.pk})
            rows[row.pk] = row
        except ValueError as error:
            faults.append(_("Rad %(number)s: %(fault)s.") % {"number": number, "fault": error})
    if faults:
        more = len(faults) - MOST_FAULTS
        rest = [_("Och %(number)s fel till.") % {"number": more}] if more > 0 else []
        raise Unreadable(*faults[:MOST_FAULTS], *rest)
    if not rows:
        raise Unreadable(_("Filen har rubriker men inga koder."))
    return [*rows.values()]


def text_of(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(_("Filen är inte text i UTF-8. Spara den som CSV UTF-8.")) from error
    if "\x00" in text:
        raise Unreadable(_("Filen är inte text. Spara den som CSV UTF-8."))
    return text


def lines_of(kind: OfficialList[C], text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, heading -> text) for each row."""
    heading = text.partition("\n")[0]
    separator = ";" if heading.count(";") > heading.count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        missing = [name for name in (kind.column, TITLE_SV) if name not in (reader.fieldnames or ())]
        if missing:
            raise Unreadable(_("I filens första rad saknas rubriken %(name)s.") % {"name": ", ".join(missing)})
        for line in reader:
            yield reader.line_num, line
    except csv.Error as error:
        raise Unreadable(_("Filen går inte att läsa efter rad %(number)s.") % {"number": reader.line_num}) from error


def row_of(kind: OfficialList[C], line: dict[str, str]) -> C:
    """Raises ValueError with a sentence about the row."""
    code, title_sv, title_en = ((line.get(name) or "").strip() for name in (kind.column, TITLE_SV, TITLE_EN))
    row = kind.model(code=kind.code_of(code), title_sv=title_sv, title_en=title_en, official=True)
    try:
        row.clean_fields()
    except ValidationError as error:
        faults = (f"{kind.model._meta.get_field(name).verbose_name}: {' '.join(said)}" for name, said in error)
        raise ValueError("; ".join(faults).rstrip(".")) from error
    return row
