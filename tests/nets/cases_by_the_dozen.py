"""Rows by the dozen, for pages of cases: open ones in one step, each about a planned procurement of Park's."""

from insteg.inventory.models import PlannedProcurement
from insteg.process import flow
from insteg.process.models import Kind, Visit
from tests.nets.rounds_by_the_dozen import names

STEP = "/arbetsmodellen/steg/planned_procurement/report/"


def cases(house, count):
    """Taken by someone, every one."""
    runs = flow.start(Kind.PLANNED_PROCUREMENT, actor=house.who["park"], count=count)
    PlannedProcurement.objects.bulk_create(
        PlannedProcurement(
            organisation=house.org["Park"], rule_set=house.rule_set, title=name, proposal="needs_facts", run=run
        )
        for name, run in zip(names(count), runs, strict=True)
    )
    Visit.objects.filter(run__in=runs).update(handler=house.who["park"].membership_id)
    return STEP


def cases_to_move(house, count):
    cases(house, count)
    return f"{STEP}flytta/as_it_is/"
