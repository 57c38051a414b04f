"""A planned procurement as it is kept in an answer, and what differs between two such. Pure; no query of its own."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from insteg.inventory.models import FACTS, AnsweredRow, InventoryRound, PlannedProcurement

Facts = Mapping[str, Any]
KEPT = (*FACTS, "more_cpvs", "withdrawn_as", "withdrawn_reason")
NOT_COMPARED = {"unknown_fields", "withdrawn_as", "withdrawn_reason"}
JUDGED = (
    "nature", "cpv", "framework", "extent_known", "value_min", "value_max", "months", "option_months", "unknown_fields",
)  # fmt: skip
Change = AnsweredRow.Change


def facts_as_reported(planned: PlannedProcurement) -> dict[str, Any]:
    """What an answer keeps of a row, as JSON can hold it: days as 2027-03-01, decimals as "2.5".

    What the organisation itself has said and no more: neither our proposal nor whom to ask.
    """
    return {name: as_json(getattr(planned, name)) for name in KEPT}


def as_json(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.1f}"  # as many decimals as the column keeps, so that 2 and 2.0 are the same
    return value


def as_judged(facts: Facts) -> PlannedProcurement:
    """What an answer kept, as the judgement reads it. Never saved."""
    staffing = facts.get("fte")
    known = {name: facts[name] for name in JUDGED if name in facts}
    return PlannedProcurement(**known, fte=None if staffing is None else Decimal(staffing))


def changed_facts(before: Facts, after: Facts) -> list[str]:
    """The names of the facts that differ. A fact that was not said and one that is said to be unknown differ too."""
    was, now = set(before.get("unknown_fields", ())), set(after.get("unknown_fields", ()))
    return [
        name
        for name in KEPT
        if name not in NOT_COMPARED and (before.get(name) != after.get(name) or (name in was) != (name in now))
    ]


def change_of(before: Facts | None, after: Facts) -> Change:
    """Of a row that stands: new, changed or the same against the answer before."""
    if before is None:
        return Change.NEW
    return Change.CHANGED if changed_facts(before, after) else Change.SAME


def is_asked_about(planned: PlannedProcurement, asked: InventoryRound) -> bool:
    """Whether the round asks for it (R10). What is not known yet is asked about: it may turn out to be."""
    start, value = planned.start, planned.value_max or planned.value_min
    within = start is None or asked.first_year <= start.year <= asked.last_year
    large = value is None or asked.value_floor is None or value >= asked.value_floor
    return within and large and planned.nature in ("", *asked.natures)


def print_of(rows: Iterable[PlannedProcurement]) -> str:
    """What tells whether a list is still the one that was read: it differs as soon as a row came, went or changed."""
    seen = "\n".join(sorted(f"{row.pk}:{row.version}" for row in rows))
    return hashlib.sha256(seen.encode()).hexdigest()[:20]
