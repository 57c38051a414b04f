"""Reads a procurement plan as an office keeps it: any layout, any wording (R11, R12)."""

from collections import Counter
from collections.abc import Iterable, Mapping

from insteg.inventory.plan_reader import columns, headings, lines, rows, table, ticks
from insteg.inventory.plan_reader.answers import answered
from insteg.inventory.plan_reader.columns import FIELDS, Found
from insteg.inventory.plan_reader.files import open_book
from insteg.inventory.plan_reader.limits import Grid, uncollected
from insteg.inventory.plan_reader.reading import (
    Column,
    Fault,
    LeftOut,
    Option,
    Question,
    Reading,
    Row,
    Said,
    Sheet,
    Skipped,
    Unreadable,
    say,
)
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.spans import Context
from insteg.inventory.plan_reader.stored import from_json, row_from_json, row_to_json, to_json
from insteg.inventory.plan_reader.wording import words

__all__ = [
    "FIELDS", "Column", "Fault", "LeftOut", "Option", "Question", "Reading", "Row", "Said", "Sheet", "Skipped",
    "Unreadable",
    "answered", "from_json", "read", "row_from_json", "row_to_json", "to_json",
]  # fmt: skip


@uncollected()
def read(content: bytes, filename: str, mapping: Mapping[str, str | None] | None = None) -> Reading:
    """What the file holds, row by row, with everything that was not read and why.

    `mapping` is a person's own choice of field (one of FIELDS, with "/tkr" for the unit of its numbers, or None for
    "read not") by heading; it goes before what the words and the content say, except that columns of persons are never
    read. Raises Unreadable with a sentence.
    """
    book = open_book(content, filename)
    chosen = {words(heading): field for heading, field in (mapping or {}).items()}
    notes = list(book.notes)
    found = []
    for grid in book.grids:
        tables = [ticks.join_ticked(grid, one) for one in table.find_tables(grid)]
        read_tables = [(grid, one, _recognise(grid, one, chosen)) for one in tables]
        titled = [
            (g, t, c)
            for g, t, c in read_tables
            if any(column.role == "title" for column in c) and not columns.only_of_persons(c)
        ]
        if not titled and any(cell != "" for row in grid.rows for cell in row):
            notes.append(
                say(_("Bladet ”%(name)s” har ingen lista med upphandlingar och har inte lästs."), name=grid.name)
            )
        found += titled
    if not found:
        raise Unreadable(_why_nothing(book.grids))
    told = _headings_with_options(found)
    sheets = [_sheet(grid, one, recognised, told) for grid, one, recognised in found]
    sheets = [sheet for sheet in sheets if sheet.rows]
    if not sheets:
        raise Unreadable(say(_("Listan har rubriker men inga upphandlingar. Fyll i minst en rad och välj filen igen.")))
    reading = Reading(filename, tuple(notes), tuple(sheets))
    return Reading(filename, (*notes, *_doubles(reading.rows)), tuple(sheets))


def _recognise(grid: Grid, one: table.Table, mapping: Mapping[str, str | None]) -> list[Found]:
    """Columns are known by rows that hold something: section lines and the header once more say nothing about them."""
    width = len(one.heads)
    body = [row for row in grid.rows[one.header + 1 : one.end] if width - row.count("") >= min(3, width)]
    if len(body) < 2_000:
        body = [row for row in body if not table.repeats(row, one.heads) and len({*row} - {""}) > 1]
    cells = list(zip(*body, strict=True)) if body else [() for _head in one.heads]
    return columns.recognise(one.heads, cells, table.unit_of_sheet(grid, one), mapping)


def _headings_with_options(found: Iterable[tuple[Grid, table.Table, list[Found]]]) -> set[str]:
    """Headings of lengths under which, in some sheet of the file, options are written in the cells."""
    told = set()
    for grid, one, recognised in found:
        for column in recognised:
            if column.role == "months":
                cells = {row[column.index] for row in grid.rows[one.header + 1 : one.end]}
                if any(isinstance(cell, str) and ("+" in cell or headings.includes_options(cell)) for cell in cells):
                    told.add(words(column.heading))
    return told


def _sheet(grid: Grid, one: table.Table, found: list[Found], told: set[str]) -> Sheet:
    _fill_down(grid, one, found)
    sorted_rows = lines.sort_rows(grid, one, found)
    body = [grid.rows[number] for number in sorted_rows.numbers]
    options_told = any(column.role == "months" and words(column.heading) in told for column in found)
    context = Context(table.year_of_sheet(grid, one), sorted_rows.sections, options_told)
    read_rows = rows.read_rows(body, sorted_rows.numbers, found, context) if body else []
    shown = tuple(
        Column(c.index, c.heading, c.role, c.certainty, c.unit, rows.examples([row[c.index] for row in body[:200]]))
        for c in found
        if c.left_out is None and (c.heading or c.role)
    )
    left_out = tuple(column.left_out for column in found if column.left_out)
    return Sheet(grid.name, one.header + 1, shown, tuple(read_rows), tuple(sorted_rows.skipped), left_out)


_FILLED_DOWN = ("title", "nature", "cpv", "organisation", "framework", "procedure")


def _fill_down(grid: Grid, one: table.Table, found: list[Found]) -> None:
    """A cell merged downwards speaks for all its rows. Not for money and posts: those would be counted twice."""
    indices = {column.index for column in found if column.role in _FILLED_DOWN}
    for top, left, bottom, right in grid.merged:
        if left == right and left in indices and one.header < top < bottom < one.end:
            for at in range(top + 1, bottom + 1):
                if any(cell != "" for cell in grid.rows[at]):
                    grid.rows[at][left] = grid.rows[top][left]


def _why_nothing(grids: Iterable[Grid]) -> Said:
    if not any(cell != "" for grid in grids for row in grid.rows for cell in row):
        return say(_("Bladen i filen är tomma. Välj en fil där listan med upphandlingar är ifylld."))
    return say(
        _("Vi hittar ingen rubrikrad. Listan behöver en rad med rubriker, som Benämning, Värde och Avtalsstart.")
    )


def _doubles(read_rows: Iterable[Row]) -> list[Said]:
    """Re-advertised procurements stand twice in many lists. Both are kept, and said."""
    titles = [row.title.lower() for row in read_rows]
    doubled = sum(1 for times in Counter(titles).values() if times > 1) if len(set(titles)) < len(titles) else 0
    if not doubled:
        return []
    return [say(_("%(count)s namn står på flera rader. Alla rader är med."), count=doubled)]
