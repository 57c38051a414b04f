"""What is released is frozen, and what is new neither locks what is in use nor breaks the release before it."""

import pytest

from tests.upgrades import planted, releases
from tests.upgrades.exceptions import EXCEPTIONS
from tests.upgrades.operations import faults, faults_of


@pytest.fixture(scope="module")
def release():
    return releases.released()


@pytest.fixture(scope="module")
def loader():
    return releases.loader()


@pytest.fixture(scope="module")
def new(release, loader):
    return releases.unreleased(release, loader)


@pytest.fixture(scope="module")
def old(release, loader):
    return [key for key in loader.graph.nodes if ".".join(key) in release.migrations]


@pytest.fixture(scope="module")
def found(loader, new, old):
    return faults(loader, new, old)


def test_a_released_migration_is_never_changed(release):
    assert releases.changed_since(release) == [], "undo it, and write a new migration"


def test_no_new_migration_locks_or_breaks(found):
    said = [fault.said for fault in found if fault.key not in EXCEPTIONS]
    assert not said, "see CONTRIBUTING.md, or give a reason in tests/upgrades/exceptions.py:\n" + "\n".join(said)


def test_every_exception_is_needed_and_has_its_reason(found):
    assert set(EXCEPTIONS) <= {fault.key for fault in found}
    assert not [key for key, reason in EXCEPTIONS.items() if len(reason) < 40]


def asked(loader, old, *operations, atomic=True):
    """What is said of one planted migration on top of what is released."""
    state = loader.project_state(old, at_end=True)
    migration = planted.migration(*operations, atomic=atomic)
    return [fault.said for fault in faults_of(("inventory", migration.name), migration, state, set(state.models))]


@pytest.mark.parametrize("what", planted.HURTS)
def test_a_migration_that_hurts_is_refused(loader, old, what):
    assert len(asked(loader, old, planted.HURTS[what])) == 1


@pytest.mark.parametrize("what", planted.BEARS)
def test_a_migration_that_does_not_hurt_is_let_through(loader, old, what):
    assert asked(loader, old, planted.BEARS[what]) == []


@pytest.mark.parametrize(
    "what", ["an index built beside the writers, in a transaction", "reading for a check inside a transaction"]
)
def test_what_waits_for_others_is_let_through_alone_and_outside_a_transaction(loader, old, what):
    assert asked(loader, old, planted.HURTS[what], atomic=False) == []
    assert len(asked(loader, old, planted.HURTS[what], *planted.BEARS.values(), atomic=False)) == 1


def test_a_table_that_is_new_itself_is_free(loader, old):
    made = planted.BEARS["a table of its own"]
    index = planted.operations.AddIndex("Planted", planted.models.Index(fields=["id"], name="planted_index"))
    assert asked(loader, old, made, index) == []


def test_a_table_that_only_the_code_calls_by_another_name_is_as_much_in_use(loader, old):
    kept, renamed = planted.operations.AlterModelTable, planted.operations.RenameModel
    name = planted.operations.SeparateDatabaseAndState(
        state_operations=[kept(planted.TABLE, "inventory_plannedprocurement"), renamed(planted.TABLE, "Procurement")]
    )
    assert asked(loader, old, name) == []
    assert len(asked(loader, old, name, planted.operations.AddIndex("Procurement", planted.INDEX))) == 1


def test_a_released_migration_that_was_changed_is_found(release, monkeypatch):
    monkeypatch.setattr(releases, "print_of", lambda migration: "another" * 9)
    ours = {name for name, print_then in release.migrations.items() if print_then}
    assert len(ours) > 30
    assert set(releases.changed_since(release)) == ours


def test_a_released_migration_that_is_gone_is_found(release, monkeypatch):
    there = releases.on_disk()
    monkeypatch.setattr(releases, "on_disk", lambda: {k: v for k, v in there.items() if k != ("mail", "0002_digest")})
    assert releases.changed_since(release) == ["mail.0002_digest"]
