import gc

import pytest
from django.db import connection
from hypothesis import settings

from insteg.organisations.models import User
from tests import hostile
from tests.committed import sweep_quickly
from tests.shared_town import COMMON, SharedTown, floors_of
from tests.town import address, build

settings.register_profile("insteg", deadline=None)  # how fast it is says `make bench`, never a test
settings.load_profile("insteg")
sweep_quickly()


@pytest.fixture(autouse=True)
def hostile_world(request, monkeypatch):
    hostile.shuffle_what_has_no_order(monkeypatch, request.node.nodeid)
    hostile.look_at_every_answer(monkeypatch)
    yield
    assert not hostile.undefined_in_letters()


def pytest_sessionfinish():
    """pytest looks five times through all memory as it ends, for what was never closed: once is enough."""
    gc.collect()
    gc.freeze()


def pytest_collection_finish(session):
    """What has been read stays: the collector of garbage need not go through it again and again, nor so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def differs_by_database(item):
    if item.get_closest_marker("one_database"):
        return False
    fixtures = {"db", "transactional_db", "live_server"}
    return bool(fixtures & {*item.fixturenames}) or item.get_closest_marker("django_db") is not None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Those for whom the same things stand come after one another. After pytest-django, which puts them in order too.

    pytest-django lets no other test near a database, so what they say on SQLite holds for PostgreSQL.
    """
    floors = {item: floors_of(item) for item in items}
    grounds = [*dict.fromkeys(standing[0] for standing in floors.values() if standing)]
    items.sort(
        key=lambda item: (grounds.index(floors[item][0]), -len(floors[item])) if floors[item] else (len(grounds),)
    )
    if connection.vendor == "postgresql":
        indifferent = [item for item in items if not differs_by_database(item)]
        config.hook.pytest_deselected(items=indifferent)
        items[:] = filter(differs_by_database, items)


def pytest_report_collectionfinish():
    if connection.vendor == "postgresql":
        return "PostgreSQL: deselected is what asks no database, or nothing that other tests do not."


@pytest.fixture(scope="session")
def shared_town(django_db_setup, django_db_blocker):
    town = SharedTown()
    yield town
    with django_db_blocker.unblock():
        town.stands_at(())


@pytest.fixture
def ground(shared_town, django_db_blocker, request):
    """What is to stand under the test's own transaction."""
    with django_db_blocker.unblock():
        shared_town.stands_at(floors_of(request.node))


@pytest.fixture
def _django_db_helper(ground, _django_db_helper):
    """pytest-django begins every test's transaction here, and what the test stands on must have been laid before."""


@pytest.fixture
def shared(db, shared_town):
    return shared_town.copy()


@pytest.fixture
def town(shared):
    return shared or build()


@pytest.fixture
def house(town, request):
    """The town with everything that the nets ask about."""
    furnish = COMMON["house"]
    return town if furnish in floors_of(request.node) else furnish(town)


@pytest.fixture
def as_(client):
    """as_("ue") is the test client signed in as that person; as_(None) is a stranger."""

    def sign_in(name):
        client.logout()
        if name:
            client.force_login(User.objects.get(email=address(name)))
        return client

    return sign_in
