"""From an invitation to the first sign-in; what a link gives, and when it gives nothing."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from insteg.access.actor import SYSTEM, Actor, Role
from insteg.audit.gate import Blocked, Refused
from insteg.audit.models import Entry
from insteg.core import clock
from insteg.organisations import actions, queries
from insteg.organisations.actions.invitations import DAYS
from insteg.organisations.models import Invitation, Membership, Organisation, User
from tests.organisations.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = {"name": "Nils Ny", "email": "nils@kommunen.example", "role": Role.PROCURING}


@pytest.fixture
def invite(town):
    """invite(role=…) as the administrator does from a page, and gives back the path of the link."""

    def send(where="Park", **words):
        made = actions.invite(actor=town.who["admin"], target=town.org[where], seen=None, **(NEW | words))
        return made[-1].link.removeprefix("http://testserver")

    return send


def accept(browser, link, password=PASSWORD, again=None, **more):
    form = browser.get(link).context["form"]
    sent = {"version": form["version"].value(), "key": form["key"].value(), "language": "sv"}
    return browser.post(link, sent | {"password": password, "again": again or password} | more)


def nils():
    return User.objects.get(email=NEW["email"])


def test_an_invitation_makes_an_account_without_password_a_membership_and_a_letter(invite, town, worker):
    link = invite(starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2030, 12, 31))
    user = nils()
    assert (user.name, user.is_invited, user.is_active, user.is_example) == ("Nils Ny", True, True, False)
    membership = user.memberships.get()
    assert (membership.organisation, membership.role) == (town.org["Park"], "procuring")
    assert (membership.starts_on, membership.ends_on) == (dt.date(2026, 1, 1), dt.date(2030, 12, 31))
    [letter] = worker()
    assert letter.to == [user.email]
    assert f"http://testserver{link}" in letter.body
    entry = Entry.objects.get(action="organisations.invite")
    told = {subject.model for subject in entry.subjects.all()}
    assert told >= {"organisations.User", "organisations.Membership", "organisations.Invitation"}


def test_the_secret_is_nowhere_in_the_database(invite):
    secret = invite().split("/")[-2]
    assert len(secret) > 40
    assert not Invitation.objects.filter(digest__contains=secret).exists()


def test_the_link_leads_in(invite, client):
    link = invite()
    answer = accept(client, link, language="en")
    assert answer.headers["Location"] == "/"
    assert client.get("/min-profil/").status_code == 200
    user = nils()
    assert user.check_password(PASSWORD)
    assert user.language == "en"
    assert user.usersession_set.count() == 1
    entry = Entry.objects.get(action="organisations.accept_invitation")
    assert (entry.actor_kind, entry.actor_id) == ("link", str(user.invitations.get().pk))


def test_a_role_that_needs_a_second_factor_goes_on_to_it_without_the_password_again(invite, client):
    accept(client, invite(where="Bygg", role=Role.SUPPLIER))
    assert client.get("/").headers["Location"].startswith("/konto/sakerhet/")
    assert client.get("/konto/sakerhet/app/").status_code == 200


def test_looking_at_the_page_uses_nothing_up(invite, client):
    link = invite()
    for _ in range(3):
        assert client.get(link).status_code == 200
    assert accept(client, link).status_code == 302


@pytest.mark.parametrize("password", ["kort", "nilsnykommunen", "password1234"])
def test_a_weak_password_is_refused_with_a_sentence(invite, client, password):
    link = invite()
    answer = accept(client, link, password)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert nils().is_invited
    assert accept(client, link).status_code == 302


def test_two_different_passwords_are_refused(invite, client):
    assert accept(client, invite(), again="något annat").status_code == 422
    assert nils().is_invited


def test_a_double_click_is_one_acceptance(invite):
    link, one, two = invite(), Client(), Client()
    form = one.get(link).context["form"]
    sent = {"version": form["version"].value(), "key": form["key"].value(), "language": "sv"}
    sent |= {"password": PASSWORD, "again": PASSWORD}
    assert one.post(link, sent).status_code == 302
    answer = two.post(link, sent)  # it was the first click that did it, and both are let in
    assert (answer.status_code, answer.url) == (302, "/")
    assert Entry.objects.filter(action="organisations.accept_invitation").count() == 1


def test_what_was_sent_with_an_invitation_is_no_second_way_in(invite, client):
    link = invite()
    sent = accept(client, link).wsgi_request.POST.dict()
    other = {"password": "ett annat långt lösenord", "again": "ett annat långt lösenord"}
    assert Client().post(link, sent | other).status_code == 410
    with time_machine.travel(clock.now() + dt.timedelta(minutes=2)):
        assert Client().post(link, sent).status_code == 410


def dead_link(invite, town, how):
    link = invite()
    user, admin = nils(), town.who["admin"]
    if how == "used":
        accept(Client(), link)
    elif how == "withdrawn":
        actions.withdraw_invitation(actor=admin, target=user.invitations.get(), seen=None)
    elif how == "sent again":
        actions.invite_again(actor=admin, target=user, seen=None)
    elif how == "account closed":
        actions.close_user(actor=admin, target=user, seen=None)
    elif how == "invented":
        link = "/inbjudan/" + "x" * 43 + "/"
    return link


@pytest.mark.parametrize("how", ["used", "withdrawn", "sent again", "account closed", "invented", "expired"])
def test_a_dead_link_gets_one_plain_page_that_tells_of_nobody(invite, town, how):
    link, stranger = dead_link(invite, town, how), Client()
    later = clock.now() + dt.timedelta(days=DAYS + 1 if how == "expired" else 0)
    with time_machine.travel(later):
        answers = [stranger.get(link), stranger.post(link, {"password": PASSWORD, "again": PASSWORD})]
    plain = Client().get("/inbjudan/fel/")
    for answer in answers:
        assert answer.status_code == 410
        assert without_tokens(answer) == without_tokens(plain)
        assert "Nils" not in answer.content.decode()


def without_tokens(answer):
    """The page as it is read: the token against forgery and the way back to itself differ for every answer."""
    return re.sub(r'value="[^"]*"', "", answer.content.decode())


def test_the_link_does_not_follow_to_other_sites(invite, client):
    link = invite()
    for address in (link, "/inbjudan/fel/"):
        answer = client.get(address)
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_new_invitation_after_the_link_died_works(invite, town, client):
    invite()
    [again] = [actions.invite_again(actor=town.who["admin"], target=nils(), seen=None)]
    assert accept(client, again.link.removeprefix("http://testserver")).status_code == 302


def test_someone_else_signed_in_here_is_signed_out(invite, as_):
    browser = as_("park")
    accept(browser, invite())
    assert "nils@kommunen.example" in browser.get("/min-profil/").content.decode()


def test_someone_with_an_account_gets_the_membership_and_a_letter_and_no_link(town, employ, worker):
    user = employ("kim")
    words = NEW | {"email": "KIM@kommunen.example", "name": "Någon Annan"}
    actions.invite(actor=town.who["admin"], target=town.org["Hus"], seen=None, **words)
    assert user.memberships.count() == 2
    assert User.objects.get(pk=user.pk).name == "Kim"
    assert not Invitation.objects.exists()
    [letter] = worker()
    assert letter.subject == "Du har fått ett nytt uppdrag i Insteg"
    assert "/inbjudan/" not in letter.body


def test_someone_whose_account_is_closed_is_not_invited(town, employ):
    User.objects.filter(pk=employ("kim").pk).update(is_active=False)
    with pytest.raises(Blocked, match="stängt"):
        actions.invite(
            actor=town.who["admin"], target=town.org["Hus"], seen=None, **(NEW | {"email": "kim@kommunen.example"})
        )


def test_the_same_membership_twice_is_refused(invite, town):
    invite(ends_on=clock.today())
    with pytest.raises(Exception, match="redan det uppdraget"):
        invite()
    later = clock.today() + dt.timedelta(days=1)
    invite(starts_on=later)
    assert nils().memberships.count() == 2


def test_a_forgotten_password_does_not_replace_a_withdrawn_invitation(invite, town, client, worker):
    invite()
    actions.withdraw_invitation(actor=town.who["admin"], target=nils().invitations.get(), seen=None)
    client.post("/glomt-losenord/", {"email": NEW["email"]})
    letters = worker()
    assert [letter.subject for letter in letters][1:] == ["Du har inte valt något lösenord i Insteg än"]
    assert "/nytt-losenord/" not in letters[-1].body


@pytest.mark.parametrize("who", ["ue", "chef", "styr", "park", "bygg"])
def test_only_an_administrator_invites(town, who):
    with pytest.raises(Refused):
        actions.invite(actor=town.who[who], target=town.org["Park"], seen=None, **NEW)
    assert not User.objects.filter(email=NEW["email"]).exists()


def test_a_guest_can_use_only_the_invitation_in_hand(invite, town):
    invite()
    mine = nils().invitations.get()
    invite(email="annan@kommunen.example")
    other = Invitation.objects.exclude(pk=mine.pk).get()
    words = {"language": "sv", "password": PASSWORD, "seen": None}
    for actor in (
        Actor("link", str(mine.pk), Role.INVITED),
        Actor("member", str(other.pk), Role.INVITED),
        town.who["admin"],
        SYSTEM,
    ):
        with pytest.raises(Refused):
            actions.accept_invitation(actor=actor, target=other, **words)


def test_the_administrator_is_told_of_invitations_that_nobody_uses(invite, town):
    invite()
    admin = town.who["admin"]
    assert not list(queries.tasks(admin))
    for days, said in ((DAYS - 2, "Inbjudan går snart ut"), (DAYS + 1, "Inbjudan har gått ut oanvänd")):
        with time_machine.travel(clock.now() + dt.timedelta(days=days)):
            [task] = queries.tasks(admin)
            assert (task.title, task.about) == (said, "Nils Ny")
    assert not list(queries.tasks(town.who["ue"]))


def test_an_invitation_that_was_taken_back_or_replaced_waits_for_nobody(invite, town):
    invite()
    admin = town.who["admin"]
    with time_machine.travel(clock.now() + dt.timedelta(days=DAYS + 1)):
        assert len([*queries.tasks(admin)]) == 1
        actions.withdraw_invitation(actor=admin, target=Invitation.objects.get(), seen=None)
        assert [*queries.tasks(admin)] == []
        actions.invite_again(actor=admin, target=nils(), seen=None)
        assert [*queries.tasks(admin)] == []


class TestTheFirstAdministrator:
    def test_is_invited_from_the_server_of_an_empty_database(self, db, client, capsys):
        call_command("invite_administrator", "ada@kommunen.example", name="Ada", organisation="Kansliet")
        link = re.search(r"http://testserver(/inbjudan/\S+)", capsys.readouterr().out)[1]
        assert accept(client, link).status_code == 302
        membership = Membership.objects.get()
        made = Entry.objects.filter(action="organisations.first_organisation", subjects__row=membership.organisation_id)
        assert made.count() == 1
        assert (membership.role, membership.organisation.name, membership.ends_on) == (
            "administrator",
            "Kansliet",
            None,
        )
        assert Organisation.objects.count() == 1
        assert client.get("/").headers["Location"].startswith("/konto/sakerhet/")

    def test_a_second_one_joins_the_same_organisation(self, db, capsys):
        for name in ("ada", "bo"):
            call_command("invite_administrator", f"{name}@kommunen.example", name=name, organisation="Kansliet")
        assert Organisation.objects.count() == 1
        assert Membership.objects.count() == 2

    def test_not_in_a_suppliers_organisation(self, town):
        with pytest.raises(CommandError):
            call_command("invite_administrator", "ada@kommunen.example", name="Ada", organisation="Bygg")
        assert not User.objects.filter(email="ada@kommunen.example").exists()

    def test_an_address_that_is_none_is_said_so(self, db):
        with pytest.raises(CommandError, match="e-postadress"):
            call_command("invite_administrator", "ada", name="Ada", organisation="Kansliet")
        assert not Organisation.objects.exists()
