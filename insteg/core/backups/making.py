"""A backup is made: read as of one moment, packed, sealed, and given its name only when it is whole."""

import os
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper
from pyrage import EncryptError

from insteg.core import clock, secrets
from insteg.core.backups import Fault, files, snapshot, tables
from insteg.core.backups.archive import Manifest, write
from insteg.core.backups.sealing import seal


class Made(NamedTuple):
    """`sha256` is of the sealed file: noted elsewhere, it tells later that nobody has put another in its place."""

    manifest: Manifest
    size: int
    sha256: str


class Counted:
    """A file that is written to, and what went by."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.size, self.seen = 0, sha256()

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self.seen.update(data)
        return int(self.file.write(data))

    def flush(self) -> None:
        self.file.flush()


def make(connection: BaseDatabaseWrapper, target: Path, recipients: Sequence[Any], beside: files.Beside) -> Made:
    """Writes the backup to `target`, which may not exist. Raises Fault; whatever goes wrong, no such file is there."""
    if target.exists():
        raise Fault(f"Filen {target} finns redan. Ange ett annat namn.")
    try:
        number, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".half", dir=target.parent)
    except OSError as error:
        raise Fault(f"Mappen {target.parent} går inte att skriva i: {error.strerror}.") from error
    half = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            into = Counted(file)
            with snapshot.snapshot(connection):
                manifest = copy(connection, into, recipients, beside)
            file.flush()
            os.fsync(file.fileno())
        os.link(half, target)  # never over another, also when two are made at once
    except FileExistsError as error:
        raise Fault(f"Filen {target} finns redan. Ange ett annat namn.") from error
    except (OSError, EncryptError) as error:
        raise Fault(f"Kopian gick inte att skriva: {error}.") from error
    finally:
        half.unlink()
    sync(target.parent)
    return Made(manifest, into.size, into.seen.hexdigest())


def copy(connection: BaseDatabaseWrapper, into: Any, recipients: Sequence[Any], beside: files.Beside) -> Manifest:
    """Writes what the transaction at hand sees. The database first: a file without a row harms nobody."""
    manifest = Manifest(header(connection))
    rows = ((table, snapshot.lines(connection, table)) for table in tables.kept())
    seal(write(manifest, rows, files.contents(connection, beside)), into, recipients)
    return manifest


def header(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    return {
        "made_at": clock.now().isoformat(),
        "product": version("insteg"),
        "database": connection.vendor,
        "migrations": [[*migration] for migration in snapshot.migrations(connection)],
        "left_out": tables.left_out(),
        "counters": snapshot.counters(connection, tables.kept()),
        "keys": secrets.proofs(),
    }


def sync(folder: Path) -> None:
    """A name is safe from a power cut when the folder that holds it is."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
