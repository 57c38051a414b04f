"""Organisations by the dozen, each with something to be asked for."""

import datetime as dt
import uuid

from insteg.access.actor import Role
from insteg.core import clock
from insteg.inventory.models import FactQuestion, PlannedProcurement
from insteg.organisations.models import Membership, Organisation, User
from tests.nets.rounds_by_the_dozen import names


def to_ask_about(house, count):
    """Each at an organisation of its own with somebody to write to; what it lacks was asked for a month ago."""
    made = Organisation.objects.bulk_create(Organisation(name=name, kind="department") for name in names(count))
    users = User.objects.bulk_create(
        User(email=f"{uuid.uuid4().hex}@exempel.se", name="Elsa", is_example=True) for _ in made
    )
    Membership.objects.bulk_create(
        Membership(user=user, role=Role.PROCURING, organisation=each) for user, each in zip(users, made, strict=True)
    )
    lacking = {"proposal": "needs_facts", "missing": "months,fte", "rule_set": house.rule_set}
    rows = PlannedProcurement.objects.bulk_create(
        PlannedProcurement(organisation=each, title=each.name, **lacking) for each in made
    )
    asked = {"fields": ["months"], "asked_by_id": house.who["ue"].id, "created_at": clock.now() - dt.timedelta(30)}
    FactQuestion.objects.bulk_create(FactQuestion(planned=row, **asked) for row in rows)


def asked_of_us(house, count):
    """Each of Park's, and asked about a moment ago."""
    lacking = {"proposal": "needs_facts", "missing": "months,fte", "rule_set": house.rule_set}
    rows = PlannedProcurement.objects.bulk_create(
        PlannedProcurement(organisation=house.org["Park"], title=name, **lacking) for name in names(count)
    )
    moment = clock.now() + dt.timedelta(hours=1)
    asked = {"fields": ["months", "fte"], "asked_by_id": house.who["ue"].id, "created_at": moment}
    FactQuestion.objects.bulk_create(FactQuestion(planned=row, **asked) for row in rows)
