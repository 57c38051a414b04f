"""Whole files to begin with: workbooks as offices keep them, and the same as ods, xls and text."""

import functools
import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import openpyxl

from tests.inventory.plan_reader.broken import CSV, saved
from tests.inventory.plan_reader.writing import ods, text

PLAN = [
    ["Benämning", "Slag", "Värde (mkr)", "Avtalstid", "Avtalsstart", "CPV-kod", "Kontaktperson", "Anteckning"],
    ["Skötsel av lekplatser", "Tjänst", 12, "2+1+1 år", "2027-10-01", "77310000", "Någon Person", "Se förra avtalet"],
    ["Ombyggnad av badhus", "Entreprenad", 48.5, "24 mån", "mars 2028", "45212212", "Någon Annan", "Två etapper"],
    ["Vitvaror", "Vara", "3–5", "4", "hösten 2028", "39710000", "", "vet ej"],
]
REGISTER = [
    ["Avtalsnummer", "Avtal", "Leverantör", "Startdatum", "Slutdatum", "Option", "Värde (tkr)", "CPV"],
    ["A-1", "Lokalvård", "Städ AB", "2024-01-01", "2027-12-31", "1+1 år", 3500, "90910000"],
    ["A-2", "Växter", "Gröna KB", "2023-05-01", "tills vidare", "", 120, "03121000"],
    ["A-2", "Växter", "Blomman HB", "2023-05-01", "2028-04-30", "12 mån", 90, "03121000"],
]
FAR = Path(__file__).parents[3] / "shared" / "data" / "plans"  # real ones, where they lie beside the project


class File(NamedTuple):
    name: str
    content: bytes


def workbook(rows: Sequence[Sequence[object]], title: str = "Plan") -> bytes:
    """As a person keeps it: a title line, a merged cell, a second sheet, numbers and texts."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(["Plan för 2027, belopp i mkr"])
    for row in rows:
        sheet.append([*row])
    sheet.merge_cells("A1:D1")
    book.create_sheet("Lista").append(["Tjänst", "Vara", "Entreprenad"])
    return saved(book)


@functools.cache
def plan() -> bytes:
    return workbook(PLAN)


def base() -> list[File]:
    made = [
        File("plan.xlsx", plan()),
        File("avtal.xlsx", workbook(REGISTER, "Avtal")),
        File("plan.ods", ods("Plan", PLAN)),
        File("avtal.ods", ods("Avtal", REGISTER)),
        File("plan.xls", old_workbook(PLAN)),
        File("plan.csv", CSV.encode()),
        File("avtal.csv", text(REGISTER, ";", "cp1252")),
        File("plan.tsv", text(PLAN, "\t", "utf-16")),
    ]
    found = sorted(path for path in FAR.glob("workbooks/*") if path.suffix in (".xlsx", ".csv")) if FAR.exists() else []
    return made + [File(path.name, path.read_bytes()) for path in found]


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def changed(content: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """The archive with each part as `change` gives it back (None: gone), and some more."""
    parts = {name: new for name, data in parts_of(content).items() if (new := change(name, data)) is not None}
    return packed(parts | more)


SECTOR = 512
FREE, LAST, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def old_text(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def old_workbook(rows: Sequence[Sequence[object]], more: bytes = b"") -> bytes:
    """An xls of Excel 97: one sheet of texts and numbers. `more` is records before the end of the sheet."""
    cells = b""
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(cell, int | float):
                cells += record(0x0203, place + struct.pack("<d", cell))
            elif cell:
                cells += record(0x0204, place + old_text(str(cell)))
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    begin = struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)
    sheet = record(0x0809, begin) + record(0x0200, size) + cells + more + record(0x000A, b"")
    name = struct.pack("<BB", 4, 0) + b"Plan"
    head = record(0x0809, begin[:2] + b"\x05\x00" + begin[4:]) + record(0x0042, struct.pack("<H", 1200))
    offset = len(head) + 4 + 6 + len(name) + 4
    told = record(0x0085, struct.pack("<IBB", offset, 0, 0) + name)
    return in_compound(head + told + record(0x000A, b"") + sheet)


def in_compound(stream: bytes) -> bytes:
    """The stream `Workbook` in a compound file, as Windows keeps one: header, table of sectors, directory, sectors."""
    stream = stream.ljust(4096, b"\0")  # a shorter one would lie in a stream of small ones
    count = -(-len(stream) // SECTOR)
    chain = [FAT, LAST, *(at + 3 for at in range(count - 1)), LAST]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, LAST, 0, LAST, 0) + struct.pack("<I", 0)
    directory = entry("Root Entry", 5, LAST, 0, child=1) + entry("Workbook", 2, 2, len(stream))
    body = table + directory.ljust(SECTOR, b"\0") + stream.ljust(count * SECTOR, b"\0")
    return head.ljust(SECTOR, b"\xff") + body


def entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    told = (
        written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1) + struct.pack("<III", FREE, FREE, child)
    )
    return told + bytes(36) + struct.pack("<IQ", start, size)
