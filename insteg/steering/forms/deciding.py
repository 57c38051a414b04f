"""What is entered at the meeting: a decision under a point, or what the minutes say of it (R32)."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.core import clock
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.terms import Term, term_of
from insteg.steering.models import Decision
from insteg.steering.models.agenda import LONGEST_NOTE
from insteg.steering.models.decisions import LONGEST_REASON, first_day
from insteg.ui.fields import WholeNumberField

TERMS = 5  # that a look again can be put off to, the present one first
MOST_PLACES = 999


class KeyedChoices(forms.RadioSelect):
    """Large radio buttons, each with a key of its own: the browser's access key, and the bare one where a script is."""

    template_name = "steering/mode/_choices.html"

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        key = str(int(option["index"]) + 1)
        option["attrs"] |= {"accesskey": key, "data-key": key}
        return option | {"key": key}


class DecideForm(ActionForm):
    """A choice, and what belongs to it: what is typed for another choice is left out."""

    seen_assessment = forms.UUIDField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(
        label=gettext_lazy("Beslut"), choices=Decision.Choice.choices, widget=KeyedChoices,
        error_messages={"required": gettext_lazy("Välj vad gruppen beslutade.")},
    )  # fmt: skip
    requirement = forms.ChoiceField(
        label=gettext_lazy("Slag av krav"), required=False,
        choices=[("", gettext_lazy("Avgörs i dialogen")), *Decision.Requirement.choices],
    )  # fmt: skip
    places = WholeNumberField(label=gettext_lazy("Platser"), required=False, max_value=MOST_PLACES)
    consideration = forms.ChoiceField(
        label=gettext_lazy("Social hänsyn"), required=False, choices=Decision.Consideration.choices
    )
    again_from = forms.ChoiceField(label=gettext_lazy("När"), required=False)
    why = forms.CharField(
        label=gettext_lazy("Skäl"), required=False, max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Behövs mot förslaget och för att ta upp igen."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["again_from"].choices = terms(clock.today())  # type: ignore[attr-defined]

    @staticmethod
    def start_with(planned: PlannedProcurement) -> dict[str, Any]:
        """No choice is made beforehand. The number of places is the reasonable one, and most serve employment."""
        proposed = None if planned.proposal == planned.Proposal.NOT_SUITABLE else planned.places
        reasonable = proposed if planned.places_set is None else planned.places_set
        return {
            "seen_assessment": planned.assessments.latest("number").pk, "places": reasonable,
            "consideration": Decision.Consideration.EMPLOYMENT,
            "again_from": first_day(term_of(clock.today()).next()).isoformat(),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        choice = said.get("choice")
        if choice == Decision.Choice.REQUIRE and not said.get("consideration"):
            self.add_error("consideration", _("Välj vilken social hänsyn kravet tjänar."))
        if choice == Decision.Choice.LATER and not said.get("again_from"):
            self.add_error("again_from", _("Välj när gruppen tar upp det igen."))
        return said

    def action_data(self) -> dict[str, Any]:
        said = super().action_data()
        if said["choice"] != Decision.Choice.REQUIRE:
            said |= {"requirement": "", "places": None, "consideration": ""}
        later = said["choice"] == Decision.Choice.LATER
        return said | {"again_from": dt.date.fromisoformat(said["again_from"]) if later else None}


def terms(today: dt.date) -> list[tuple[str, str]]:
    """The first day of each term that can be chosen, and its name."""
    found: list[Term] = [term_of(today)]
    while len(found) < TERMS:
        found.append(found[-1].next())
    return [(first_day(term).isoformat(), capfirst(str(term))) for term in found]


class NoteForm(ActionForm):
    note = forms.CharField(
        label=gettext_lazy("Anteckning till protokollet"), required=False, max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Skriv inget om enskilda personer."),
    )  # fmt: skip
