"""What the verifier says, and whom the nightly check tells."""

from io import StringIO

import pytest
from django.core.management import call_command

from insteg.access.rules import NOTHING, Rule
from insteg.audit import access, anchors, verifying
from insteg.audit.models import Entry, LogCheck, Seal
from insteg.audit.queries import tasks
from insteg.audit.verifying import faults_of_log
from insteg.core import clock
from insteg.core.jobs import JOBS
from insteg.inventory.actions import change
from tests.jobs import run_queued
from tests.tampering.kinds import switch_triggers_off


@pytest.fixture(autouse=True)
def anchored(settings, tmp_path):
    settings.ANCHORS_FILE = tmp_path / "loggen.txt"
    return settings.ANCHORS_FILE


def seal():
    JOBS["audit.seal"]()


def change_months(town, *values):
    for months in values:
        change(actor=town.who["park"], target=town.planned["p"], seen=None, months=months)


def tamper():
    switch_triggers_off()
    Entry.objects.filter(pk=Entry.objects.earliest("pk").pk).update(actor_id="någon annan")


def verify_log(**more):
    """What the command says, and what it ends with."""
    said = StringIO()
    try:
        call_command("verify_log", stdout=said, **more)
    except SystemExit as ended:
        return said.getvalue(), ended.code
    return said.getvalue(), 0


def test_a_whole_log_is_said_to_be_whole(town, anchored):
    seal()
    said, code = verify_log()
    assert code == 0
    assert "Loggen stämmer." in said
    assert f"Loggposter: {Entry.objects.count()}. Förseglingar: 1." in said
    assert "för 0 minuter sedan" in said
    assert str(anchored) in said


def test_what_is_not_sealed_yet_is_said_and_is_no_fault(town):
    change_months(town, 12)
    said, code = verify_log()
    assert code == 0
    assert f"Ännu inte förseglade: {Entry.objects.count()}" in said


def test_tampering_ends_with_one_and_says_where(town):
    seal()
    tamper()
    said, code = verify_log()
    assert code == 1
    assert "Försegling 1" in said
    assert "Loggen stämmer INTE." in said


def test_a_copy_of_the_anchors_is_compared_when_the_file_beside_the_database_was_rewritten(town, anchored, tmp_path):
    seal()
    copy = tmp_path / "kopia.txt"
    copy.write_bytes(anchored.read_bytes().replace(Seal.objects.get().hash.encode(), b"f" * 64))
    assert verify_log()[1] == 0
    said, code = verify_log(anchors=copy)
    assert code == 1
    assert "omskriven" in said


def test_sealing_that_has_stopped_is_said_and_ends_with_one(town):
    with clock.set_back(days=2):
        seal()
    with clock.set_back(days=1):
        change_months(town, 12)
    said, code = verify_log()
    assert code == 1
    assert "Förseglingen har stannat" in said


def told(town, name):
    return [str(task.title) for task in tasks(town.who[name])]


def test_the_administrator_and_nobody_else_is_told_what_the_night_found(town):
    seal()
    JOBS["audit.verify"]()
    run_queued()
    assert [check.faults for check in LogCheck.objects.all()] == [0]
    assert told(town, "admin") == []
    tamper()
    JOBS["audit.verify"]()
    run_queued()
    assert LogCheck.objects.latest("pk").faults > 0
    assert told(town, "admin") == told(town, "admin2") == ["Loggen stämmer inte: be den som sköter driften att titta"]
    assert [name for name in town.who if told(town, name)] == ["admin", "admin2"]


def test_what_the_night_found_is_told_of_the_nights_that_the_rule_lets_one_see(town, monkeypatch):
    LogCheck.objects.create(seals=1, faults=1)
    assert len(told(town, "admin")) == 1
    narrower = dict.fromkeys(access.SEE.table, lambda actor: NOTHING)
    monkeypatch.setattr(access, "SEE", Rule(access.SEE.name, LogCheck, narrower))
    assert told(town, "admin") == []


def test_the_administrator_and_nobody_else_is_told_that_sealing_has_stopped(town):
    assert told(town, "admin") == []  # a house in which nothing was ever sealed has only begun
    with clock.set_back(days=2):
        seal()
    assert told(town, "admin") == []  # nothing waits
    with clock.set_back(days=1):
        change_months(town, 12)
    assert told(town, "admin") == ["Loggen förseglas inte: be den som sköter driften att titta"]
    assert [name for name in town.who if told(town, name)] == ["admin", "admin2"]
    seal()
    assert told(town, "admin") == []


def test_the_task_leads_to_what_to_do(as_, town):
    seal()
    LogCheck.objects.create(seals=1, faults=1)
    [task] = tasks(town.who["admin"])
    page, anchor = task.url.split("#")
    assert f'id="{anchor}"' in as_("admin").get(page).content.decode()


def test_a_night_s_verification_is_done_in_parts(town, monkeypatch):
    for months in (12, 13, 14):
        change_months(town, months)
        seal()
    monkeypatch.setattr("insteg.audit.jobs.SEALS_AT_A_TIME", 2)
    tamper()
    JOBS["audit.verify"]()
    assert run_queued() == ["audit.verify_part"] * 2
    assert (LogCheck.objects.get().seals, LogCheck.objects.get().faults) == (3, 1)


def test_what_is_read_does_not_grow_with_the_log(town, monkeypatch):
    """A few seals at a time, a few entries at a time."""
    for months in (12, 13, 14, 15):
        change_months(town, months)
        seal()
    for module, name in ((verifying, "AT_A_TIME"), (anchors, "AT_A_TIME")):
        monkeypatch.setattr(module, name, 2)
    monkeypatch.setattr("insteg.audit.sealing.READ_AT_A_TIME", 2)
    assert faults_of_log() == []
    tamper()
    assert len(faults_of_log()) == 1
