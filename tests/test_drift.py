"""What the operations manual gives out works: on PostgreSQL the application's own role cannot rewrite the log."""

import re
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction

ROOT = Path(__file__).parent.parent
MANUAL = ROOT / "docs/drift"
LOG = ("audit_entry", "audit_entrysubject")


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
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_application_cannot_rewrite_the_log(as_the_application, table, change):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        as_the_application.execute(change.format(table))


def test_the_application_can_read_and_add_to_the_log(as_the_application):
    as_the_application.execute("SELECT count(*) FROM audit_entry")
    as_the_application.execute("SELECT has_table_privilege('audit_entry', 'INSERT')")
    assert as_the_application.fetchone() == (True,)


def test_the_manual_names_every_setting_that_production_reads():
    settings = (ROOT / "insteg/config/settings/prod.py").read_text(encoding="utf-8")
    read = set(re.findall(r"""(?:required\(|environ\.get\(|environ\[)"([A-Z_]+)\"""", settings))
    manual = (MANUAL / "README.md").read_text(encoding="utf-8")
    assert not {name for name in read if f"`{name}`" not in manual}
