"""Reads a register of running agreements as a city's contract database exports it: any layout, any wording (R11).

Pure, as `plan_reader`, whose files, tables and grammars it uses: only the words of the headings are its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from insteg.inventory.agreement_reader.answers import settled
from insteg.inventory.agreement_reader.headings import FIELDS, roles, strongest
from insteg.inventory.agreement_reader.register import (
    Agreement,
    Register,
    RegisterSheet,
    register_from_json,
    register_to_json,
)
from insteg.inventory.agreement_reader.rows import NoAgreement, read_agreement
from insteg.inventory.plan_reader import Column, LeftOut, Skipped, Unreadable, content, headings, lines, table, units
from insteg.inventory.plan_reader import rows as plan_rows
from insteg.inventory.plan_reader.columns import Found
from insteg.inventory.plan_reader.files import open_book
from insteg.inventory.plan_reader.limits import Grid
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.reading import say
from insteg.inventory.plan_reader.wording import fold, shown, words

__all__ = [
    "FIELDS", "Agreement", "Register", "RegisterSheet", "read_register", "register_from_json", "register_to_json",
    "settled",
]  # fmt: skip
_HEADER_WITHIN: Final = 60
_SAMPLE: Final = 80
_PLAIN: Final = 7  # from this weight on the heading says it plainly
_ENDINGS: Final = {"end", "prolonged", "end_latest"}
_UNITS_OF_LENGTH: Final = ("option", "period")


def read_register(content_of_file: bytes, filename: str) -> Register:
    """What the file holds, agreement by agreement, with every row and column that was not read and why.

    Raises Unreadable with a sentence. Nobody's name is read; the supplier's is.
    """
    book = open_book(content_of_file, filename)
    sheets = [sheet for grid in book.grids for sheet in _sheets(grid)]
    if not sheets:
        raise Unreadable(
            say(_("Vi hittar ingen lista med avtal. Den behöver en rubrikrad med till exempel Avtal och Slutdatum."))
        )
    if not any(sheet.agreements for sheet in sheets):
        raise Unreadable(
            say(_("Listan har rubriker men inga avtal som löper ut. Kontrollera filen och välj den igen."))
        )
    joined, count = _join(sheets)
    notes = list(book.notes)
    if count:
        notes.append(say(_("%(count)s rader har samma avtalsnummer som en annan rad och är lagda ihop."), count=count))
    return Register(filename, tuple(notes), tuple(joined))


def _sheets(grid: Grid) -> list[RegisterSheet]:
    found = ((one, _recognise(grid, one)) for one in _tables(grid))
    return [_sheet(grid, one, columns) for one, columns in found if _is_register({c.role for c in columns})]


def _is_register(told: set[str | None]) -> bool:
    """A name and a last day, or what gives one. A length alone tells of what is to be bought, as in a plan."""
    by_length = "period" in told and bool(told & {"start", "supplier"})
    return "title" in told and (by_length or bool(told & _ENDINGS))


def _tables(grid: Grid) -> list[table.Table]:
    """As plans are found, where their words are enough; else the row whose headings say most about agreements."""
    tables = table.find_tables(grid)
    if any(_is_register({strongest(head) for head in one.heads}) for one in tables):
        return tables
    best, top = 0, None
    for at, row in enumerate(grid.rows[:_HEADER_WITHIN]):
        told = {strongest(table.text_of(cell)) for cell in row if isinstance(cell, str)} - {None}
        if len(told) > best and _is_register(told):
            best, top = len(told), at
    if top is None:
        return []
    return [table.Table(0, top, top, len(grid.rows), tuple(table.text_of(cell) for cell in grid.rows[top]))]


def _recognise(grid: Grid, one: table.Table) -> list[Found]:
    """Each column's field: by the words of its heading, if what stands in it can be that; the strongest goes first."""
    body = grid.rows[one.header + 1 : one.end]
    cells = list(zip(*body, strict=True)) if body else [() for _head in one.heads]
    samples = [_sample(column) for column in cells]
    claims = sorted(
        (-weight, at, role)
        for at, head in enumerate(one.heads)
        for role, weight in roles(head).items()
        if not _of_person(head, samples[at]) and _can_be(role, samples[at])
    )
    chosen: dict[int, tuple[str, int]] = {}
    for weight, at, role in claims:
        if at not in chosen and role not in {taken for taken, _weight in chosen.values()}:
            chosen[at] = (role, -weight)
    return [
        _found(grid, one, at, cells[at], chosen.get(at), _of_person(head, samples[at]))
        for at, head in enumerate(one.heads)
    ]


