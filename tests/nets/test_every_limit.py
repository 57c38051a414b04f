"""Every limit that a field of ours sets by itself: what is just inside it is taken, what is just outside is refused.

A field that gets a validator fails until it has a row here, and one that loses it fails by its row.
"""

from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

pytestmark = pytest.mark.one_database
MONTHS = (1, 60)
YEARS = (2000, 2100)
LIMITS = {  # the lowest and the highest, where there is one
    "codes.Threshold.amount": (1, None),
    "inventory.Assessment.number": (1, None),
    "inventory.InventoryRound.year": YEARS,
    "inventory.PlannedProcurement.fte": (Decimal(0), Decimal(10_000)),
    "inventory.PlannedProcurement.months": (None, 600),
    "inventory.PlannedProcurement.option_months": (None, 600),
    "inventory.PlannedProcurement.places_set": (None, 999),
    "inventory.RoundAnswer.number": (1, None),
    "inventory.RunningAgreement.option_months": (None, 600),
    "needs.PublishedNeed.people": (None, 9999),
    "needs.PublishedNeed.places": (1, 9999),
    "process.Item.offset_workdays": (None, 1500),
    "process.RuleSet.full_time_months_per_place": (1, 10_000),
    "process.RuleSet.min_months": (1, 120),
    "process.RuleSet.more_than_fte": (Decimal(0), Decimal(100)),
    "process.RuleSet.most_percent_of_staffing": (1, 100),
    "process.RuleSet.planning_months": MONTHS,
    "process.RuleSet.procurement_months": MONTHS,
    "process.RuleSet.safe_planning_months": MONTHS,
    "process.RuleSet.services_value_per_place": (1, None),
    "process.RuleSet.warn_below_months": (1, 120),
    "process.RuleSet.works_value_per_place": (1, None),
    "process.Step.lead_workdays": (None, 1500),
    "steering.AgendaItem.order": (1, None),
    "steering.Decision.places": (None, 999),
    "steering.Goal.from_year": YEARS,
    "steering.Goal.order": (1, None),
    "steering.Goal.to_year": YEARS,
    "steering.Target.year": YEARS,
}
LONGEST = {
    "inventory.InventoryRound.message": 2000,
    "inventory.PlannedProcurement.description": 2000,
    "inventory.RoundAnswer.comment": 1000,
    "meetings.Meeting.notes": 10_000,
    "meetings.Meeting.text": 2000,
    "process.RuleSet.note": 1000,
    "steering.AgendaItem.note": 2000,
    "steering.AgendaItem.text": 4000,
    "steering.AgendaItem.view": 1000,
    "steering.Decision.reason": 500,
    "steering.Feedback.text": 2000,
    "steering.FeedbackLine.next_step": 500,
    "steering.Goal.text": 1000,
    "steering.Occasion.note": 1000,
}
WRITTEN = {  # what is taken, and what is not
    "codes.Cpv.code": (["90910000"], ["9091000", "909100000", "9091000x"]),
    "codes.CpvOccupation.cpv": (["90", "90910000"], ["9", "909100000", "9x"]),
    "codes.Occupation.code": (["9111"], ["911", "91111", "911x"]),
    "inventory.InventoryRound.natures": ([["services"], ["works", "supplies"]], [[], ["leases"], "services"]),
    "inventory.PlannedProcurement.cpv": (["90910000"], ["9091000", "909100000", "9091000x"]),
    "inventory.RunningAgreement.cpv": (["90910000"], ["9091000", "909100000", "9091000x"]),
    "process.RuleSet.natures": ([["services"], ["works", "supplies"]], [["leases"], "services"]),
}

OURS = [model for model in apps.get_models() if model.__module__.startswith("insteg.")]


def field_of(name):
    label, _, field = name.rpartition(".")
    return apps.get_model(label)._meta.get_field(field)


def takes(name, value):
    try:
        field_of(name).clean(value, None)
    except ValidationError:
        return False
    return True


def test_every_field_with_a_limit_of_its_own_is_here():
    found = {
        f"{model._meta.label}.{field.name}"
        for model in OURS
        for field in model._meta.concrete_fields
        if field._validators
    }
    assert found == {*LIMITS, *LONGEST, *WRITTEN}


@pytest.mark.parametrize("name", LIMITS)
def test_a_number_beyond_the_limit_is_refused(name):
    lowest, highest = LIMITS[name]
    if lowest is not None:
        assert (takes(name, lowest), takes(name, lowest - 1)) == (True, False)
    if highest is not None:
        assert (takes(name, highest), takes(name, highest + 1)) == (True, False)


@pytest.mark.parametrize("name", LONGEST)
def test_a_text_beyond_the_limit_is_refused(name):
    assert takes(name, "å" * LONGEST[name])
    assert not takes(name, "å" * (LONGEST[name] + 1))


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_not_written_as_the_field_asks_is_refused(name):
    taken, refused = WRITTEN[name]
    assert [value for value in taken if not takes(name, value)] == []
    assert [value for value in refused if takes(name, value)] == []
