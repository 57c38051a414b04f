"""The example city's door: there and only there."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from insteg.organisations import checks, demo
from insteg.organisations.models import Membership, User
from tests.town import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(db):
    demo.fill()


def test_one_click_signs_in_as_anyone_in_any_of_their_roles(city, client):
    page = client.get("/exempelstaden/").content.decode()
    for membership in Membership.objects.select_related("user"):
        assert f'value="{membership.pk}"' in page
        assert client.post("/exempelstaden/", {"membership": membership.pk}).headers["Location"] == "/"
        assert client.session["membership"] == str(membership.pk)
        assert client.get("/").context["request"].actor == membership.actor()


def test_filling_it_again_changes_nothing(city):
    before = User.objects.count(), Membership.objects.count()
    demo.fill()
    assert (User.objects.count(), Membership.objects.count()) == before


def test_the_sign_in_page_leads_there(city, client):
    assert reverse("organisations:example_city") in client.get("/logga-in/").content.decode()


def test_each_click_is_a_session_in_the_list(city, client):
    someone = Membership.objects.order_by("pk").first()
    client.post("/exempelstaden/", {"membership": someone.pk})
    assert someone.user.usersession_set.count() == 1


def test_real_people_cannot_be_borrowed(city, client, town):
    User.objects.filter(email=address("admin")).update(is_example=False)
    membership = Membership.objects.get(user__email=address("admin"))
    assert str(membership.pk) not in client.get("/exempelstaden/").content.decode()
    assert client.post("/exempelstaden/", {"membership": membership.pk}).status_code == 404


@pytest.mark.parametrize("nonsense", ["x", "00000000-0000-0000-0000-000000000000"])
def test_nonsense_signs_in_nobody(city, client, nonsense):
    assert client.post("/exempelstaden/", {"membership": nonsense}).status_code == 404


def test_elsewhere_the_door_is_shut_even_if_its_address_were_there(city, client, settings):
    settings.EXAMPLE_CITY = False
    assert client.get("/exempelstaden/").status_code == 404
    someone = Membership.objects.order_by("pk").first()
    assert client.post("/exempelstaden/", {"membership": someone.pk}).status_code == 404
    assert "exempelstaden" not in Client().get("/logga-in/").content.decode()


def test_nothing_starts_on_a_database_with_its_people(city, settings):
    checks.refuse_the_example_city()
    assert not checks.nobody_of_the_example_city(databases=["default"])
    settings.EXAMPLE_CITY = False
    with pytest.raises(ImproperlyConfigured):
        checks.refuse_the_example_city()
    assert [found.id for found in checks.nobody_of_the_example_city(databases=["default"])] == ["insteg.E003"]
    User.objects.update(is_example=False)
    checks.refuse_the_example_city()


@pytest.mark.one_database
def test_the_settings_of_real_use_have_no_such_address():
    seen = (
        "import django; django.setup();"
        "from django.conf import settings; from insteg.access.addresses import addresses;"
        "print(settings.EXAMPLE_CITY, [route for route, view in addresses() if 'exempel' in route])"
    )
    production = {
        "DJANGO_SETTINGS_MODULE": "insteg.config.settings.prod",
        "DATABASE_URL": "postgres://nobody@localhost/nowhere",
        "ALLOWED_HOSTS": "insteg.example",
        "SECRET_KEY": "x" * 60,
        "ENCRYPTION_KEYS": "none",
    }
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **production}
    ran = subprocess.run([sys.executable, "-c", seen], env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False []"
