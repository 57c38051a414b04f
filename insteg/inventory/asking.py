"""What of the facts that judgements lack is asked for, and what has become of what was asked; pure (R13)."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from insteg.core.workdays import shift
from insteg.inventory.models import PlannedProcurement

# What may be asked for, in the order of the criteria. The start is no criterion: without it nobody can tell whether a
# requirement would be in time (R22).
ASKABLE = ("nature", "extent_known", "months", "option_months", "fte", "start")
WAIT = 3  # working days before the same fact is asked for again: people are given the time to find out
Asked = Mapping[tuple[UUID, str], dt.date]  # when a fact of a planned procurement was last asked for


class Standing(Enum):
    """What has become of a fact that was asked for. A "vet inte" is an answer too."""

    SETTLED = "settled"
    UNKNOWN = "unknown"
    WAITS = "waits"


class Wanted(NamedTuple):
    """A planned procurement, and the facts of it to ask for, in the order of the criteria."""

    row: PlannedProcurement
    fields: tuple[str, ...]


@dataclass
class Sorting:
    """What would be asked for now; what was asked for lately; and what the organisation has said it does not know."""

    wanted: list[Wanted] = field(default_factory=list)
    lately: list[Wanted] = field(default_factory=list)
    unknown: list[Wanted] = field(default_factory=list)
    may_be_asked_again: dt.date | None = None  # the first day on which something of `lately` may


def lacked(row: PlannedProcurement) -> tuple[str, ...]:
    """The facts that would settle the judgement, and the start. None of what does not suit, or no longer waits."""
    waits = row.withdrawn_at is None and row.merged_into_id is None
    if not waits or row.proposal == PlannedProcurement.Proposal.NOT_SUITABLE:
        return ()
    without = {*row.missing.split(",")} | ({"start"} if row.start is None else set())
    return tuple(name for name in ASKABLE if name in without)


def said_unknown(row: PlannedProcurement) -> set[str]:
    """The facts that the organisation has said it does not know yet."""
    extent = {"extent_known"} if row.extent_known is False else set()
    return {*row.unknown_fields} | extent


def standing(row: PlannedProcurement, name: str, asked_at: dt.datetime) -> Standing:
    """What has become of the fact since it was asked for. What was said to be unknown before is no answer."""
    if name not in lacked(row):
        return Standing.SETTLED
    answered = name in said_unknown(row) and row.confirmed_at > asked_at
    return Standing.UNKNOWN if answered else Standing.WAITS


def again_from(asked_on: dt.date) -> dt.date:
    """The day from which a fact that was asked for may be asked for again without further ado."""
    return shift(asked_on, WAIT)


def sort_out(
    rows: Iterable[PlannedProcurement], facts: Sequence[str], asked: Asked, today: dt.date, *,
    again: bool = False, also_unknown: bool = False,
) -> Sorting:  # fmt: skip
    """Of the chosen facts that the rows lack, what is to be asked for.

    `again`: also what was asked for lately. `also_unknown`: also what was said to be unknown.
    """
    found, days = Sorting(), []
    for row in rows:
        sorted_out: dict[str, list[str]] = {"wanted": [], "lately": [], "unknown": []}
        unknown = set() if also_unknown else said_unknown(row)
        for name in lacked(row):
            asked_on = asked.get((row.pk, name))
            if name not in facts:
                continue
            if name in unknown:
                sorted_out["unknown"].append(name)
            elif asked_on and today < again_from(asked_on) and not again:
                sorted_out["lately"].append(name)
                days.append(again_from(asked_on))
            else:
                sorted_out["wanted"].append(name)
        for where, names in sorted_out.items():
            if names:
                getattr(found, where).append(Wanted(row, tuple(names)))
    found.may_be_asked_again = min(days, default=None)
    return found
