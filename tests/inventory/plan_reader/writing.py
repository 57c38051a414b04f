"""Writes rows as files of the kinds that offices send."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from xml.sax.saxutils import escape

import openpyxl

Cells = Sequence[Sequence[object]]


def midnight(year: int, month: int, day: int) -> datetime:
    """A day as a spreadsheet keeps it when its format shows the time."""
    return datetime.combine(date(year, month, day), time())


def xlsx(*sheets: tuple[str, Cells], merge: Sequence[str] = (), hide: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hide else "visible"
    for cells in merge:
        book.worksheets[0].merge_cells(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def text(rows: Cells, separator: str, encoding: str, start: str = "") -> bytes:
    target = io.StringIO()
    target.write(start)
    csv.writer(target, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return target.getvalue().encode(encoding)


def ods(name: str, rows: Cells) -> bytes:
    """As LibreOffice writes it, with the endless empty rows at the end."""
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="{name}">{lines}<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:manifest/>")
        archive.writestr("content.xml", content)
    return target.getvalue()


def _ods_cell(cell: object) -> str:
    if cell in ("", None):
        return "<table:table-cell/>"
    shown = f"<text:p>{escape(str(cell))}</text:p></table:table-cell>"
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell}">{shown}'
    if isinstance(cell, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell}">{shown}'
    return f'<table:table-cell office:value-type="string">{shown}'
