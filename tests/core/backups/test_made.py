"""A backup is of one moment, is never plain text on a disk, and has its name only when it is whole."""

import random

import pytest
from django.db import connection

from insteg.core.backups import Fault, making, restoring, sealing, snapshot
from insteg.documents.files import keep
from tests.core.backups import places

ENTRY = (
    "INSERT INTO audit_entry (at, action, actor_kind, actor_id, changed, reason)"
    " VALUES (%s, 'x', 'system', '', '[]', '')"
)
SUBJECT = (
    "INSERT INTO audit_entrysubject (entry_id, model, row, row_version)"
    " SELECT max(id), 'x', '00000000-0000-4000-8000-000000000001', 1 FROM audit_entry"
)


def one_more(there):
    """An entry and its row, committed at once by somebody else."""
    with there.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(ENTRY, ["2026-11-23 01:00:00+00:00" if there.vendor == "postgresql" else "2026-11-23 01:00:00"])
        cursor.execute(SUBJECT)
        cursor.execute("COMMIT")


@pytest.fixture
def someone_else(elsewhere):
    """Being at another database, and a connection that somebody else has to it."""
    place = elsewhere()
    with places.at(place):
        other = places.another_connection(place)
        yield other
        other.close()


def test_a_backup_is_of_one_moment_while_others_write(someone_else, keys, tmp_path, monkeypatch):
    read = snapshot.lines

    def and_then_somebody_writes(there, table):
        yield from read(there, table)
        one_more(someone_else)  # after this table, before the next

    monkeypatch.setattr(snapshot, "lines", and_then_somebody_writes)
    one_more(someone_else)
    made = making.make(places.connections["default"], tmp_path / "kopia.age", keys.recipients, {})
    counts = {table.name: table.size for table in made.manifest.tables}
    assert (counts["audit_entry"], counts["audit_entrysubject"]) == (1, 1)
    with places.connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry")
        assert cursor.fetchone() == (1 + len(counts),)  # nobody had to wait
    assert restoring.verify(tmp_path / "kopia.age", keys.identities) == made.manifest


def test_nothing_is_plain_text_while_it_is_made_or_after(house, keys, tmp_path, monkeypatch):
    seen = []
    read = snapshot.lines

    def and_look(there, table):
        yield from read(there, table)
        seen.extend(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())

    monkeypatch.setattr(snapshot, "lines", and_look)
    with (tmp_path / "kopia.age").open("wb") as file:
        making.copy(connection, file, keys.recipients, {})
    seen.append((tmp_path / "kopia.age").read_bytes())
    assert len(seen) > 10
    for word in ("Parkskötsel", "staden.example", "made_at"):
        assert not any(word.encode() in data for data in seen)
    assert seen[-1].startswith(b"age-encryption.org/v1\n")


def test_a_backup_that_is_broken_off_has_no_name_and_no_other_is_written_over(
    someone_else, keys, tmp_path, monkeypatch
):
    target, there = tmp_path / "kopia.age", places.connections["default"]

    def break_off(connection):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(snapshot, "migrations", break_off)
        with pytest.raises(KeyboardInterrupt):
            making.make(there, target, keys.recipients, {})
    assert [*tmp_path.glob("*kopia*")] == []
    one_more(someone_else)  # no transaction was left behind
    target.write_bytes(b"en annan")
    with pytest.raises(Fault, match="finns redan"):
        making.make(there, target, keys.recipients, {})
    assert target.read_bytes() == b"en annan"
    with pytest.raises(Fault, match="går inte att skriva i"):
        making.make(there, tmp_path / "ingen-mapp" / "kopia.age", keys.recipients, {})


class Full:
    """A disk with room for so many writings."""

    def __init__(self, room):
        self.room = room

    def write(self, data):
        if not self.room:
            raise OSError("No space left")
        self.room -= 1
        return len(data)


@pytest.mark.parametrize(("size", "room"), [(100, 0), (70_000, 1), (70_000, 2), (300_000, 4)])
def test_a_disk_that_is_full_is_noticed_also_at_the_very_end(keys, size, room):
    """The library keeps the fault of its last writing to itself."""
    with pytest.raises(OSError, match="No space left"):
        sealing.seal([random.randbytes(size)], Full(room), keys.recipients)


def test_a_whole_disk_is_as_large_as_that(keys):
    sealing.seal([random.randbytes(300_000)], Full(10), keys.recipients)


def test_a_file_that_is_gone_is_told_of_and_stops_nothing(db, back_up, keys):
    here, gone = keep(b"a", "a.xlsx").content, keep(b"b", "b.xlsx").content
    gone.storage.delete(gone.name)
    found = restoring.verify(back_up(), keys.identities)
    assert found.missing == [f"files/{gone.name}"]
    assert [file.name for file in found.files] == [f"files/{here.name}"]
