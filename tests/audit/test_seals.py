"""The log is sealed into a chain, and what is done to it afterwards is found."""

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from insteg.access.actor import SYSTEM
from insteg.audit import anchors, sealing
from insteg.audit.log import record
from insteg.audit.models import Entry, EntrySubject, Pruning, Seal
from insteg.audit.sealing import NOTHING_BEFORE, content_of, hash_of, lines, next_seal, seal_log
from insteg.audit.verifying import faults_of_log
from insteg.core import clock
from insteg.core.jobs import JOBS
from insteg.inventory.actions import change


@pytest.fixture(autouse=True)
def anchored(settings, tmp_path):
    settings.ANCHORS_FILE = tmp_path / "forankring" / "loggen.txt"
    return settings.ANCHORS_FILE


def change_months(town, *values):
    for months in values:
        change(actor=town.who["park"], target=town.planned["p"], seen=None, months=months)


def seal():
    JOBS["audit.seal"]()


def test_what_is_done_is_sealed_and_anchored_and_found_whole(town, anchored):
    seal()
    change_months(town, 12, 24)
    seal()
    seal()  # nothing new, nothing sealed
    first, second = Seal.objects.order_by("number")
    assert (first.number, first.previous, first.first) == (1, NOTHING_BEFORE, 1)
    assert (second.number, second.previous, second.first, second.count) == (2, first.hash, first.last + 1, 2)
    assert second.last == Entry.objects.latest("pk").pk
    lines = anchored.read_text().splitlines()
    assert [line.split()[:2] for line in lines] == [["1", first.hash], ["2", second.hash]]
    assert faults_of_log() == []


def test_the_digest_is_the_same_on_both_databases_and_in_ten_years(db):
    """Written down, so that nobody changes the form without meaning to: what is sealed would no longer verify."""
    entry = Entry.objects.create(
        pk=2_000_000_001, at=dt.datetime(2026, 11, 23, 8, 30, 0, 5, tzinfo=dt.UTC), action="inventory.change",
        actor_kind="member", actor_id="7", membership_id=uuid.UUID(int=7), changed=["title", "värde"], reason="Å",
    )  # fmt: skip
    for number in (2, 1):
        EntrySubject.objects.create(entry=entry, model="inventory.X", row=uuid.UUID(int=number), row_version=number)
    [(_pk, said)] = lines(entry.pk, entry.pk)
    assert said == (
        '[2000000001,"2026-11-23T08:30:00.000005+00:00","inventory.change","member","7",'
        '"00000000-0000-0000-0000-000000000007",["title","v\\u00e4rde"],"\\u00c5",'
        '[["inventory.X","00000000-0000-0000-0000-000000000001",1],'
        '["inventory.X","00000000-0000-0000-0000-000000000002",2]]]'
    )
    found = content_of(entry.pk - 1, entry.pk + 1)
    assert (found.count, found.missing) == (1, [[2000000000, 2000000000], [2000000002, 2000000002]])
    assert found.digest == "a1908995e00e999baccdc263db25922db844ef1570f0ab5406e343f89a7fd266"
    at = dt.datetime(2026, 11, 23, 8, 31, tzinfo=dt.UTC)
    sealed = Seal(number=1, previous=NOTHING_BEFORE, first=1, last=2, missing=[], count=2, content="c", at=at)
    assert hash_of(sealed) == "353805a9d491b4b20d75ad98eecb782c4739ae697b566f9aeb42204740793784"


def test_an_entry_with_many_rows_and_one_without_are_sealed_alike(town, monkeypatch):
    monkeypatch.setattr(sealing, "READ_AT_A_TIME", 2)
    for rows in ([], [town.planned["p"], town.planned["h"]], [], [], [town.planned["h"]]):
        record(SYSTEM, "x", rows, [], "")
    seal()
    five = [said for _pk, said in lines(Entry.objects.latest("pk").pk - 4, Entry.objects.latest("pk").pk)]
    assert [said.count("inventory.PlannedProcurement") for said in five] == [0, 2, 0, 0, 1]
    assert faults_of_log() == []