def _sample(cells: Iterable[object]) -> list[object]:
    return [cell for cell in dict.fromkeys(cells) if shown(cell).strip()][:_SAMPLE]


def _can_be(role: str, sample: Sequence[object]) -> bool:
    """A category of the city's own is no nature, and a column of something else entirely no date or amount."""
    grammar = {"start": "start", "end": "end", "value": "value", "value_year": "value_year", "cpv": "cpv",
               "nature": "nature", "period": "months"}.get(role)  # fmt: skip
    if role == "end":  # "tills vidare" is said of an end, and is no date
        return True
    return grammar is None or content.share(grammar, sample) >= content.LEAST[grammar]


def _of_person(head: str, sample: Sequence[object]) -> bool:
    """By words; by content where the words do not plainly say something else. A supplier may bear anyone's name."""
    found = roles(head)
    if headings.names_person(head):
        return "organisation" not in found or content.looks_personal(sample, 0.3)
    return max(found.values(), default=0) < _PLAIN and content.looks_personal(sample, 0.3)


def _found(
    grid: Grid, one: table.Table, at: int, cells: Sequence[object], choice: tuple[str, int] | None, person: bool
) -> Found:
    head = one.heads[at]
    if person:
        filled = sum(1 for cell in cells if shown(cell).strip())
        return Found(at, head, left_out=LeftOut(head, say(_("namn eller kontaktuppgifter")), filled))
    if choice is None:
        return Found(at, head)
    role, weight = choice
    unit: str | None = None
    if role.startswith("value"):
        unit = units.unit_of_money(words(head)) or table.unit_of_sheet(grid, one) or units.money_of_column(cells)[0]
    elif role in _UNITS_OF_LENGTH:
        unit = units.unit_of_length(words(head)) or units.length_of_column(cells)
    return Found(at, head, role, "sure" if weight >= _PLAIN else "check", unit)


def _sheet(grid: Grid, one: table.Table, found: list[Found]) -> RegisterSheet:
    body = lines.sort_rows(grid, one, found)
    by_role: Mapping[str, Found] = {column.role: column for column in found if column.role}
    agreements, skipped = [], list(body.skipped)
    for at in body.numbers:
        try:
            agreements.append(read_agreement(at + 1, grid.rows[at], by_role))
        except NoAgreement as reason:
            title = shown(grid.rows[at][by_role["title"].index])
            skipped.append(Skipped(at + 1, at + 1, reason.args[0], title))
    shown_columns = tuple(
        Column(
            c.index,
            c.heading,
            c.role,
            c.certainty,
            c.unit,
            plan_rows.examples([grid.rows[n][c.index] for n in body.numbers[:200]]),
        )
        for c in found
        if c.left_out is None and (c.heading or c.role)
    )
    left_out = tuple(column.left_out for column in found if column.left_out)
    return RegisterSheet(grid.name, shown_columns, tuple(agreements), tuple(sorted(skipped, key=_first)), left_out)


def _first(skipped: Skipped) -> int:
    return skipped.first


def _join(sheets: Iterable[RegisterSheet]) -> tuple[list[RegisterSheet], int]:
    """Rows of one agreement number as one agreement: registers have a line for each supplier or each prolonging.

    The one that runs longest tells the rest; all the suppliers are named. Also says how many rows went into others.
    """
    kept: list[RegisterSheet] = []
    places: dict[str, tuple[int, int]] = {}
    rows: list[list[Agreement]] = []
    count = 0
    for number, sheet in enumerate(sheets):
        rows.append([])
        for agreement in sheet.agreements:
            key = fold(agreement.row.reference or "")
            if key and key in places:
                count += 1
                at, place = places[key]
                rows[at][place] = _together(rows[at][place], agreement)
            else:
                places[key] = (number, len(rows[-1]))
                rows[-1].append(agreement)
        kept.append(sheet)
    return [
        RegisterSheet(sheet.name, sheet.columns, tuple(mine), sheet.skipped, sheet.left_out)
        for sheet, mine in zip(kept, rows, strict=True)
    ], count


def _together(one: Agreement, other: Agreement) -> Agreement:
    longest = max((one, other), key=lambda each: (each.ends_on or date.min, each is one))
    shorter = other if longest is one else one
    names = dict.fromkeys(name for name in (one.supplier, other.supplier) if name)
    worth = longest.row if longest.row.value_max is not None or longest.row.value_min is not None else shorter.row
    starts = [each.row.start for each in (one, other) if each.row.start]
    row = longest.row._replace(number=one.row.number, start=min(starts, default=None))
    row = row._replace(value_min=worth.value_min, value_max=worth.value_max)
    return Agreement(row, ", ".join(names)[:200], longest.ends_on, (*one.also, other.row.number))
