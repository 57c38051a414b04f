"""Rows of a backup into an empty database, in one transaction, and read back to be compared."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from insteg.core.backups import Fault
from insteg.core.backups.archive import Held
from insteg.core.backups.snapshot import AT_A_TIME, lines
from insteg.core.backups.tables import MADE_OTHERWISE, Table
from insteg.core.backups.values import changed, writers


@contextmanager
def loading(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """One transaction in which the database's own triggers stand aside; they are back before it is committed.

    They say what may happen to rows, and what is loaded has happened. Constraints and references hold as ever.
    """
    sqlite = connection.vendor == "sqlite"
    if sqlite:
        connection.disable_constraint_checking()  # asked in one go below
    try:
        with transaction.atomic(using=connection.alias, durable=True):
            back = aside(connection)
            yield
            connection.check_constraints()
            with connection.cursor() as cursor:
                for sql in back:
                    cursor.execute(sql)
    finally:
        if sqlite:
            connection.enable_constraint_checking()


def aside(connection: BaseDatabaseWrapper) -> list[str]:
    """Puts the triggers aside and gives the statements that put them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = [connection.ops.quote_name(name) for name in table_names(connection)]
            for name in names:
                cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
            return [f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in names]
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        found = cursor.fetchall()
        for name, _sql in found:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
        return [sql for _name, sql in found]


def table_names(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        return sorted(connection.introspection.table_names(cursor))


def clear(connection: BaseDatabaseWrapper) -> None:
    """Takes away what migrations put there, of which the backup has its own."""
    quote = connection.ops.quote_name
    names = [quote(name) for name in table_names(connection) if name not in MADE_OTHERWISE]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(names)} RESTART IDENTITY")
        else:
            for name in names:
                cursor.execute(f"DELETE FROM {name}")


def require_columns(connection: BaseDatabaseWrapper, table: Table) -> None:
    """Raises Fault when the database's table is not the one that the rows were written for."""
    with connection.cursor() as cursor:
        there = {column.name for column in connection.introspection.get_table_description(cursor, table.name)}
    if there != {column.name for column in table.columns}:
        raise Fault(f"Tabellen {table.name} har inte samma kolumner i databasen som i kopian.")


def load(connection: BaseDatabaseWrapper, table: Table, rows: Iterator[bytes]) -> None:
    require_columns(connection, table)
    quote = connection.ops.quote_name
    names = ", ".join(quote(column.name) for column in table.columns)
    changes = writers([column.kind for column in table.columns], connection.vendor)
    values = (changed(json.loads(row), changes) for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {quote(table.name)} ({names}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(table.columns))
        while batch := [*islice(values, AT_A_TIME)]:
            cursor.executemany(f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})", batch)


def count_on(connection: BaseDatabaseWrapper, tables: Iterable[Table], counters: Mapping[str, int]) -> None:
    """New rows are numbered after those that there were, also after those that are gone: no number comes twice."""
    with connection.cursor() as cursor:
        for table in tables:
            if table.name not in counters:
                continue
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table.name, table.key])
                cursor.execute("SELECT setval(%s, %s)", [cursor.fetchone()[0], counters[table.name]])
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
                cursor.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, counters[table.name]]
                )


def imprint(connection: BaseDatabaseWrapper, table: Table) -> Held:
    """What the table holds now, as a manifest would tell it."""
    rows, seen = 0, sha256()
    for batch in lines(connection, table):
        rows += len(batch)
        seen.update(b"".join(batch))
    return Held(table.name, rows, seen.hexdigest())
