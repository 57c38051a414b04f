"""Is it the database that is away, and may what was being saved be saved all the same?

Kept apart from faults of our own: what is away comes back, and nothing is wrong with what was asked.
"""

import errno
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, Error, InterfaceError, OperationalError

# PostgreSQL's classes of errors: no connection, out of room, told to stop, the machine itself; and a copy that may only
# be read, which is what one meets while another takes over.
AWAY = ("08", "53", "57P", "58", "25006")
TOLD_TO_STOP = "57P"
# SQLite's primary codes: busy, locked, out of memory, read only, disk fault, full, cannot open.
BUSY, LOCKED, FULL = 5, 6, 13
SQLITE_AWAY = (BUSY, LOCKED, 7, 8, 10, FULL, 14)
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EIO)

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper as Wrapper
else:
    Wrapper = object


def is_away(error: BaseException | None) -> bool:
    """Whether the error, or what it came of, is that the database or a disk does not answer or has no room."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, DatabaseError | InterfaceError):
            return _says_away(error)
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return True
        error = error.__cause__ or error.__context__
    return False


def _says_away(error: Error) -> bool:
    told = error.__cause__ or error
    if code := _sqlite_code(told):
        return code in SQLITE_AWAY
    if state := _state(told):
        return state.startswith(AWAY)
    # Nothing told by the server: it could not be reached, or the connection is gone.
    lost = isinstance(error, OperationalError) or "connection" in str(error)
    return lost and isinstance(error, OperationalError | InterfaceError) and hasattr(told, "sqlstate")


def _state(told: Any) -> str:
    return getattr(told, "sqlstate", None) or ""


def _sqlite_code(told: Any) -> int:
    return (getattr(told, "sqlite_errorcode", None) or 0) & 0xFF


def _rolled_back(error: Error) -> bool:
    """Whether the database itself has said that a commit did not succeed; else nobody knows."""
    told = error.__cause__ or error
    state = _state(told)
    return bool(state and not state.startswith(TOLD_TO_STOP)) or _sqlite_code(told) in (BUSY, LOCKED, FULL)


class Remembers(Wrapper):
    """For a connection: remembers whether something may have been saved since `may_have_saved` was set to False."""

    may_have_saved = False

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # Django's stubs leave it out
        except Error as error:
            self.may_have_saved |= not _rolled_back(error)
            raise
        self.may_have_saved = True
