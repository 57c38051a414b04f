"""A reading for the command line: as plain objects, or as text in Swedish."""

from collections.abc import Iterator
from typing import Any

from insteg.inventory.plan_reader.amounts import money
from insteg.inventory.plan_reader.columns import FIELDS
from insteg.inventory.plan_reader.reading import Reading, Row, Sheet
from insteg.inventory.plan_reader.wording import shortened, shown


def as_objects(reading: Reading) -> list[dict[str, Any]]:
    """One object a row. Money in SEK, lengths in months, ISO dates; None where the sheet does not say."""
    return [
        {
            "title": row.title,
            "nature": row.nature,
            "cpv": row.cpvs[0] if row.cpvs else None,
            "value_min": row.value_min,
            "value_max": row.value_max,
            "months": row.months,
            "option_months": row.option_months,
            "start": row.start.isoformat() if row.start else None,
            "fte": row.fte,
        }
        for row in reading.rows
    ]


def as_text(reading: Reading) -> str:
    lines = [str(note) for note in reading.notes]
    for sheet in reading.sheets:
        lines += ["", *_sheet_lines(sheet)]
    return "\n".join(lines).strip()


_NATURES = {"works": "entreprenad", "services": "tjänst", "supplies": "vara"}


def _sheet_lines(sheet: Sheet) -> Iterator[str]:
    yield f"Bladet ”{sheet.name}”, rubriker på rad {sheet.header_row}, {len(sheet.rows)} upphandlingar"
    yield ""
    yield "Så lästes kolumnerna:"
    for column in sheet.columns:
        what = FIELDS[column.field] if column.field else "läses inte"
        unit = f" i {column.unit}" if column.unit else ""
        check = " (kontrollera)" if column.certainty == "check" else ""
        yield f"  {shortened(column.heading, 40) or '(utan rubrik)'}: {what}{unit}{check}"
    for left_out in sheet.left_out:
        yield f"  {shortened(left_out.heading, 40)}: lämnas utanför, {left_out.reason}, {left_out.filled} rader"
    yield ""
    for row in sheet.rows:
        yield _row_line(row)
        for question in row.questions:
            yield f"        fråga: {question.text} " + " / ".join(str(option.label) for option in question.options)
        for fault in row.faults:
            yield f"        fel: {fault.text}." + (f" {fault.help}" if fault.help else "")
    if sheet.skipped:
        yield ""
        yield "Rader som inte är upphandlingar:"
    for skipped in sheet.skipped:
        rows = str(skipped.first) if skipped.first == skipped.last else f"{skipped.first}–{skipped.last}"
        yield f"  rad {rows}: {skipped.reason}" + (f": {skipped.text}" if skipped.text else "")


def _row_line(row: Row) -> str:
    nature = _NATURES.get(row.nature or "", "")
    parts = [
        nature + (" (ur CPV)" if row.nature_inferred else ""),
        row.cpvs[0] if row.cpvs else "",
        _value(row),
        _length(row),
        f"start {row.start}" if row.start else "",
        f"{shown(row.fte)} heltider" if row.fte is not None else "",
        "okänt: " + ", ".join(sorted(row.unknown_fields)) if row.unknown_fields else "",
        "utgår" if row.withdrawn else "",
    ]
    return f"  {row.number:>4}  {shortened(row.title, 60)}" + "".join(f" · {part}" for part in parts if part)


def _value(row: Row) -> str:
    if row.value_min is None and row.value_max is None:
        return ""
    if row.value_min is None:
        return f"högst {money(row.value_max or 0)}"
    if row.value_max is None:
        return f"minst {money(row.value_min)}"
    return money(row.value_min) if row.value_min == row.value_max else f"{money(row.value_min)}–{money(row.value_max)}"


def _length(row: Row) -> str:
    if row.months is None:
        return f"option {row.option_months} mån" if row.option_months else ""
    return f"{row.months} + {row.option_months} mån" if row.option_months else f"{row.months} mån"
