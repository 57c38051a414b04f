from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.codes.forms import OccupationTextField, occupation_meant
from insteg.codes.models import Occupation
from insteg.needs.models import MOST, PublishedNeed
from insteg.ui.fields import SwedishDateField, WholeNumberField


class NeedForm(ActionForm):
    """One need, in an occupation of the list or in one that is not there."""

    occupation = OccupationTextField()
    not_listed = forms.BooleanField(label=gettext_lazy("Yrket finns inte i listan"), required=False)
    form = forms.ChoiceField(label=gettext_lazy("Form"), choices=PublishedNeed.Form.choices)
    places = WholeNumberField(label=gettext_lazy("Platser som behövs"), min_value=1, max_value=MOST)
    people = WholeNumberField(label=gettext_lazy("Personer som väntar"), min_value=0, max_value=MOST)
    wanted_from = SwedishDateField(
        label=gettext_lazy("Från och med"), help_text=gettext_lazy("Lämna tomt om det gäller nu."), required=False,
        coming=True, month_is_enough=True,
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Anmärkning"),
        help_text=gettext_lazy("Till exempel tider eller säsong. Skriv inget om enskilda personer."),
        max_length=300,
        required=False,
    )

    @staticmethod
    def start_with(need: PublishedNeed) -> dict[str, Any]:
        """What the form shows for a need that exists."""
        names = ("form", "places", "people", "wanted_from", "note")
        typed = str(need.occupation) if need.occupation else need.other_occupation
        values = {name: getattr(need, name) for name in names}
        return {**values, "occupation": typed, "not_listed": need.occupation is None}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        typed = " ".join((said.get("occupation") or "").split())
        if typed:
            said["other_occupation"] = typed if said.get("not_listed") else ""
            said["occupation"] = None if said.get("not_listed") else self.the_one(typed)
        return said

    def the_one(self, typed: str) -> Occupation | None:
        try:
            return occupation_meant(typed)
        except ValidationError as error:
            unknown = _(
                "Inget yrke i listan heter så. Skriv ett annat ord, eller kryssa i att det inte finns i listan."
            )
            self.add_error("occupation", unknown if error.code == "unknown" else error)
            return None

    def action_data(self) -> dict[str, Any]:
        return {name: value for name, value in super().action_data().items() if name != "not_listed"}


class ConfirmAllForm(ActionForm):
    """`shown` seals what the page showed, so that nobody confirms a row that they have not seen."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
