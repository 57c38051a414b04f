"""Operations that keep nobody waiting do on both databases what their names say, and can be run again."""

import pytest
from django.db import ConnectionHandler, IntegrityError, connection, migrations, models
from django.db.migrations.exceptions import BadMigrationError
from django.db.migrations.state import ProjectState
from django.db.models import Q

from insteg.core.online import AddCheckUnread, AddIndexOnline, ReadCheck

APP, TABLE = "tests_of_online", "tests_of_online_hat"
INDEX = models.Index(fields=["size"], name="hats_by_size")
CHECK = models.CheckConstraint(condition=Q(size__lt=70), name="no_hat_is_larger")
HAT = migrations.CreateModel("Hat", [("id", models.BigAutoField(primary_key=True)), ("size", models.IntegerField())])

only_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="on SQLite they are the plain ones")


class Place:
    """A connection of its own, outside the test's transaction, and what Django knows of the tables there."""

    def __init__(self, connection):
        self.connection, self.state = connection, ProjectState()

    def run(self, operation):
        before, self.state = self.state, self.state.clone()
        operation.state_forwards(APP, self.state)
        with self.connection.schema_editor(atomic=False) as editor:
            operation.database_forwards(APP, editor, before, self.state)
        return before

    def sql(self, *statements):
        with self.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def constraints(self):
        with self.connection.cursor() as cursor:
            return set(self.connection.introspection.get_constraints(cursor, TABLE))


@pytest.fixture
def hats(db):
    name = connection.settings_dict["NAME"] if connection.vendor == "postgresql" else ":memory:"
    other = ConnectionHandler({"default": {**connection.settings_dict, "NAME": name}})["default"]
    place = Place(other)
    place.run(HAT)
    yield place
    place.sql(f"DROP TABLE {TABLE}")
    other.close()


def test_an_index_is_built(hats):
    hats.run(AddIndexOnline("hat", INDEX))
    assert INDEX.name in hats.constraints()


def test_an_index_goes_away_backwards(hats):
    operation = AddIndexOnline("hat", INDEX)
    before = hats.run(operation)
    with hats.connection.schema_editor(atomic=False) as editor:
        operation.database_backwards(APP, editor, hats.state, before)
    assert INDEX.name not in hats.constraints()


@only_postgresql
def test_an_index_that_was_half_built_is_built_anew(hats):
    hats.sql(f"CREATE INDEX {INDEX.name} ON {TABLE} (id)")  # stands for the remains of a broken attempt
    hats.run(AddIndexOnline("hat", INDEX))
    assert "(size)" in hats.sql(f"SELECT indexdef FROM pg_indexes WHERE indexname = '{INDEX.name}'")[0][0]


@only_postgresql
def test_an_index_is_not_built_in_a_transaction(hats, monkeypatch):
    monkeypatch.setattr(hats.connection, "in_atomic_block", True)
    with pytest.raises(BadMigrationError, match="atomic"):
        hats.run(AddIndexOnline("hat", INDEX))


@only_postgresql
def test_waiting_for_an_index_is_not_cut_short_and_then_the_limit_is_as_before(hats):
    hats.sql("SET lock_timeout = '123ms'")
    try:
        hats.run(AddIndexOnline("hat", INDEX))
        assert hats.sql("SHOW lock_timeout") == [("123ms",)]
    finally:
        hats.sql("SET lock_timeout TO DEFAULT")


def test_a_check_holds_for_what_is_written_from_now_on(hats):
    hats.run(AddCheckUnread("hat", CHECK))
    with pytest.raises(IntegrityError):
        hats.sql(f"INSERT INTO {TABLE} (size) VALUES (80)")


@only_postgresql
def test_a_check_bears_what_was_written_before_until_it_is_read(hats):
    hats.sql(f"INSERT INTO {TABLE} (size) VALUES (80)")
    hats.run(AddCheckUnread("hat", CHECK))
    with pytest.raises(IntegrityError):
        hats.run(ReadCheck("hat", CHECK.name))
    hats.sql(f"UPDATE {TABLE} SET size = 60")
    hats.run(ReadCheck("hat", CHECK.name))
    assert hats.sql(f"SELECT convalidated FROM pg_constraint WHERE conname = '{CHECK.name}'") == [(True,)]


def test_reading_for_a_check_changes_nothing_that_django_knows(hats):
    hats.run(AddCheckUnread("hat", CHECK))
    assert hats.run(ReadCheck("hat", CHECK.name)).models == hats.state.models
