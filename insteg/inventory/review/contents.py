"""A plan as the reviewer meets it: its rows with what is asked about them, and what saving would do."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from zlib import crc32

from insteg.inventory.actions.saving import Ending
from insteg.inventory.comparison import (
    Comparison,
    Decisions,
    Key,
    Known,
    Match,
    Outcome,
    compare,
    outcome_of,
    pair,
)
from insteg.inventory.models import PlanUpload
from insteg.inventory.plan_reader import Fault, Question, Row, Sheet, answered, from_json

SHOWN = 200  # rows of a kind that one page shows; the others are counted
MOST_ASKED = 200  # rows that one page asks about; when they are answered and kept, it asks about the next
LONGEST_SAID = 1_000  # of an answer: more than the field takes, and no more than a plan can be left to carry about
ENDINGS = (Ending.CANCELLED, Ending.ADVERTISED)
YES, NO = "yes", "no"


class Asked(NamedTuple):
    """Something that must be answered about a row. `about` tells the question from another that may come in its place
    when the columns are read otherwise: an answer holds only for the question that it was given to."""

    name: str
    kind: str  # question, fault, same or double
    field: str
    thing: Any
    about: str


@dataclass(frozen=True)
class Line:
    """A row of the file. Names of inputs are made of the sheet's name and the row's number, which stay the same
    however the columns are read."""

    name: str
    key: Key
    row: Row
    match: Match
    asked: tuple[Asked, ...]

    @classmethod
    def of(cls, sheet: Sheet, row: Row, match: Match) -> "Line":
        name = f"{name_of_sheet(sheet)}r{row.number}"
        return cls(name, (sheet.name, row.number), row, match, tuple(asked_of(name, row, match)))

    @property
    def out(self) -> str:
        """The name of the box that leaves the row out."""
        return f"{self.name}-out"


def name_of_sheet(sheet: Sheet) -> str:
    return f"s{crc32(sheet.name.encode()):x}"


def asked_of(name: str, row: Row, match: Match) -> Iterable[Asked]:
    if row.withdrawn:
        return
    if match.near is not None:
        yield Asked(f"{name}-same", "same", "", match.near, str(match.near.pk))
    if match.double_of is not None:
        yield Asked(f"{name}-double", "double", "", match.double_of, f"{match.double_of} {row.title}")
    for question in row.questions:
        options = " ".join(f"{option.key} {option.label.values}" for option in question.options)
        yield Asked(f"{name}-{question.field}", "question", question.field, question, f"{question.typed} {options}")
    for fault in row.faults:
        yield Asked(f"{name}-{fault.field}", "fault", fault.field, fault, f"{fault.typed} {fault.unit}")


def gone_name(known: Known) -> str:
    return f"gone-{known.pk}"


@dataclass
class Review:
    """`known` is what the organisation is known to plan. `said` is what the reviewer has typed, by the input's name:
    at first what was kept of it, and what is sent when somebody sends the page."""

    plan: PlanUpload
    known: list[Known]
    said: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reading = from_json(self.plan.reading or {"filename": "", "notes": [], "sheets": []})
        self.pairing = pair(self.reading, self.known)
        self.lines = [
            Line.of(sheet, row, self.pairing.matches[sheet.name, row.number])
            for sheet in self.reading.sheets
            for row in sheet.rows
        ]
        self.about = self.names_with_what_they_are_about()
        self.said = self.still_holds(self.plan.typed)
        # Chosen before anything is sent, so that what is sent back is shown on the same page that it was written on.
        self.asked_lines = self.lines_to_ask_about()
        self.shown_lines = self.lines_to_show()
        self.lacking = self.comparison.stay + [one for one, _ending in self.comparison.gone]
        self.shown_gone = sorted(self.lacking, key=lambda one: (one.merged_into_id is not None, one.title))[:SHOWN]

    def names_with_what_they_are_about(self) -> dict[str, str]:
        """Every input that an answer can be kept for."""
        names = {asked.name: asked.about for line in self.lines for asked in line.asked}
        names |= {line.out: line.row.title for line in self.lines}
        names |= {f"{name_of_sheet(sheet)}-out": sheet.name for sheet in self.reading.sheets}
        return names | {gone_name(one): "" for one in self.known}

    def still_holds(self, typed: Mapping[str, Any]) -> dict[str, str]:
        about = typed.get("about", {})
        return {
            name: value
            for name, value in typed.get("fields", {}).items()
            if name not in self.about or about.get(name, "") == self.about[name]
        }

    def hear(self, sent: Mapping[str, str], names: Iterable[str]) -> None:
        """`names` are the inputs of the page: a box that was not sent is not ticked. Others keep what was kept."""
        for name in names:
            self.said.pop(name, None)
            if name in sent:
                self.said[name] = sent[name][:LONGEST_SAID].replace("\x00", "")  # the sign that no table may hold
        self.__dict__.pop("comparison", None)

    def to_keep(self) -> dict[str, Any]:
        """`said` with what each answer is about, as PlanUpload.typed keeps it. What stands as it was read is left."""
        fields = {name: value for name, value in self.said.items() if value != self.untouched(name)}
        return {"fields": fields, "about": {name: self.about[name] for name in fields if self.about.get(name)}}

    @cached_property
    def faults(self) -> dict[str, str]:
        return {a.name: a.thing.typed for line in self.lines for a in line.asked if a.kind == "fault"}

    def untouched(self, name: str) -> str:
        return self.faults.get(name, "")

    # What has been decided

    def is_out(self, line: Line) -> bool:
        sheet_out = f"{line.name.rsplit('r', 1)[0]}-out"
        return line.out in self.said or sheet_out in self.said or self.said.get(f"{line.name}-double") == NO

    def answers_of(self, line: Line) -> dict[str, str]:
        """The answers that hold: one of a question's options, or a text for a cell that could not be read."""
        found = {}
        for asked in line.asked:
            value = self.said.get(asked.name)
            if value is None or asked.kind not in ("question", "fault"):
                continue
            if asked.kind == "fault" or value in {option.key for option in asked.thing.options}:
                found[asked.field] = value
        return found

    def decisions(self) -> Decisions:
        """What the reviewer has said so far, as comparison and saving take it."""
        answers = {line.key: self.answers_of(line) for line in self.lines if line.asked}
        return Decisions(
            {key: said for key, said in answers.items() if said},
            frozenset(line.key for line in self.lines if self.is_out(line)),
            frozenset(line.key for line in self.lines if self.said.get(f"{line.name}-same") == YES),
            {str(one.pk): ending for one in self.known if (ending := self.ending_of(one))},
        )

    def ending_of(self, known: Known) -> str:
        """What became of a known row, "" when it stays. What the sheet calls expired is off until somebody keeps it."""
        chosen = self.said.get(gone_name(known), Ending.CANCELLED if known.pk in self.expired else "")
        return chosen if chosen in ENDINGS else ""

    @cached_property
    def comparison(self) -> Comparison:
        return compare(self.reading, self.known, self.pairing, self.decisions())

    @cached_property
    def expired(self) -> dict[Any, int]:
        """Known rows that the sheet itself calls expired, with the number of the row that says so."""
        lines = [line for line in self.lines if line.row.withdrawn and line.match.known]
        return {line.match.known.pk: line.row.number for line in lines if line.match.known}

    def unanswered(self, line: Line) -> list[Asked]:
        if self.is_out(line):
            return []
        return [asked for asked in line.asked if not self.is_answered(line.row, asked)]

    def is_answered(self, row: Row, asked: Asked) -> bool:
        value = self.said.get(asked.name)
        if value is None:
            return False
        if asked.kind in ("same", "double"):
            return value in (YES, NO)
        if asked.kind == "question":
            return value in {option.key for option in asked.thing.options}
        return not left_of(row, asked.field, value)

    def open_lines(self) -> list[Line]:
        return [line for line in self.lines if line.asked and self.unanswered(line)]

    # What the page shows

    def lines_to_ask_about(self) -> list[Line]:
        waiting = [line for line in self.lines if line.asked]
        return sorted(waiting, key=lambda line: not self.unanswered(line))[:MOST_ASKED]

    def lines_to_show(self) -> list[tuple[Line, str]]:
        """(line, kind): those that are asked about, those left out, changed, new, the same; each kind up to SHOWN."""
        kinds = {row.key: row.kind for row in self.comparison.rows}
        asked = {line.key for line in self.asked_lines}
        found: dict[str, list[Line]] = {kind: [] for kind in ("expired", "out", "changed", "new", "same")}
        for line in self.lines:
            if line.key not in asked:
                kind = "expired" if line.row.withdrawn else "out" if self.is_out(line) else kinds[line.key]
                if len(found[kind]) < SHOWN:
                    found[kind].append(line)
        order = ("out", "changed", "new", "same", "expired")
        return [(line, "asked") for line in self.asked_lines] + [(line, kind) for kind in order for line in found[kind]]

    def outcome(self, line: Line) -> Outcome:
        """What becomes of one row as things stand; for one that is left out, what would have become of it."""
        match = line.match
        known = match.known or (match.near if self.said.get(f"{line.name}-same") == YES else None)
        return outcome_of(line.key, line.row, known, self.answers_of(line))

    def counts(self) -> Counter[str]:
        """How many rows of each kind, of what is left out, and of known rows that the sheet lacks."""
        counts = Counter(row.kind for row in self.comparison.rows)
        counts["gone"] = len(self.comparison.stay) + len(self.comparison.gone)
        counts["out"] = sum(1 for line in self.lines if not line.row.withdrawn and self.is_out(line))
        counts["open"] = len(self.open_lines())
        counts["ending"] = len(self.comparison.gone)
        return counts


def left_of(row: Row, name: str, typed: str) -> list[Fault | Question]:
    """What cannot be read, or is asked, of a cell that somebody has typed anew."""
    again = answered(row, {name: typed})
    return [said for said in (*again.faults, *again.questions) if said.field == name]
