"""The files that lie beside the database: those that rows name, and those that a room keeps outside of it.

In a backup the first are called files/…, by the name that rows have for them, and the others beside/….
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from django.core.files.storage import default_storage
from django.db.backends.base.base import BaseDatabaseWrapper

from insteg.core.backups import Fault
from insteg.core.backups.archive import CHUNK, Content
from insteg.core.backups.snapshot import batches
from insteg.core.backups.tables import stored_files

Beside = Mapping[str, Path]


def contents(connection: BaseDatabaseWrapper, beside: Beside) -> Iterator[Content | str]:
    """Every file that a row names, once, by name; only the name where the bytes are gone. Then those beside."""
    quote = connection.ops.quote_name
    named: set[str] = set()
    for table, column in stored_files():
        query = f"SELECT DISTINCT {quote(column)} FROM {quote(table)} WHERE {quote(column)} <> ''"
        for rows in batches(connection, query):
            named.update(str(row[0]) for row in rows)
    for name in sorted(named):
        try:
            size = default_storage.size(name)
            opened = default_storage.open(name)
        except FileNotFoundError:
            yield f"files/{name}"
            continue
        with opened:
            yield f"files/{name}", size, opened.chunks(CHUNK)
    for name, path in sorted(beside.items()):
        if path.exists():
            yield f"beside/{name}", (size := path.stat().st_size), first(path, size)


def first(path: Path, size: int) -> Iterator[bytes]:
    """So many of its bytes: others may go on adding to it."""
    with path.open("rb") as file:
        while size and (chunk := file.read(min(size, CHUNK))):
            size -= len(chunk)
            yield chunk


def keep(target: Path, chunks: Iterable[bytes]) -> None:
    """Writes a file that only we can read, whole or not at all. Raises Fault where another one lies; one that is the
    same is left alone, so that a restoring that was broken off can be done again."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(target.name + ".half")
    seen = sha256()
    with open(half, "wb", opener=private) as file:
        for chunk in chunks:
            seen.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if not target.exists():
        half.rename(target)
        return
    half.unlink()
    if imprint(target) != seen.hexdigest():
        raise Fault(f"Där filen {target} ska ligga finns redan en annan. Använd en tom mapp.")


def place_of(name: str, beside: Beside) -> Path:
    """Where a file of a backup is laid. One from beside is laid next to what may be there, for its room to judge."""
    kind, _slash, rest = name.partition("/")
    if kind == "files":
        return Path(default_storage.path(rest))
    if rest not in beside:
        raise Fault(f"Kopian har en fil som den här versionen inte känner till: {name}.")
    return restored_beside(beside[rest])


def restored_beside(path: Path) -> Path:
    return path.with_name(path.name + ".restored")


def private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_TRUNC, 0o600)


def imprint(file: Path) -> str:
    seen = sha256()
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            seen.update(chunk)
    return seen.hexdigest()
