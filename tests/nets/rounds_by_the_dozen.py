"""Rows by the dozen, for pages of the rounds: rounds, those that are asked and those that could be."""

import uuid

from insteg.core import clock
from insteg.inventory.models import InventoryRound, PlannedProcurement, Reminder, RoundAnswer, RoundRequest
from insteg.organisations.models import Organisation


def names(count):
    return [f"Rad {uuid.uuid4().hex[:9]}" for _ in range(count)]


def organisations(house, count):
    Organisation.objects.bulk_create(Organisation(name=name, kind="department") for name in names(count))


def rounds(house, count):
    """Closed, each with Park among those asked."""
    year, now = 2031 + InventoryRound.objects.filter(year__gt=2030).count(), clock.now()
    made = InventoryRound.objects.bulk_create(
        InventoryRound(
            year=year + n, term="spring", first_year=2030, last_year=2032, closes_on=clock.today(),
            natures=["works"], opened_at=now, closed_at=now,
        )
        for n in range(count)
    )  # fmt: skip
    RoundRequest.objects.bulk_create(RoundRequest(round=round, organisation=house.org["Park"]) for round in made)


def asked(house, count):
    """Organisations in the round that is under way, each with something planned, a reminder and an answer."""
    made = Organisation.objects.bulk_create(Organisation(name=name, kind="department") for name in names(count))
    requests = RoundRequest.objects.bulk_create(
        RoundRequest(round=house.rounds["now"], organisation=each) for each in made
    )
    lacking = {"proposal": "needs_facts", "rule_set": house.rule_set, "title": "Lokalvård"}
    PlannedProcurement.objects.bulk_create(PlannedProcurement(organisation=each, **lacking) for each in made)
    Reminder.objects.bulk_create(
        Reminder(request=each, number=1, sent_on=clock.today(), letters=1) for each in requests[::2]
    )
    RoundAnswer.objects.bulk_create(
        RoundAnswer(request=each, number=1, answered_by_id=house.who["park"].id) for each in requests[1::2]
    )
    return f"/inventering/{house.rounds['now'].pk}/"


def to_be_reminded(house, count):
    return f"{asked(house, count)}paminnelser/"


def to_be_asked(house, count):
    organisations(house, count)
    return f"/inventering/{house.rounds['draft'].pk}/oppna/"


def not_asked(house, count):
    organisations(house, count)
    return f"/inventering/{house.rounds['now'].pk}/fraga-fler/"
