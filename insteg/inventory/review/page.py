"""What the template of the review is given."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.inventory.comparison import Known
from insteg.inventory.plan_reader import Sheet
from insteg.inventory.plan_reader.wording import shortened
from insteg.inventory.queries.plans import remembered_in
from insteg.inventory.review.contents import Asked, Line, Review, gone_name, name_of_sheet
from insteg.inventory.review.form import ReviewForm, ShownColumn, column_name
from insteg.inventory.review.words import (
    GROUPS,
    IN_COLUMNS,
    ROLES,
    Cell,
    cell_of,
    kept_in_words,
    known_in_words,
    label_of_field,
)
from insteg.ui import figures
from insteg.ui.templatetags.insteg_ui import in_words as count_in_words

MOST_OVERLOOKED = 30
TOLD = ("nature", "fte", "framework", "reference")  # of a new row, beside what has a column of its own


class ShownRow(NamedTuple):
    """A row of the sheet on the page. `more` are facts without a column of their own: (name, fact)."""

    line: Line
    kind: str
    sheet: str
    title: Cell
    value: Cell
    length: Cell
    start: Cell
    more: list[tuple[str, Cell]]
    notes: list[str]
    fields: list[Any]
    out: bool
    fault: bool


class GoneRow(NamedTuple):
    known: Known
    facts: str
    note: str
    field: Any


class ShownSheet(NamedTuple):
    sheet: Sheet
    out_name: str
    out: bool
    columns: list[ShownColumn]
    remembered: list[str]


class Page:
    def __init__(self, review: Review, form: ReviewForm, remembered: dict[str, str]) -> None:
        self.review, self.form = review, form
        self.remembered = remembered_in(review.plan.chosen_columns, remembered)
        self.many_sheets = len(review.reading.sheets) > 1

    @cached_property
    def counts(self) -> Any:
        return self.review.counts()

    @property
    def saved(self) -> int:
        return int(self.counts["new"] + self.counts["changed"] + self.counts["same"])

    def lead(self) -> str:
        """How many there are and what stands between them and the list."""
        counts, count = self.counts, self.saved
        words = {"count": count_in_words(count)}
        said = ngettext("Filen har en upphandling.", "Filen har %(count)s upphandlingar.", count) % words
        if counts["open"]:
            more = ngettext(
                "En rad behöver ett svar, sedan kan allt sparas på en gång.",
                "%(count)s rader behöver svar, sedan kan allt sparas på en gång.",
                counts["open"],
            ) % {"count": count_in_words(counts["open"]).capitalize()}
            return f"{said} {more}"
        if not count:
            return said
        if counts["new"] or counts["changed"] or counts["ending"]:
            more = _("Allt går att spara på en gång.")
        else:
            more = _("Inget ändras: allt är lika det vi vet. Spara för att bekräfta att det stämmer.")
        return f"{said} {more}"

    def button(self) -> str:
        count = self.saved
        if not (self.counts["new"] or self.counts["changed"]) and count:
            said = ngettext("Bekräfta %(count)s upphandling", "Bekräfta %(count)s upphandlingar", count)
        else:
            said = ngettext("Spara %(count)s upphandling", "Spara %(count)s upphandlingar", count)
        return said % {"count": figures.grouped(count)}

    def tags(self) -> list[tuple[str, str]]:
        """(kind, words) for what there is of each."""
        counts = self.counts
        words = {
            "new": ngettext("%(n)s ny", "%(n)s nya", counts["new"]),
            "changed": ngettext("%(n)s ändrad", "%(n)s ändrade", counts["changed"]),
            "same": ngettext("%(n)s lika", "%(n)s lika", counts["same"]),
            "out": ngettext("%(n)s läses inte in", "%(n)s läses inte in", counts["out"]),
            "gone": ngettext("%(n)s finns inte i bladet", "%(n)s finns inte i bladet", counts["gone"]),
        }
        return [(kind, said % {"n": figures.grouped(counts[kind])}) for kind, said in words.items() if counts[kind]]

    def waiting(self) -> list[tuple[str, str]]:
        """(words, id of the input) for what must be answered, while nothing has been sent."""
        if self.form.is_bound:
            return []
        found = []
        for line in self.review.asked_lines:
            for asked in self.review.unanswered(line):
                field = self.form[asked.name]
                found.append((self.waits_for(line, asked), field.first_id))
        return found

    def waits_for(self, line: Line, asked: Asked) -> str:
        if asked.kind in ("question", "fault"):
            said = _("Rad %(row)s: %(fault)s") % {"row": line.row.number, "fault": asked.thing.text}
            return said.rstrip(".")
        return str(self.form[asked.name].label)

    def waiting_title(self) -> str:
        count = self.counts["open"]
        said = ngettext("Svara om en rad", "Svara om %(count)s rader", count)
        return said % {"count": count_in_words(count)}

    def rows(self) -> Iterator[ShownRow]:
        for line, kind in self.review.shown_lines:
            yield self.row(line, kind)

    def row(self, line: Line, kind: str) -> ShownRow:
        outcome = self.review.outcome(line)
        cells = {group: cell_of(outcome, group) for group in GROUPS}
        cells |= self.overlooked_in(line, outcome, cells) | self.as_typed(line)
        more = [
            (label_of_field(group), cell)
            for group, cell in cells.items()
            if group not in IN_COLUMNS and cell.now and (cell.is_new or (outcome.known is None and group in TOLD))
        ]
        out = self.review.is_out(line)
        return ShownRow(
            line=line,
            kind="expired" if line.row.withdrawn else "out" if out else outcome.kind,
            sheet=line.key[0] if self.many_sheets else "",
            title=cells["title"],
            value=cells["value"],
            length=cells["months"],
            start=cells["start"],
            more=more,
            notes=self.notes(line, outcome),
            fields=[self.form[asked.name] for asked in line.asked] if kind == "asked" else [],
            out=line.out in self.review.said,
            fault=bool(self.review.unanswered(line)) if kind == "asked" else False,
        )

    def as_typed(self, line: Line) -> dict[str, Cell]:
        """{fact: what the sheet says} for what waits for an answer: not what we know, as if the sheet had said it."""
        waits = [asked for asked in line.asked if not self.review.is_answered(line.row, asked)]
        words = {"fault": _("”%(typed)s” kunde inte läsas"), "question": _("”%(typed)s” kan läsas på flera sätt")}
        return {
            ROLES.get(asked.field, asked.field).replace("option", "months"): Cell(
                words[asked.kind] % {"typed": shortened(asked.thing.typed, 40)}
            )
            for asked in waits
            if asked.kind in words
        }

    def overlooked_in(self, line: Line, outcome: Any, cells: dict[str, Cell]) -> dict[str, Cell]:
        """The same for words that gave no value, beside what we know, which stands."""
        found = {}
        for field, typed in line.row.overlooked:
            group = ROLES.get(field, field).replace("option", "months")
            names = GROUPS.get(group, ())
            if any(getattr(outcome.known, name, None) is not None for name in names) and not cells[group].is_new:
                said = {"known": cells[group].now, "typed": shortened(typed, 40)}
                found[group] = Cell(_("%(known)s står kvar, ”%(typed)s” gav inget värde") % said)
        return {group: cell for group, cell in found.items() if group in IN_COLUMNS}

    def notes(self, line: Line, outcome: Any) -> list[str]:
        notes = kept_in_words(outcome)
        if line.row.nature_inferred and (outcome.known is None or "nature" in outcome.changes):
            notes.append(_("slag härlett ur CPV-koden %(cpv)s") % {"cpv": line.row.cpvs[0]})
        if line.row.withdrawn:
            notes.append(_("utgått enligt bladet, sparas inte"))
        if outcome.known is not None and outcome.known.merged_into_id:
            notes.append(_("upphandlas gemensamt i ”%(name)s”") % {"name": outcome.known.merged_into.title})
        return notes

    def not_shown(self) -> int:
        """Rows that are read in and that the page has no room for."""
        return len(self.review.lines) - len(self.review.shown_lines)

    def gone(self) -> list[GoneRow]:
        return [self.gone_row(one) for one in self.review.shown_gone]

    def gone_row(self, one: Known) -> GoneRow:
        note, field = "", None
        if one.merged_into:
            note = _("Upphandlas gemensamt i ”%(name)s” och står kvar.") % {"name": one.merged_into.title}
        else:
            field = self.form[gone_name(one)]
        if one.pk in self.review.expired:
            note = _("Utgår enligt rad %(row)s i bladet.") % {"row": self.review.expired[one.pk]}
        return GoneRow(one, known_in_words(one), note, field)

    def gone_not_shown(self) -> int:
        return len(self.review.lacking) - len(self.review.shown_gone)

    def sheets(self) -> list[ShownSheet]:
        return [self.sheet(sheet) for sheet in self.review.reading.sheets]

    def sheet(self, sheet: Sheet) -> ShownSheet:
        columns = []
        for column in sheet.columns:
            name = column_name(sheet, column)
            field = self.form[name] if name in self.form.fields else None
            columns.append(ShownColumn(column, field, column.heading in self.remembered))
        name = f"{name_of_sheet(sheet)}-out"
        headings = [shown.column.heading for shown in columns if shown.remembered]
        return ShownSheet(sheet, name, name in self.review.said, columns, headings)

    def overlooked(self) -> list[str]:
        """Words of the sheet that gave no value, each said once: "Rad 9, avtalsstart: ”snarast” lästes som okänt"."""
        said = _("Rad %(row)s, %(field)s: ”%(typed)s” gav inget värde")
        return [
            said % {"row": line.row.number, "field": label_of_field(field).lower(), "typed": typed}
            for line in self.review.lines
            if line.row.overlooked and not self.review.is_out(line)
            for field, typed in line.row.overlooked
        ]

    def overlooked_shown(self) -> list[str]:
        return self.overlooked()[:MOST_OVERLOOKED]

    def overlooked_more(self) -> int:
        return max(0, len(self.overlooked()) - MOST_OVERLOOKED)
