"""Numbers are handed out in one order and committed in another, and nothing is sealed over what may still come."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection, connections, transaction

from insteg.access.actor import SYSTEM
from insteg.audit import anchors, sealing
from insteg.audit.log import record
from insteg.audit.models import Entry, Seal
from insteg.audit.sealing import seal_log
from insteg.audit.verifying import faults_of_log
from tests.concurrency.together import AT_ONCE, press

pytestmark = AT_ONCE


@pytest.fixture(autouse=True)
def anchored(settings, tmp_path):
    settings.ANCHORS_FILE = tmp_path / "loggen.txt"


@contextmanager
def somebody_writing(*, and_then="commit"):
    """Another has a number in hand; it ends as is said when `end` is set, or when the block is left."""
    has_number, end = threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            record(SYSTEM, "late", [], [], "")
            has_number.set()
            end.wait(30)
            transaction.set_rollback(and_then == "roll back")
        connections.close_all()

    thread = threading.Thread(target=write)
    thread.start()
    assert has_number.wait(30)
    try:
        yield end
    finally:
        end.set()
        thread.join()


def write(count):
    for _turn in range(count):
        record(SYSTEM, "x", [], [], "")


def sealed():
    return [entry for seal in Seal.objects.order_by("number") for entry in range(seal.first, seal.last + 1)]


@pytest.mark.parametrize("and_then", ["commit", "roll back"])
def test_nothing_is_sealed_past_a_number_that_somebody_has_in_hand(town, monkeypatch, and_then):
    monkeypatch.setattr(sealing, "LOOKS", 0)
    write(2)
    seal_log()
    last = Entry.objects.latest("pk").pk
    write(1)
    with somebody_writing(and_then=and_then):
        write(2)
        seal_log()
        assert sealed()[-1] == last + 1
    seal_log()
    assert sealed()[-1] == last + 4
    assert Seal.objects.latest("number").missing == ([] if and_then == "commit" else [[last + 2, last + 2]])
    anchors.anchor_seals()
    assert faults_of_log() == []


def test_whoever_soon_commits_is_waited_for(town):
    seal_log()
    with somebody_writing() as end:
        write(1)
        threading.Timer(0.5, end.set).start()
        seal_log()
        assert sealed()[-1] == Entry.objects.latest("pk").pk
        assert Seal.objects.latest("number").count == 2


def test_nobody_is_waited_for_who_began_afterwards(town, monkeypatch):
    """Otherwise a busy house would never be sealed."""
    with transaction.atomic():
        write(1)
        transaction.set_rollback(True)
    write(1)
    begun = {}
    looked = sealing.writers

    def writers():
        found = looked()
        if not begun:
            begun["writer"] = somebody_writing()
            begun["writer"].__enter__()
            begun["seen"] = looked()
        return found

    monkeypatch.setattr(sealing, "writers", writers)
    try:
        assert sealing.writers_have_gone()
        assert begun["seen"]
    finally:
        begun["writer"].__exit__(None, None, None)


def test_writing_waits_for_no_seal(town):
    """The job takes no lock that a writer meets."""
    write(3)
    seal_log()
    with transaction.atomic(), connection.cursor() as cursor:
        write(1)
        seal_log()
        cursor.execute("SELECT mode FROM pg_locks WHERE relation = 'audit_entry'::regclass AND pid = pg_backend_pid()")
        assert {mode for (mode,) in cursor.fetchall()} <= {"AccessShareLock", "RowExclusiveLock", "RowShareLock"}


def test_four_workers_at_once_make_one_chain(town, monkeypatch):
    monkeypatch.setattr(sealing, "MOST_ENTRIES", 3)
    write(20)
    press(*[seal_log] * 4)
    seal_log()
    press(*[anchors.anchor_seals] * 4)
    assert sealed() == list(range(1, Entry.objects.latest("pk").pk + 1))
    assert faults_of_log() == []
    assert len(anchors.file().read_text().splitlines()) == Seal.objects.count()
