"""The cases of planned procurements begin, go on and end with what is done to the rows (R80).

No verb of its own: those that make, change and end rows call it, with the rows locked. A case is never locked here, as
process/flow.py says. One that has come to its own end stays ended whatever becomes of its row.
"""

from collections.abc import Callable, Sequence

from insteg.access.actor import Actor
from insteg.core.models import BaseModel
from insteg.inventory.actions.judging import BATCH, insert_judged
from insteg.inventory.cases import KIND, REPORTED
from insteg.inventory.models import PlannedProcurement
from insteg.process import flow

Rows = Sequence[PlannedProcurement]
Then = Callable[[PlannedProcurement, Actor], list[BaseModel]]


def insert_new(planned: PlannedProcurement, actor: Actor, because: str) -> PlannedProcurement:
    """Judges a new row and saves it with its case, which goes on at once when what the judgement needs is said.

    `because`, here and below: the name of the action that it follows from, for the log.
    """
    begin([planned], actor)
    insert_judged(planned)
    go_on([planned], actor, because)
    return planned


def begin(rows: Rows, actor: Actor) -> None:
    """Puts a new case on each of the rows, unsaved."""
    if rows:
        for row, run in zip(rows, flow.start(KIND, actor=actor, count=len(rows)), strict=True):
            row.run = run


def go_on(rows: Rows, actor: Actor, because: str) -> list[BaseModel]:
    """Those whose facts are told now leave the organisation for the procurement unit. Asked of the rows as saved."""
    runs = [row.run_id for row in rows if row.run_id]
    return [*flow.go_on(runs, REPORTED, actor=actor, because=because)] if runs else []


def end(rows: Rows, actor: Actor, because: str) -> None:
    """They wait for nothing more by themselves: withdrawn, or joined into another."""
    flow.close([row.run_id for row in rows if row.run_id], actor=actor, because=because)


def stand_again(rows: Rows, actor: Actor, because: str) -> list[BaseModel]:
    """They wait again, where they stood; what was withdrawn or joined before there were cases begins one. Asked of the
    rows as saved."""
    without = [row for row in rows if row.run_id is None]
    if without:
        begin(without, actor)
        PlannedProcurement.objects.bulk_update(without, ["run"], batch_size=BATCH)
    flow.reopen([row.run_id for row in rows if row.run_id], actor=actor, because=because)
    return go_on(rows, actor, because)


def goes_on(because: str) -> Then:
    """For `action(then=)`: the row has been saved."""
    return lambda row, actor: go_on([row], actor, because)


def stands_again(because: str) -> Then:
    return lambda row, actor: stand_again([row], actor, because)
