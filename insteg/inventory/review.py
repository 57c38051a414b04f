"""The page between reading a plan and saving it: what was read, what was not, and what must be answered first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insteg.audit.forms import ActionForm
from insteg.inventory.comparison import Decisions
from insteg.inventory.models import PlanUpload
from insteg.inventory.plan_reader import Fault, Question, Reading, Row, Sheet, answered, from_json

FIELDS = {
    "title": gettext_lazy("Upphandling"),
    "nature": gettext_lazy("Slag"),
    "cpv": gettext_lazy("CPV-kod"),
    "value": gettext_lazy("Värde"),
    "months": gettext_lazy("Avtalstid"),
    "option_months": gettext_lazy("Möjlig förlängning"),
    "start": gettext_lazy("Avtalsstart"),
    "fte": gettext_lazy("Årsarbetare"),
}


def label_of(field: str) -> Any:
    return FIELDS.get(field, FIELDS["value"] if field.startswith("value") else field)


class Place(NamedTuple):
    """Where in the workbook: the sheet's place and name, and the row's number in it."""

    sheet: int
    name: str
    row: int


@dataclass(frozen=True)
class Review:
    reading: Reading

    @classmethod
    def of(cls, plan: PlanUpload) -> "Review":
        return cls(from_json(plan.reading))

    def places(self) -> Iterator[tuple[Place, Row]]:
        for number, sheet in enumerate(self.reading.sheets):
            for row in sheet.rows:
                yield Place(number, sheet.name, row.number), row

    @cached_property
    def saved_rows(self) -> list[Row]:
        return [row for row in self.reading.rows if not row.withdrawn]

    @cached_property
    def open_rows(self) -> list[Row]:
        return [row for row in self.saved_rows if row.questions or row.faults]

    def in_words(self) -> str:
        count = len(self.saved_rows)
        said = ngettext("Filen har %(count)d upphandling.", "Filen har %(count)d upphandlingar.", count)
        said %= {"count": count}
        if not self.open_rows:
            return said
        more = ngettext(
            "%(count)d rad behöver ett svar, sedan kan allt sparas på en gång.",
            "%(count)d rader behöver svar, sedan kan allt sparas på en gång.",
            len(self.open_rows),
        )
        return f"{said} {more % {'count': len(self.open_rows)}}"


class ReviewForm(ActionForm):
    """One field for each question and each cell that could not be read. Nothing is guessed (R11)."""

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.review = review
        self.asked: dict[str, tuple[Place, Row, str]] = {}
        for place, row in review.places():
            if not row.withdrawn:
                self.ask(place, row)

    def ask(self, place: Place, row: Row) -> None:
        for about in (*row.questions, *row.faults):
            name = f"s{place.sheet}r{place.row}-{about.field}"
            self.asked[name] = (place, row, about.field)
            self.fields[name] = (
                question_field(about, place)
                if isinstance(about, Question)
                else fault_field(about, place, self.is_bound)
            )

    def clean(self) -> dict[str, Any]:
        """What was typed is read by the same grammar as the sheet, and must be readable now."""
        cleaned = super().clean() or self.cleaned_data
        for name, (_place, row, field) in self.asked.items():
            if name in cleaned:
                again = answered(row, {field: cleaned[name]})
                for said in (*again.faults, *again.questions):
                    if said.field == field:
                        self.add_error(name, str(said.text))
        return cleaned

    def action_data(self) -> dict[str, Any]:
        answers: dict[tuple[str, int], dict[str, Any]] = {}
        for name, (place, _row, field) in self.asked.items():
            answers.setdefault((place.name, place.row), {})[field] = self.cleaned_data[name]
        return {"decisions": Decisions(answers)}

    def sheets(self) -> list["ShownSheet"]:
        """The sheets as the page shows them: rows that need an answer first, each with its fields."""
        found = []
        for number, sheet in enumerate(self.review.reading.sheets):
            rows = [ShownRow(row, self.fields_of(number, row)) for row in sheet.rows]
            found.append(ShownSheet(sheet, sorted(rows, key=lambda shown: not shown.fields)))
        return found

    def fields_of(self, sheet: int, row: Row) -> list[forms.BoundField]:
        if row.withdrawn:
            return []
        return [self[f"s{sheet}r{row.number}-{about.field}"] for about in (*row.questions, *row.faults)]


class ShownRow(NamedTuple):
    row: Row
    fields: list[forms.BoundField]


class ShownSheet(NamedTuple):
    sheet: Sheet
    rows: list[ShownRow]


def question_field(question: Question, place: Place) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Rad %(row)s: %(question)s") % {"row": place.row, "question": question.text},
        choices=[(option.key, str(option.label)) for option in question.options],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj ett svar.")},
    )


def fault_field(fault: Fault, place: Place, sent: bool) -> forms.CharField:
    """Says what is wrong until something has been sent; then the field's own error does."""
    said = "" if sent else f"{fault.text}."
    return forms.CharField(
        label=_("Rad %(row)s, %(field)s") % {"row": place.row, "field": str(label_of(fault.field)).lower()},
        help_text=" ".join(filter(None, [said, str(fault.help or ""), _("Töm rutan om ni inte vet.")])),
        initial=fault.typed,
        max_length=200,
        required=False,
    )
