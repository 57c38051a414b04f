from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.steering.models import Goal, Occasion, Target
from insteg.ui.fields import SwedishDateField, WholeNumberField

FIRST_YEAR, LAST_YEAR, MOST = 2000, 2100, 999_999


class GoalForm(ActionForm):
    """What a goal says. A vision has no level to choose."""

    title = forms.CharField(label=gettext_lazy("Lydelse"), max_length=300)
    text = forms.CharField(
        label=gettext_lazy("Förklaring"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    from_year = WholeNumberField(
        label=gettext_lazy("Från och med år"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    to_year = WholeNumberField(
        label=gettext_lazy("Till och med år"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    order = WholeNumberField(
        label=gettext_lazy("Plats i listan"), min_value=1, max_value=999, initial=1,
        help_text=gettext_lazy("De med samma plats står i bokstavsordning."),
    )  # fmt: skip

    @staticmethod
    def start_with(goal: Goal) -> dict[str, Any]:
        return {name: getattr(goal, name) for name in ("title", "text", "from_year", "to_year", "order")}


class UnderForm(GoalForm):
    """Something under another goal: what kind is chosen among those that can stand there."""

    level = forms.ChoiceField(label=gettext_lazy("Slag"), widget=forms.RadioSelect)
    field_order = ["level"]

    def __init__(self, *args: Any, parent: Goal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = levels_under(parent)
        self.fields["level"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["level"] = choices[0][0]


def levels_under(parent: Goal) -> list[tuple[str, str]]:
    """What can stand under a goal: nothing under an assignment."""
    return [(level.value, str(level.label)) for level in Goal.Level if parent.level in Goal.UNDER[level]]


class TargetForm(ActionForm):
    year = WholeNumberField(label=gettext_lazy("År"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    measure = forms.CharField(
        label=gettext_lazy("Vad som räknas"), max_length=200,
        help_text=gettext_lazy("Till exempel upphandlingar med krav på praktik eller anställning."),
    )  # fmt: skip
    value = WholeNumberField(label=gettext_lazy("Minst så många"), min_value=0, max_value=MOST)
    unit = forms.CharField(
        label=gettext_lazy("Enhet"), max_length=40, required=False, help_text=gettext_lazy("Till exempel procent.")
    )

    @staticmethod
    def start_with(target: Target) -> dict[str, Any]:
        return {name: getattr(target, name) for name in ("year", "measure", "value", "unit")}


class OccasionForm(ActionForm):
    title = forms.CharField(
        label=gettext_lazy("Tillfälle"), max_length=200, help_text=gettext_lazy("Till exempel årsredovisning 2026.")
    )
    due_on = SwedishDateField(label=gettext_lazy("Rapporteras senast"))
    note = forms.CharField(
        label=gettext_lazy("Vad som ska med"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    @staticmethod
    def start_with(occasion: Occasion) -> dict[str, Any]:
        return {name: getattr(occasion, name) for name in ("title", "due_on", "note")}
