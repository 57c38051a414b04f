"""UE sets another number of places than the reckoning's; the organisation's new facts make it think again (R20-R22)."""

import datetime as dt
from decimal import Decimal

from insteg.core import clock
from insteg.core.months import months_later
from insteg.inventory.actions import report
from insteg.inventory.models import PlannedProcurement
from insteg.organisations.models import User
from tests.journeys.test_plan import PASSWORD, when_signing_in
from tests.town import address


def test_the_number_of_places_is_set_and_thought_over(travellers, town):
    planned = given_one_that_begins_too_soon(town)
    ue, park = travellers("ue"), travellers("park")
    for someone, name in ((ue, "ue"), (park, "park")):
        when_signing_in(someone, address(name))

    ue.opens(f"/planerade/{planned.pk}/")
    ue.reads(
        "Förslag: lämplig, men kravet hinner inte med", "Hur många platser är rimligt?", "Yrken som väntas behövas"
    )
    ue.follows("Bestäm ett annat antal")
    ue.fills("Antal platser", "4")
    ue.presses("Spara antalet")
    ue.reads("Skriv varför antalet är rimligt")
    ue.fills("Varför är det ett rimligt antal", "Arbetet sker i fyra områden.")
    ue.presses("Spara antalet")
    ue.reads("Antalet platser är bestämt", "Bestämt av Ue", "Arbetet sker i fyra områden.")

    park.opens(f"/planerade/{planned.pk}/")
    park.follows("Ändra starten")
    park.fills("Önskad avtalsstart", months_later(clock.today(), 30).isoformat())
    park.fills("Årsarbetare i snitt", "60")
    park.presses("Spara ändringen")
    park.reads("Förslag: lämplig", "Hinner")

    ue.opens(f"/planerade/{planned.pk}/")
    ue.reads("Uppgifterna har ändrats sedan dess: årsarbetare", "Tidigare bedömningar")
    ue.page.get_by_text("Tidigare bedömningar").click()
    ue.follows("Följ räkningen igen")
    ue.presses("Följ räkningen igen")
    ue.reads("Förslaget efter omfattning gäller igen", "6 platser")
    assert PlannedProcurement.objects.get(pk=planned.pk).places_set is None


def given_one_that_begins_too_soon(town):
    for user in User.objects.filter(email__in=[address("ue"), address("park")]):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    facts = {"nature": "services", "cpv": "77310000", "months": 24, "option_months": 0, "fte": Decimal(30)}
    start = clock.today() + dt.timedelta(days=120)
    return report(
        actor=town.who["park"], target=town.org["Park"], seen=None, title="Slåtter", start=start, value_min=9_000_000,
        value_max=9_000_000, **facts,
    )  # fmt: skip
