"""The conditions of the room's rules that the town's own rows cannot tell apart: each is the only wall there."""

import datetime as dt
from types import SimpleNamespace

import pytest

from insteg.access.actor import Actor, Role
from insteg.core import clock
from insteg.organisations import access
from insteg.organisations.models import Invitation, Membership, Organisation
from insteg.organisations.views.users import already


def guest(house):
    """Whoever holds the link of the open invitation."""
    return Actor("link", str(house.invitations["öppen"].pk), Role.INVITED)


def admin(house):
    return house.who["admin"]


def the_organisation_closes(unit):
    Organisation.objects.filter(pk=unit.organisation_id).update(closed_on=clock.today())


def it_is_withdrawn(invitation):
    Invitation.objects.filter(pk=invitation.pk).update(withdrawn_at=clock.now())


def it_is_used(invitation):
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=clock.now())


def its_owner_has_a_password(invitation):
    invitation.user.set_password("ett helt annat lösenord")
    invitation.user.save(update_fields=["password"])


@pytest.mark.parametrize(("who", "rule", "of", "label", "then"), [
    (admin, access.CHANGE_UNIT, "units", "ame", the_organisation_closes),
    (admin, access.REOPEN_UNIT, "units", "gamla", the_organisation_closes),
    (admin, access.WITHDRAW, "invitations", "öppen", it_is_withdrawn),
    (admin, access.WITHDRAW, "invitations", "öppen", it_is_used),
    (guest, access.ACCEPT, "invitations", "öppen", it_is_withdrawn),
    (guest, access.ACCEPT, "invitations", "öppen", it_is_used),
    (guest, access.ACCEPT, "invitations", "öppen", its_owner_has_a_password),
])  # fmt: skip
def test_what_was_allowed_is_not_any_longer(house, who, rule, of, label, then):
    row = getattr(house, of)[label]
    assert rule.permits(who(house), row.pk)
    then(row)
    assert not rule.permits(who(house), row.pk)


# --- memberships that are over, or have not begun


@pytest.fixture
def came_and_went(house):
    """Of one person: a membership at Hus that is in force, one at Park that begins later, one at El that was ended."""
    user, later = house.people["ny"], clock.today() + dt.timedelta(days=30)
    user.memberships.all().delete()
    for where, more in (("Hus", {}), ("Park", {"starts_on": later}), ("El", {"ended_at": clock.now()})):
        Membership.objects.create(user=user, role=Role.PROCURING, organisation=house.org[where], **more)
    return user


def people_at(client, organisation):
    page = client.get(f"/organisationer/{organisation.pk}/")
    return {membership.user for membership in page.context["people"]}


@pytest.mark.one_database
def test_an_organisation_lists_those_who_work_there_today(as_, house, came_and_went):
    client = as_("admin")
    at = {where: came_and_went in people_at(client, house.org[where]) for where in ("Hus", "Park", "El")}
    assert at == {"Hus": True, "Park": False, "El": False}


@pytest.mark.one_database
def test_the_page_of_a_person_tells_what_is_in_force_from_what_is_not(as_, house, came_and_went):
    page = as_("admin").get(f"/anvandare/{came_and_went.pk}/")
    said = {membership.organisation.name: current for membership, current in page.context["memberships"]}
    assert said == {"Hus": True, "Park": False, "El": False}


@pytest.mark.one_database
def test_whoever_is_invited_is_told_of_what_is_in_force(client, came_and_went):
    page = client.get("/inbjudan/öppen/")
    assert [membership.organisation.name for membership in page.context["memberships"]] == ["Hus"]


@pytest.mark.one_database
def test_the_name_and_address_of_a_person_are_filled_in_for_those_who_see_users(house):
    def filled_in(name):
        return already(SimpleNamespace(GET={"user": str(house.people["park"].pk)}, actor=house.who[name]))

    assert filled_in("admin") == {"name": "Park", "email": "park@staden.example"}
    assert filled_in("ue") == {}
