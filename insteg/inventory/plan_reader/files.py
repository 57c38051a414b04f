"""Opening a file that somebody has sent: what it really is, whether it is safe, and its sheets as rows of cells."""

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

import python_calamine as calamine

from insteg.inventory.plan_reader.reading import Said, Unreadable, say
from insteg.inventory.plan_reader.reading import gettext_noop as _

LARGEST_FILE: Final = 20 * 1024 * 1024
LARGEST_EXPANDED: Final = 200 * 1024 * 1024
LARGEST_RATIO: Final = 300
MOST_ENTRIES: Final = 2_000
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 200
LONGEST_CELL: Final = 32_767  # what a spreadsheet itself allows
_MOST_TEXT: Final = 512 * 1024 * 1024  # shared texts repeated into cells

Row = list[object]


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: rows of cells as wide as the sheet, from its first row and column. Empty cells are ""."""

    name: str
    rows: list[Row]
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    grids: tuple[Grid, ...]
    notes: tuple[Said, ...]


_OTHER_KINDS: Final = (
    (b"%PDF", _("en PDF-fil")), (b"\x89PNG", _("en bild")), (b"\xff\xd8\xff", _("en bild")), (b"GIF8", _("en bild")), (b"MZ", _("ett program")),
    (b"{\\rtf", _("ett textdokument")), (b"\x1f\x8b", _("ett packat arkiv")), (b"7z\xbc\xaf", _("ett packat arkiv")), (b"Rar!", _("ett packat arkiv")),
    (b"\x7fELF", _("ett program")), (b"BM", _("en bild")), (b"II*\x00", _("en bild")), (b"MM\x00*", _("en bild")), (b"OggS", _("en ljudfil")),
    (b"ID3", _("en ljudfil")), (b"SQLite format 3", _("en databas")),
)  # fmt: skip
_OTHER_ZIPS: Final = (
    ("word/", _("ett Word-dokument")), ("ppt/", _("en presentation")), ("visio/", _("en ritning")), ("META-INF/MANIFEST.MF", _("ett program")),
)  # fmt: skip
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOOKS: Final = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".ods")
_TEXTS: Final = (".csv", ".tsv", ".tab", ".txt")


def open_book(content: bytes, filename: str) -> Book:
    """The sheets of a file, or Unreadable with a sentence. Nothing of the file is run, and macros are not read."""
    suffix = PurePath(filename.lower()).suffix
    if len(content) > LARGEST_FILE:
        raise Unreadable(say(_("Filen är större än 20 MB. Spara bara bladet med upphandlingarna i en egen fil.")))
    if not content.strip(b"\x00 \t\r\n"):
        raise Unreadable(say(_("Filen är tom. Spara kalkylbladet på nytt och välj filen igen.")))
    if suffix not in _BOOKS + _TEXTS:
        _refuse_other_kind(content)
        raise Unreadable(say(_("Vi läser xlsx, xlsm, xls, ods, csv och tsv. Spara listan i något av dem.")))
    if content.startswith(b"PK"):
        _require_book(suffix)
        return _open_zip(content, suffix)
    if content.startswith(_OLE):
        _require_book(suffix)
        return _open_ole(content, suffix)
    _refuse_other_kind(content)
    if suffix in _BOOKS:
        raise Unreadable(
            say(
                _(
                    "Filen heter %(suffix)s men är inget kalkylblad. Öppna den i ditt kalkylprogram och spara den som xlsx."
                ),
                suffix=suffix,
            )
        )
    return _open_text(content, suffix, filename)


def _require_book(suffix: str) -> None:
    if suffix in _TEXTS:
        raise Unreadable(
            say(
                _("Filen heter %(suffix)s men är ett kalkylblad. Byt ändelse till xlsx, eller spara listan som csv."),
                suffix=suffix,
            )
        )


def _refuse_other_kind(content: bytes) -> None:
    for start, kind in _OTHER_KINDS:
        if content.startswith(start):
            raise Unreadable(
                say(
                    _("Filen är %(kind)s, inte ett kalkylblad. Spara listan som xlsx, ods eller csv."),
                    kind=str(say(kind)),
                )
            )
    head = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(
        (b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta", b"<script", b"<style", b"mime-version")
    ):
        raise Unreadable(
            say(_("Filen är en webbsida, inte ett kalkylblad. Öppna den i ditt kalkylprogram och spara den som xlsx."))
        )


# Spreadsheets that are packed archives: xlsx, xlsm, ods


def _open_zip(content: bytes, suffix: str) -> Book:
    broken = say(
        _("Filen är skadad eller bara halv. Öppna den i ditt kalkylprogram, spara den på nytt och välj den igen.")
    )
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        names = archive.namelist()
        _refuse_other_zip(names)
        encrypted = any(entry.flag_bits & 1 for entry in archive.infolist())
        parts = {} if encrypted else _unpack(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        raise Unreadable(broken) from error
    manifest = parts.get("META-INF/manifest.xml", b"")
    if encrypted or b"encryption-data" in manifest:
        raise Unreadable(_locked())
    if "[Content_Types].xml" not in names and "content.xml" not in names:
        raise Unreadable(say(_("Filen är ett packat arkiv, inte ett kalkylblad. Packa upp det och välj kalkylbladet.")))
    _check_parts(parts)
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    notes = (
        (say(_("Filen innehåller makron. De har varken lästs eller körts.")),)
        if macros or suffix in (".xlsm", ".xltm")
        else ()
    )
    book = _read_calamine(content, broken)
    if any(b't="e"' in data for name, data in parts.items() if "worksheets/" in name):
        notes += (say(_("Några celler visar fel (till exempel #REF!). De är lästa som tomma.")),)
    return Book(book.grids, notes + book.notes)


def _locked() -> Said:
    return say(_("Filen är låst med lösenord. Ta bort lösenordet och välj den igen."))


def _refuse_other_zip(names: list[str]) -> None:
    for start, kind in _OTHER_ZIPS:
        if any(name.startswith(start) for name in names) and not any(
            name.startswith(("xl/", "content.xml")) for name in names
        ):
            raise Unreadable(
                say(
                    _("Filen är %(kind)s, inte ett kalkylblad. Spara listan som xlsx, ods eller csv."),
                    kind=str(say(kind)),
                )
            )
    if any(name.endswith("xl/workbook.bin") for name in names):
        raise Unreadable(say(_("Filen är ett binärt kalkylblad (xlsb). Spara den som xlsx.")))


def _unpack(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The parts that matter, each unpacked here within limits: what an archive says of its own sizes may be a lie."""
    entries = archive.infolist()
    bomb = say(
        _("Filen växer till orimlig storlek när den packas upp. Spara bara bladet med upphandlingarna i en egen fil.")
    )
    declared = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or declared > LARGEST_EXPANDED:
        raise Unreadable(bomb)
    parts, room = {}, LARGEST_EXPANDED
    for entry in entries:
        if entry.file_size > 1_000_000 and entry.file_size > LARGEST_RATIO * max(1, entry.compress_size):
            raise Unreadable(bomb)
        if not entry.filename.endswith(".xml"):
            continue
        promised, entry.file_size = entry.file_size, room + 1  # read on to the true end, whatever was promised
        with archive.open(entry) as part:
            data = part.read(room + 1)
        room -= len(data)
        if len(data) != promised or entry.filename in parts:
            raise Unreadable(bomb)
        parts[entry.filename] = data
    return parts


