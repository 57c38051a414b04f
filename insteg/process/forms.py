from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insteg.audit.forms import ActionForm
from insteg.process.models import Nature, RuleSet
from insteg.ui.fields import MonthsField, SwedishDecimalField


class RuleSetForm(ActionForm):
    natures = forms.MultipleChoiceField(
        label=_("Vilka slag lämpar sig?"),
        choices=Nature.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst ett slag. Annars lämpar sig ingen upphandling.")},
    )
    framework_extent_known = forms.BooleanField(
        label=_("Ett ramavtal räknas som känd omfattning"),
        help_text=_("Utan kryss är ett ramavtals omfattning okänd tills någon anger den."),
        required=False,
    )
    min_months = MonthsField(
        label=_("Minsta avtalstid"),
        help_text=_("Utan förlängning. Till exempel 4 mån."),
        min_value=1,
        max_value=120,
    )
    more_than_fte = SwedishDecimalField(
        label=_("Fler årsarbetare än"),
        help_text=_("I genomsnitt under avtalstiden, utan förlängning. Till exempel 1 eller 1,5."),
        decimal_places=1,
        max_value=100,
    )
    note = forms.CharField(
        label=_("Vad är nytt, och varför?"),
        help_text=_("Visas för alla som läser regelverket."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @staticmethod
    def start_with(rule_set: RuleSet) -> dict[str, Any]:
        """What the form shows for a draft."""
        return {name: getattr(rule_set, name) for name in RuleSetForm.base_fields if hasattr(rule_set, name)}
