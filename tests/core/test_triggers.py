"""What the database promises holds for update(), bulk and SQL too, which never pass a model's save()."""

import pytest
from django.db import IntegrityError, connection, migrations, models, transaction

from insteg.core.triggers import refuse

TABLE = "promises"
CREATE = f"CREATE TABLE {TABLE} (id integer PRIMARY KEY, sealed integer NOT NULL, said varchar(20) NOT NULL)"


class Promise(models.Model):
    id = models.IntegerField(primary_key=True)
    sealed = models.IntegerField()
    said = models.CharField(max_length=20)

    class Meta:
        app_label = "tests_of_triggers"
        managed = False
        db_table = TABLE

    def __str__(self):
        return self.said


@pytest.fixture
def promised(db):
    """A table whose sealed rows may not be changed, and from which nothing is deleted."""
    operations = [
        refuse("UPDATE", TABLE, says="It is sealed", when="OLD.sealed = 1"),
        refuse("DELETE", TABLE, says="Nothing is thrown away"),
    ]
    with connection.cursor() as cursor:
        cursor.execute(CREATE)
    run(operations)
    Promise.objects.bulk_create([Promise(id=1, sealed=0, said="öppen"), Promise(id=2, sealed=1, said="stängd")])
    return operations


def run(operations):
    for operation in operations:
        assert isinstance(operation, migrations.RunPython)
        operation.code(None, Editor())


class Editor:
    """Of a schema editor the operations need only this; a real one wants a transaction of its own on SQLite."""

    connection = connection

    def execute(self, sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)


def sealed():
    return Promise.objects.get(pk=2)


def by_save():
    row = sealed()
    row.said = "ny"
    row.save()


def by_update():
    Promise.objects.update(said="ny")


def by_bulk():
    row = sealed()
    row.said = "ny"
    Promise.objects.bulk_update([row], ["said"])


def by_sql():
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET said = 'ny' WHERE id = 2")


@pytest.mark.parametrize("change", [by_save, by_update, by_bulk, by_sql])
def test_a_sealed_row_is_changed_by_no_road(promised, change):
    with pytest.raises(IntegrityError, match="It is sealed"), transaction.atomic():
        change()
    assert sealed().said == "stängd"


def test_what_is_not_sealed_can_be_changed_and_sealed(promised):
    Promise.objects.filter(pk=1).update(said="ny", sealed=1)
    with pytest.raises(IntegrityError, match="It is sealed"), transaction.atomic():
        Promise.objects.filter(pk=1).update(sealed=0)


@pytest.mark.parametrize("delete", [lambda: sealed().delete(), lambda: Promise.objects.all().delete()])
def test_nothing_is_deleted_by_any_road(promised, delete):
    with pytest.raises(IntegrityError, match="Nothing is thrown away"), transaction.atomic():
        delete()
    assert Promise.objects.count() == 2


def test_a_promise_can_be_taken_back_by_a_migration(promised):
    for operation in promised:
        operation.reverse_code(None, Editor())
    Promise.objects.all().delete()
