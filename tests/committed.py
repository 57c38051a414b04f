"""The town for tests that commit: laid once, read out, and put back as it lay before each of them.

What a test has committed, no savepoint takes away: the tables are emptied after it, and to build the town again took
longer than most of these tests. On PostgreSQL alone, where nearly all of them run.
"""

import copy
from collections.abc import Callable
from types import SimpleNamespace
from typing import NamedTuple

from django.core.management.commands import flush
from django.db import connection, transaction

Lay = Callable[[], SimpleNamespace]


class Laid(NamedTuple):
    town: SimpleNamespace
    rows: dict[str, bytes]


LAID: dict[Lay, Laid] = {}


def laid(lay: Lay) -> SimpleNamespace:
    """What `lay` makes of empty tables: made the first time, afterwards its rows and a copy of what it returned."""
    if connection.vendor != "postgresql":
        return lay()
    if lay in LAID:
        put_back(LAID[lay].rows)
    else:
        town = lay()
        LAID[lay] = Laid(copy.deepcopy(town), read_out())
    return copy.deepcopy(LAID[lay].town)


def read_out() -> dict[str, bytes]:
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            with cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as out:
                found[table] = b"".join(bytes(part) for part in out)
    nothing = min(map(len, found.values()))  # what only says that it begins and ends
    return {table: rows for table, rows in found.items() if len(rows) > nothing}


def put_back(rows: dict[str, bytes]) -> None:
    """In any order: what they promise one another was true when they were read out. Numbers given since go on."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, content in rows.items():
            with cursor.copy(f'COPY "{table}" FROM STDIN (FORMAT binary)') as into:
                into.write(content)


def sweep_quickly() -> None:
    """Afterwards Django truncates every table, and tells every app, which then writes lists of rights that nothing here
    asks for. A few rows are taken away in a tenth of the time."""
    flush.emit_post_migrate_signal = lambda *_args, **_more: None  # type: ignore[assignment]
    if connection.vendor == "postgresql":
        flush.sql_flush = lambda *_args, **_more: sweeping()  # type: ignore[assignment]


def sweeping() -> list[str]:
    """In any order, and also what may only be added to."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    asked = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        found = [table for (table,) in cursor.fetchall()]
    return ["SET LOCAL session_replication_role = replica", *(f'DELETE FROM "{table}"' for table in found)]
