"""A restoring is done as a whole or not at all, and never over something else."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.db import IntegrityError, ProgrammingError, connection, transaction

from insteg.audit.models import Entry
from insteg.core.backups import Fault, loading, restoring
from insteg.documents.models import StoredFile
from insteg.organisations.models import User
from tests.core.backups import places


@pytest.fixture
def copy(house, back_up, disk):
    file = back_up()
    disk()
    return file


def nobody_is_there():
    return not User.objects.exists() and not Entry.objects.exists()


def test_what_is_broken_off_leaves_the_database_empty_and_can_be_done_again(copy, restore, elsewhere):
    def fall(tables, manifest):
        raise KeyboardInterrupt

    with places.at(elsewhere()):
        with pytest.raises(KeyboardInterrupt):
            restore(copy, then=fall)
        assert nobody_is_there()
        restore(copy)
        assert User.objects.exists()
        with pytest.raises(Fault, match="är inte tom"):
            restore(copy)


def test_a_table_that_did_not_become_the_same_is_noticed(copy, restore, elsewhere, monkeypatch):
    load = loading.load
    monkeypatch.setattr(loading, "load", lambda there, table, rows: load(there, table, without_the_last(table, rows)))
    with places.at(elsewhere()):
        with pytest.raises(Fault, match="mail_message blev inte densamma"):
            restore(copy)
        assert nobody_is_there()


def without_the_last(table, rows):
    *found, _last = rows if table.name == "mail_message" else [*rows, b""]
    yield from found


def test_references_are_asked_though_the_triggers_stand_aside(copy, restore, elsewhere, monkeypatch):
    load = loading.load
    nothing = lambda there, table, rows: load(there, table, iter([*rows][: 0 if table.name.endswith("user") else None]))  # noqa: E731
    monkeypatch.setattr(loading, "load", nothing)
    monkeypatch.setattr(restoring, "require_same", lambda *found: None)
    with places.at(elsewhere()):
        with pytest.raises(IntegrityError):
            restore(copy)
        assert nobody_is_there()


def test_one_of_a_newer_version_and_a_database_ahead_of_it_are_refused(copy, restore, elsewhere, monkeypatch):
    verify, ahead = restoring.verify, [("mail", "9999_later")]

    def with_migrations(change):
        def changed(file, identities):
            manifest = verify(file, identities)
            manifest.header["migrations"] = change(manifest.header["migrations"])
            return manifest

        monkeypatch.setattr(restoring, "verify", changed)

    with places.at(elsewhere()):
        with_migrations(lambda known: [*known, *ahead])
        with pytest.raises(Fault, match="nyare version"):
            restore(copy)
        with_migrations(lambda known: [each for each in known if each[0] != "needs"])
        with pytest.raises(Fault, match="redan migrerad förbi"):
            restore(copy)
        assert nobody_is_there()


def test_without_the_keys_of_then_it_says_so_before_anything_is_done(copy, restore, elsewhere, settings):
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    with places.at(elsewhere()):
        with pytest.raises(Fault, match="ENCRYPTION_KEYS"):
            restore(copy)
        assert nobody_is_there()
        restore(copy, without_keys=True)
        assert User.objects.exists()


def test_a_key_that_was_put_first_since_opens_too(copy, restore, elsewhere, settings):
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode(), *settings.ENCRYPTION_KEYS]
    with places.at(elsewhere()):
        assert restore(copy).rows > 500


def test_a_file_that_lies_where_another_should_stops_it(copy, restore, elsewhere, disk):
    folder = disk("upptagen")
    stored = StoredFile.objects.order_by("pk")[0].content.name
    (folder / stored).parent.mkdir(parents=True)
    (folder / stored).write_bytes(b"en annan")
    with places.at(elsewhere()):
        with pytest.raises(Fault, match="finns redan en annan"):
            restore(copy)
        assert nobody_is_there()
        assert (folder / stored).read_bytes() == b"en annan"
        (folder / stored).unlink()
        restore(copy)
        assert StoredFile.objects.order_by("pk")[0].read()


def test_the_application_still_cannot_rewrite_the_log(copy, restore, elsewhere):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles")
    rights = (Path(__file__).parents[3] / "docs/drift/roller.sql").read_text(encoding="utf-8")
    with places.at(elsewhere()) as there:
        restore(copy)
        with transaction.atomic(), there.cursor() as cursor:
            cursor.execute("CREATE ROLE insteg")
            cursor.execute(rights)
            cursor.execute("SET LOCAL ROLE insteg")
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute("UPDATE audit_entry SET reason = 'x'")
            cursor.execute("SELECT last_value FROM audit_entry_id_seq")  # a backup is made by this role
            transaction.set_rollback(True)
