from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection

from insteg.core.backups import making, restoring, sealing
from tests.core.backups import places

TOUCHED = ("organisations_user", "audit_entry")


class Keys:
    def __init__(self, folder: Path) -> None:
        self.secret, self.public = sealing.new_key()
        self.file = folder / "nyckel.txt"
        self.file.write_text(f"# hemlig\n\n{self.secret}\n")
        self.recipients = sealing.recipients_of([self.public])
        self.identities = sealing.identities_of(self.file)


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    return Keys(tmp_path_factory.mktemp("nycklar"))


@pytest.fixture
def back_up(keys, tmp_path):
    """Makes a backup of the database at hand, within the test's own transaction, and gives the file."""

    def make(name="kopia.age", **beside):
        file = tmp_path / name
        with file.open("wb") as into:
            making.copy(connection, into, keys.recipients, beside)
        return file

    return make


@pytest.fixture
def disk(monkeypatch, tmp_path):
    """From here on files lie in a folder, as in production; it is given. What the town has in memory stays there."""

    def turn(name="filer"):
        _ = default_storage.base_location  # now there is one
        monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(tmp_path / name))
        return tmp_path / name

    return turn


@pytest.fixture
def elsewhere(tmp_path, db):
    """Migrated databases where nobody has been, of the kind that the tests stand on; gone after the test."""
    made = []

    def another():
        number = len(made)
        if connection.vendor == "postgresql":
            place = places.migrated_server_place(f"insteg_elsewhere_{number}")
        else:
            place = places.migrated_file(tmp_path / f"annan-{number}.sqlite3")
        made.append(place)
        return place

    yield another
    for place in made:
        places.drop(place)


@pytest.fixture
def restore(keys):
    def lay(file, **options):
        return restoring.restore(file, keys.identities, **{"touched": TOUCHED, "then": nothing, "beside": {}} | options)

    return lay


def nothing(tables, manifest):
    """Nothing is to be written when a backup has been loaded."""
