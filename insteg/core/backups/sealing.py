"""Bytes packed and sealed on their way to a file, and back. The age format: sealed with public keys, so that whoever
makes backups cannot open them, and each 64 KB is proved when it is opened; what is cut off is noticed."""

import io
import os
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyrage

from insteg.core.backups import Fault

PACKING = 3  # out of 9: the next levels take twice the time for a tenth less
GZIP = 31  # zlib's word for its own gzip frame: a backup can be opened by hand with age and gunzip
CHUNK = 1 << 16


def recipients_of(keys: Sequence[str]) -> list[Any]:
    """The public keys that a backup is sealed with: any one of their secret keys opens it."""
    try:
        found = [pyrage.x25519.Recipient.from_str(key.strip()) for key in keys if key.strip()]
    except pyrage.RecipientError as error:
        raise Fault(f"En av nycklarna som ska låsa kopian går inte att läsa ({error}). Den börjar med age1.") from error
    if not found:
        raise Fault("Ingen nyckel att låsa kopian med. Ange --recipient eller BACKUP_RECIPIENTS; se docs/drift/.")
    return found


def identities_of(file: Path) -> list[Any]:
    """The secret keys in a file as `insteg backup_key` and age-keygen write it; lines that begin with # are skipped."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Fault(f"Nyckelfilen {file} går inte att läsa: {error}") from error
    try:
        found = [pyrage.x25519.Identity.from_str(line.strip()) for line in lines if line.strip() and line[0] != "#"]
    except pyrage.IdentityError as error:
        raise Fault(f"Nyckelfilen {file} innehåller något annat än hemliga nycklar ({error}).") from error
    if not found:
        raise Fault(f"Nyckelfilen {file} innehåller ingen hemlig nyckel.")
    return found


def new_key() -> tuple[str, str]:
    """A new pair: the secret key and the public one."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


class Pull:
    """What the sealer reads from: chunks as they are made. Keeps their fault, of which the sealer tells only words."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.chunks = iter(chunks)
        self.left = memoryview(b"")
        self.fault: BaseException | None = None

    def read(self, size: int) -> bytes:
        while not self.left:
            try:
                self.left = memoryview(next(self.chunks))
            except StopIteration:
                return b""
            except BaseException as fault:
                self.fault = fault
                raise
        given, self.left = self.left[:size], self.left[size:]
        return bytes(given)


class Push:
    """What the sealer writes to. Its last writing is of a kind whose fault it keeps to itself: here it is kept too."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.fault: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            return int(self.file.write(data))
        except BaseException as fault:
            self.fault = fault
            raise

    def flush(self) -> None:
        self.file.flush()


def packed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(PACKING, wbits=GZIP)
    for chunk in chunks:
        if done := packer.compress(chunk):
            yield done
    yield packer.flush()


def seal(chunks: Iterable[bytes], file: Any, recipients: Sequence[Any]) -> None:
    """Writes the chunks to an open file, packed and sealed. What goes wrong with either is raised as it was."""
    source, into = Pull(packed(chunks)), Push(file)
    try:
        pyrage.encrypt_io(source, into, recipients)
    except Exception as error:
        raise (source.fault or into.fault or error) from None
    if into.fault:
        raise into.fault


class Opened(io.RawIOBase):
    """The bytes of a sealed file, read as they are opened. Its end comes only when all of the file was whole.

    The opener pushes and whoever loads a database pulls, so it works in a thread of its own, a pipe's length ahead.
    """

    def __init__(self, file: Path, identities: Sequence[Any]) -> None:
        self.fault: Exception | None = None
        self.unpacker = zlib.decompressobj(GZIP)
        try:
            sealed = file.open("rb")
        except OSError as error:
            raise Fault(f"Filen {file} går inte att öppna: {error.strerror}.") from error
        out, into = os.pipe()
        self.pipe = os.fdopen(out, "rb")
        self.thread = threading.Thread(target=self._open, args=(sealed, into, identities), daemon=True)
        self.thread.start()

    def _open(self, sealed: Any, into: int, identities: Sequence[Any]) -> None:
        try:
            with sealed, os.fdopen(into, "wb", buffering=CHUNK) as pipe:
                pyrage.decrypt_io(sealed, pipe, identities)
        except Exception as fault:
            self.fault = fault

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        while not self.unpacker.eof:
            waiting = self.unpacker.unconsumed_tail or self._more()
            try:
                given = self.unpacker.decompress(waiting, len(into))
            except zlib.error as error:
                raise Fault("Kopian är skadad: innehållet går inte att packa upp.") from error
            if given:
                into[: len(given)] = given
                return len(given)
        if self.unpacker.unused_data or self.pipe.read(1):
            raise Fault("Kopian är skadad: det står något efter dess slut.")
        self._ended()
        return 0

    def _more(self) -> bytes:
        if chunk := self.pipe.read(CHUNK):
            return chunk
        self._ended()
        raise Fault("Kopian är skadad: slutet saknas.")

    def _ended(self) -> None:
        """Nothing more comes. Raises when that is because the file was not whole, or not for this key."""
        self.thread.join()
        if self.fault and "No matching keys" in str(self.fault):
            raise Fault("Nyckeln öppnar inte den här kopian. Den är låst med en annan.") from self.fault
        if self.fault:
            raise Fault(f"Kopian är skadad, eller är ingen säkerhetskopia ({self.fault}).") from self.fault

    def close(self) -> None:
        if not self.closed:
            self.pipe.close()  # an opener that is still at work then stops
            self.thread.join()
        super().close()


def opened(file: Path, identities: Sequence[Any]) -> io.BufferedReader:
    return io.BufferedReader(Opened(file, identities), CHUNK)
