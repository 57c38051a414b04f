"""A person's answers to what the reader could not settle: a chosen option, or the cell typed anew."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from insteg.inventory.plan_reader import amounts, cpv, dates, durations, nature, staffing
from insteg.inventory.plan_reader.reading import Cell, Fault, Question, Row, Value

_ALSO_UNKNOWN: Final = "unknown"


def answered(row: Row, answers: Mapping[str, str]) -> Row:
    """The row with the answers in place. `answers` holds, by the field of a question or fault, the key of the chosen
    option or a new text, which is read by the same grammar; what that cannot read stays a question or a fault."""
    for field, chosen in answers.items():
        question = next((q for q in row.questions if q.field == field), None)
        fault = next((f for f in row.faults if f.field == field), None)
        if question is None and fault is None:
            continue
        row = row._replace(questions=_without(row.questions, field), faults=_without(row.faults, field))
        option = next((o for o in question.options if o.key == chosen), None) if question else None
        if option is not None and option.values:
            row = row._replace(**_fields(option.values))
        elif chosen == _ALSO_UNKNOWN:
            row = row._replace(unknown_fields=row.unknown_fields | {field})
        else:
            row = _typed(row, field, chosen, fault.unit if fault else None)
    return row


def _fields(values: Mapping[str, Value]) -> dict[str, Any]:
    return dict(values)


def _without(odd: tuple[Any, ...], field: str) -> tuple[Any, ...]:
    return tuple(one for one in odd if one.field != field)


def _typed(row: Row, field: str, text: str, unit: str | None) -> Row:
    read = _GRAMMARS[field](text, unit)
    if read.question or read.fault:
        questions: tuple[Question, ...] = (*row.questions, read.question) if read.question else row.questions
        faults: tuple[Fault, ...] = (*row.faults, read.fault) if read.fault else row.faults
        return row._replace(questions=questions, faults=faults)
    if read.unknown:
        return row._replace(unknown_fields=row.unknown_fields | {field})
    return row._replace(**_FIELDS[field](read.value)) if read.value is not None else row


def _length(text: str, unit: str | None) -> Cell[Any]:
    return durations.read_duration(text, "år" if unit == "år" else "mån" if unit == "mån" else None)


def _option(text: str, unit: str | None) -> Cell[Any]:
    return durations.read_option(text, "år" if unit == "år" else "mån" if unit == "mån" else None)


_GRAMMARS: Final[Mapping[str, Callable[[str, str | None], Cell[Any]]]] = {
    "value": lambda text, unit: amounts.read_amount(text, unit),
    "months": _length,
    "option_months": _option,
    "start": lambda text, _unit: dates.read_start(text),
    "nature": lambda text, _unit: nature.read_nature(text),
    "cpv": lambda text, _unit: cpv.read_cpvs(text),
    "fte": lambda text, _unit: staffing.read_staffing(text),
}
_FIELDS: Final[Mapping[str, Callable[[Any], dict[str, Any]]]] = {
    "value": lambda amount: {"value_min": amount.low, "value_max": amount.high},
    "months": lambda span: {"months": span.months, "option_months": span.option},
    "option_months": lambda span: {"option_months": span.option},
    "start": lambda day: {"start": day},
    "nature": lambda kind: {"nature": kind, "nature_inferred": False},
    "cpv": lambda codes: {"cpvs": codes},
    "fte": lambda posts: {"fte": posts},
}
