"""The form of the review: answers, choices, and how to read the columns. Its fields are made of what is asked."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.audit.forms import ActionForm
from insteg.inventory.actions.saving import altered_in_words
from insteg.inventory.comparison import Known, altered_since, versions_of
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.plan_reader import FIELDS, Column, Fault, Question, Reading, Sheet, Unreadable
from insteg.inventory.plan_reader.wording import words
from insteg.inventory.reading_apart import read_plan_apart
from insteg.inventory.review.contents import (
    ENDINGS,
    NO,
    YES,
    Asked,
    Line,
    Review,
    gone_name,
    left_of,
    name_of_sheet,
)
from insteg.inventory.review.words import known_in_words, label_of_choice, label_of_field
from insteg.ui import figures

Ending = PlannedProcurement.Ending
READ_AT_ONCE = 300_000  # bytes: a larger file may take over a second, and is read by a job
UNITS_OF = {"value": ("kr", "tkr", "mkr"), "months": ("mån", "år"), "option": ("mån", "år")}


class ReviewForm(ActionForm):
    """Saves the plan. Nothing is guessed (R11): every question has to be answered, every cell to be readable."""

    # The known rows as the page showed them: saving compares, so that nobody overwrites what they have not seen.
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.review = review
        self.asked: dict[str, tuple[Line, Asked]] = {}
        self.initial["shown"] = versions_of(review.known)
        for line in review.asked_lines:
            waiting = review.unanswered(line)
            for asked in line.asked:
                self.asked[asked.name] = (line, asked)
                self.add(asked.name, field_of(line, asked, sent=self.is_bound, mended=asked not in waiting))
        for one in review.shown_gone:
            if not one.merged_into_id:
                self.add(gone_name(one), gone_field(one), review.ending_of(one))
        for sheet in review.reading.sheets:
            for column in sheet.columns:
                if words(column.heading):
                    self.add(column_name(sheet, column), column_field(column), choice_of(column))
        if self.is_bound:
            boxes = [line.out for line, _kind in review.shown_lines]
            sheets = [f"{name_of_sheet(sheet)}-out" for sheet in review.reading.sheets]
            columns = {column_name(sheet, column) for sheet in review.reading.sheets for column in sheet.columns}
            heard = (self.fields.keys() - {"version", "key", "shown"} - columns) | {*boxes, *sheets}
            review.hear(self.data, heard)
            self.columns = {name: self.data[name] for name in columns & self.fields.keys() if name in self.data}

    def add(self, name: str, field: forms.Field, start: str = "") -> None:
        self.fields[name] = field
        self.initial[name] = self.review.said.get(name, start or field.initial)

    def clean(self) -> dict[str, Any]:
        """What was typed is read by the same grammar as the sheet, and must be readable now."""
        cleaned = super().clean() or self.cleaned_data
        if self.review.plan.saved_at:
            return cleaned  # the second of two clicks: the form's key gives it the answer of the first
        altered = altered_since(cleaned["shown"], self.review.known) if "shown" in cleaned else None
        if altered is not None:
            self.add_error(None, altered_in_words(altered))
        waiting = self.review.open_lines()
        for line in waiting:
            for asked in self.review.unanswered(line):
                if asked.name in self.fields and asked.name not in self.errors:
                    self.add_error(asked.name, self.fault_of(line, asked))
        hidden = [line for line in waiting if not any(asked.name in self.fields for asked in line.asked)]
        if hidden:
            said = ngettext(
                "%(count)s rad till behöver svar. Spara så länge, så visas den.",
                "%(count)s rader till behöver svar. Spara så länge, så visas de.",
                len(hidden),
            )
            self.add_error(None, said % {"count": figures.grouped(len(hidden))})
        return cleaned

    def fault_of(self, line: Line, asked: Asked) -> str:
        if asked.kind != "fault" or asked.name not in self.review.said:
            return _("Välj ett svar.")
        left = left_of(line.row, asked.field, self.review.said[asked.name])
        return " ".join(f"{said.text}." for said in left)

    def action_data(self) -> dict[str, Any]:
        return {"decisions": self.review.decisions(), "shown": self.cleaned_data["shown"]}

    def job_data(self) -> dict[str, Any]:
        """What the job that saves a long plan goes by."""
        return {"typed": self.review.to_keep() | {"shown": self.cleaned_data["shown"]}}

    def show_anew(self) -> None:
        """After a refusal the page shows the known rows as they are now, and is sent back with those."""
        now = versions_of(self.review.known)
        if self.data.get("shown", now) != now:
            self.status = 409
            self.title = _("Listan har ändrats under tiden")
            self.write("shown", now)

    def write(self, name: str, value: str) -> None:
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data[name] = value  # type: ignore[index]


class LongReviewForm(ReviewForm):
    """Of a plan that is so long that a job saves it."""

    def action_data(self) -> dict[str, Any]:
        return self.job_data()


class KeepForm(ReviewForm):
    """Keeps what was typed, finished or not."""

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data

    def action_data(self) -> dict[str, Any]:
        return {"typed": self.review.to_keep()}


class RereadForm(KeepForm):
    """Reads the file as the columns have been chosen, at once when it is short."""

    def clean(self) -> dict[str, Any]:
        plan = self.review.plan
        self.reading: Reading | None = None
        for sheet in self.review.reading.sheets:
            self.check_columns(sheet)
        if not self.errors and plan.file.size <= READ_AT_ONCE:
            try:
                self.reading = read_plan_apart(plan.file.read(), plan.file.name, mapping_of(self.chosen()))
            except Unreadable as error:
                self.add_error(None, str(error))
        return self.cleaned_data

    def check_columns(self, sheet: Sheet) -> None:
        taken: dict[str, str] = {}
        for column in sheet.columns:
            name = column_name(sheet, column)
            field = self.columns.get(name, "").partition("/")[0]
            if field and taken.get(field, column.heading) != column.heading:
                said = _("Kolumnen ”%(heading)s” läses redan som %(field)s. Välj en av dem.")
                self.add_error(name, said % {"heading": taken[field], "field": label_of_field(field).lower()})
            taken.setdefault(field, column.heading)

    def chosen(self) -> dict[str, str]:
        """What has been chosen before, with what was changed now."""
        changed = {
            column.heading: self.columns[name]
            for sheet in self.review.reading.sheets
            for column in sheet.columns
            if (name := column_name(sheet, column)) in self.columns and self.columns[name] != choice_of(column)
        }
        return self.review.plan.chosen_columns | changed

    def action_data(self) -> dict[str, Any]:
        return {"chosen_columns": self.chosen(), "reading": self.reading, **super().action_data()}


# Fields


def field_of(line: Line, asked: Asked, *, sent: bool, mended: bool) -> forms.Field:
    row = line.row.number
    if asked.kind == "question":
        return question_field(asked.thing, row)
    if asked.kind == "fault":
        return fault_field(asked.thing, row, sent=sent, mended=mended)
    if asked.kind == "same":
        said = _("Rad %(row)s: är det samma upphandling som ”%(name)s” (%(facts)s)?")
        facts = {"row": row, "name": asked.thing.title, "facts": known_in_words(asked.thing)}
        return choice(said % facts, [(YES, _("Ja, samma")), (NO, _("Nej, en ny"))])
    said = _("Rad %(row)s: ”%(name)s” står också på rad %(other)s. Är det två upphandlingar?")
    facts = {"row": row, "name": line.row.title, "other": asked.thing}
    return choice(said % facts, [(YES, _("Ja, läs in båda")), (NO, _("Nej, läs inte in rad %(row)s") % {"row": row})])


def choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False)


def question_field(question: Question, row: int) -> forms.ChoiceField:
    label = _("Rad %(row)s: %(question)s") % {"row": row, "question": question.text}
    return choice(label, [(option.key, str(option.label)) for option in question.options])


def fault_field(fault: Fault, row: int, *, sent: bool, mended: bool) -> forms.CharField:
    """Says what is wrong until something has been sent, when the field's own error does; not once it is mended."""
    said = "" if sent or mended else f"{fault.text}."
    help_text = "" if mended else str(fault.help or "")
    return forms.CharField(
        label=_("Rad %(row)s, %(field)s") % {"row": row, "field": label_of_field(fault.field).lower()},
        help_text=" ".join(filter(None, [said, help_text, _("Töm rutan om ni inte vet.")])),
        initial=fault.typed,
        max_length=200,
        required=False,
    )


