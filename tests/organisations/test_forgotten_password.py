"""A forgotten password: a letter to whoever has the address, and nothing to learn for anyone else."""

import re

import pytest
import time_machine
from django.test import Client
from django_q.models import OrmQ

from insteg.core import clock
from insteg.organisations.models import User
from tests.organisations.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "sju blå båtar i dimma"


@pytest.fixture
def link(client, worker):
    """link(user) asks for a new password and gives the address in the letter."""

    def ask(user):
        client.post("/glomt-losenord/", {"email": user.email})
        return re.search(r"http://testserver(\S+)", worker()[-1].body)[1]

    return ask


def choose(browser, address, password=NEW):
    form = browser.get(address, follow=True)
    return browser.post(form.redirect_chain[-1][0], {"password1": password, "password2": password})


def test_the_link_gives_a_new_password_and_ends_every_session(client, employ, sign_in, link, worker):
    user, desk = employ("kim"), Client()
    sign_in(user, browser=desk)
    answer = choose(client, link(user))
    assert answer.headers["Location"] == "/nytt-losenord/klart/"
    assert client.get("/min-profil/").status_code == 302  # not signed in by it
    assert desk.get("/min-profil/").status_code == 302
    assert sign_in(user, PASSWORD).status_code == 200
    assert sign_in(user, NEW).status_code == 302
    assert worker()[-1].subject == "Ditt lösenord i Insteg är bytt"


def test_the_secret_does_not_stay_in_the_address(client, employ, link):
    address = link(employ("kim"))
    assert client.get(address).headers["Location"].endswith("-set-password/")


def test_the_link_works_once_and_for_two_hours(client, employ, link):
    user = employ("kim")
    address = link(user)
    assert choose(client, address).status_code == 302
    assert "gäller inte längre" in Client().get(address).content.decode()
    late = link(user)
    with time_machine.travel(clock.now().timestamp() + 2 * 60 * 60 + 1):
        assert "gäller inte längre" in Client().get(late).content.decode()


def test_a_weak_one_is_refused(client, employ, link):
    user = employ("kim")
    assert choose(client, link(user), "kim").status_code == 200
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


@pytest.mark.parametrize("who", ["known", "unknown", "closed", "example"])
def test_everyone_gets_the_same_answer_and_the_same_work(client, employ, settings, who):
    user = employ("kim")
    User.objects.filter(pk=user.pk).update(is_active=who != "closed", is_example=who == "example")
    settings.EXAMPLE_CITY = False
    email = "ingen@kommunen.example" if who == "unknown" else user.email
    answer = client.post("/glomt-losenord/", {"email": email})
    assert answer.headers["Location"] == "/glomt-losenord/skickat/"
    assert OrmQ.objects.count() == 1


@pytest.mark.parametrize("who", ["unknown", "closed", "example"])
def test_only_those_who_may_come_in_get_a_letter(client, employ, settings, worker, who):
    user = employ("kim")
    User.objects.filter(pk=user.pk).update(is_active=who != "closed", is_example=who == "example")
    settings.EXAMPLE_CITY = False
    client.post("/glomt-losenord/", {"email": "ingen@kommunen.example" if who == "unknown" else user.email})
    assert not worker()


def test_asking_again_and_again_is_stopped(client, employ):
    answers = [client.post("/glomt-losenord/", {"email": "kim@kommunen.example"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]


def test_no_second_table_of_addresses_grows(client, employ, link):
    from allauth.account.models import EmailAddress

    choose(client, link(employ("kim")))
    assert not EmailAddress.objects.exists()
