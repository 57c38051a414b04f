"""Databases of one's own beside the one that the tests stand on, and a way to be there for a while."""

import contextlib
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import ConnectionHandler, connection, connections

from insteg.config.settings.base import sqlite
from tests.postgres import programs

DISPOSABLE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"


def file_place(file: Path) -> dict[str, Any]:
    """A SQLite file, as `make run` has; without waiting for the disk."""
    settings = sqlite(file)
    return settings | {"OPTIONS": settings["OPTIONS"] | {"init_command": DISPOSABLE}}


def new_server_place(name: str) -> dict[str, Any]:
    """An empty database on the server that the tests stand on."""
    settings = connection.settings_dict
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    return {**settings, "NAME": name}


def address_of(settings: dict[str, Any]) -> list[str]:
    return ["-h", settings["HOST"], "-U", settings["USER"], "-d", settings["NAME"]]


def migrated_file(file: Path) -> dict[str, Any]:
    """As the file is when it has been migrated and nobody has been there; without the rows that migrations bring."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%%' ORDER BY rowid"
        )
        made = [sql for (sql,) in cursor.fetchall()]
        cursor.execute("SELECT app, name, applied FROM django_migrations")
        applied = cursor.fetchall()
    new = sqlite3.connect(file)
    new.create_collation("swedish", lambda one, other: 0)
    with new:
        for sql in sorted(made, key=lambda sql: not sql.startswith("CREATE TABLE")):
            new.execute(sql)
        insert = "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)"
        new.executemany(insert, [(*row[:2], str(row[2])) for row in applied])
    new.close()
    return file_place(file)


def migrated_server_place(name: str) -> dict[str, Any]:
    folder, source, place = programs(), connection.settings_dict, new_server_place(name)
    tables = connection.introspection.table_names()
    bare = [f"--exclude-table-data={table}" for table in tables if table != "django_migrations"]
    dumped = subprocess.run([folder / "pg_dump", *address_of(source), *bare], check=True, capture_output=True).stdout
    read = [folder / "psql", "--quiet", "--set=ON_ERROR_STOP=1", *address_of(place)]
    subprocess.run(read, input=dumped, check=True, stdout=subprocess.DEVNULL)
    return place


def another_connection(place: dict[str, Any]) -> Any:
    """As somebody else has, to the same database."""
    return ConnectionHandler({"default": place})["default"]


@contextlib.contextmanager
def at(place: dict[str, Any]) -> Iterator[Any]:
    """Meanwhile, the database at hand is the one at this place."""
    before = connections["default"]
    connections["default"] = there = another_connection(place)
    try:
        yield there
    finally:
        there.close()
        connections["default"] = before


def drop(place: dict[str, Any]) -> None:
    if "postgresql" in place["ENGINE"]:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{place["NAME"]}" WITH (FORCE)')
    else:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(place["NAME"])


@contextlib.contextmanager
def without_triggers() -> Iterator[None]:
    """In the test's transaction: what only a pruning does, or whoever owns the database."""
    from insteg.core.backups import loading

    connection.check_constraints()  # what waits for the end of the transaction is asked now
    back = loading.aside(connection)
    yield
    connection.check_constraints()
    with connection.cursor() as cursor:
        for sql in back:
            cursor.execute(sql)
