"""A value as it is written in a backup, and back: the same whichever database it came from.

Text, numbers and truths stand as they are. A moment is UTC to the microsecond, JSON is text with its keys in order.
"""

import base64
import datetime as dt
import json
import uuid
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

Change = Callable[[Any], Any]
SHORT = 200  # letters
LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
IN_ORDER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def readers(kinds: list[str]) -> list[tuple[int, Change]]:
    """What makes a row from a database, by column number, into a row of a backup. Nulls are left alone."""
    return [(number, change) for number, kind in enumerate(kinds) if (change := reader(kind))]


def writers(kinds: list[str], vendor: str) -> list[tuple[int, Change]]:
    """What makes a row of a backup into what the database is given."""
    changes = TO_SQLITE if vendor == "sqlite" else TO_POSTGRESQL
    return [(number, changes[kind]) for number, kind in enumerate(kinds) if kind in changes]


def changed(row: Any, changes: list[tuple[int, Change]]) -> list[Any]:
    values = list(row)
    for number, change in changes:
        if values[number] is not None:
            values[number] = change(values[number])
    return values


def reader(kind: str) -> Change | None:
    name, _colon, places = kind.partition(":")
    if name == "decimal":
        step = Decimal(1).scaleb(-int(places))
        return lambda value: format(Decimal(str(value)).quantize(step), "f")
    return FROM_DATABASE.get(name)


def moment(value: dt.datetime) -> str:
    """PostgreSQL gives an aware moment, SQLite a naive one, which is UTC."""
    utc = value.astimezone(dt.UTC) if value.tzinfo else value
    return f"{utc:%Y-%m-%dT%H:%M:%S.%f}Z"


def json_text(value: str) -> str:
    return short_json(value) if len(value) < SHORT else IN_ORDER.encode(json.loads(value))


@lru_cache(maxsize=10_000)  # most are an empty list, or one of a few
def short_json(value: str) -> str:
    return IN_ORDER.encode(json.loads(value))


def moment_of_sqlite(value: str) -> str:
    """As Django writes it: no fraction when there is none."""
    return value.removesuffix("Z").replace("T", " ").removesuffix(".000000")


FROM_DATABASE: dict[str, Change] = {
    "moment": moment,
    "day": str,
    "uuid": lambda value: str(value if isinstance(value, uuid.UUID) else uuid.UUID(value)),
    "json": json_text,
    "bool": bool,
    "bytes": lambda value: base64.b64encode(bytes(value)).decode(),
}
TO_SQLITE: dict[str, Change] = {
    "moment": moment_of_sqlite,
    "uuid": lambda value: value.replace("-", ""),
    "json": lambda value: json.dumps(json.loads(value)),
    "bytes": base64.b64decode,
}
TO_POSTGRESQL: dict[str, Change] = {"bytes": base64.b64decode}