def gone_field(known: Known) -> forms.ChoiceField:
    words_of = {Ending.CANCELLED: _("Upphandlingen blir inte av"), Ending.ADVERTISED: _("Den är redan annonserad")}
    return forms.ChoiceField(
        label=_("Varför är den borta?"),
        choices=[("", _("Behåll den, bladet är inte komplett")), *((end.value, words_of[end]) for end in ENDINGS)],
        required=False,
    )


# Columns


class ShownColumn(NamedTuple):
    """A column of the sheet on the page; `field` is its select, None for one without a heading to choose by."""

    column: Column
    field: Any
    remembered: bool


def column_name(sheet: Sheet, column: Column) -> str:
    return f"{name_of_sheet(sheet)}c{column.index}"


def choice_of(column: Column) -> str:
    """How a column is read, as its select has it."""
    return f"{column.field}/{column.unit}" if column.field and column.unit else column.field or ""


def column_field(column: Column) -> forms.ChoiceField:
    """Every way to read it, in each unit where that matters; the way it was read, whatever its unit."""
    ways = [""]
    for field in FIELDS:
        units = UNITS_OF.get(field.partition("_")[0], ())
        ways += [f"{field}/{unit}" for unit in units] if units else [field]
    now = choice_of(column)
    if now not in ways:
        ways.insert(1, now)
    return forms.ChoiceField(
        label=_("%(heading)s läses som") % {"heading": column.heading},
        choices=[(way, label_of_choice(way)) for way in ways],
        required=False,
    )


def mapping_of(chosen: Mapping[str, str]) -> dict[str, str | None]:
    """Chosen columns as the reader takes them: None for one that is not read."""
    return {heading: said or None for heading, said in chosen.items()}
