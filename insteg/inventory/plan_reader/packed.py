"""Spreadsheets that are packed archives (xlsx, xlsm, ods): unpacked within limits and looked through."""

import re
import zipfile
from typing import Final

from insteg.inventory.plan_reader.limits import LARGEST_EXPANDED, LARGEST_RATIO, LONGEST_CELL, MOST_ENTRIES, check_size
from insteg.inventory.plan_reader.reading import Unreadable, say
from insteg.inventory.plan_reader.reading import gettext_noop as _

_MOST_TEXT: Final = LARGEST_EXPANDED  # shared texts, once they are repeated into their cells
_PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")


def unpack(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The parts that matter, each unpacked here within limits: what an archive says of its own sizes may be a lie, and
    so may a name. A sheet is whatever the workbook says is one."""
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
        promised, entry.file_size = entry.file_size, room + 1  # read on to the true end, whatever was promised
        with archive.open(entry) as part:
            data = part.read(room + 1)
        room -= len(data)
        if len(data) != promised or entry.filename in parts:
            raise Unreadable(bomb)
        parts[entry.filename] = b"" if data.startswith(_PICTURES) else data
    return parts


# As every program writes it, where a fixed beginning makes the search fast: too far right, too far down.
_FAR_CELLS: Final = (re.compile(rb'r="(?:[A-Z]{3}|[H-Z][A-Z]|[a-z])'), re.compile(rb'r="[A-Z]*(?:\d{6}|[2-9]\d{4})'))
# Whatever stands in a tag is taken once and never given back: a tag that is not closed costs no more than its length.
_TAG: Final = re.compile(rb"""<(?:\w+:)?(row|c)\b((?:[^<>"']|"[^"]*"|'[^']*')*+)>(?=(\s*<(?:\w+:)?/c)?)""")
_PLACE: Final = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_ODS_TAG: Final = re.compile(rb"""<table:table-(row|cell)\b([^>]*)>""")
_REPEATED: Final = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["'](\d+)["']""")
_SHARED: Final = re.compile(rb"""t="s"[^<>]*><v>(\d{1,9})<""")


def check_parts(parts: dict[str, bytes]) -> None:
    """What would make the reader take more memory or time than a plan needs, and can be told at once and why.

    No list of such things is whole: what gets past it is stopped by the process that reads (core/apart.py).
    """
    for name, data in parts.items():
        if b"<!ENTITY" in data or b"<!DOCTYPE" in data:
            raise Unreadable(
                say(_("Filen innehåller hänvisningar utåt som ett kalkylblad inte ska ha. Spara listan i en ny fil."))
            )
        if b"sheetData" in data and _has_far_cell(data):
            _check_extent(data)
        if name == "content.xml":
            _check_repeats(data)
    shared = next((data for name, data in parts.items() if name.endswith("sharedStrings.xml")), b"")
    if shared:
        _check_texts(shared, [data for data in parts.values() if b"sheetData" in data])


def _check_texts(shared: bytes, sheets: list[bytes]) -> None:
    """A text stands once in the file and may be repeated into every cell."""
    sizes = [len(text) for text in shared.split(b"<si")[1:]]
    longest = max(sizes, default=0)
    all_of_it = longest * sum(data.count(b't="s"') for data in sheets)
    if all_of_it > _MOST_TEXT:
        uses = (int(number) for data in sheets for number in _SHARED.findall(data))
        all_of_it = sum(sizes[number] for number in uses if number < len(sizes))
    if longest > 20 * LONGEST_CELL or all_of_it > _MOST_TEXT:
        raise Unreadable(say(_("Filen innehåller celler med orimligt lång text. Spara listan i en ny fil.")))


def _has_far_cell(data: bytes) -> bool:
    cells, lines = data.count(b"<c "), data.count(b"<row ")
    as_usual = cells > 0 and data.count(b' r="') == cells + lines and b":c " not in data
    return not as_usual or any(far.search(data) for far in _FAR_CELLS)


def _check_extent(data: bytes) -> None:
    """A filled cell far out makes the sheet enormous. Formatting alone far out is common, and harmless."""
    row, column = 0, 0
    for match in _TAG.finditer(data):
        place = _PLACE.search(match[2])
        if match[1] == b"row":
            row, column = _number(place[2]) if place else row + 1, 0
            continue
        column += 1
        if place:
            row, column = _number(place[2]), _column(place[1])
        if not (match[2].endswith(b"/") or match[3]):
            check_size(row, column)


def _number(digits: bytes) -> int:
    """As large as it need be to be too large: Python refuses to read thousands of digits."""
    return int(digits[:12])


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters[:7].upper():
        column = column * 26 + letter - 64
    return column


def _check_repeats(data: bytes) -> None:
    """An ods file writes "the same again a million times" in a few bytes; for empty cells that is normal."""
    rows = 1
    for match in _ODS_TAG.finditer(data):
        repeated = _REPEATED.search(match[2])
        times = _number(repeated[1]) if repeated else 1
        if match[1] == b"row":
            rows = times
        elif b"value-type" in match[2]:
            check_size(rows if rows > 1 else 0, times if times > 1 else 0)
