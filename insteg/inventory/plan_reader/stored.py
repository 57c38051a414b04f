"""A reading as JSON and back, so that it can be kept between upload and saving."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from insteg.inventory.plan_reader.reading import (
    Column,
    Fault,
    LeftOut,
    Option,
    Question,
    Reading,
    Row,
    Said,
    Sheet,
    Skipped,
    Value,
)

_PLAIN_ROW: Final = [
    name for name in Row._fields if name not in ("cpvs", "start", "unknown_fields", "questions", "faults", "overlooked")
]


def to_json(reading: Reading) -> dict[str, Any]:
    """Plain dicts, lists, texts and numbers. A sentence is kept as template and values, to be shown in any language."""
    return {
        "filename": reading.filename,
        "notes": [said_to_json(note) for note in reading.notes],
        "sheets": [_sheet(sheet) for sheet in reading.sheets],
    }


def from_json(stored: Mapping[str, Any]) -> Reading:
    """The reading that `to_json` wrote."""
    return Reading(
        stored["filename"],
        tuple(said_from_json(note) for note in stored["notes"]),
        tuple(_to_sheet(sheet) for sheet in stored["sheets"]),
    )


def said_to_json(said: Said) -> dict[str, Any]:
    """A sentence as template and values."""
    return {"text": said.text, "values": dict(said.values)}


def said_from_json(stored: Mapping[str, Any]) -> Said:
    """The sentence that `said_to_json` wrote."""
    return Said(stored["text"], dict(stored["values"]))


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "header_row": sheet.header_row,
        "columns": [
            {
                "index": c.index,
                "heading": c.heading,
                "field": c.field,
                "certainty": c.certainty,
                "unit": c.unit,
                "examples": list(c.examples),
            }
            for c in sheet.columns
        ],
        "rows": [row_to_json(row) for row in sheet.rows],
        "skipped": [
            {"first": s.first, "last": s.last, "reason": said_to_json(s.reason), "text": s.text} for s in sheet.skipped
        ],
        "left_out": [
            {"heading": out.heading, "reason": said_to_json(out.reason), "filled": out.filled} for out in sheet.left_out
        ],
    }


def _to_sheet(stored: Mapping[str, Any]) -> Sheet:
    return Sheet(
        name=stored["name"],
        header_row=stored["header_row"],
        columns=tuple(Column(**{**c, "examples": tuple(c["examples"])}) for c in stored["columns"]),
        rows=tuple(row_from_json(row) for row in stored["rows"]),
        skipped=tuple(
            Skipped(s["first"], s["last"], said_from_json(s["reason"]), s["text"]) for s in stored["skipped"]
        ),
        left_out=tuple(
            LeftOut(out["heading"], said_from_json(out["reason"]), out["filled"]) for out in stored["left_out"]
        ),
    )


def row_to_json(row: Row) -> dict[str, Any]:
    """One row alone, for a row kept by itself."""
    return {
        **{name: getattr(row, name) for name in _PLAIN_ROW},
        "cpvs": list(row.cpvs),
        "start": row.start.isoformat() if row.start else None,
        "unknown_fields": sorted(row.unknown_fields),
        "questions": [_question(question) for question in row.questions],
        "faults": [_fault(fault) for fault in row.faults],
        "overlooked": [list(words) for words in row.overlooked],
    }


def row_from_json(stored: Mapping[str, Any]) -> Row:
    return Row(
        **{name: stored[name] for name in _PLAIN_ROW},
        cpvs=tuple(stored["cpvs"]),
        start=date.fromisoformat(stored["start"]) if stored["start"] else None,
        unknown_fields=frozenset(stored["unknown_fields"]),
        questions=tuple(_to_question(question) for question in stored["questions"]),
        faults=tuple(_to_fault(fault) for fault in stored["faults"]),
        overlooked=tuple((field, typed) for field, typed in stored.get("overlooked", ())),
    )


def _question(question: Question) -> dict[str, Any]:
    options = [
        {
            "key": o.key,
            "label": said_to_json(o.label),
            "values": {name: _value(value) for name, value in o.values.items()},
        }
        for o in question.options
    ]
    return {"field": question.field, "typed": question.typed, "text": said_to_json(question.text), "options": options}


def _to_question(stored: Mapping[str, Any]) -> Question:
    options = tuple(
        Option(
            o["key"], said_from_json(o["label"]), {name: _to_value(name, value) for name, value in o["values"].items()}
        )
        for o in stored["options"]
    )
    return Question(stored["field"], stored["typed"], said_from_json(stored["text"]), options)


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "field": fault.field,
        "typed": fault.typed,
        "text": said_to_json(fault.text),
        "help": said_to_json(fault.help) if fault.help else None,
        "unit": fault.unit,
    }


def _to_fault(stored: Mapping[str, Any]) -> Fault:
    return Fault(
        stored["field"],
        stored["typed"],
        said_from_json(stored["text"]),
        said_from_json(stored["help"]) if stored["help"] else None,
        stored["unit"],
    )


def _value(value: Value) -> Value:
    return value.isoformat() if isinstance(value, date) else value


def _to_value(name: str, value: Any) -> Value:
    return date.fromisoformat(value) if name == "start" and isinstance(value, str) else value
