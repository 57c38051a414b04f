import re
import sqlite3
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base

from insteg.core.away import Remembers

ORDER = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "é": "e", "è": "e", "á": "a", "ü": "y"})


@lru_cache(maxsize=20_000)  # sorting asks for the same text many times
def sort_key(text: str) -> tuple[str, str]:
    """å, ä, ö after z and in that order; capitals beside small letters (as PostgreSQL's ICU collation sv-SE)."""
    return text.casefold().translate(ORDER), text


def compare(one: str, other: str) -> int:
    a, b = sort_key(one), sort_key(other)
    return (a > b) - (a < b)


@lru_cache(maxsize=200)
def pattern_of(pattern: str, escape: str) -> re.Pattern[str]:
    parts, escaped = [], False
    for sign in pattern:
        if escaped or sign not in ("%", "_", escape):
            parts.append(re.escape(sign))
            escaped = False
        elif sign == escape:
            escaped = True
        else:
            parts.append(".*" if sign == "%" else ".")
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)


def like(pattern: str | None, text: object, escape: str = "\\") -> bool | None:
    """SQLite's own LIKE folds only a-z."""
    if pattern is None or text is None:
        return None
    return pattern_of(pattern, escape).fullmatch(str(text)) is not None


class DatabaseWrapper(Remembers, base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        connection.create_collation("swedish", compare)
        connection.create_function("like", 2, like, deterministic=True)
        connection.create_function("like", 3, like, deterministic=True)
        return connection
