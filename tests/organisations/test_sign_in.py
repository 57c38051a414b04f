"""Sign-in with a password: who gets in, who is told what, and that guessing does not pay."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from insteg.access.actor import Role
from insteg.audit.models import Entry
from insteg.organisations.models import User
from insteg.organisations.sign_in import AccountAdapter
from tests.organisations.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def test_the_right_password_opens_the_page_one_wanted(client, employ, sign_in):
    user = employ("kim")
    assert client.get("/min-profil/").headers["Location"] == "/logga-in/?next=%2Fmin-profil%2F"
    answer = sign_in(user, next="/min-profil/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/min-profil/")
    assert client.get("/min-profil/").status_code == 200
    assert Entry.objects.filter(action="sign_in.signed_in", actor_id=str(user.pk)).count() == 1


def test_signing_in_never_leads_out_of_the_product(employ, sign_in):
    assert sign_in(employ("kim"), next="https://elsewhere.example/").headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, employ):
    known = client.post("/logga-in/", {"login": employ("kim").email, "password": "fel"})
    unknown = client.post("/logga-in/", {"login": "ingen@kommunen.example", "password": "fel"})
    assert known.status_code == unknown.status_code == 200
    for answer in (known, unknown):
        assert "E-postadressen eller lösenordet stämmer inte." in answer.content.decode()


def test_capitals_in_the_address_do_not_matter(employ, client):
    employ("kim")
    assert client.post("/logga-in/", {"login": "KIM@kommunen.example", "password": PASSWORD}).status_code == 302


def test_guessing_is_stopped_also_when_the_guess_is_right(client, employ, sign_in):
    user = employ("kim")
    for _ in range(5):
        sign_in(user, "fel")
    answer = sign_in(user)
    assert answer.status_code == 200
    assert "För många försök" in answer.content.decode()


def test_many_attempts_from_one_place_get_a_plain_page(client, employ):
    answers = [client.post("/logga-in/", {"login": f"a{n}@b.example", "password": "x"}) for n in range(31)]
    assert answers[-1].status_code == 429
    assert "Vänta en stund" in answers[-1].content.decode()


def test_a_closed_account_stays_out_though_the_password_is_right(client, employ, sign_in):
    user = employ("kim")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert sign_in(user).headers["Location"] == "/stangt-konto/"
    assert client.get("/min-profil/").status_code == 302


def test_people_of_the_example_city_stay_out_of_real_use(client, employ, sign_in, settings):
    user = employ("kim")
    User.objects.filter(pk=user.pk).update(is_example=True)
    settings.EXAMPLE_CITY = False
    assert sign_in(user).headers["Location"] == "/stangt-konto/"
    assert client.get("/min-profil/").status_code == 302


def test_people_of_the_example_city_who_are_in_are_out_at_the_next_click(as_, town, settings):
    browser = as_("park")
    assert browser.get("/min-profil/").status_code == 200
    settings.EXAMPLE_CITY = False
    assert browser.get("/min-profil/").status_code == 302


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_set_password", "account_request_login_code"]
)
def test_there_is_no_way_to_make_an_account_or_change_an_address_oneself(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_whoever_asks_is_told_that_nobody_signs_up(rf):
    assert not AccountAdapter().is_open_for_signup(rf.get("/"))


def test_the_session_gets_a_new_key_at_sign_in(client, employ, sign_in):
    client.post("/sprak/", {"language": "en"})
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    sign_in(employ("kim"))
    assert client.session.session_key != before


def test_signing_out_ends_the_session(client, employ, sign_in):
    sign_in(employ("kim"))
    key = client.session.session_key
    assert client.get("/logga-ut/").status_code == 200
    assert client.post("/logga-ut/").headers["Location"] == "/logga-in/"
    thief = Client()
    thief.cookies["sessionid"] = key
    assert thief.get("/min-profil/").status_code == 302


def test_the_cookie_ends_with_the_browser(client, employ, sign_in):
    cookie = sign_in(employ("kim")).cookies["sessionid"]
    assert not cookie["expires"]
    assert cookie["httponly"]


def test_a_person_without_membership_sees_the_account_and_nothing_else(client, employ, sign_in):
    user = employ("kim")
    user.memberships.all().delete()
    sign_in(user)
    for address in ("/", "/min-profil/", "/konto/sakerhet/", "/konto/sessioner/", "/konto/losenord/", "/uppdrag/"):
        assert client.get(address).status_code == 200, address
    assert "inget uppdrag" in client.get("/uppdrag/").content.decode()
    assert client.get("/organisationer/").status_code == 403
    assert client.post("/min-profil/", {"name": "Annan", "language": "sv"}).status_code == 200
    assert User.objects.get(pk=user.pk).name == "Kim"


@pytest.mark.parametrize("role", [Role.PROCURING, Role.STEERING])
def test_roles_that_meet_no_people_need_only_a_password(client, employ, sign_in, role):
    sign_in(employ("kim", role))
    assert client.get("/").status_code == 200


def test_a_part_of_a_page_asked_for_too_late_leads_the_whole_page_to_the_sign_in(client, db):
    answer = client.get("/planerade/", HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, "/logga-in/?next=%2Fplanerade%2F")


def test_what_was_being_sent_is_not_asked_for_again_by_a_link(client, db):
    assert client.post("/planerade/ny/").headers["Location"] == "/logga-in/"
