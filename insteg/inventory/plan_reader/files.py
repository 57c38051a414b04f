"""Opening a file that somebody has sent: what it really is, whether it is safe, and its sheets as rows of cells."""

import io
import itertools
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, Final

import python_calamine as calamine

from insteg.inventory.plan_reader.limits import LARGEST_FILE, Book, Grid, Row, check_size
from insteg.inventory.plan_reader.packed import check_parts, unpack
from insteg.inventory.plan_reader.reading import Said, Unreadable, say
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.text_files import open_text

_OTHER_KINDS: Final = (
    (b"%PDF", _("en PDF-fil")), (b"\x89PNG", _("en bild")), (b"\xff\xd8\xff", _("en bild")), (b"GIF8", _("en bild")),
    (b"BM", _("en bild")), (b"II*\x00", _("en bild")), (b"MM\x00*", _("en bild")), (b"MZ", _("ett program")),
    (b"\x7fELF", _("ett program")), (b"{\\rtf", _("ett textdokument")), (b"\x1f\x8b", _("ett packat arkiv")),
    (b"7z\xbc\xaf", _("ett packat arkiv")), (b"Rar!", _("ett packat arkiv")), (b"OggS", _("en ljudfil")),
    (b"ID3", _("en ljudfil")), (b"SQLite format 3", _("en databas")),
)  # fmt: skip
_OTHER_ZIPS: Final = (
    ("word/", _("ett Word-dokument")), ("ppt/", _("en presentation")), ("visio/", _("en ritning")),
    ("META-INF/MANIFEST.MF", _("ett program")),
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
                _("Filen heter %(suffix)s men är inget kalkylblad. Öppna den i kalkylprogrammet, spara som xlsx."),
                suffix=suffix,
            )
        )
    return open_text(content, suffix, filename)


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
        # A list may begin with the letters "BM" too; only a file that is no text has zeros.
        if content.startswith(start) and (not start.isalnum() or b"\x00" in content[:1000]):
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


def _open_zip(content: bytes, suffix: str) -> Book:
    broken = say(
        _("Filen är skadad eller bara halv. Öppna den i ditt kalkylprogram, spara den på nytt och välj den igen.")
    )
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        names = archive.namelist()
        _refuse_other_zip(names)
        encrypted = any(entry.flag_bits & 1 for entry in archive.infolist())
        parts = {} if encrypted else unpack(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        raise Unreadable(broken) from error
    manifest = parts.get("META-INF/manifest.xml", b"")
    if encrypted or b"encryption-data" in manifest:
        raise Unreadable(_locked())
    if "[Content_Types].xml" not in names and "content.xml" not in names:
        raise Unreadable(say(_("Filen är ett packat arkiv, inte ett kalkylblad. Packa upp det och välj kalkylbladet.")))
    check_parts(parts)
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    notes: tuple[Said, ...] = ()
    if macros or suffix in (".xlsm", ".xltm"):
        notes += (say(_("Filen innehåller makron. De har varken lästs eller körts.")),)
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
                _("Filen heter %(suffix)s men är inget kalkylblad. Öppna den i kalkylprogrammet, spara som xlsx."),
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
    grids: list[Grid] = []
    hidden: list[Said] = []
    with calamine.load_workbook(io.BytesIO(content)) as book:
        for meta in book.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            if meta.visible != calamine.SheetVisibleEnum.Visible:
                hidden.append(say(_("Bladet ”%(name)s” är dolt och har inte lästs."), name=meta.name))
                continue
            sheet = book.get_sheet_by_name(meta.name)
            check_size(sheet.total_height, sheet.total_width)
            merged = _merged(sheet.merged_cell_ranges or (), sheet.total_height, sheet.total_width)
            cells = [*map(_writable, sheet.to_python(skip_empty_area=False))]
            grids.append(Grid(_own_name(meta.name, [grid.name for grid in grids]), cells, merged))
    return Book(tuple(grids), tuple(hidden))


def _own_name(name: str, taken: list[str]) -> str:
    """No two sheets of a book are called the same, unless a program has damaged it: then the later has a number."""
    name = name.replace("\0", "")
    numbers = (f"{name} ({number})" for number in itertools.count(2))
    return name if name not in taken else next(one for one in numbers if one not in taken)


def _writable(row: list[Any]) -> Row:
    """Without the null signs that a cell can hold, by Excel's "_x0000_" too: PostgreSQL keeps none."""
    if any(isinstance(cell, str) and "\0" in cell for cell in row):
        return [cell.replace("\0", "") if isinstance(cell, str) else cell for cell in row]
    return row


def _merged(
    areas: Iterable[tuple[tuple[int, int], tuple[int, int]]], height: int, width: int
) -> tuple[tuple[int, int, int, int], ...]:
    """Cells written as one: (top, left, bottom, right) of each area. They never overlap in a sheet that a person made,
    and where they do, each of many would be asked about for every row that it covers."""
    merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in areas)
    covered = sum(
        max(0, min(bottom + 1, height) - top) * max(0, min(right + 1, width) - left)
        for top, left, bottom, right in merged
    )
    if covered > height * width:
        raise Unreadable(
            say(_("Bladet har sammanslagna celler som täcker varandra. Spara bara listan i ett nytt blad."))
        )
    return merged
