"""Rows read out of a database, all as of one moment, while others go on writing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from insteg.core.backups.tables import Table
from insteg.core.backups.values import LINE, changed, readers

AT_A_TIME = 2000


@contextmanager
def snapshot(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """What is read meanwhile is what was committed when it began. It may not begin inside another transaction."""
    if connection.vendor == "postgresql":
        with transaction.atomic(using=connection.alias, durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:  # not atomic(): by our settings that takes the writers' turn
        cursor.execute("BEGIN DEFERRED")
        cursor.execute("SELECT 1 FROM django_migrations")  # the moment is that of the first reading
        cursor.fetchone()
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def migrations(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Those that the database has been through."""
    return sorted(MigrationRecorder(connection).applied_migrations())


def counters(connection: BaseDatabaseWrapper, tables: Sequence[Table]) -> dict[str, int]:
    """For each table that numbers its rows, the highest number it has given, also to rows that are gone since."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            if dict(table.columns)[table.key] != "number":
                continue
            if connection.vendor == "sqlite":
                cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
            else:
                cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table.name, table.key])
                sequence = cursor.fetchone()[0]
                cursor.execute(
                    f"SELECT last_value FROM {sequence} WHERE is_called" if sequence else "SELECT 0 WHERE 1 = 0"
                )
            row = cursor.fetchone()
            if row and row[0]:
                found[table.name] = row[0]
    return found


def lines(connection: BaseDatabaseWrapper, table: Table) -> Iterator[list[bytes]]:
    """The table's rows in the order of its key, as canonical lines, some at a time."""
    quote = connection.ops.quote_name
    changes = readers([column.kind for column in table.columns])
    names = ", ".join(quote(column.name) for column in table.columns)
    text = next(column.kind for column in table.columns if column.name == table.key) == "text"
    bytewise = {"sqlite": " COLLATE BINARY", "postgresql": ' COLLATE "C"'}[connection.vendor] if text else ""
    query = f"SELECT {names} FROM {quote(table.name)} ORDER BY {quote(table.key)}{bytewise}"
    for rows in batches(connection, query):
        yield [LINE.encode(changed(row, changes)).encode() + b"\n" for row in rows]


def batches(connection: BaseDatabaseWrapper, query: str) -> Iterator[Sequence[Sequence[object]]]:
    """The answer some rows at a time, never all of it in memory."""
    connection.ensure_connection()
    cursor = connection.chunked_cursor()
    try:
        cursor.execute(query)
        while rows := cursor.fetchmany(AT_A_TIME):
            yield rows
    finally:
        cursor.close()