_FAR_CELL: Final = re.compile(
    rb"""\sr\s*=\s*["'](?:[A-Za-z]{3,}|[H-Zh-z][A-Za-z]\d|G[S-Z]\d|[A-Za-z]{0,2}(?:\d{6,}|[2-9]\d{4}))"""
)
_CELL: Final = re.compile(rb"""<(?:\w+:)?c\s[^>]*?r\s*=\s*["']([A-Za-z]+)(\d+)["'][^>]*?(?<!/)>(.{0,40})""", re.DOTALL)
_REPEATED: Final = re.compile(rb"""number-(rows|columns)-repeated\s*=\s*["'](\d+)["']""")
_ODS_CELL: Final = re.compile(rb"""<table:table-cell\b([^>]*)>""")


def _check_parts(parts: dict[str, bytes]) -> None:
    """What would make the reader take more memory or time than a plan needs."""
    for name, data in parts.items():
        if b"<!ENTITY" in data[:20_000] or b"<!DOCTYPE" in data[:20_000]:
            raise Unreadable(
                say(_("Filen innehåller hänvisningar utåt som ett kalkylblad inte ska ha. Spara listan i en ny fil."))
            )
        if "worksheets/" in name and _FAR_CELL.search(data):
            _check_extent(data)
        if name == "content.xml":
            _check_repeats(data)
    shared = next((data for name, data in parts.items() if name.endswith("sharedStrings.xml")), b"")
    longest = max(map(len, shared.split(b"<si")), default=0)
    uses = sum(data.count(b't="s"') for name, data in parts.items() if "worksheets/" in name)
    if longest > 20 * LONGEST_CELL or longest * uses > _MOST_TEXT * 4:
        raise Unreadable(say(_("Filen innehåller celler med orimligt lång text. Spara listan i en ny fil.")))


