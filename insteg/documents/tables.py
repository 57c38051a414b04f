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

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

KRONOR = '#,##0\\ "kr"'  # the comma stands for the reader's own thousands separator
DATE, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
LONGEST = 32_767  # what Excel takes in a cell, in UTF-16 units
OLDEST = 1901  # earlier years have no place in Excel's calendar
WIDEST = 60

# No XML holds these: control signs, halves of surrogate pairs, and the two non-characters.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as "A"
# A sheet reads a formula after spaces too, and some take the full-width signs of East Asia for plain ones.
FORMULA = re.compile("\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20]")
NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")

Cell = str | int | float | Decimal | dt.date | dt.datetime | None


@dataclass(frozen=True)
class Column:
    """`width` is in signs; `kronor` shows numbers as whole kronor."""

    title: object
    width: int = 16
    kronor: bool = False


def xlsx(title: object, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook with one sheet, its heading row frozen. Rows are written as they come: a long list needs no room."""
    book = Workbook(write_only=True)
    book.properties.creator = "Insteg"
    sheet = book.create_sheet(sheet_title(title))
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = min(column.width, WIDEST)
    sheet.append([text_cell(sheet, plain(column.title), Font(bold=True)) for column in columns])
    try:
        for row in rows:
            cells = zip(columns, row, strict=True)
            sheet.append([excel_cell(sheet, value_of(value), column) for column, value in cells])
    finally:
        sheet.close()  # also when a row fails: a half-written sheet holds a file open
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def csv(columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> bytes:
    """As Swedish Excel opens it by a double click: UTF-8 with a mark, semicolons, decimal commas.

    Text that a spreadsheet would take for a formula begins with an apostrophe; numbers stay numbers.
    """
    text = StringIO(newline="")
    writer = standard.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(plain(column.title)) for column in columns])
    writer.writerows(csv_row(columns, row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def plain(value: object) -> str:
    """Text that both Excel and XML can hold."""
    text = UNWRITABLE.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))
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


def excel_cell(sheet: object, value: Cell, column: Column) -> object:
    if value is None:
        return None
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


def text_cell(sheet: object, text: str, font: Font | None = None) -> object:
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
