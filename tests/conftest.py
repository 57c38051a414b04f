import pytest
from hypothesis import settings

from insteg.organisations.models import User
from tests import hostile
from tests.town import address, build, furnish

settings.register_profile("insteg", deadline=None)  # how fast it is says `make bench`, never a test
settings.load_profile("insteg")


@pytest.fixture(autouse=True)
def hostile_world(request, monkeypatch):
    hostile.shuffle_what_has_no_order(monkeypatch, request.node.nodeid)
    hostile.look_at_every_answer(monkeypatch)
    yield
    assert not hostile.undefined_in_letters()


@pytest.fixture
def town(db):
    return build()


@pytest.fixture
def house(town):
    """The town with everything that the nets ask about."""
    return furnish(town)


@pytest.fixture
def as_(client):
    """as_("ue") is the test client signed in as that person; as_(None) is a stranger."""

    def sign_in(name):
        client.logout()
        if name:
            client.force_login(User.objects.get(email=address(name)))
        return client

    return sign_in
