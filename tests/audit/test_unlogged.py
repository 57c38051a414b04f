"""What cannot be logged is not done, and whoever tried is told so."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from insteg.audit.models import Entry, EntrySubject, FormKey
from insteg.core import clock
from insteg.inventory.actions import change, report
from insteg.inventory.models import PlannedProcurement
from insteg.organisations.models import User
from tests.audit.test_forms import form_of
from tests.audit.unlogged import TABLES, unwritable
from tests.town import address

both = pytest.mark.parametrize("table", TABLES)


@pytest.fixture
def park():
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(email=address("park")))
    return client


def counted():
    return PlannedProcurement.objects.count(), Entry.objects.count(), EntrySubject.objects.count()


@both
def test_an_action_that_cannot_be_logged_is_not_done(town, table):
    before, planned = counted(), town.planned["p"]
    with unwritable(table):
        for act in (
            lambda: change(actor=town.who["park"], target=planned, seen=None, title="Annat"),
            lambda: report(actor=town.who["park"], target=town.org["Park"], seen=None, title="Nytt"),
        ):
            with pytest.raises(IntegrityError, match="cannot be written"):
                act()
    assert counted() == before
    assert PlannedProcurement.objects.filter(pk=planned.pk).values_list("title", "version").get() == ("Parkskötsel", 1)


@both
def test_the_page_says_that_nothing_was_saved_and_the_same_form_can_be_sent_again(town, park, table):
    page = f"/planerade/{town.planned['p'].pk}/andra/"
    sent = form_of(park, page) | {"title": "Annat"}
    with unwritable(table):
        answer = park.post(page, sent)
        html = answer.content.decode()
        assert answer.status_code == 500
        assert "Något gick fel hos oss" in html
        assert "inte sparat" in html
    assert PlannedProcurement.objects.get(pk=town.planned["p"].pk).title == "Parkskötsel"
    assert not FormKey.objects.exists()
    assert park.post(page, sent).status_code == 302
    assert PlannedProcurement.objects.get(pk=town.planned["p"].pk).title == "Annat"


@both
def test_nobody_gets_in_whose_signing_in_cannot_be_logged(town, table):
    user = User.objects.get(email=address("park"))
    user.set_password("tre gula cyklar i regn")
    user.save()
    client, said = Client(raise_request_exception=False), {"login": user.email, "password": "tre gula cyklar i regn"}
    with unwritable(table):
        assert client.post("/logga-in/", said).status_code == 500
        assert client.get("/min-profil/").status_code == 302
    client.post("/logga-in/", said)
    assert client.get("/min-profil/").status_code == 200


@both
def test_a_second_factor_that_cannot_be_logged_is_neither_removed_nor_added(town, park, table):
    user = User.objects.get(email=address("park"))
    user.set_password("tre gula cyklar i regn")
    user.save()
    TOTP.activate(user, generate_totp_secret())
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "Nyckel 1", "credential": {}})
    before = set(Authenticator.objects.values_list("pk", "type"))
    pages = [reverse("mfa_remove_webauthn", args=[key.pk]), reverse("mfa_deactivate_totp")]
    with unwritable(table):
        for page in [*pages, reverse("mfa_generate_recovery_codes")]:
            shown_just_now(park, user)
            assert park.post(page).status_code == 500, page
    assert set(Authenticator.objects.values_list("pk", "type")) == before
    shown_just_now(park, user)
    assert park.post(pages[0]).status_code == 302
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def shown_just_now(client, user):
    """In by a key, and just now, so that no page asks for it again."""
    client.force_login(user)
    session, key = client.session, user.authenticator_set.get(type="webauthn")
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": clock.now().timestamp(), "id": key.pk, "type": "webauthn", "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
