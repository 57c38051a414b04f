from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.codes.models import Occupation
from insteg.needs.models import MOST, PublishedNeed
from insteg.needs.queries import ALIKE_SHOWN, occupations_like
from insteg.ui.fields import SwedishDateField, WholeNumberField

SUGGESTIONS = "occupations"  # the id of the page's list of suggestions


class NeedForm(ActionForm):
    """One need. The occupation is typed: the browser completes it, and the server finds it by its words anyway."""

    occupation = forms.CharField(
        label=gettext_lazy("Yrke"),
        help_text=gettext_lazy("Skriv några bokstäver, eller SSYK-koden."),
        max_length=100,
        widget=forms.TextInput(attrs={"list": SUGGESTIONS, "autocomplete": "off"}),
    )
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
        found = occupations_like(typed)
        if len(found) == 1:
            return found[0]
        self.add_error("occupation", ValidationError(self.which(typed, found)))
        return None

    def which(self, typed: str, found: list[Occupation]) -> str:
        if not found:
            return _("Inget yrke i listan heter så. Skriv ett annat ord, eller kryssa i att det inte finns i listan.")
        names = ", ".join(f"{one.code} {one.title}" for one in found[:ALIKE_SHOWN])
        more = " …" if len(found) > ALIKE_SHOWN else ""
        return _("Flera yrken passar. Skriv koden för ett av dem: %(names)s.") % {"names": names + more}

    def action_data(self) -> dict[str, Any]:
        return {name: value for name, value in super().action_data().items() if name != "not_listed"}


class ConfirmAllForm(ActionForm):
    """`shown` seals what the page showed, so that nobody confirms a row that they have not seen."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
