"""What a read plan consists of: plain values that can be shown, stored as JSON and answered by a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, Literal, NamedTuple, TypeVar

from django.conf import settings
from django.utils.translation import gettext

Value = int | float | str | date | None
Nature = Literal["works", "services", "supplies"]
Certainty = Literal["sure", "check"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for a person: a Swedish template and its values, translated only when it is shown."""

    text: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        # The command line reads a plan without loading settings; Swedish is the source language, so it stands as it is.
        text = gettext(self.text) if settings.configured else self.text
        return text % self.values


def gettext_noop(text: str) -> str:
    """Marks a template for extraction. Django's of that name asks the settings, which the command line lacks."""
    return text


def say(text: str, **values: str | int) -> Said:
    """`text` is a template marked with gettext_noop where it is written."""
    return Said(text, values)


class Unreadable(Exception):
    """The file cannot be read as a plan. `str()` says what is wrong and what to do about it."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said

    def __str__(self) -> str:
        return str(self.said)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question. `values` are the row's fields as they become; none of them means not known."""

    key: str
    label: Said
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A cell that can be read in several ways (R11). Until it is answered the row's field is None."""

    field: str
    typed: str
    text: Said
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be read. `help` says how to write it; `unit` is the unit of its column."""

    field: str
    typed: str
    text: Said
    help: Said | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Cell(Generic[T]):
    """What a grammar found in one cell. All empty: it says nothing, which is neither not known nor zero."""

    value: T | None = None
    unknown: bool = False
    question: Question | None = None
    fault: Fault | None = None


NOTHING: Cell[object] = Cell()


class Row(NamedTuple):
    """One planned procurement as the sheet has it (R12). Money in whole kronor, lengths in months, start a date.

    A tuple, since ten thousand are made at a time and a frozen dataclass takes ten times as long to make.
    """

    number: int
    title: str
    nature: Nature | None = None
    nature_inferred: bool = False
    cpvs: tuple[str, ...] = ()
    value_min: int | None = None
    value_max: int | None = None
    months: int | None = None
    option_months: int | None = None
    start: date | None = None
    fte: float | None = None
    framework: bool | None = None
    reference: str | None = None
    description: str | None = None
    procedure: str | None = None
    organisation: str | None = None
    status: str | None = None
    withdrawn: bool = False
    section: str | None = None
    unknown_fields: frozenset[str] = frozenset()
    questions: tuple[Question, ...] = ()
    faults: tuple[Fault, ...] = ()
    overlooked: tuple[tuple[str, str], ...] = ()  # (field, what stood there): words that give the field no value


@dataclass(frozen=True, slots=True)
class Column:
    """How one column was read. `field` None: it was not read. `unit` is kr, tkr, mkr, mdr, år or mån."""

    index: int
    heading: str
    field: str | None
    certainty: Certainty | None = None
    unit: str | None = None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """Rows of the sheet that are no procurements, and why. `text` is what stood there, shortened."""

    first: int
    last: int
    reason: Said
    text: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column that holds persons: named and counted, its content never kept."""

    heading: str
    reason: Said
    filled: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of procurements. A sheet with two tables of different columns gives two of these."""

    name: str
    header_row: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    skipped: tuple[Skipped, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    filename: str
    notes: tuple[Said, ...]
    sheets: tuple[Sheet, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for sheet in self.sheets for row in sheet.rows)
