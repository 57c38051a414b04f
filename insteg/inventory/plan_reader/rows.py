"""From recognised columns to rows: a column is read once per distinct cell, then the cells are joined row by row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from insteg.codes.nature import nature_of_cpv
from insteg.inventory.plan_reader import amounts, content, cpv, dates, durations, nature, staffing
from insteg.inventory.plan_reader.amounts import Amount
from insteg.inventory.plan_reader.columns import Found
from insteg.inventory.plan_reader.durations import Duration
from insteg.inventory.plan_reader.reading import NOTHING, Cell, Nature, Row, say
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.spans import (
    Cells,
    Context,
    column_of,
    length_of,
    length_unit,
    lengths_of,
    optioned,
    options_of,
    read_all,
    set_of,
    starts_of,
    values_of,
)
from insteg.inventory.plan_reader.wording import fold, says_nothing, says_unknown, shortened, shown

_LONGEST_TEXT: Final = 2_000


class _Cells(NamedTuple):
    """What the grammars found, a list for each field of a row that can be asked about, in the order of the sheet."""

    nature: Cells
    cpv: Cells
    value: Cells
    months: Cells
    option_months: Cells
    start: Cells
    fte: Cells


def read_rows(
    body: Sequence[Sequence[object]], numbers: Sequence[int], found: Sequence[Found], context: Context
) -> list[Row]:
    """The rows, one for each of `body`. `numbers` are their places in the sheet, from 0."""
    by_role = {column.role: column for column in found if column.role}
    values = {role: column_of(body, column.index) for role, column in by_role.items()}
    cells = _read_columns(values, by_role, numbers, context)
    cpvs = [cell.value or () for cell in cells.cpv]
    natures, inferred = _natures(cells.nature, cpvs, _section_natures(by_role, numbers, context))
    size = len(body)
    unknown, questions, faults = _oddities(cells, size)
    fields = {
        "number": [number + 1 for number in numbers],
        "title": [_title(cell) for cell in values["title"]],
        "nature": natures,
        "nature_inferred": inferred,
        "cpvs": cpvs,
        "value_min": [cell.value.low if cell.value else None for cell in cells.value],
        "value_max": [cell.value.high if cell.value else None for cell in cells.value],
        "months": [cell.value.months if cell.value else None for cell in cells.months],
        "option_months": [cell.value.option if cell.value else None for cell in cells.option_months],
        "start": [cell.value for cell in cells.start],
        "fte": [cell.value for cell in cells.fte],
        **_texts(values, size),
        "section": [context.sections.get(number) for number in numbers] if context.sections else [None] * size,
        "unknown_fields": unknown,
        "questions": questions,
        "faults": faults,
        "overlooked": _overlooked(values, cells, size),
    }
    return [Row._make(row) for row in zip(*(fields[name] for name in Row._fields), strict=True)]


def _read_columns(
    values: Mapping[str, list[object]], by_role: Mapping[str, Found], numbers: Sequence[int], context: Context
) -> _Cells:
    nothing: Cells = [NOTHING] * len(numbers)

    def cells(role: str, grammar: Callable[[object], Cell[Any]]) -> Cells:
        return read_all(values[role], grammar) if role in values else nothing

    length = cells("months", lambda cell: length_of(cell, by_role["months"]))
    total = cells("months_total", lambda cell: durations.read_duration(cell, length_unit(by_role["months_total"])))
    option = options_of(values, by_role, nothing)
    start = starts_of(values, by_role, numbers, context, nothing)
    end = cells("end", dates.read_start)
    if "months_total" in values:
        option = optioned(length, total, option)
    length, start, option = lengths_of(length, option, start, end, by_role, context)
    codes = cells("cpv", cpv.read_cpvs)
    if "cpv_more" in values:
        codes = [_with_more(*pair) for pair in zip(codes, cells("cpv_more", cpv.read_cpvs), strict=True)]
    value = values_of(values, by_role, len(numbers))
    if any(cell.value is not None and cell.value.per for cell in set_of(value)):
        value = [_whole(*pair) for pair in zip(value, length, strict=True)]
    kind, posts = cells("nature", nature.read_nature), cells("fte", staffing.read_staffing)
    return _Cells(kind, codes, value, length, option, start, posts)


def _with_more(codes: Cell[tuple[str, ...]], more: Cell[tuple[str, ...]]) -> Cell[tuple[str, ...]]:
    return Cell(tuple(dict.fromkeys((codes.value or ()) + more.value))) if more.value else codes


def _natures(
    kind: Cells, cpvs: Sequence[tuple[str, ...]], sections: Sequence[Nature | None]
) -> tuple[list[Nature | None], list[bool]]:
    """The nature of each row, and whether it is only inferred from its code: where the sheet is silent (R12)."""
    natures: list[Nature | None] = []
    inferred: list[bool] = []
    for cell, codes, section in zip(kind, cpvs, sections, strict=True):
        stated = cell.value or section
        by_code = nature_of_cpv(codes[0]) if codes and not (stated or cell.unknown or cell.question) else None
        natures.append(stated or by_code)
        inferred.append(by_code is not None)
    return natures, inferred


# The other columns


def _texts(values: Mapping[str, list[object]], size: int) -> dict[str, list[Any]]:
    """The columns that are kept as they stand."""
    nothing: list[Any] = [None] * size
    texts: dict[str, list[Any]] = {
        role: [_plain(cell) if cell != "" else None for cell in values[role]] if role in values else nothing
        for role in ("reference", "description", "procedure", "organisation", "status")
    }
    if "description" in values:
        texts["description"] = [content.without_contacts(text) if text else text for text in texts["description"]]
    framework = values.get("framework", [])
    kinds = {cell: content.read_framework(cell) if cell != "" else None for cell in set(framework)}
    texts["framework"] = [kinds[cell] for cell in framework] or nothing
    texts["withdrawn"] = [bool(text and content.WITHDRAWN.search(fold(text))) for text in texts["status"]]
    return texts


def _plain(cell: object) -> str | None:
    text = shown(cell).strip()
    if len(text) < 20 and text and not text[-1].isdigit() and (says_nothing(fold(text)) or says_unknown(fold(text))):
        return None
    return text[:_LONGEST_TEXT] or None


def _section_natures(by_role: Mapping[str, Found], numbers: Sequence[int], context: Context) -> Sequence[Nature | None]:
    """Where the sheet has no column of natures, its section lines may state them: "Entreprenader"."""
    if "nature" in by_role or not context.sections:
        return [None] * len(numbers)
    stated: dict[str | None, Nature | None] = {
        text: nature.only_nature(text) for text in set(context.sections.values())
    }
    return [stated.get(context.sections.get(number)) for number in numbers]


_NOBODY: Final[frozenset[str]] = frozenset()


def _oddities(cells: _Cells, size: int) -> tuple[list[Any], list[Any], list[Any]]:
    """Unknown fields, questions and faults of each row. Most columns have none, and are passed over whole."""
    unknown: list[Any] = [_NOBODY] * size
    questions: list[Any] = [()] * size
    faults: list[Any] = [()] * size
    for field, column in zip(_Cells._fields, cells, strict=True):
        odd = {id(cell) for cell in set_of(column) if cell.unknown or cell.question or cell.fault}
        for at, cell in enumerate(column) if odd else ():
            if id(cell) not in odd:
                continue
            if cell.unknown:
                unknown[at] |= {field}
            if cell.question:
                questions[at] = (*questions[at], cell.question)
            if cell.fault:
                faults[at] = (*faults[at], cell.fault)
    return unknown, questions, faults


_SOURCES: Final = {"start": "start", "option": "option_months", "months": "months", "value": "value", "fte": "fte"}


def _overlooked(values: Mapping[str, list[object]], cells: _Cells, size: int) -> list[Any]:
    """Words that are no value, no question and no plain "not known": "snarast" below a start, "x" below an option."""
    found: list[Any] = [()] * size
    for role, field in _SOURCES.items():
        for at, (typed, cell) in enumerate(zip(values.get(role, ()), getattr(cells, field), strict=role in values)):
            if typed == "" or cell.value is not None or cell.question or cell.fault:
                continue
            if isinstance(typed, str) and _says_something(fold(typed)):
                found[at] = (*found[at], (field, shortened(typed, 40)))
    return found


def _says_something(folded: str) -> bool:
    return not (says_nothing(folded) or says_unknown(folded))


def _title(cell: object) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else shown(cell)


def _whole(cell: Cell[Amount], length: Cell[Duration]) -> Cell[Amount]:
    """An amount a year, or a price, is not the value of the agreement: asked, with the sums that its length gives."""
    amount, span = cell.value, length.value
    if amount is None or amount.per is None:
        return cell
    if cell.question or cell.fault:
        return replace(cell, value=None)
    terms = [] if span is None or not span.months else [span.months, span.months + (span.option or 0)]
    pairs = [(_times(amount.low, months), _times(amount.high, months)) for months in terms]
    yearly = amounts.money(amount.high if amount.high is not None else amount.low or 0)
    text = say(_("%(amount)s är värdet per år. Vad är hela avtalet värt?"), amount=yearly)
    return Cell(question=amounts.ask(yearly, text, pairs))


def _times(yearly: int | None, months: int) -> int | None:
    return None if yearly is None else yearly * months // 12


def examples(column: Sequence[object]) -> tuple[str, ...]:
    """Up to three different cells, as they stand."""
    seen: dict[str, None] = {}
    for cell in column:
        if cell != "" and (text := shortened(shown(cell), 40)):
            seen[text] = None
            if len(seen) == 3:
                break
    return tuple(seen)