def _check_extent(data: bytes) -> None:
    """A filled cell far out makes the sheet enormous. Formatting alone far out is common, and harmless."""
    for match in _CELL.finditer(data):
        if match[3].startswith((b"</c", b"</x:c")):
            continue
        column = 0
        for letter in match[1].upper():
            column = column * 26 + letter - 64
        _check_size(int(match[2]), column)


def _check_size(rows: int, columns: int) -> None:
    if rows > MOST_ROWS:
        raise Unreadable(
            say(
                _("Bladet har fler än %(most)s rader. Spara bara raderna med upphandlingar i en egen fil."),
                most=f"{MOST_ROWS:,}".replace(",", "\u00a0"),
            )
        )
    if columns > MOST_COLUMNS:
        raise Unreadable(
            say(
                _("Bladet har fler än %(most)s kolumner. Spara bara kolumnerna om upphandlingarna i en egen fil."),
                most=MOST_COLUMNS,
            )
        )


def _check_repeats(data: bytes) -> None:
    """An ods file writes "the same again a million times" in a few bytes; for empty cells that is normal."""
    for match in _ODS_CELL.finditer(data):
        repeated = _REPEATED.search(match[1])
        if repeated and b"value-type" in match[1]:
            _check_size(0, int(repeated[2]))
    for row in re.finditer(rb"<table:table-row\b([^>]*)>(.*?)</table:table-row>", data, re.DOTALL):
        repeated = _REPEATED.search(row[1])
        if repeated and int(repeated[2]) > 1 and b"value-type" in row[2]:
            _check_size(int(repeated[2]), 0)


def _open_ole(content: bytes, suffix: str) -> Book:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Unreadable(_locked())
    if "WordDocument".encode("utf-16-le") in content:
        raise Unreadable(
            say(
                _("Filen är %(kind)s, inte ett kalkylblad. Spara listan som xlsx, ods eller csv."),
                kind=str(say(_("ett Word-dokument"))),
            )
        )
    if "Workbook".encode("utf-16-le") not in content and "Book".encode("utf-16-le") not in content:
        raise Unreadable(
            say(
                _(
                    "Filen heter %(suffix)s men är inget kalkylblad. Öppna den i ditt kalkylprogram och spara den som xlsx."
                ),
                suffix=suffix,
            )
        )
    broken = say(
        _("Filen är skadad eller bara halv. Öppna den i ditt kalkylprogram, spara den på nytt och välj den igen.")
    )
    return _read_calamine(content, broken)


def _read_calamine(content: bytes, broken: Said) -> Book:
    try:
        return _sheets(content)
    except (Unreadable, KeyboardInterrupt, SystemExit):
        raise
    except calamine.PasswordError as error:
        raise Unreadable(_locked()) from error
    except BaseException as error:  # a panic in the reader's Rust code is no Exception
        raise Unreadable(broken) from error


