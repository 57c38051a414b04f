"""From a reading of a spreadsheet to the facts of planned procurements."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from insteg.inventory.models import PlannedProcurement
from insteg.inventory.plan_reader import Row

COLUMNS = {"value": {"value_min", "value_max"}}  # the sheet has one column where we keep two facts
TENTH = Decimal("0.1")


def longest(name: str) -> int:
    return int(PlannedProcurement._meta.get_field(name).max_length or 0)


LONGEST_TITLE, LONGEST_REFERENCE, LONGEST_DESCRIPTION = longest("title"), longest("reference"), 2000


def facts_of(row: Row) -> dict[str, Any]:
    """Keyword facts for a PlannedProcurement. Text is kept as it stands, also what looks like a formula.

    A name or number that is longer than its place stands whole in the description, so that nothing is lost.
    """
    title, reference = plain(row.title), plain(row.reference)
    overflow = [title] if len(title) > LONGEST_TITLE else []
    if len(reference) > LONGEST_REFERENCE:
        overflow, reference = [*overflow, reference], ""
    return {
        "title": title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…",
        "description": "\n".join(filter(None, [*overflow, plain(row.description)]))[:LONGEST_DESCRIPTION],
        "reference": reference,
        "nature": row.nature or "",
        "nature_inferred": row.nature_inferred,
        "cpv": row.cpvs[0] if row.cpvs else "",
        "more_cpvs": list(row.cpvs[1:]),
        "framework": row.framework,
        "value_min": row.value_min,
        "value_max": row.value_max,
        "months": row.months,
        "option_months": row.option_months,
        "start": row.start,
        "fte": None if row.fte is None else Decimal(str(row.fte)).quantize(TENTH, ROUND_HALF_UP),
        "unknown_fields": sorted(set().union(*(COLUMNS.get(field, {field}) for field in row.unknown_fields))),
    }


def plain(text: str | None) -> str:
    """Without the sign that no database text may hold."""
    return (text or "").replace("\x00", "").strip()
