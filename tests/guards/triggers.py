"""The database's own guards: each `refuse(…)` of the migrations, found by asking those and not by reading them.

On SQLite a trigger may ask a function of Python's: so it asks whether it stands, once it is about to refuse.
"""

import sys

from django.db import connection
from django.db.backends.signals import connection_created
from django.db.migrations.loader import MigrationLoader

from insteg.core import triggers
from tests.guards.guard import Guard, Kind
from tests.guards.switch import stands

STANDING: dict[str, Guard] = {}


def key_of(name: str) -> str:
    return f"{Kind.DATABASE.value}::{name}"


def put_switches() -> None:
    """Call when Django is set up and the migrations are not yet read."""
    triggers.SQLITE = triggers.SQLITE.replace("WHEN {when}", "WHEN ({when}) AND guard_stands('{name}')")
    connection_created.connect(let_it_ask)
    refuse = triggers.refuse

    def noted(event, table, **more):
        frame = sys._getframe(1)
        while frame.f_code.co_filename == __file__ or frame.f_code.co_name.startswith("<"):
            frame = frame.f_back
        _folder, product, file = frame.f_code.co_filename.rpartition("/insteg/")
        name = f"{table}_no_{event.lower()}"
        text = f"{event} {table}: {more['says']}"
        if product:  # and no test's own
            STANDING[name] = Guard(key_of(name), Kind.DATABASE, f"insteg/{file}", frame.f_lineno, text)
        return refuse(event, table, **more)

    triggers.refuse = noted
    MigrationLoader(None)


def let_it_ask(connection, **kwargs):
    connection.connection.create_function("guard_stands", 1, lambda name: stands(key_of(name)))


def in_the_database() -> list[Guard]:
    assert connection.vendor == "sqlite"
    return list(STANDING.values())
