"""Cases by the dozen that wait: for the procurement unit, for a colleague there, and for the steering group."""

from insteg.inventory.models import PlannedProcurement
from insteg.process import flow
from insteg.process.models import Kind, Process, Run, Visit
from insteg.process.queries.tasks import FEW
from tests.nets.rounds_by_the_dozen import names


def cases_that_wait(house, count):
    """More than a few in each pile: those are told by name, which takes a question that a number does not."""
    process = Process.objects.in_force().get(kind=Kind.PLANNED_PROCUREMENT)
    facts = {"organisation": house.org["Park"], "rule_set": house.rule_set, "proposal": "needs_facts"}
    for key, taken_by in (("assess", None), ("assess", "ue"), ("assess", "ue2"), ("decide", None)):
        runs = Run.objects.bulk_create(Run(process=process) for _ in range(FEW + count))
        flow.enter(runs, process.steps.get(key=key), house.who["park"])
        if taken_by:
            Visit.objects.filter(run__in=runs).update(handler=house.who[taken_by].membership_id)
        PlannedProcurement.objects.bulk_create(
            PlannedProcurement(title=name, run=run, **facts) for name, run in zip(names(len(runs)), runs, strict=True)
        )
