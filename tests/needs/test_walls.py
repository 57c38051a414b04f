"""When a coach speaks for a unit: it matches people to places, and neither it nor its organisation has closed (R67)."""

import pytest

from insteg.core import clock
from insteg.needs import access
from insteg.organisations.models import Organisation, Unit


def it_refers_people(unit):
    Unit.objects.filter(pk=unit.pk).update(task=Unit.Task.REFERRING)


def it_has_closed(unit):
    Unit.objects.filter(pk=unit.pk).update(closed_on=clock.today())


def its_organisation_has_closed(unit):
    Organisation.objects.filter(pk=unit.organisation_id).update(closed_on=clock.today())


@pytest.mark.parametrize(("rule", "of", "label"), [
    (access.PUBLISH, "units", "ame"), (access.CHANGE, "needs", "na"), (access.RESUME, "needs", "ne"),
])  # fmt: skip
@pytest.mark.parametrize("now", [it_refers_people, it_has_closed])
def test_a_unit_that_does_not_match_or_has_closed_publishes_and_changes_nothing(house, rule, of, label, now):
    row = getattr(house, of)[label]
    assert rule.permits(house.who["ame"], row.pk)
    now(house.units["ame"])
    assert not rule.permits(house.who["ame"], row.pk)


def test_a_unit_of_an_organisation_that_has_closed_publishes_nothing(house):
    unit = house.units["ame"]
    assert access.PUBLISH.permits(house.who["ame"], unit.pk)
    its_organisation_has_closed(unit)
    assert not access.PUBLISH.permits(house.who["ame"], unit.pk)


@pytest.mark.one_database
def test_only_those_who_publish_are_led_to_a_units_own_list(as_, town):
    def led_to(name):
        return as_(name).get("/behov/").context["own"]

    assert (led_to("ame"), led_to("chef2")) == (town.units["ame"], town.units["sia"])
    assert [name for name in ("ue", "park", "styr") if led_to(name)] == []
    it_refers_people(town.units["ame"])
    assert (led_to("ame"), led_to("chef2")) == (None, town.units["sia"])
