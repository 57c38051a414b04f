from collections.abc import Callable
from itertools import count
from types import SimpleNamespace

from django.db import connection, transaction

from insteg.inventory.actions import save_plan, upload
from insteg.inventory.comparison import Decisions
from insteg.inventory.models import PlannedProcurement, PlanUpload
from insteg.inventory.plan_reader import read
from insteg.inventory.plan_rows import facts_of
from scripts.bench.measure import Line, in_turns, show
from scripts.bench.workbook import workbook

SAMPLE = 200
NUMBER = count(1)


def undone(save: Callable[[PlanUpload], None]) -> Callable[[PlanUpload], None]:
    """Everything but the wait of the commit for the disk: what is saved has a history that nobody can remove."""

    @transaction.atomic
    def saved(plan: PlanUpload) -> None:
        save(plan)
        if connection.vendor == "postgresql":
            connection.check_constraints()  # which the commit would have asked
        transaction.set_rollback(True)

    return saved


def measure(rows: int, rounds: int, city: SimpleNamespace) -> bool:
    content = workbook(rows, seed=3)
    reading = read(content, "plan.xlsx")
    facts = [facts_of(row) | {"upload_row": row.number} for row in reading.rows if not row.withdrawn]
    buyer, actor = city.buyers[0], city.who["ue"].actor()
    more = {"organisation": buyer, "rule_set": city.rules, "proposal": "suitable"}

    def uploaded() -> PlanUpload:
        """A plan of its own for every run."""
        return upload(
            actor=actor, target=buyer, seen=None, content=b"%d" % next(NUMBER), filename="plan.xlsx", reading=reading
        )

    def bulk(plan: PlanUpload) -> None:
        PlannedProcurement.objects.bulk_create([PlannedProcurement(**row, **more) for row in facts], batch_size=500)

    def one_by_one(plan: PlanUpload) -> None:
        for row in facts[:SAMPLE]:
            planned = PlannedProcurement(**row, **more)
            planned.full_clean()
            planned.save()

    def through_the_gate(plan: PlanUpload) -> None:
        save_plan(actor=actor, target=plan, seen=None, decisions=Decisions())

    yardstick = "bygga raderna och bulk_create"
    lines = [
        Line(yardstick, undone(bulk), setup=uploaded),
        Line("spara planen: rätt, bedömning, ärenden, logg", undone(through_the_gate), yardstick, aim=5,
             setup=uploaded),
        Line(f"full_clean och save rad för rad (prov {SAMPLE})", undone(one_by_one), yardstick, setup=uploaded,
             times=rows / SAMPLE),
    ]  # fmt: skip
    in_turns(lines, rounds)
    return show(f"Spara {rows} rader, {connection.vendor}", lines)
