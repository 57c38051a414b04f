"""From recognised columns to rows: every column is read once per distinct cell, then the cells are joined row by row."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from insteg.codes.nature import nature_of_cpv
from insteg.inventory.plan_reader import amounts, content, cpv, dates, durations, headings, nature, staffing
from insteg.inventory.plan_reader.amounts import Amount
from insteg.inventory.plan_reader.columns import Found
from insteg.inventory.plan_reader.durations import Duration
from insteg.inventory.plan_reader.reading import NOTHING, Cell, Fault, Nature, Question, Row, say
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.wording import fold, says_nothing, says_unknown, shortened, shown, words

# A plain length in a column where nobody writes options: below two years it is one assignment, which has none;
# from two years on the sheet may have left its options out, so they are not said.
NO_OPTION_BELOW: Final = 24
_LONGEST_TEXT: Final = 2_000


@dataclass(frozen=True, slots=True)
class Context:
    """What the rows cannot say themselves. `year` completes "Q3"; `options_told` by the heading's words: other sheets
    of the file with the same heading count too."""

    year: int | None
    sections: Mapping[int, str]
    options_told: bool


Cells = list[Cell[Any]]


def read_rows(
    body: Sequence[Sequence[object]], numbers: Sequence[int], found: Sequence[Found], context: Context
) -> list[Row]:
    """The rows, one for each of `body`. `numbers` are their places in the sheet, from 0."""
    by_role = {column.role: column for column in found if column.role}
    values = {role: _column(body, column.index) for role, column in by_role.items()}
    size = len(body)
    nothing: Cells = [NOTHING] * size

    def cells(role: str, grammar: Callable[[object], Cell[Any]]) -> Cells:
        return _read_all(values[role], grammar) if role in values else nothing

    value = _values(values, by_role, size)
    length = cells("months", lambda cell: durations.read_duration(cell, _length_unit(by_role["months"])))
    option = cells("option", lambda cell: durations.read_option(cell, _length_unit(by_role["option"])))
    start = _starts(values, by_role, numbers, context, nothing)
    end = cells("end", dates.read_start)
    kind = cells("nature", nature.read_nature)
    codes = cells("cpv", cpv.read_cpvs)
    more = cells("cpv_more", cpv.read_cpvs)
    posts = cells("fte", staffing.read_staffing)
    spans = _lengths(length, option, start, end, by_role, context)
    others = _texts(values, size)
    natures = _section_natures(by_role, context)
    rows = []
    title = values["title"]
    for at in range(size):
        months, start_cell, option_cell = spans[at]
        rows.append(
            _row(
                numbers[at],
                title[at],
                kind[at],
                codes[at],
                more[at],
                value[at],
                months,
                option_cell,
                start_cell,
                posts[at],
                others[at],
                natures,
            )
        )
    if context.sections:
        rows = [
            row._replace(section=context.sections.get(number)) if number in context.sections else row
            for row, number in zip(rows, numbers, strict=True)
        ]
    return rows


def _column(body: Sequence[Sequence[object]], index: int) -> list[object]:
    column = [row[index] for row in body]
    # True is 1 as a key: as words they stay apart.
    return (
        [("ja" if cell else "nej") if isinstance(cell, bool) else cell for cell in column]
        if bool in set(map(type, column))
        else column
    )


def _read_all(values: Sequence[object], grammar: Callable[[object], Cell[Any]]) -> Cells:
    read: dict[object, Cell[Any]] = {value: grammar(value) for value in set(values) if value != ""}
    read[""] = NOTHING
    return [read[value] for value in values]


def _length_unit(column: Found) -> durations.Unit | None:
    return "år" if column.unit == "år" else "mån" if column.unit == "mån" else None


# Values


def _values(values: Mapping[str, list[object]], by_role: Mapping[str, Found], size: int) -> Cells:
    def read(role: str) -> Cells:
        unit = by_role[role].unit
        return _read_all(values[role], lambda cell: amounts.read_amount(cell, unit))

    if "value" in values:
        limit = headings.limits_value(by_role["value"].heading)
        return read("value") if limit is None else [_limited(cell, limit) for cell in read("value")]
    if "value_min" in values and "value_max" in values:
        return [_joined(low, high) for low, high in zip(read("value_min"), read("value_max"), strict=True)]
    for role in ("value_max", "value_min"):
        if role in values:
            return [_limited(cell, role) for cell in read(role)]
    if "value_year" in values:
        return [
            replace(cell, value=replace(cell.value, per="year")) if cell.value else cell for cell in read("value_year")
        ]
    return [NOTHING] * size


def _limited(cell: Cell[Amount], limit: str) -> Cell[Amount]:
    """One amount under "Takvolym" is a ceiling, under "Lägsta värde" a floor."""
    if cell.value is None or cell.value.low != cell.value.high:
        return cell
    low, high = cell.value.low, cell.value.high
    return replace(
        cell,
        value=replace(cell.value, low=None, high=high)
        if limit == "value_max"
        else replace(cell.value, low=low, high=None),
    )


def _joined(low: Cell[Amount], high: Cell[Amount]) -> Cell[Amount]:
    for cell in (low, high):
        if cell.question or cell.fault:
            return cell
    least = low.value.low if low.value and low.value.low is not None else None
    most = high.value.high if high.value and high.value.high is not None else None
    if least is None and most is None:
        return Cell(unknown=low.unknown or high.unknown)
    if least is not None and most is not None and least > most:
        typed = f"{amounts.money(least)} – {amounts.money(most)}"
        text = say(_("”%(typed)s” går från ett högre till ett lägre belopp. Vad är rätt?"), typed=typed)
        return Cell(question=amounts.ask(typed, text, [(most, least), (least, least), (most, most)]))
    return Cell(Amount(least, most))


# Lengths and starts


def _starts(
    values: Mapping[str, list[object]],
    by_role: Mapping[str, Found],
    numbers: Sequence[int],
    context: Context,
    nothing: Cells,
) -> Cells:
    if "start" in values:
        year = _year_in(by_role["start"].heading) or context.year
        read = _read_all(values["start"], lambda cell: dates.read_start(cell, None))
        if not any(cell.fault for cell in read):
            return read
        return [
            _completed(cell, raw, _section_year(context, number) or year)
            for cell, raw, number in zip(read, values["start"], numbers, strict=True)
        ]
    if "start_year" in values and "start_part" in values:
        part = by_role["start_part"].heading
        return [
            _year_and_part(year, one, part)
            for year, one in zip(values["start_year"], values["start_part"], strict=True)
        ]
    if "start_year" in values:
        return _read_all(values["start_year"], dates.read_start)
    return nothing


def _year_in(heading: str) -> int | None:
    years = re.findall(r"20\d\d", heading)
    return int(years[0]) if len(years) == 1 else None


def _section_year(context: Context, number: int) -> int | None:
    return _year_in(context.sections.get(number, ""))


def _completed(cell: Cell[date], raw: object, year: int | None) -> Cell[date]:
    """A start without year, read again with the year of its section, heading or sheet."""
    return dates.read_start(raw, year) if cell.fault and year else cell


def _year_and_part(year_cell: object, part_cell: object, heading: str) -> Cell[date]:
    """A year and a quarter, month or half-year in columns of their own."""
    year = dates.year_alone(year_cell)
    text = shown(part_cell).strip()
    if year is None or text == "":
        return dates.read_start(year_cell) if text == "" else dates.read_start(part_cell)
    if re.fullmatch(r"\d{1,2}", text):
        plain = words(heading)
        sort = (
            "Q" if "kv" in plain or plain == "q" else "H" if "halvar" in plain else "T" if "tertial" in plain else "-"
        )
        if sort == "-" and "man" not in plain and int(text) <= 4:
            sort = "Q"
        return dates.read_start(f"{year}-{int(text):02}" if sort == "-" else f"{sort}{int(text)} {year}")
    return dates.read_start(text, year)


def _lengths(
    length: Cells, option: Cells, start: Cells, end: Cells, by_role: Mapping[str, Found], context: Context
) -> list[tuple[Cell[Any], Cell[date], Cell[Any]]]:
    """Length, start and option of each row, with what the columns say of each other."""
    own = "option" in by_role
    heading = by_role["months"].heading if "months" in by_role else ""
    told = (
        own
        or context.options_told
        or headings.includes_options(heading)
        or any(cell.value and cell.value.option is not None for cell in length)
    )
    silent = headings.excludes_options(heading) and not own
    within = own and headings.within_length(by_role["option"].heading)
    if (
        "end" in by_role
        and headings.bare_end(by_role["end"].heading)
        and "avtal" in fold(by_role["start"].heading if "start" in by_role else "")
    ):
        end = [NOTHING] * len(end)
    memo: dict[tuple[int, int, int, int], tuple[Cell[Any], Cell[date], Cell[Any]]] = {}
    joined = []
    for cells in zip(length, option, start, end, strict=True):
        key = (id(cells[0]), id(cells[1]), id(cells[2]), id(cells[3]))
        if key not in memo:
            memo[key] = _span(*cells, own=own, told=told, silent=silent, within=within)
        joined.append(memo[key])
    return joined


def _span(
    length: Cell[Any],
    option: Cell[Any],
    start: Cell[date],
    end: Cell[date],
    *,
    own: bool,
    told: bool,
    silent: bool,
    within: bool,
) -> tuple[Cell[Any], Cell[date], Cell[Any]]:
    span: Duration | None = length.value
    if span and span.start and not start.value:
        start = Cell(span.start)
    if length == NOTHING and end.value and start.value and end.value > start.value:
        span = Duration(durations.months_between(start.value, end.value))
        length = Cell(span)
    if own and option != NOTHING:
        return (_less(length, option) if within else length), start, option
    if span is None or length.question:
        return length, start, NOTHING
    if span.option_unknown:
        return length, start, Cell(unknown=True)
    if span.option is None and span.months is not None and not silent and (told or span.months < NO_OPTION_BELOW):
        return length, start, _NO_OPTION
    return length, start, Cell(span) if span.option is not None else NOTHING


def _less(length: Cell[Any], option: Cell[Any]) -> Cell[Any]:
    """The months that remain when the option is a part of the length."""
    if not (length.value and option.value and length.value.months and length.value.months > option.value.option):
        return length
    return Cell(Duration(length.value.months - option.value.option))


_NO_OPTION: Final[Cell[Duration]] = Cell(Duration(None, 0))


# The other columns


def _texts(values: Mapping[str, list[object]], size: int) -> list[tuple[Any, ...]]:
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


_NO_TEXTS: Final = (None, None, None, None, None, None, False)


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


def _row(
    number: int, title: object, kind: Cell[Nature], codes: Cell[tuple[str, ...]], more: Cell[tuple[str, ...]], value: Cell[Amount], length: Cell[Duration],
    option: Cell[Duration], start: Cell[date], posts: Cell[float], others: tuple[Any, ...], natures: Mapping[int, Nature],
) -> Row:  # fmt: skip
    own = codes.value or ()
    if more.value:
        own = tuple(dict.fromkeys(own + more.value))
    stated = kind.value or natures.get(number)
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
        start.value, posts.value, *others, None, unknown, questions, faults,
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
    return cell.strip() if isinstance(cell, str) else shown(cell)


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
