"""What is older than the log is kept may go, whole seals at a time; the seals stay, and nothing else may go."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from insteg.access.actor import SYSTEM
from insteg.audit import anchors, pruning
from insteg.audit.log import record
from insteg.audit.models import Entry, EntrySubject, Pruning, Seal
from insteg.audit.pruning import prune, youngest_that_may_go
from insteg.audit.verifying import faults_of_log
from insteg.core import clock
from insteg.core.jobs import JOBS
from insteg.organisations.models import Organisation
from tests.tampering.kinds import remove, switch_triggers_off

SIX_YEARS, FOUR_YEARS = 6 * 366, 4 * 365


@pytest.fixture(autouse=True)
def log(db, settings, tmp_path):
    """Three seals of two entries each from six years ago, one from four, and one of today."""
    settings.ANCHORS_FILE = tmp_path / "loggen.txt"
    organisation = Organisation.objects.create(name="Park", kind="department")
    for days in (SIX_YEARS, SIX_YEARS - 1, SIX_YEARS - 2, FOUR_YEARS, 0):
        with clock.set_back(days):
            for _turn in range(2):
                record(SYSTEM, "x", [organisation, organisation], [], "")
            JOBS["audit.seal"]()


def five_years_ago():
    return clock.now() - dt.timedelta(days=5 * 366)


def prune_log(day):
    said = StringIO()
    call_command("prune_log", before=day, stdout=said)
    return said.getvalue()


def seals_with_entries():
    found = Entry.objects.exclude(action="audit.prune").values_list("pk", flat=True)
    return [s.number for s in Seal.objects.order_by("number") if any(s.first <= pk <= s.last for pk in found)]


def test_old_entries_go_and_their_seals_stay_and_the_rest_is_found_whole():
    assert "6 loggposter togs bort" in prune_log(five_years_ago().date())
    assert seals_with_entries() == [4, 5]
    assert Seal.objects.count() == 5
    assert not EntrySubject.objects.exclude(entry__in=Entry.objects.all()).exists()
    assert (Pruning.objects.get().seal_id, Pruning.objects.get().count) == (3, 6)
    assert Entry.objects.latest("pk").action == "audit.prune"
    assert faults_of_log() == []
    JOBS["audit.seal"]()
    assert faults_of_log() == []
    assert "0 loggposter togs bort" in prune_log(five_years_ago().date())


def test_only_whole_seals_go():
    """The day falls within the third."""
    with clock.set_back(SIX_YEARS - 2):
        within = clock.now() - dt.timedelta(hours=1)
    assert prune(within) == 4
    assert seals_with_entries() == [3, 4, 5]
    assert prune(five_years_ago()) == 2
    assert [row.seal_id for row in Pruning.objects.order_by("pk")] == [2, 3]
    assert faults_of_log() == []


def test_what_is_to_be_kept_is_kept():
    day = youngest_that_may_go() + dt.timedelta(days=1)
    with pytest.raises(CommandError, match="60 månader"):
        prune_log(day)
    with pytest.raises(ValueError, match="60 months"):
        prune(clock.now() - dt.timedelta(days=FOUR_YEARS))
    assert seals_with_entries() == [1, 2, 3, 4, 5]


def test_the_database_itself_believes_no_pruning_of_what_is_to_be_kept():
    kept = clock.now() - dt.timedelta(days=30 * Entry.Privacy.keep_months - 30)
    with pytest.raises(DatabaseError, match="kept longer"), transaction.atomic():
        Pruning.objects.create(seal_id=4, before=kept, count=2)


def test_a_log_that_does_not_hold_is_not_pruned():
    switch_triggers_off()
    remove([Seal.objects.get(number=2).first])
    with pytest.raises(CommandError, match="utrett"):
        prune_log(five_years_ago().date())
    assert seals_with_entries() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("table", [Entry, EntrySubject])
def test_the_triggers_let_through_what_was_pruned_and_nothing_more(table):
    """Sealed up to there, and older than it says: neither the seal after, nor a younger entry before."""
    kept, gone = Seal.objects.get(number=4).first, Seal.objects.get(number=3).last
    Pruning.objects.create(seal_id=3, before=five_years_ago(), count=6)
    which = "id" if table is Entry else "entry_id"
    if table is Entry:
        EntrySubject.objects.filter(entry=gone)._raw_delete("default")
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        table.objects.filter(**{which: kept})._raw_delete("default")
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        table.objects.filter(**{which: gone}).update(**{which: gone + 1000})
    assert table.objects.filter(**{which: gone})._raw_delete("default")


def test_a_younger_entry_among_what_is_pruned_stays():
    with clock.set_back(SIX_YEARS - 2):
        within = clock.now() - dt.timedelta(hours=1)
    Pruning.objects.create(seal_id=3, before=within, count=6)
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        EntrySubject.objects.filter(entry=Seal.objects.get(number=3).last)._raw_delete("default")


def test_whoever_dies_between_the_anchor_and_the_pruning_has_pruned_nothing(monkeypatch):
    def anchored_and_killed(*args):
        anchors.anchor_pruning(*args)
        raise RuntimeError("killed")

    monkeypatch.setattr(pruning, "anchor_pruning", anchored_and_killed)
    with pytest.raises(RuntimeError, match="killed"):
        prune(five_years_ago())
    assert seals_with_entries() == [1, 2, 3, 4, 5]
    assert faults_of_log() == []
    monkeypatch.undo()
    assert prune(five_years_ago()) == 6
    assert faults_of_log() == []


def test_a_pruning_that_no_anchor_knows_is_a_fault():
    before = five_years_ago()
    Pruning.objects.create(seal_id=3, before=before, count=6)
    remove(list(range(1, Seal.objects.get(number=3).last + 1)))
    assert "inte förankrad" in " ".join(faults_of_log())
    anchors.anchor_pruning(3, before)
    assert faults_of_log() == []


def test_what_a_pruning_left_behind_is_a_fault():
    before = five_years_ago()
    anchors.anchor_pruning(3, before)
    Pruning.objects.create(seal_id=3, before=before, count=6)
    assert "Bland det som är gallrat" in " ".join(faults_of_log())
