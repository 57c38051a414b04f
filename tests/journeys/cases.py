"""What the journeys through the working model begin with, and how their people get about."""

import datetime as dt
import re
from decimal import Decimal

from insteg.core import clock
from insteg.inventory.actions import report
from tests.journeys.autumn import give_passwords
from tests.town import PASSWORD, address, build

FACTS = {
    "nature": "services", "cpv": "90910000", "extent_known": True, "months": 36, "option_months": 0,
    "fte": Decimal(40), "start": dt.date(2029, 2, 1),
}  # fmt: skip
ASSESS, STEERING = "Sammanställ och bedöm", "Besluta om krav"
TO_STEERING = "Lägg fram för styrgruppen"


def a_town_with_cases():
    """Two that Park and Hus have not told enough about, since long ago; and three that the procurement unit has."""
    with clock.set_back(40):
        made = build()
    for name, organisation, title, reference in (
        ("park", "Park", "Slåtter", "SBK 2026-0417"),
        ("hus", "Hus", "Städning", "H 12/26"),
        ("ue", "Skola", "Larm", ""),
    ):
        row = report(
            actor=made.who[name], target=made.org[organisation], seen=None, title=title, reference=reference, **FACTS
        )
        made.planned[title] = row
    give_passwords("admin", "park", "ue", "ue2", "styr", "mal")
    return made


def comes_in(someone, name):
    """As signs_in, to a page that is looked at elsewhere."""
    someone.page.goto(f"{someone.base}/logga-in/")
    someone.writes(login=address(name), password=PASSWORD)
    goes(someone, "^Logga in$", "button")


def goes(someone, words, role="link"):
    """As presses, to a page that has been looked at."""
    someone.page.get_by_role(role, name=re.compile(words)).first.click()
    someone.page.wait_for_load_state()


def drawing(someone):
    return someone.page.locator(".app-noprint svg.app-process")
