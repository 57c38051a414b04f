"""Values, lengths and starts of all rows: columns that say something of each other are read together."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from insteg.inventory.plan_reader import amounts, dates, durations, headings, units
from insteg.inventory.plan_reader.amounts import Amount
from insteg.inventory.plan_reader.columns import Found
from insteg.inventory.plan_reader.durations import Duration
from insteg.inventory.plan_reader.reading import NOTHING, Cell, say
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.wording import fold, shown, words

# A plain length in a column where nobody writes options: below two years it is one assignment, which has none;
# from two years on the sheet may have left its options out, so they are not said.
NO_OPTION_BELOW: Final = 24


@dataclass(frozen=True, slots=True)
class Context:
    """What the rows cannot say themselves. `year` completes "Q3"; `options_told` by the heading's words: other sheets
    of the file with the same heading count too."""

    year: int | None
    sections: Mapping[int, str]
    options_told: bool


Cells = list[Cell[Any]]


def column_of(body: Sequence[Sequence[object]], index: int) -> list[object]:
    column = [row[index] for row in body]
    # True is 1 as a key: as words they stay apart.
    return (
        [("ja" if cell else "nej") if isinstance(cell, bool) else cell for cell in column]
        if bool in set(map(type, column))
        else column
    )


def read_all(values: Sequence[object], grammar: Callable[[object], Cell[Any]]) -> Cells:
    read: dict[object, Cell[Any]] = {value: grammar(value) for value in set(values) if value != ""}
    read[""] = NOTHING
    return [read[value] for value in values]


def set_of(cells: Cells) -> list[Cell[Any]]:
    """Each cell once: equal texts share one reading, so this is short."""
    return list(dict(zip(map(id, cells), cells, strict=True)).values())


def length_unit(column: Found) -> durations.Unit | None:
    return "år" if column.unit == "år" else "mån" if column.unit == "mån" else None


def options_of(values: Mapping[str, list[object]], by_role: Mapping[str, Found], nothing: Cells) -> Cells:
    """The column of options. Where neither heading nor cells agree on a unit, a lone number counts as its row's length:
    "2" beside "3 år" is years, beside "24 mån" months."""
    if "option" not in values:
        return nothing
    unit = length_unit(by_role["option"])
    if unit or "months" not in values:
        return read_all(values["option"], lambda cell: durations.read_option(cell, unit))
    beside = length_unit(by_role["months"])
    pairs = zip(values["option"], values["months"], strict=True)
    return [durations.read_option(option, units.unit_named(length) or beside) for option, length in pairs]


_BRACKETED: Final = re.compile(r"(\s*\d[^()+]*)\((\s*\d[^()+]*\)\s*)")


def length_of(cell: object, column: Found) -> Cell[Duration]:
    """A length as its column writes it: "24 (12)" is "24 (+12)" where the heading says that the bracket is option."""
    if isinstance(cell, str) and headings.options_in_brackets(column.heading):
        cell = _BRACKETED.sub(r"\1(+\2", cell)
    return durations.read_duration(cell, length_unit(column))


# Values


def values_of(values: Mapping[str, list[object]], by_role: Mapping[str, Found], size: int) -> Cells:
    def read(role: str) -> Cells:
        unit = by_role[role].unit
        return read_all(values[role], lambda cell: amounts.read_amount(cell, unit))

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


def starts_of(
    values: Mapping[str, list[object]],
    by_role: Mapping[str, Found],
    numbers: Sequence[int],
    context: Context,
    nothing: Cells,
) -> Cells:
    if "start" in values:
        year = _year_in(by_role["start"].heading) or context.year
        read = read_all(values["start"], lambda cell: dates.read_start(cell, None))
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
        return read_all(values["start_year"], dates.read_start)
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


def optioned(length: Cells, total: Cells, option: Cells) -> Cells:
    """Options as what a total leaves beside the length, where the sheet has no column of its own for them."""
    return [
        _beyond(one, whole) if whole.value and own == NOTHING else own
        for one, whole, own in zip(length, total, option, strict=True)
    ]


def _beyond(length: Cell[Any], total: Cell[Any]) -> Cell[Any]:
    if not (length.value and total.value and length.value.months and total.value.months) or length.value.option:
        return NOTHING
    more: int = total.value.months + (total.value.option or 0) - length.value.months
    return Cell(Duration(None, more)) if more >= 0 else NOTHING


def lengths_of(
    length: Cells, option: Cells, start: Cells, end: Cells, by_role: Mapping[str, Found], context: Context
) -> tuple[Cells, Cells, Cells]:
    """Lengths, starts and options of all rows, with what the columns say of each other."""
    own = "option" in by_role or "months_total" in by_role
    heading = by_role["months"].heading if "months" in by_role else ""
    told = (
        own
        or context.options_told
        or headings.includes_options(heading)
        or any(cell.value and cell.value.option is not None for cell in length)
    )
    silent = headings.excludes_options(heading) and not own
    within = "option" in by_role and headings.within_length(by_role["option"].heading)
    if (
        "end" in by_role
        and headings.bare_end(by_role["end"].heading)
        and "avtal" in fold(by_role["start"].heading if "start" in by_role else "")
    ):
        end = [NOTHING] * len(end)
    rules = _Rules(own, bool(told), silent, within)
    if _stand_alone(length, option, end):
        by_length = {id(cell): _span(cell, NOTHING, NOTHING, NOTHING, rules)[2] for cell in set_of(length)}
        return length, start, [by_length[id(cell)] for cell in length]
    joined = [_span(*cells, rules) for cells in zip(length, option, start, end, strict=True)]
    lengths, starts, options = (list(cells) for cells in zip(*joined, strict=True))
    return lengths, starts, options


def _stand_alone(length: Cells, option: Cells, end: Cells) -> bool:
    """The lengths say nothing of the starts, and no other column says anything of the lengths."""
    others = [*set_of(option), *set_of(end)]
    dated = any(cell.value and (cell.value.start or cell.value.end) for cell in set_of(length))
    return not dated and all(cell is NOTHING for cell in others)


@dataclass(frozen=True, slots=True)
class _Rules:
    """`own`: a column of its own tells the options. `told`: options are told somewhere, so that a plain length has
    none. `silent`: the heading leaves options out. `within`: the options are a part of the length."""

    own: bool
    told: bool
    silent: bool
    within: bool


def _span(
    length: Cell[Any], option: Cell[Any], start: Cell[Any], end: Cell[Any], rules: _Rules
) -> tuple[Cell[Any], Cell[Any], Cell[Any]]:
    span: Duration | None = length.value
    if span and span.start and not start.value:
        start = Cell(span.start)
    if span and span.end and not span.months and not end.value:
        end, length, span = Cell(span.end), NOTHING, None
    if end.value and start.value and end.value > start.value and length == NOTHING:
        span = Duration(durations.months_between(start.value, end.value))
        length = Cell(span)
    if rules.own and option != NOTHING:
        return (_less(length, option) if rules.within else length), start, option
    if span is None or length.question:
        return length, start, NOTHING
    if span.option_unknown:
        return length, start, Cell(unknown=True)
    if span.option is not None:
        return length, start, Cell(span)
    plain = span.months is not None and not rules.silent and (rules.told or span.months < NO_OPTION_BELOW)
    return length, start, _NO_OPTION if plain else NOTHING


def _less(length: Cell[Any], option: Cell[Any]) -> Cell[Any]:
    """The months that remain when the option is a part of the length."""
    if not (length.value and option.value and length.value.months and length.value.months > option.value.option):
        return length
    return Cell(Duration(length.value.months - option.value.option))


_NO_OPTION: Final[Cell[Duration]] = Cell(Duration(None, 0))
