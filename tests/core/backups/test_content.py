"""What is backed up is everything, and what is restored is the same, whichever database it goes to."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from insteg.audit.models import Entry, EntrySubject
from insteg.core.backups import restoring, tables
from insteg.documents.files import keep
from insteg.documents.models import StoredFile
from insteg.inventory.models import PlannedProcurement
from tests.core.backups import places

ODD = "Å\täö\n\\N \\ \"'; DROP 🙂 € {}"
WHEN = dt.datetime(2026, 3, 29, 1, 30, 0, 7, tzinfo=dt.UTC)


@pytest.fixture
def odd_rows(house):
    """What a format of one's own easily gets wrong."""
    said = {"z": [1, 2.5, None, True], "å": ODD, "a": {}}
    Entry.objects.create(at=WHEN, action="odd", actor_kind="system", actor_id="", changed=said, reason=ODD)
    Entry.objects.create(at=WHEN.replace(microsecond=0), action="plain", actor_kind="system", actor_id="x")
    last = Entry.objects.create(action="gone", actor_kind="system", actor_id="x")
    PlannedProcurement.objects.filter(pk=house.planned["p"].pk).update(fte="4.50", description=ODD, value_min=0)
    keep(b"", "tom.xlsx")
    keep(bytes(range(256)) * 600, ODD)
    return last


def test_every_table_is_kept_or_left_out_for_a_reason():
    kept = {table.name for table in tables.kept()}
    left_out = {*tables.left_out(), *tables.MADE_OTHERWISE}
    assert not kept & left_out
    assert len(tables.LEFT_OUT) == len(tables.left_out())
    assert kept == {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - left_out


def test_every_table_in_the_database_is_one_of_those(db):
    there = set(connection.introspection.table_names())
    assert there == {table.name for table in tables.kept()} | {*tables.left_out(), *tables.MADE_OTHERWISE}


def test_the_content_is_the_same_in_a_new_sqlite_file_and_back(
    odd_rows, back_up, restore, keys, disk, elsewhere, tmp_path
):
    """On PostgreSQL: from there to SQLite and back again. The file is wholly new: it is migrated on the way."""
    first = back_up("en.age")
    here = {file.pk: file.read() for file in StoredFile.objects.all()}
    folder = disk()
    with places.at(places.file_place(tmp_path / "ny.sqlite3")):
        said = restore(first)
        second = back_up("tva.age")
        odd = Entry.objects.get(action="odd")
        assert (odd.at, odd.reason, odd.changed["å"]) == (WHEN, ODD, ODD)
        assert {file.pk: file.read() for file in StoredFile.objects.all()} == here
    with places.at(elsewhere()):
        restore(second)
        third = restoring.verify(back_up("tre.age"), keys.identities)
        assert str(PlannedProcurement.objects.filter(description=ODD).values_list("fte", flat=True)[0]) == "4.5"
    assert said.tables == restoring.verify(second, keys.identities).tables == third.tables
    assert said.files == third.files
    assert said.rows > 500
    assert {file.stat().st_mode & 0o777 for file in folder.rglob("*") if file.is_file()} == {0o600}


def test_what_the_database_promises_holds_when_it_is_restored(house, back_up, restore, disk, elsewhere):
    file = back_up()
    disk()
    with places.at(elsewhere()):
        restore(file)
        for change in ("UPDATE audit_entry SET reason = 'x'", "DELETE FROM audit_entrysubject"):
            with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
                places.connections["default"].cursor().execute(change)


def test_new_rows_are_numbered_after_those_that_are_gone(odd_rows, back_up, restore, disk, elsewhere):
    """A number that a seal of the log has covered must never come again."""
    with connection.cursor() as cursor, places.without_triggers():
        cursor.execute("DELETE FROM audit_entry WHERE id = %s", [odd_rows.pk])
    file = back_up()
    disk()
    with places.at(elsewhere()):
        restore(file)
        new = Entry.objects.create(action="new", actor_kind="system", actor_id="x")
        assert new.pk > odd_rows.pk
        EntrySubject.objects.create(entry=new, model="x", row=house_id(), row_version=1)


def house_id():
    return PlannedProcurement.objects.values_list("pk", flat=True)[0]
