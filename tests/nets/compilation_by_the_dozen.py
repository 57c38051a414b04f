"""Rows by the dozen, for the compilation."""

from insteg.core import clock
from insteg.inventory.models import PlannedProcurement
from tests.nets.rounds_by_the_dozen import names


def to_compile(house, count):
    """What suits, too late; what needs facts, with occupations. Of one organisation: the same is asked of all."""
    common = {"organisation": house.org["Park"], "rule_set": house.rule_set, "nature": "services", "cpv": "90910000"}
    PlannedProcurement.objects.bulk_create(
        PlannedProcurement(title=name, **common, proposal="suitable", places=2, months=24, start=clock.today())
        for name in names(count)
    )
    lacking = {"proposal": "needs_facts", "missing": "months,fte"}
    PlannedProcurement.objects.bulk_create(PlannedProcurement(title=name, **common, **lacking) for name in names(count))
