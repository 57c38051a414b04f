"""Tables as files for Excel: the same columns and rows as xlsx or as csv. Text stays text and never becomes a formula.

A cell is None (left empty), text (also lazy), bool ("ja", "nej"), a whole or decimal number, a date or a moment.
"""

import csv as standard
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

KRONOR = '#,##0\\ "kr"'  # the comma stands for the reader's own thousands separator
DATE, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
LONGEST = 32_767  # what Excel takes in a cell, in UTF-16 units
OLDEST = 1901  # earlier years have no place in Excel's calendar
WIDEST = 60
HEADING = Font(name="Calibri", size=11, bold=True)  # without a name some programs take a serif one
SHADE = PatternFill("solid", fgColor="EEF1F3")
TO_READ = Alignment(wrap_text=True, vertical="top", horizontal="left")
TO_THE_RIGHT = Alignment(wrap_text=True, vertical="top", horizontal="right")
LINE = 15.0  # points
A_PAGE = 180  # signs across a lying page, when the text is still large enough to read
A4 = 9  # as Excel numbers the sizes of paper

# No XML holds these: control signs, halves of surrogate pairs, and the two non-characters.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as "A"
# A sheet reads a formula after spaces too, and some take the full-width signs of East Asia for plain ones.
FORMULA = re.compile("\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20]")
NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")

Cell = str | int | float | Decimal | dt.date | dt.datetime | None


@dataclass(frozen=True)
class Column:
    """`width` is in signs; `kronor` shows numbers as whole kronor; the heading of `figures` is set to the right too."""

    title: object
    width: int = 16
    kronor: bool = False
    figures: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook. The `fixed` first columns stay in sight, and stand on each page across.

    One `to_read` is not sorted: it has no filter, stands on its paper and wraps its text.
    """

    title: object
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    to_read: bool = False
    fixed: int = 0


def xlsx(title: object, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook with one sheet."""
    return workbook([Sheet(title, columns, rows)], title)


def workbook(sheets: Iterable[Sheet], title: object) -> bytes:
    """Sheets with frozen heading rows, which print on every page. Rows are written as they come: a long list needs no
    room. `title` is the file's own, which readers of screens say. Sheets must have titles of their own."""
    book = Workbook(write_only=True)
    book.properties.creator = "Insteg"
    book.properties.title = plain(title)
    for sheet in sheets:
        write_sheet(book, sheet)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def write_sheet(book: Workbook, told: Sheet) -> None:
    sheet = book.create_sheet(sheet_title(told.title))
    sheet.freeze_panes = f"{get_column_letter(told.fixed + 1)}2"
    for place, column in enumerate(told.columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = min(column.width, WIDEST)
    as_printed(sheet, told)
    sheet.row_dimensions[1].height = LINE * lines(told.columns, [plain(column.title) for column in told.columns])
    sheet.append([heading_cell(sheet, column) for column in told.columns])
    written = 1
    try:
        for row in told.rows:
            values = [value_of(value) for value in row]
            written += 1
            if told.to_read:
                sheet.row_dimensions[written].height = LINE * lines(told.columns, values)
            cells = zip(told.columns, values, strict=True)
            sheet.append([excel_cell(sheet, value, column, told.to_read) for column, value in cells])
        if not told.to_read:
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(told.columns))}{written}"
    finally:
        sheet.close()  # also when a row fails: a half-written sheet holds a file open


def as_printed(sheet: Any, told: Sheet) -> None:
    """On A4, as many pages down as it takes, and across as many as leave the text large enough to read."""
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "portrait" if told.to_read else "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.page_setup.fitToWidth = -(-sum(min(column.width, WIDEST) for column in told.columns) // A_PAGE)
    if told.fixed:
        sheet.print_title_cols = f"A:{get_column_letter(told.fixed)}"


def lines(columns: Sequence[Column], values: Sequence[Cell]) -> int:
    """How many lines the tallest cell takes; written out, since not every program reckons it."""
    texts = [(str(value).split("\n"), column.width) for column, value in zip(columns, values, strict=True)]
    return max(sum(len(part) // (width - 2) + 1 for part in parts) for parts, width in texts)


def heading_cell(sheet: object, column: Column) -> object:
    cell = text_cell(sheet, plain(column.title), HEADING)
    if cell is not None:
        cell.fill = SHADE
        cell.alignment = TO_THE_RIGHT if column.figures or column.kronor else TO_READ
    return cell


def csv(columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> bytes:
    """As Swedish Excel opens it by a double click: UTF-8 with a mark, semicolons, decimal commas.

    Text that a spreadsheet would take for a formula begins with an apostrophe; numbers stay numbers.
    """
    text = StringIO(newline="")
    writer = standard.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(plain(column.title)) for column in columns])
    writer.writerows(csv_row(columns, row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def writable(value: object) -> str:
    """Text that XML can hold, with line ends of one kind."""
    return UNWRITABLE.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))


def plain(value: object) -> str:
    """Text that a cell of Excel can hold too."""
    text = writable(value)
    if len(text) * 2 > LONGEST and len(text.encode("utf-16-le")) > LONGEST * 2:
        text = text.encode("utf-16-le")[: (LONGEST - 1) * 2].decode("utf-16-le", "ignore") + "…"
    return text


def sheet_title(title: object) -> str:
    """At most 31 signs, and none that Excel forbids."""
    cleaned = NOT_IN_A_TITLE.sub(" ", plain(title).replace("\n", " ")).strip(" '")[:31].strip(" '")
    return cleaned or "1"


def value_of(value: object) -> Cell:
    """What stands in the cell, before it is said how."""
    if value is None:
        return None
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, dt.datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if isinstance(value, dt.date):
        return value if value.year >= OLDEST else value.isoformat()
    return plain(value)


def excel_cell(sheet: object, value: Cell, column: Column, to_read: bool = False) -> object:
    if value is None or value == "":
        return None
    if to_read:
        cell = text_cell(sheet, value) if isinstance(value, str) else WriteOnlyCell(sheet, value)
        cell.alignment = TO_READ
        return cell
    if isinstance(value, str):
        # Most text is handed over bare, which is several times faster than a cell of its own.
        bare = value[:1].isalpha() and not ESCAPE.search(value)
        return value if bare else text_cell(sheet, value)
    dated = isinstance(value, dt.date)
    if not dated and not column.kronor:
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = KRONOR if not dated else MOMENT if isinstance(value, dt.datetime) else DATE
    return cell


def text_cell(sheet: object, text: str, font: Font | None = None) -> Any:
    if not text:
        return None  # Excel calls a file with an empty text broken
    cell = WriteOnlyCell(sheet, ESCAPE.sub("_x005F_", text))
    cell.data_type = "s"  # openpyxl has guessed a formula from "=", and an error from "#N/A"
    cell.quotePrefix = bool(FORMULA.match(text))  # it stays text when somebody edits the cell
    if font:
        cell.font = font
    return cell


def csv_row(columns: Sequence[Column], row: Sequence[object]) -> Iterator[str]:
    for _column, value in zip(columns, row, strict=True):
        cell = value_of(value)
        if isinstance(cell, str):
            yield harmless(cell)
        elif isinstance(cell, float | Decimal):
            yield f"{Decimal(str(cell)):f}".replace(".", ",")
        elif isinstance(cell, dt.datetime):
            yield f"{cell:%Y-%m-%d %H:%M}"
        else:
            yield "" if cell is None else str(cell)


def harmless(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text
