"""Whoever is asked for by a session or a password is let in only while they may be."""

import pytest
from django.contrib.auth import authenticate

from insteg.organisations.models import User
from tests.town import PASSWORD, address

MINE = "/min-profil/"


@pytest.fixture
def park(town):
    user = User.objects.get(email=address("park"))
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


def shut(user, settings):
    User.objects.filter(pk=user.pk).update(is_active=False)


def leave_the_example_city(user, settings):
    settings.EXAMPLE_CITY = False


@pytest.mark.parametrize("change", [shut, leave_the_example_city])
def test_who_may_no_longer_is_out_at_the_next_click(as_, park, settings, change):
    """Also where nothing has ended the session, and with the right password."""
    client = as_("park")
    assert client.get(MINE).status_code == 200
    assert authenticate(None, email=park.email, password=PASSWORD) == park
    change(park, settings)
    assert client.get(MINE).status_code == 302
    assert authenticate(None, email=park.email, password=PASSWORD) is None


def test_real_people_are_let_in_outside_the_example_city(park, settings):
    settings.EXAMPLE_CITY = False
    User.objects.filter(pk=park.pk).update(is_example=False)
    assert authenticate(None, email=park.email, password=PASSWORD) == park
