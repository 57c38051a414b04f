import pytest
from django.core import mail
from django.core.cache import cache

from insteg.access.actor import Role
from insteg.organisations.models import Membership, User
from tests.jobs import run_queued

PASSWORD = "tre gula cyklar i regn"


@pytest.fixture(autouse=True)
def no_counts_of_failed_attempts(db):
    cache.clear()


@pytest.fixture
def worker():
    """Does what is queued, and what that queues in turn, and gives the letters sent so far."""

    def work():
        run_queued()
        return mail.outbox

    return work


@pytest.fixture
def employ(town):
    """employ("kim", Role.PROCURING, "Park") is a real person with a password, and a membership; not of the example."""

    def make(name, role=Role.PROCURING, where="Park", unit=None, **more):
        email = f"{name}@kommunen.example"
        user, new = User.objects.get_or_create(email=email, defaults={"name": name.title()})
        if new:
            user.set_password(PASSWORD)
            user.save()
        unit = town.units[unit] if unit else None
        Membership.objects.create(user=user, role=role, organisation=town.org[where], unit=unit, **more)
        return user

    return make


@pytest.fixture
def sign_in(client):
    """Through the sign-in page, as people do. Gives back the answer."""

    def enter(user, password=PASSWORD, browser=None, **more):
        return (browser or client).post("/logga-in/", {"login": user.email, "password": password, **more})

    return enter
