"""Units of lone numbers: from the words of a heading, else from the other cells of the column."""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

from insteg.inventory.plan_reader import amounts, durations
from insteg.inventory.plan_reader.wording import fold

_HEADING_UNIT: Final = [
    ("mdr", re.compile(r"\b(mdr|mdkr|miljard(er)?)\b")),
    ("mkr", re.compile(r"\b(m ?n? ?kr|mnkr|msek|m sek|meur?o?kr|milj(on|oner)?( (kr|kronor|sek))?)\b")),
    (
        "tkr",
        re.compile(
            r"\b(t ?kr|kkr|ksek|tsek|k sek|tusen(tals?)?( (kr|kronor|sek))?|1 ?000 ?tals?|1 ?000 ?(kr|sek|kronor)"
            r"|kr 1 ?000|000 ?kr|000 ?sek)\b"
        ),
    ),
    ("kr", re.compile(r"\b(kr|kronor|sek)\b")),
]


def unit_of_money(plain: str) -> str | None:
    """The unit of money that a heading or a title line names, from its plain words: "belopp i tkr" is tkr."""
    return next((unit for unit, pattern in _HEADING_UNIT if pattern.search(plain)), None)


def money_of_column(values: Iterable[object]) -> tuple[str | None, bool]:
    """The unit of a column that names none, and whether it had to be inferred.

    Lone numbers take the unit that other cells of the column are unanimous about; else the only unit in which they
    are all credible as procurements; else none, and each becomes a question.
    """
    numbers: list[Decimal] = []
    units: set[str] = set()
    for value in values:
        if isinstance(value, float | int) and not isinstance(value, bool) and abs(value) < 1e15:
            numbers.append(Decimal(str(value)))
        elif isinstance(value, str):
            shape, terms, per = amounts.tokens(fold(value))
            if terms and not per and not set(shape) - set("NXIFDS"):
                units |= {term.unit for term in terms if term.unit}
                numbers += [term.number for term in terms if not term.unit]
    numbers = [number for number in numbers if number.is_finite() and number > 0]
    if not numbers:
        return None, False
    fitting = [unit for unit in ("kr", "tkr", "mkr") if all(_credible(n * amounts.UNITS[unit], unit) for n in numbers)]
    if len(units) == 1 and units <= set(fitting):
        return units.pop(), True
    if "kr" in fitting and not units:
        return "kr", True
    return (fitting[0], True) if len(fitting) == 1 and not units else (None, True)


def _credible(amount: Decimal, unit: str) -> bool:
    return Decimal(20_000) <= amount <= Decimal(5_000_000_000 if unit != "kr" else amounts.LARGEST)


def unit_of_length(plain: str) -> durations.Unit | None:
    """The unit that a heading names, from its plain words: "avtalstid ar" is år. None when it names none or both."""
    year = re.search(r"\b(ar|arsoption|optionsar|avtalsar|antal ar|years?)\b", plain)
    month = re.search(r"\b(man|mander|manad(er)?|antal manader|m|months?)\b", plain)
    return None if bool(year) == bool(month) else "år" if year else "mån"


def unit_named(cell: object) -> durations.Unit | None:
    """The unit that a cell of a length names, when it names one and only one: "3 år" is år."""
    found = (
        {number.unit for number in durations.tokens(fold(cell))[1] if number.unit} if isinstance(cell, str) else set()
    )
    return None if len(found) != 1 else "år" if found == {"ar"} else "mån"


def length_of_column(values: Iterable[object]) -> durations.Unit | None:
    """What lone numbers count in a column whose heading does not say: the unit that its other cells are unanimous
    about, else months if one is above ten, else years if one has a half. None: each becomes a question."""
    lone: list[Fraction] = []
    units: set[str] = set()
    named = False
    for value in values:
        if isinstance(value, float | int) and not isinstance(value, bool) and abs(value) < 1e6:
            lone.append(Fraction(str(value)))
        elif isinstance(value, str):
            shape, numbers = durations.tokens(fold(value))
            units |= {number.unit for number in numbers if number.unit}
            named = named or any(number.unit for number in numbers)
            if "Q" in shape and numbers and not any(number.unit for number in numbers):
                units.add("man" if max(number.value for number in numbers) > 5 else "ar")
            if shape == "N" and numbers[0].unit is None:
                lone.append(numbers[0].value)
    largest, smallest = max(lone, default=Fraction(0)), min(lone, default=Fraction(0))
    if len(units) > 1 or (units and not named and largest > 10):  # the cells disagree: only size can tell
        return "mån" if smallest > 10 else None
    if units in ({"ar"}, {"man"}):
        unit: durations.Unit = "år" if units == {"ar"} else "mån"
        return None if unit == "år" and largest > durations.LONGEST_YEARS else unit
    if largest > 10:
        return "mån" if all(number.denominator == 1 for number in lone) else None
    return "år" if any(number.denominator == 2 for number in lone) else None
