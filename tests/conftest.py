import pytest

from insteg.organisations.models import User
from tests.town import address, build


@pytest.fixture
def town(db):
    return build()


@pytest.fixture
def as_(client):
    """as_("ue") is the test client signed in as that person; as_(None) is a stranger."""

    def sign_in(name):
        client.logout()
        if name:
            client.force_login(User.objects.get(email=address(name)))
        return client

    return sign_in
