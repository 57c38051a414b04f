"""How long one stays signed in, where one is, and how it ends."""

import datetime as dt

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from insteg.audit.models import Entry
from insteg.core.jobs import run
from insteg.organisations.models import User
from insteg.organisations.sessions import device
from tests.organisations.conftest import PASSWORD

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


@pytest.fixture
def two_places(employ, sign_in):
    """The same person in two browsers."""
    user, desk, phone = employ("kim"), Client(HTTP_USER_AGENT=FIREFOX), Client(HTTP_USER_AGENT=PHONE)
    for browser in (desk, phone):
        sign_in(user, browser=browser)
    return user, desk, phone


def logged(user, action):
    return Entry.objects.filter(action=action, actor_id=str(user.pk), subjects__row=user.pk).count()


def is_in(browser):
    return browser.get("/min-profil/").status_code == 200


def test_an_hour_without_use_ends_the_session_and_says_so(client, employ, sign_in):
    with time_machine.travel(START, tick=False) as clock:
        sign_in(employ("kim"))
        clock.shift(dt.timedelta(minutes=59))
        assert is_in(client)
        clock.shift(dt.timedelta(minutes=59))
        assert is_in(client)
        clock.shift(dt.timedelta(minutes=61))
        assert not is_in(client)
        assert "Du har loggats ut" in client.get("/logga-in/").content.decode()
        assert "Du har loggats ut" not in client.get("/logga-in/").content.decode()


def test_a_working_day_ends_it_however_busy_one_is(client, employ, sign_in):
    with time_machine.travel(START, tick=False) as clock:
        sign_in(employ("kim"))
        for _ in range(20):
            clock.shift(dt.timedelta(minutes=30))
            assert is_in(client)
        clock.shift(dt.timedelta(minutes=1))
        assert not is_in(client)


def test_a_new_sign_in_begins_a_new_day(client, employ, sign_in):
    user = employ("kim")
    with time_machine.travel(START, tick=False) as clock:
        sign_in(user)
        clock.shift(dt.timedelta(hours=11))
        assert not is_in(client)
        sign_in(user)
        clock.shift(dt.timedelta(minutes=50))
        assert is_in(client)


def test_the_list_shows_where_one_is(two_places):
    _, desk, _ = two_places
    page = desk.get("/konto/sessioner/").content.decode()
    assert "Firefox, Windows" in page
    assert "Safari, iPhone" in page
    assert page.count("Här är du nu") == 1


def test_one_ended_is_out_at_the_next_click(two_places):
    user, desk, phone = two_places
    other = user.usersession_set.get(user_agent=PHONE)
    desk.post("/konto/sessioner/", {"session": other.pk})
    assert (is_in(desk), is_in(phone)) == (True, False)


def test_all_others_can_be_ended_at_once(two_places):
    user, desk, phone = two_places
    desk.post("/konto/sessioner/", {"session": "others"})
    assert (is_in(desk), is_in(phone)) == (True, False)
    assert logged(user, "sign_in.sessions_ended") == 1


def test_nobody_ends_anothers_session(two_places, employ, sign_in):
    _, desk, _ = two_places
    other, browser = employ("noor", where="Hus"), Client()
    sign_in(other, browser=browser)
    desk.post("/konto/sessioner/", {"session": other.usersession_set.get().pk})
    assert is_in(browser)


@pytest.mark.parametrize("nonsense", ["", "x", "999999", "-1", "٣"])
def test_nonsense_ends_nothing(two_places, nonsense):
    _, desk, phone = two_places
    assert desk.post("/konto/sessioner/", {"session": nonsense}).status_code == 302
    assert (is_in(desk), is_in(phone)) == (True, True)


def test_a_new_password_ends_all_other_sessions(two_places, worker):
    user, desk, phone = two_places
    new = "sju blå båtar i dimma"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert desk.post("/konto/losenord/", sent).headers["Location"] == "/min-profil/"
    assert (is_in(desk), is_in(phone)) == (True, False)
    assert User.objects.get(pk=user.pk).check_password(new)
    assert worker()[0].subject == "Ditt lösenord i Insteg är bytt"
    assert logged(user, "sign_in.password_set") == 1


def test_a_wrong_old_password_changes_nothing(two_places):
    user, desk, phone = two_places
    new = "sju blå båtar i dimma"
    sent = {"oldpassword": "fel", "password1": new, "password2": new}
    assert "Lösenordet stämmer inte" in desk.post("/konto/losenord/", sent).content.decode()
    assert is_in(phone)
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_changing_the_password_does_not_open_an_account_that_was_closed_meanwhile(employ, rf):
    from insteg.organisations.sign_in import AccountAdapter

    user = employ("kim")
    User.objects.filter(pk=user.pk).update(is_active=False)
    AccountAdapter(rf.get("/")).set_password(user, "sju blå båtar i dimma")
    assert not User.objects.get(pk=user.pk).is_active


def test_the_example_citys_people_have_no_password_to_change(as_, town):
    User.objects.update(password="!")
    assert as_("park").get("/konto/losenord/").headers["Location"] == "/min-profil/"


def test_an_unknown_browser_is_called_that():
    assert device("curl/8") == "Okänd webbläsare"
    assert device("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140.0") == "Edge, Linux"


def test_what_is_over_is_forgotten_every_night_with_where_it_was(employ, sign_in):
    early, late = Client(), Client()
    user = employ("kim")
    with time_machine.travel(START, tick=False) as clock:
        sign_in(user, browser=early)
        clock.shift(dt.timedelta(hours=9, minutes=30))
        sign_in(user, browser=late)
        assert UserSession.objects.count() == 2
        clock.shift(dt.timedelta(hours=1))
        run("organisations.forget_sessions", {})
        assert [*UserSession.objects.values_list("session_key")] == [*Session.objects.values_list("session_key")]
        assert UserSession.objects.count() == 1
