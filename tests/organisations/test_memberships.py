"""Several memberships: one at a time, the others counted and offered; one's own name and language."""

import pytest
from django.test import Client

from insteg.access.actor import PERSONS, Actor, Role
from insteg.organisations.access import OWN
from insteg.organisations.models import Membership, User
from tests.town import address, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def eva(town, as_):
    """UE and the steering group in one person."""
    member("ue", Role.STEERING, town.org["Stad"], town.units["ue"])
    return as_("ue")


def membership(role):
    return Membership.objects.get(user__email=address("ue"), role=role)


def test_with_several_and_none_chosen_nobody_guesses(eva):
    assert eva.get("/planerade/").headers["Location"] == "/uppdrag/?next=%2Fplanerade%2F"


def test_the_page_one_wanted_opens_after_the_choice(eva):
    page = eva.get("/uppdrag/?next=/planerade/")
    assert 'name="next" value="/planerade/"' in page.content.decode()
    answer = eva.post("/uppdrag/", {"membership": membership(Role.STEERING).pk, "next": "/planerade/"})
    assert answer.headers["Location"] == "/planerade/"
    assert eva.get("/planerade/").status_code == 200


ELSEWHERE = ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "%%%", "home", "\ufffd"]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_the_choice_never_leads_out_of_the_product(eva, elsewhere):
    answer = eva.post("/uppdrag/", {"membership": membership(Role.STEERING).pk, "next": elsewhere})
    assert answer.headers["Location"] == "/"


def test_what_waits_is_counted_for_each(eva, town):
    member("ue", Role.ADMINISTRATOR, town.org["Stad"])
    from insteg.organisations import actions

    words = {"name": "Nils", "email": "nils@kommunen.example", "role": Role.PROCURING}
    [*_, invitation] = actions.invite(actor=town.who["admin"], target=town.org["Park"], seen=None, **words)
    type(invitation).objects.update(expires_at=invitation.created_at)
    page = eva.get("/uppdrag/").content.decode()
    assert "en sak väntar" in page


def test_a_page_of_another_membership_offers_the_switch(eva, town):
    eva.post("/uppdrag/", {"membership": membership(Role.STEERING).pk})
    page = f"/planerade/{town.planned['p'].pk}/andra/"
    answer = eva.get(page)
    assert answer.status_code == 403
    html = answer.content.decode()
    assert "Byt till Upphandlingsenheten" in html.replace(
        "Byt till Upphandlingsenheten, UE", "Byt till Upphandlingsenheten"
    )
    assert f'value="{page}"' in html
    eva.post("/uppdrag/", {"membership": membership(Role.PROCUREMENT_UNIT).pk, "next": page})
    assert eva.get(page).status_code == 200


def test_someone_with_no_other_membership_is_offered_nothing(as_, town):
    answer = as_("styr").get("/organisationer/")
    assert answer.status_code == 403
    assert "Byt till" not in answer.content.decode()


def test_name_and_language_are_ones_own_to_change(as_, town):
    browser = as_("park")
    form = browser.get("/min-profil/").context["form"]
    sent = {"version": form["version"].value(), "key": form["key"].value(), "name": "Kim Berg", "language": "en"}
    assert browser.post("/min-profil/", sent).status_code == 302
    user = User.objects.get(email=address("park"))
    assert (user.name, user.language) == ("Kim Berg", "en")
    assert browser.get("/min-profil/").headers["Content-Language"] == "en"


def test_a_stale_profile_says_so_and_keeps_what_was_typed(as_, town):
    browser = as_("park")
    form = browser.get("/min-profil/").context["form"]
    browser.post("/sprak/", {"language": "en"})
    sent = {"version": form["version"].value(), "key": form["key"].value(), "name": "Kim Berg", "language": "sv"}
    answer = browser.post("/min-profil/", sent)
    assert answer.status_code == 409
    assert "Kim Berg" in answer.content.decode()


def test_the_language_can_be_chosen_before_signing_in(client, db):
    answer = client.post("/sprak/", {"language": "en", "next": "/logga-in/"})
    assert answer.headers["Location"] == "/logga-in/"
    assert client.get("/logga-in/").headers["Content-Language"] == "en"


def test_the_language_of_someone_signed_in_follows_to_another_browser(as_, town, client):
    as_("park").post("/sprak/", {"language": "en"})
    other = Client()
    other.force_login(User.objects.get(email=address("park")))
    assert other.get("/min-profil/").headers["Content-Language"] == "en"


def test_the_language_can_be_chosen_before_the_membership(eva):
    eva.post("/sprak/", {"language": "en"})
    assert eva.get("/uppdrag/").headers["Content-Language"] == "en"


@pytest.mark.parametrize("nonsense", ["", "xx", "sv'"])
def test_a_language_that_is_none_changes_nothing(as_, town, nonsense):
    browser = as_("park")
    assert browser.post("/sprak/", {"language": nonsense}).status_code == 302
    assert User.objects.get(email=address("park")).language == "sv"


@pytest.mark.parametrize("kind", ["link", "system", "api"])
def test_whoever_is_no_member_has_no_account_of_their_own_whatever_their_id(town, kind):
    """A link or another program may bear the same id as a person."""
    person = town.who["ue"].id
    assert OWN.permits(Actor("member", person, Role.PROCUREMENT_UNIT), person)
    assert not [role for role in PERSONS if OWN.permits(Actor(kind, person, role), person)]