def _sheets(content: bytes) -> Book:
    grids, hidden = [], []
    with calamine.load_workbook(io.BytesIO(content)) as book:
        for meta in book.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            if meta.visible != calamine.SheetVisibleEnum.Visible:
                hidden.append(say(_("Bladet ”%(name)s” är dolt och har inte lästs."), name=meta.name))
                continue
            sheet = book.get_sheet_by_name(meta.name)
            _check_size(sheet.total_height, sheet.total_width)
            merged = tuple(
                (top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            )
            grids.append(Grid(meta.name, sheet.to_python(skip_empty_area=False), merged))
    return Book(tuple(grids), tuple(hidden))


# Text: csv and tsv


def _open_text(content: bytes, suffix: str, filename: str) -> Book:
    text = _decode(content)
    if "\x00" in text or sum(1 for c in text[:5000] if c < " " and c not in "\t\r\n\f") > 5:
        raise Unreadable(
            say(_("Filen heter %(suffix)s men är ingen textfil. Spara listan som xlsx, ods eller csv."), suffix=suffix)
        )
    named = re.match(r"\ufeff?sep=(.)\r?\n", text)
    first = 1 if named else 0
    body = text[named.end() :] if named else text
    separator = named[1] if named else _separator(body)
    rows = [[] for _n in range(first)] + _split(body, separator)
    if any(len(cell) > LONGEST_CELL * 4 for row in rows for cell in row):
        raise Unreadable(say(_("Filen innehåller celler med orimligt lång text. Spara listan i en ny fil.")))
    width = max(map(len, rows), default=0)
    _check_size(len(rows), width)
    _check_last_row(rows, body)
    cells: list[Row] = [[*row, *[""] * (width - len(row))] for row in rows]
    return Book((Grid(PurePath(filename).stem, cells),), ())


def _decode(content: bytes) -> str:
    """UTF-8 and UTF-16 show themselves. Of the older eight-bit tables, the one that gives most Swedish letters."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    zeros = Counter(at % 2 for at, byte in enumerate(content[:2000]) if byte == 0)
    if zeros and sum(zeros.values()) > 0.3 * min(len(content), 2000) and len(zeros) == 1:
        return content.decode("utf-16-le" if 1 in zeros else "utf-16-be", errors="replace")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return max(
            (content.decode(table, errors="replace") for table in ("cp1252", "mac_roman", "cp850")), key=_swedishness
        )
    if re.search("Ã[¥¤¶…„–]", text):  # UTF-8 that a program has taken for cp1252 and saved again
        try:
            return text.encode("cp1252").decode("utf-8")
        except UnicodeError:
            return text
    return text


def _swedishness(text: str) -> int:
    return sum((1 if c in "åäöÅÄÖéÉ" else 0 if c in "–—”’´\u00a0½§·•…" else -3) for c in text if c > "\x7f")


def _separator(text: str) -> str:
    """The sign that cuts most lines into the same number of cells."""
    best, chosen = 0.0, ";"
    for sign in ";\t,|":
        widths = Counter(len(row) for row in _first_rows(text, sign) if any(cell.strip() for cell in row))
        width, lines = max(
            ((w, n) for w, n in widths.items() if w > 1), key=lambda pair: (pair[1], pair[0]), default=(1, 0)
        )
        score = lines / max(1, sum(widths.values())) + min(width, 30) / 1000
        if width > 1 and score > best:
            best, chosen = score, sign
    return chosen


def _first_rows(text: str, sign: str) -> Iterator[list[str]]:
    rows = csv.reader(io.StringIO(text[:50_000], newline=""), delimiter=sign)
    try:
        yield from (row for _n, row in zip(range(200), rows))
    except csv.Error:
        return


def _split(text: str, separator: str) -> list[list[str]]:
    csv.field_size_limit(LARGEST_FILE)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise Unreadable(_cut_off(text.count("\n") + 1)) from error
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise Unreadable(
            say(_("Filen går inte att dela upp i kolumner. Spara listan som xlsx och välj den filen."))
        ) from error


def _check_last_row(rows: list[list[str]], text: str) -> None:
    """A file that was cut off in transfer ends without line break, in a row shorter than all others."""
    filled = [row for row in rows if any(row)]
    if len(filled) > 2 and not text.endswith(("\n", "\r")):
        common, times = Counter(map(len, filled[:-1])).most_common(1)[0]
        if 1 < len(filled[-1]) < common and times >= 0.8 * (len(filled) - 1):
            raise Unreadable(_cut_off(len(rows)))


def _cut_off(row: int) -> Said:
    return say(_("Filen tar slut mitt i rad %(row)s. Exportera listan på nytt och välj den filen."), row=row)
