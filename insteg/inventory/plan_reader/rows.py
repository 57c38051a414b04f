"""From recognised columns to rows: a column is read once per distinct cell, then the cells are joined row by row."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from insteg.codes.nature import nature_of_cpv
from insteg.inventory.plan_reader import amounts, content, cpv, dates, durations, nature, staffing
from insteg.inventory.plan_reader.amounts import Amount
from insteg.inventory.plan_reader.columns import Found
from insteg.inventory.plan_reader.durations import Duration
from insteg.inventory.plan_reader.reading import NOTHING, Cell, Fault, Nature, Question, Row, say
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.spans import (
    Cells,
    Context,
    column_of,
    length_unit,
    lengths_of,
    optioned,
    read_all,
    starts_of,
    values_of,
)
from insteg.inventory.plan_reader.wording import fold, says_nothing, says_unknown, shortened, shown

_LONGEST_TEXT: Final = 2_000


def read_rows(
    body: Sequence[Sequence[object]], numbers: Sequence[int], found: Sequence[Found], context: Context
) -> list[Row]:
    """The rows, one for each of `body`. `numbers` are their places in the sheet, from 0."""
    by_role = {column.role: column for column in found if column.role}
    values = {role: column_of(body, column.index) for role, column in by_role.items()}
    size = len(body)
    nothing: Cells = [NOTHING] * size

    def cells(role: str, grammar: Callable[[object], Cell[Any]]) -> Cells:
        return read_all(values[role], grammar) if role in values else nothing

    value = values_of(values, by_role, size)
    length = cells("months", lambda cell: durations.read_duration(cell, length_unit(by_role["months"])))
    total = cells("months_total", lambda cell: durations.read_duration(cell, length_unit(by_role["months_total"])))
    option = cells("option", lambda cell: durations.read_option(cell, length_unit(by_role["option"])))
    start = starts_of(values, by_role, numbers, context, nothing)
    end = cells("end", dates.read_start)
    kind = cells("nature", nature.read_nature)
    codes = cells("cpv", cpv.read_cpvs)
    more = cells("cpv_more", cpv.read_cpvs)
    posts = cells("fte", staffing.read_staffing)
    spans = lengths_of(length, optioned(length, total, option), start, end, by_role, context)
    others = _texts(values, size)
    natures = _section_natures(by_role, context)
    read = map(_Read, kind, codes, more, value, *zip(*spans, strict=True), posts) if size else ()
    rows = [
        _row(number, title, cells_of_row, texts, natures.get(number))
        for number, title, cells_of_row, texts in zip(numbers, values["title"], read, others, strict=True)
    ]
    if not context.sections:
        return rows
    return [row._replace(section=context.sections.get(row.number - 1)) for row in rows]


# The other columns


_Texts = tuple[bool | None, str | None, str | None, str | None, str | None, str | None, bool]


def _texts(values: Mapping[str, list[object]], size: int) -> list[_Texts]:
    """framework, reference, description, procedure, organisation, status, withdrawn of each row."""
    if not values.keys() & {"framework", "reference", "description", "procedure", "organisation", "status"}:
        return [_NO_TEXTS] * size
    empty: list[Any] = [None] * size
    framework = (
        [content.read_framework(cell) if cell != "" else None for cell in values["framework"]]
        if "framework" in values
        else empty
    )
    plain = [
        [_plain(cell) for cell in values[role]] if role in values else empty
        for role in ("reference", "description", "procedure", "organisation", "status")
    ]
    described = (
        [content.without_contacts(text) if text else text for text in plain[1]] if "description" in values else empty
    )
    withdrawn = (
        [bool(text and content.WITHDRAWN.search(fold(text))) for text in plain[4]]
        if "status" in values
        else [False] * size
    )
    return list(zip(framework, plain[0], described, plain[2], plain[3], plain[4], withdrawn, strict=True))


_NO_TEXTS: Final[_Texts] = (None, None, None, None, None, None, False)


def _plain(cell: object) -> str | None:
    text = shown(cell).strip() if cell != "" else ""
    if len(text) < 20 and text and not text[-1].isdigit() and (says_nothing(fold(text)) or says_unknown(fold(text))):
        return None
    return text[:_LONGEST_TEXT] or None


def _section_natures(by_role: Mapping[str, Found], context: Context) -> Mapping[int, Nature]:
    """Where the sheet has no column of natures, its section lines may state them: "Entreprenader"."""
    if "nature" in by_role or not context.sections:
        return {}
    stated = {text: nature.only_nature(text) for text in set(context.sections.values())}
    return {number: kind for number, text in context.sections.items() if (kind := stated[text])}


class _Read(NamedTuple):
    """The cells of one row."""

    kind: Cell[Nature]
    codes: Cell[tuple[str, ...]]
    more: Cell[tuple[str, ...]]
    value: Cell[Amount]
    length: Cell[Duration]
    start: Cell[date]
    option: Cell[Duration]
    posts: Cell[float]


def _row(number: int, title: object, read: _Read, texts: _Texts, section_nature: Nature | None) -> Row:
    kind, codes, more, value, length, start, option, posts = read
    own = codes.value or ()
    if more.value:
        own = tuple(dict.fromkeys(own + more.value))
    stated = kind.value or section_nature
    inferred = nature_of_cpv(own[0]) if own and stated is None and not (kind.unknown or kind.question) else None
    amount = value.value
    if amount is not None and amount.per is not None:
        value, amount = _per_year(value, amount, length.value), None
    unknown, questions, faults = _oddities(
        (
            ("nature", kind),
            ("cpv", codes),
            ("value", value),
            ("months", length),
            ("option_months", option),
            ("start", start),
            ("fte", posts),
        )
    )
    return Row(
        number + 1, _title(title), stated or inferred, inferred is not None, own,
        amount.low if amount else None, amount.high if amount else None,
        length.value.months if length.value else None, option.value.option if option.value else None,
        start.value, posts.value, *texts, None, unknown, questions, faults,
    )  # fmt: skip


_NOBODY: Final[frozenset[str]] = frozenset()


def _oddities(cells: Sequence[tuple[str, Cell[Any]]]) -> tuple[frozenset[str], tuple[Question, ...], tuple[Fault, ...]]:
    odd = [(field, cell) for field, cell in cells if cell.unknown or cell.question or cell.fault]
    if not odd:
        return _NOBODY, (), ()
    return (
        frozenset(field for field, cell in odd if cell.unknown),
        tuple(cell.question for _field, cell in odd if cell.question),
        tuple(cell.fault for _field, cell in odd if cell.fault),
    )


def _title(cell: object) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else shown(cell)


def _per_year(cell: Cell[Amount], amount: Amount, length: Duration | None) -> Cell[Amount]:
    """An amount a year is not the value of the agreement: asked, with the sums that its length gives."""
    if cell.question:
        return Cell(question=cell.question)
    pairs: list[tuple[int | None, int | None]] = []
    for months in dict.fromkeys(
        (length.months, (length.months or 0) + (length.option or 0)) if length and length.months else ()
    ):
        if months:
            pairs.append(tuple(None if side is None else side * months // 12 for side in (amount.low, amount.high)))  # type: ignore[arg-type]
    shown_amount = amounts.money(amount.high if amount.high is not None else amount.low or 0)
    text = say(_("%(amount)s är värdet per år. Vad är hela avtalet värt?"), amount=shown_amount)
    return Cell(question=amounts.ask(shown_amount, text, pairs))


def examples(column: Sequence[object]) -> tuple[str, ...]:
    """Up to three different cells, as they stand."""
    seen: dict[str, None] = {}
    for cell in column:
        if cell != "" and (text := shortened(shown(cell), 40)):
            seen[text] = None
            if len(seen) == 3:
                break
    return tuple(seen)
