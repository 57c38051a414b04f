"""People by the dozen: with accounts and memberships."""

import uuid

from insteg.access.actor import Role
from insteg.organisations.models import Membership, Unit, User
from tests.nets.rounds_by_the_dozen import names


def people(house, count, *, is_example=True):
    """Each with two memberships, at Park, the first in a unit."""
    unit = Unit.objects.create(organisation=house.org["Park"], name=str(uuid.uuid4()))
    made = User.objects.bulk_create(
        User(name=name, email=f"{uuid.uuid4().hex}@staden.example", is_example=True, password="!")
        for name in names(count)
    )
    Membership.objects.bulk_create(
        Membership(user=user, organisation=house.org["Park"], role=Role.PROCURING, unit=unit) for user in made
    )
    Membership.objects.bulk_create(
        Membership(user=user, organisation=house.org["Hus"], role=Role.PROCURING) for user in made
    )
    return made


def people_at_park(house, count):
    people(house, count)
    return f"/organisationer/{house.org['Park'].pk}/"
