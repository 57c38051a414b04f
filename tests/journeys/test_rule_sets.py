"""The administrator changes what the model calls suitable, and the city's list is judged by it."""

from insteg.process.models import RuleSet
from tests.jobs import run_queued
from tests.journeys.test_plan import given_an_administrator, when_signing_in
from tests.town import address


def test_the_limits_are_changed_in_the_product(traveller, town):
    given_an_administrator(town)
    when_signing_in(traveller, address("admin"))
    traveller.opens("/arbetsmodellen/regelverk/")
    traveller.follows("Gör ett utkast")
    traveller.presses("Gör ett utkast")

    traveller.writes(min_months="ett tag")
    traveller.presses("Spara utkastet")
    traveller.reads("är ingen längd")
    traveller.writes(min_months="1 år", more_than_fte="1,5", note="Korta uppdrag har inte gett några platser.")
    traveller.presses("Spara utkastet")
    traveller.reads("Minst 12 månader")
    traveller.follows("Publicera")
    traveller.reads("bedöms på nytt")
    traveller.presses("Publicera nu")
    traveller.reads("Version 2 gäller nu")
    assert set(run_queued()) == {"inventory.judge_again"}
    assert {planned.rule_set.edition for planned in reload(town.planned)} == {2}

    traveller.opens(f"/arbetsmodellen/regelverk/{RuleSet.objects.get(edition=1).pk}/")
    traveller.reads("Ersatt av en nyare version")
    traveller.opens("/arbetsmodellen/regelverk/")


def reload(planned):
    for row in planned.values():
        row.refresh_from_db()
        yield row
