"""From a reading of a spreadsheet to the facts of planned procurements."""

from typing import Any

from insteg.inventory.plan_reader import Reading, Row, answered

COLUMNS = {"value": {"value_min", "value_max"}}  # the sheet has one column where we keep two facts
Answers = dict[tuple[str, int], dict[str, Any]]


def rows_of(reading: Reading, answers: Answers) -> list[dict[str, Any]]:
    """Keyword facts for a PlannedProcurement, one dict a row, with the reviewer's answers put in.

    Rows that the sheet itself calls expired are left out.
    """
    return [
        facts_of(answered(row, answers.get((sheet.name, row.number), {})))
        for sheet in reading.sheets
        for row in sheet.rows
        if not row.withdrawn
    ]


def facts_of(row: Row) -> dict[str, Any]:
    return {
        "title": row.title,
        "description": row.description or "",
        "reference": row.reference or "",
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
        "fte": row.fte,
        "unknown_fields": sorted(set().union(*(COLUMNS.get(field, {field}) for field in row.unknown_fields))),
        "upload_row": row.number,
    }
