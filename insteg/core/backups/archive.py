"""The order of a backup: a header, every table with its rows, every stored file, and last a manifest of it all.

Each line is JSON and ends with a line feed. A row begins with [, all else with {; only a file's bytes stand raw, after
the line that tells how many they are. The manifest comes last, so that everything is read once and held nowhere.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, BinaryIO, NamedTuple

from insteg.core.backups import Fault
from insteg.core.backups.tables import Column, Table
from insteg.core.backups.values import LINE

FORMAT = 1
CHUNK = 1 << 16
LONGEST_LINE = 1 << 28


class Held(NamedTuple):
    """A table or a file: how many rows or bytes it has, and their imprint."""

    name: str
    size: int
    sha256: str


@dataclass
class Manifest:
    """What a backup holds. `header` is what was known when it began; `missing`, files whose bytes were gone."""

    header: dict[str, Any]
    tables: list[Held] = field(default_factory=list)
    files: list[Held] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(table.size for table in self.tables)

    def told(self) -> dict[str, Any]:
        return {"tables": [*map(list, self.tables)], "files": [*map(list, self.files)], "missing": self.missing}


Rows = Iterator[list[bytes]]
Content = tuple[str, int, Iterable[bytes]]


def line(said: dict[str, Any]) -> bytes:
    return LINE.encode(said).encode() + b"\n"


def write(manifest: Manifest, tables: Iterable[tuple[Table, Rows]], files: Iterable[Content | str]) -> Iterator[bytes]:
    """The whole backup in chunks; fills in `manifest` as it goes. A file that is only a name is one that is gone."""
    yield line({"backup": FORMAT, **manifest.header})
    for table, batches in tables:
        yield line({"table": table.name, "key": table.key, "columns": [*map(list, table.columns)]})
        rows, seen = 0, sha256()
        for batch in batches:
            chunk = b"".join(batch)
            rows += len(batch)
            seen.update(chunk)
            yield chunk
        manifest.tables.append(Held(table.name, rows, seen.hexdigest()))
        yield line({"rows": rows, "sha256": seen.hexdigest()})
    for content in files:
        if isinstance(content, str):
            manifest.missing.append(content)
            continue
        name, size, chunks = content
        yield line({"file": name, "size": size})
        length, seen = 0, sha256()
        for chunk in chunks:
            length += len(chunk)
            seen.update(chunk)
            yield chunk
        if length != size:
            raise Fault(f"Filen {name} ändrades medan den kopierades.")
        manifest.files.append(Held(name, size, seen.hexdigest()))
        yield line({"sha256": seen.hexdigest()})
    yield line({"manifest": manifest.told()})


class Visitor:
    """What is done with each part as it is read. The parts must be read to their end; this one does only that."""

    def table(self, table: Table, rows: Iterator[bytes]) -> None:
        for _row in rows:
            pass

    def file(self, name: str, size: int, chunks: Iterator[bytes]) -> None:
        for _chunk in chunks:
            pass


def read(source: BinaryIO, visitor: Visitor, begun: Callable[[dict[str, Any]], None] = lambda header: None) -> Manifest:
    """Reads a backup from its beginning to its end. `begun` is given the header before anything else is read.

    Raises Fault as soon as something is not as it was written: an imprint, a count, the order, or what comes after.
    """
    header = said(source)
    if header.pop("backup", None) != FORMAT:
        raise Fault("Filen är ingen säkerhetskopia av ett slag som den här versionen kan läsa.")
    begun(header)
    manifest = Manifest(header)
    while True:
        part = said(source)
        if "table" in part:
            manifest.tables.append(table_read(source, part, visitor))
        elif "file" in part:
            manifest.files.append(file_read(source, part, visitor))
        elif "manifest" in part:
            break
        else:
            raise damaged()
    manifest.missing = part["manifest"]["missing"]
    if part["manifest"] != manifest.told() or source.read(1):
        raise damaged()
    return manifest


def table_read(source: BinaryIO, part: dict[str, Any], visitor: Visitor) -> Held:
    table = Table(part["table"], part["key"], tuple(Column(*column) for column in part["columns"]))
    count, seen, ended = 0, sha256(), b""

    def rows() -> Iterator[bytes]:
        nonlocal count, ended
        while (row := next_line(source))[:1] == b"[":
            count += 1
            seen.update(row)
            yield row
        ended = row

    visitor.table(table, rows())
    if not ended or parsed(ended) != {"rows": count, "sha256": seen.hexdigest()}:
        raise damaged(table.name)
    return Held(table.name, count, seen.hexdigest())


def file_read(source: BinaryIO, part: dict[str, Any], visitor: Visitor) -> Held:
    name, size, seen = part["file"], part["size"], sha256()

    def chunks() -> Iterator[bytes]:
        left = size
        while left and (chunk := source.read(min(left, CHUNK))):
            left -= len(chunk)
            seen.update(chunk)
            yield chunk

    visitor.file(name, size, chunks())
    if said(source) != {"sha256": seen.hexdigest()}:
        raise damaged(name)
    return Held(name, size, seen.hexdigest())


def next_line(source: BinaryIO) -> bytes:
    found = source.readline(LONGEST_LINE)
    if not found.endswith(b"\n"):
        raise damaged()
    return found


def said(source: BinaryIO) -> dict[str, Any]:
    return parsed(next_line(source))


def parsed(found: bytes) -> dict[str, Any]:
    try:
        told = json.loads(found)
    except ValueError as error:
        raise damaged() from error
    if not isinstance(told, dict):
        raise damaged()
    return told


def damaged(what: str = "") -> Fault:
    return Fault(f"Kopian är skadad: {what or 'en del'} är inte som den skrevs.")
