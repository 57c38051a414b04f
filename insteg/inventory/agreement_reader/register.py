"""What a read register consists of, and how it is kept as JSON between upload and saving."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from insteg.inventory.plan_reader import from_json, row_from_json, row_to_json, to_json
from insteg.inventory.plan_reader.reading import Column, LeftOut, Reading, Row, Said, Sheet, Skipped


class Agreement(NamedTuple):
    """One agreement as the register has it. What registers share with plans stands in `row`, as there: `start` is its
    first day, `option_months` what it can be prolonged by, `value_max` its value in whole kronor.

    `also` are the numbers of further rows with the same agreement number, which are joined with this one.
    """

    row: Row
    supplier: str = ""
    ends_on: date | None = None
    also: tuple[int, ...] = ()

    @property
    def odd(self) -> tuple[Any, ...]:
        """Its questions and faults: what a person has to settle before it can be saved."""
        return (*self.row.questions, *self.row.faults)


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """One table of agreements."""

    name: str
    columns: tuple[Column, ...]
    agreements: tuple[Agreement, ...]
    skipped: tuple[Skipped, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    filename: str
    notes: tuple[Said, ...]
    sheets: tuple[RegisterSheet, ...]

    def places(self) -> Iterator[tuple[int, RegisterSheet, Agreement]]:
        """Every agreement with the place of its sheet in the file, from 0."""
        for number, sheet in enumerate(self.sheets):
            for agreement in sheet.agreements:
                yield number, sheet, agreement


def register_to_json(register: Register) -> dict[str, Any]:
    """Plain dicts, lists, texts and numbers. What is shared with plans is written as there."""
    sheets = tuple(Sheet(s.name, 0, s.columns, (), s.skipped, s.left_out) for s in register.sheets)
    stored = to_json(Reading(register.filename, register.notes, sheets))
    for kept, sheet in zip(stored["sheets"], register.sheets, strict=True):
        kept["agreements"] = [_to_json(agreement) for agreement in sheet.agreements]
    return stored


def register_from_json(stored: Mapping[str, Any]) -> Register:
    """The register that `register_to_json` wrote."""
    reading = from_json(stored)
    return Register(
        reading.filename,
        reading.notes,
        tuple(
            RegisterSheet(
                sheet.name, sheet.columns, tuple(map(_from_json, kept["agreements"])), sheet.skipped, sheet.left_out
            )
            for sheet, kept in zip(reading.sheets, stored["sheets"], strict=True)
        ),
    )


def _to_json(agreement: Agreement) -> dict[str, Any]:
    ends_on = agreement.ends_on.isoformat() if agreement.ends_on else None
    return {
        "row": row_to_json(agreement.row),
        "supplier": agreement.supplier,
        "ends_on": ends_on,
        "also": list(agreement.also),
    }


def _from_json(stored: Mapping[str, Any]) -> Agreement:
    ends_on = date.fromisoformat(stored["ends_on"]) if stored["ends_on"] else None
    return Agreement(row_from_json(stored["row"]), stored["supplier"], ends_on, tuple(stored["also"]))