def test_what_has_piled_up_is_sealed_in_parts(town, monkeypatch):
    seal()
    for _turn in range(7):
        record(SYSTEM, "x", [], [], "")
    monkeypatch.setattr(sealing, "MOST_ENTRIES", 3)
    assert seal_log(most=2) == 2
    assert seal_log(most=2) == 1
    assert [*Seal.objects.order_by("number").values_list("count", flat=True)][1:] == [3, 3, 1]
    anchors.anchor_seals()
    assert faults_of_log() == []


def test_what_was_rolled_back_leaves_a_gap_that_nobody_can_fill(town):
    seal()
    last = Entry.objects.latest("pk").pk
    Entry.objects.create(pk=last + 3, action="x", actor_kind="system", actor_id="system")
    seal()
    assert Seal.objects.get(number=2).missing == [[last + 1, last + 2]]
    assert faults_of_log() == []
    Entry.objects.create(pk=last + 2, action="x", actor_kind="system", actor_id="system")
    seal()
    [fault] = faults_of_log()
    assert f"loggposter har lagts till: {last + 2}" in fault


@pytest.mark.parametrize("number", [0, -7])
def test_an_entry_before_the_first_is_found(town, number):
    seal()
    Entry.objects.create(pk=number, action="x", actor_kind="system", actor_id="system")
    [fault] = faults_of_log()
    assert f"Loggpost {number} " in fault


def test_two_workers_cannot_fork_the_chain(town, monkeypatch):
    seal()
    change_months(town, 12)
    before = sealing.newest()
    assert next_seal()
    monkeypatch.setattr(sealing, "newest", lambda: before)  # as seen by one who began at the same moment
    change_months(town, 24)
    assert next_seal() is None
    assert Seal.objects.count() == 2
    fork = Seal(number=3, previous=before.hash, first=1, last=1, count=1, content="", hash="")
    with pytest.raises(IntegrityError), transaction.atomic():
        fork.save(force_insert=True)


def test_whoever_dies_between_the_seal_and_its_anchor_is_healed_by_the_next_run(town, anchored):
    seal()
    change_months(town, 12)
    assert seal_log() == 1
    assert faults_of_log() == []  # it is only just sealed
    seal()
    assert len(anchored.read_text().splitlines()) == 2
    anchored.write_bytes(anchored.read_bytes()[:-30])  # and whoever dies in the middle of the line
    change_months(town, 24)
    seal()
    assert faults_of_log() == []
    assert [read.anchor.number for read in anchors.read(anchored) if read.anchor] == [1, 2, 3]


def test_a_seal_that_is_not_anchored_for_long_is_a_fault(town, anchored, monkeypatch):
    with clock.set_back(days=1):
        seal()
        change_months(town, 12)
        seal_log()
    [fault] = faults_of_log()
    assert "inte förankrade" in fault
    anchored.unlink()
    [fault] = faults_of_log()
    assert "finns inte" in fault


def test_an_anchor_file_that_cannot_be_written_stops_no_seal(town, anchored, caplog):
    anchored.parent.write_text("a file where the folder should be")
    seal()
    assert Seal.objects.count() == 1
    assert "cannot be anchored" in caplog.text


def test_nothing_is_anchored_onto_another_chain(town, anchored, caplog):
    """A chain that was rewritten, or an older backup: it is found, and stays found until someone has looked."""
    seal()
    other = anchored.read_text().replace(Seal.objects.get().hash, "0" * 64)
    anchored.write_text(other)
    change_months(town, 12)
    seal()
    assert anchored.read_text() == other
    assert "cannot be anchored" in caplog.text
    assert "omskriven" in " ".join(faults_of_log())


@pytest.mark.parametrize("change", [
    lambda: Seal.objects.update(count=0),
    lambda: Seal.objects.all()._raw_delete("default"),
    lambda: Pruning.objects.update(count=0),
    lambda: Pruning.objects.all()._raw_delete("default"),
])  # fmt: skip
def test_seals_and_prunings_are_only_added_to(town, change):
    seal()
    Pruning.objects.create(seal=Seal.objects.get(), before=clock.now() - dt.timedelta(days=3000), count=0)
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        change()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's writers do not take turns")
def test_on_sqlite_nobody_is_waited_for(town, monkeypatch):
    monkeypatch.setattr(sealing, "writers_have_gone", lambda: pytest.fail("asked"))
    seal()
