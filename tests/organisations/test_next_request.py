"""What is taken away is gone at the very next click."""

import datetime as dt

import pytest

from insteg.core import clock
from insteg.organisations import actions
from insteg.organisations.models import Membership, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim(employ):
    employ("kim")
    return employ("kim", where="Hus")  # and stays a person with a membership


def close_account(town, user, membership):
    actions.close_user(actor=town.who["admin"], target=user, seen=None)


def end_membership(town, user, membership):
    actions.end_membership(actor=town.who["admin"], target=membership, seen=None)


def let_membership_run_out(town, user, membership):
    yesterday = clock.today() - dt.timedelta(days=1)
    words = {"starts_on": yesterday, "ends_on": yesterday}
    actions.change_membership(actor=town.who["admin"], target=membership, seen=None, **words)


def move_membership_ahead(town, user, membership):
    tomorrow = clock.today() + dt.timedelta(days=1)
    actions.change_membership(actor=town.who["admin"], target=membership, seen=None, starts_on=tomorrow)


def close_organisation(town, user, membership):
    actions.close_organisation(actor=town.who["admin"], target=town.org["Park"], seen=None)


def close_unit(town, user, membership):
    Membership.objects.filter(pk=membership.pk).update(organisation=town.org["Stad"], unit=town.units["ue"])
    actions.close_unit(actor=town.who["admin"], target=town.units["ue"], seen=None)


EVENTS = [close_account, end_membership, let_membership_run_out, move_membership_ahead, close_organisation, close_unit]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_it_bites_at_once(town, kim, client, sign_in, event):
    membership = kim.memberships.get(organisation=town.org["Park"])
    sign_in(kim)
    client.post("/uppdrag/", {"membership": membership.pk})
    assert client.get("/min-profil/").context["request"].actor.membership_id == membership.pk
    event(town, kim, membership)
    answer = client.get("/min-profil/")
    if event is close_account:
        assert answer.headers["Location"].startswith("/logga-in/")
    else:
        assert answer.context["request"].actor.membership_id != membership.pk


def test_a_reset_second_factor_signs_out_and_asks_for_a_new_one(town, employ, client, worker):
    from allauth.mfa.models import Authenticator

    from insteg.access.actor import Role
    from tests.organisations.test_second_factor import shown_here

    user = employ("maja", Role.COACH, "Stad", "ame")
    Authenticator.objects.create(user=user, type="totp", data={"secret": "X"})
    shown_here(client, user)
    assert client.get("/").status_code == 200
    actions.reset_second_factor(actor=town.who["admin"], target=user, seen=None)
    assert client.get("/").headers["Location"].startswith("/konto/sakerhet/")
    assert worker()[0].subject == "Din tvåstegsinloggning i Insteg är nollställd"


def test_a_closed_account_that_opens_again_has_its_memberships(town, kim, sign_in, client):
    admin = town.who["admin"]
    actions.close_user(actor=admin, target=kim, seen=None)
    actions.reopen_user(actor=admin, target=User.objects.get(pk=kim.pk), seen=None)
    assert sign_in(kim).status_code == 302
    assert kim.memberships.current().count() == 2
