"""A key instead of a password: added by a coach who must have a second factor, then used in both ways."""

import re

import pytest

from insteg.access.actor import Role
from insteg.organisations import actions
from tests.town import address

PASSWORD = "en lång mening med 7 ord i"


@pytest.fixture
def finger(traveller):
    """A reader of fingerprints in the machine, whose owner always says yes."""
    reader = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    reader |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools = traveller.page.context.new_cdp_session(traveller.page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": reader})


def given_an_invited_coach(town):
    words = {"name": "Maja Holm", "email": address("maja"), "role": Role.COACH, "unit": town.units["ame"]}
    made = actions.invite(actor=town.who["admin"], target=town.org["Stad"], seen=None, **words)
    return "/" + made[-1].link.split("/", 3)[3]


def when_coming_in_by(traveller, link):
    traveller.opens(link)
    traveller.writes(password=PASSWORD, again=PASSWORD)
    traveller.presses("Spara och logga in")
    traveller.reads("Lägg till ett andra steg")


def when_adding_a_key(traveller):
    traveller.follows("Lägg till en nyckel")
    traveller.page.get_by_label(re.compile("Logga in med bara nyckeln")).check()
    traveller.page.get_by_role("button", name="Lägg till nyckeln").click()
    traveller.page.wait_for_url("**/reservkoder/")
    traveller.looks()


def when_signing_out(traveller):
    traveller.opens("/logga-ut/")
    traveller.page.get_by_role("main").get_by_role("button", name="Logga ut").click()
    traveller.reads("Du är utloggad")


def then_the_work_is_open(traveller):
    traveller.page.wait_for_url(f"{traveller.base}/")
    traveller.opens("/planerade/")
    traveller.reads("Parkskötsel")


@pytest.mark.usefixtures("finger")
def test_a_coach_comes_in_by_a_key(traveller, town):
    when_coming_in_by(traveller, given_an_invited_coach(town))
    when_adding_a_key(traveller)
    traveller.opens("/konto/sakerhet/nycklar/")
    traveller.follows("^Ta bort")
    traveller.reads("kräver ett andra steg")  # the last one stays

    when_signing_out(traveller)
    traveller.page.get_by_role("button", name="Logga in med nyckel").click()
    then_the_work_is_open(traveller)

    when_signing_out(traveller)
    traveller.writes(login=address("maja"), password=PASSWORD)
    traveller.page.get_by_role("button", name="Logga in", exact=True).click()
    traveller.reads("Andra steget")
    traveller.looks()
    traveller.page.get_by_role("button", name="Använd en nyckel").click()
    then_the_work_is_open(traveller)
