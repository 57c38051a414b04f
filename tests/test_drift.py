"""What the operations manual gives out works: on PostgreSQL the application's own role cannot rewrite the log."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from insteg.access.actor import SYSTEM
from insteg.audit.log import record
from insteg.audit.models import Entry, Seal
from insteg.audit.verifying import faults_of_log
from insteg.core import clock
from insteg.core.jobs import JOBS
from insteg.inventory.actions import change

ROOT = Path(__file__).parent.parent
MANUAL = ROOT / "docs/drift"
LOG = {"audit_entry": "id", "audit_entrysubject": "id", "audit_seal": "number", "audit_pruning": "id"}


@pytest.fixture
def as_the_application(db):
    """In one transaction: the role of the manual, its rights, and then only them."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE insteg")
        cursor.execute((MANUAL / "roller.sql").read_text(encoding="utf-8"))
        cursor.execute("SET LOCAL ROLE insteg")
        yield cursor
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize("table", LOG)
@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"])
def test_the_application_cannot_rewrite_the_log(as_the_application, table, statement):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        as_the_application.execute(statement.format(table, LOG[table]))


@pytest.mark.parametrize("around", [
    "ALTER TABLE audit_entry DISABLE TRIGGER USER",
    "SET session_replication_role = replica",
    "DROP FUNCTION audit_entry_no_delete CASCADE",
    "INSERT INTO audit_pruning (seal_id, before, count, at) VALUES (1, '2000-01-01', 0, now())",
])  # fmt: skip
def test_the_application_has_no_way_around(as_the_application, around):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        as_the_application.execute(around)


def test_the_application_cannot_prune_the_log_and_says_who_can(as_the_application, settings, tmp_path):
    settings.ANCHORS_FILE = tmp_path / "loggen.txt"
    with clock.set_back(days=6 * 366):
        record(SYSTEM, "x", [], [], "")
        JOBS["audit.seal"]()
    with pytest.raises(CommandError, match="ägarens roll"), transaction.atomic():
        call_command("prune_log", before=clock.today() - dt.timedelta(days=5 * 366))
    assert "gallrad" not in settings.ANCHORS_FILE.read_text()
    assert Entry.objects.exists()


def test_the_application_acts_seals_and_verifies_with_its_own_rights_only(town, as_the_application, settings, tmp_path):
    settings.ANCHORS_FILE = tmp_path / "loggen.txt"
    change(actor=town.who["park"], target=town.planned["p"], seen=None, months=12)
    JOBS["audit.seal"]()
    assert Seal.objects.latest("number").last == Entry.objects.latest("pk").pk
    assert faults_of_log() == []
    JOBS["audit.verify"]()
    as_the_application.execute("SELECT current_user")
    assert as_the_application.fetchone() == ("insteg",)


def test_the_manual_names_every_setting_that_production_reads():
    settings = (ROOT / "insteg/config/settings/prod.py").read_text(encoding="utf-8")
    read = set(re.findall(r"""(?:required\(|environ\.get\(|environ\[)"([A-Z_]+)\"""", settings))
    manual = (MANUAL / "README.md").read_text(encoding="utf-8")
    assert not {name for name in read if f"`{name}`" not in manual}
