"""Spreadsheets that are packed archives (xlsx, xlsm, ods): unpacked within limits and looked through."""

import re
import zipfile
from typing import Final

from insteg.inventory.plan_reader.limits import LARGEST_EXPANDED, LARGEST_RATIO, LONGEST_CELL, MOST_ENTRIES, check_size
from insteg.inventory.plan_reader.reading import Unreadable, say
from insteg.inventory.plan_reader.reading import gettext_noop as _

_MOST_TEXT: Final = 2 * 1024 * 1024 * 1024  # shared texts, once they are repeated into their cells


def unpack(archive: zipfile.ZipFile) -> dict[str, bytes]:
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


# As every program writes it, where a fixed beginning makes the search fast: too far right, too far down.
_FAR_CELLS: Final = (re.compile(rb'r="(?:[A-Z]{3}|[H-Z][A-Z]|[a-z])'), re.compile(rb'r="[A-Z]*(?:\d{6}|[2-9]\d{4})'))
_FAR_CELLS_ODDLY: Final = (
    re.compile(rb"""\br\s*=\s*["'](?:[A-Za-z]{3}|[H-Zh-z][A-Za-z]|[A-Za-z]*(?:\d{6}|[2-9]\d{4}))"""),
)
_CELL: Final = re.compile(rb"""<(?:\w+:)?c\s[^>]*?r\s*=\s*["']([A-Za-z]+)(\d+)["'][^>]*?(?<!/)>(.{0,40})""", re.DOTALL)
_REPEATED: Final = re.compile(rb"""number-(rows|columns)-repeated\s*=\s*["'](\d+)["']""")
_ODS_CELL: Final = re.compile(rb"""<table:table-cell\b([^>]*)>""")


def check_parts(parts: dict[str, bytes]) -> None:
    """What would make the reader take more memory or time than a plan needs."""
    for name, data in parts.items():
        if b"<!ENTITY" in data[:20_000] or b"<!DOCTYPE" in data[:20_000]:
            raise Unreadable(
                say(_("Filen innehåller hänvisningar utåt som ett kalkylblad inte ska ha. Spara listan i en ny fil."))
            )
        if "worksheets/" in name and _has_far_cell(data):
            _check_extent(data)
        if name == "content.xml":
            _check_repeats(data)
    shared = next((data for name, data in parts.items() if name.endswith("sharedStrings.xml")), b"")
    if not shared:
        return
    longest = max(map(len, shared.split(b"<si")), default=0)
    uses = sum(data.count(b't="s"') for name, data in parts.items() if "worksheets/" in name)
    if longest > 20 * LONGEST_CELL or longest * uses > _MOST_TEXT:
        raise Unreadable(say(_("Filen innehåller celler med orimligt lång text. Spara listan i en ny fil.")))


def _has_far_cell(data: bytes) -> bool:
    cells, lines = data.count(b"<c "), data.count(b"<row ")
    as_usual = cells > 0 and data.count(b' r="') == cells + lines and b":c " not in data
    return any(far.search(data) for far in (_FAR_CELLS if as_usual else _FAR_CELLS_ODDLY))


def _check_extent(data: bytes) -> None:
    """A filled cell far out makes the sheet enormous. Formatting alone far out is common, and harmless."""
    for match in _CELL.finditer(data):
        if match[3].startswith((b"</c", b"</x:c")):
            continue
        column = 0
        for letter in match[1].upper():
            column = column * 26 + letter - 64
        check_size(int(match[2]), column)


def _check_repeats(data: bytes) -> None:
    """An ods file writes "the same again a million times" in a few bytes; for empty cells that is normal."""
    for match in _ODS_CELL.finditer(data):
        repeated = _REPEATED.search(match[1])
        if repeated and b"value-type" in match[1]:
            check_size(0, int(repeated[2]))
    for row in re.finditer(rb"<table:table-row\b([^>]*)>(.*?)</table:table-row>", data, re.DOTALL):
        repeated = _REPEATED.search(row[1])
        if repeated and int(repeated[2]) > 1 and b"value-type" in row[2]:
            check_size(int(repeated[2]), 0)
