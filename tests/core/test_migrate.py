"""An upgrade gives way to those who are at work: on PostgreSQL `migrate` waits briefly for a lock, and tries again."""

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate as of_django
from django.db import OperationalError, connection, transaction

from insteg.core.management.commands import migrate

TABLE = "audit_formkey"
only_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no locks on tables")


def in_force():
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        return cursor.fetchone()[0]


@pytest.fixture
def someone_at_work(db):
    """A transaction that goes on and on after it has read a table, as a backup or a forgotten window does."""
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute(f"SELECT 1 FROM {TABLE}")
        yield other


@pytest.fixture
def attempts(monkeypatch):
    """A migration that needs the table for itself; what limit each attempt went by, and what happens between two."""
    limits, between = [], []

    def lock_the_table(self, *args, **options):
        limits.append(in_force())
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {TABLE} IN ACCESS EXCLUSIVE MODE")

    monkeypatch.setattr(of_django.Command, "handle", lock_the_table)
    monkeypatch.setattr(migrate.time, "sleep", lambda seconds: [each() for each in between])
    return limits, between


@only_postgresql
def test_it_stands_aside_until_the_lock_is_free(someone_at_work, attempts, capsys):
    limits, between = attempts
    between.append(lambda: len(limits) == 3 and someone_at_work.rollback())
    call_command("migrate")
    assert limits == [migrate.LOCK_TIMEOUT] * 4
    assert "Någon annan har låset (försök 3 av" in capsys.readouterr().err
    assert in_force() == "0"


@only_postgresql
def test_it_ends_by_saying_who_stands_in_the_way(someone_at_work, attempts, monkeypatch):
    monkeypatch.setattr(migrate, "ATTEMPTS", 2)
    with pytest.raises(CommandError, match=rf"pid {someone_at_work.info.backend_pid}\b.*kör migrate igen"):
        call_command("migrate")
    assert len(attempts[0]) == 2


@only_postgresql
def test_another_fault_is_not_tried_again(db, monkeypatch):
    tried = []

    def divide(self, *args, **options):
        tried.append(1)
        raise OperationalError("The disk is full")

    monkeypatch.setattr(of_django.Command, "handle", divide)
    with pytest.raises(OperationalError, match="disk"):
        call_command("migrate")
    assert len(tried) == 1
