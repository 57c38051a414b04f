from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insteg.audit.forms import ActionForm
from insteg.process.models import TERMS, Nature, RuleSet
from insteg.process.wording import Section, in_words
from insteg.ui.fields import MoneyField, MonthsField, SwedishDecimalField, WholeNumberField

MOST_KRONOR = 10_000_000_000  # more than any place costs: a slip of the keyboard


class Group(NamedTuple):
    """The fields of one section of the rule set."""

    section: Section
    fields: list[forms.BoundField]


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
    full_time_months_per_place = WholeNumberField(
        label=_("Heltidsmånader per plats"),
        help_text=_("En årsarbetare i tolv månader är tolv heltidsmånader. Ett högre tal ger färre platser."),
        min_value=1,
        max_value=10_000,
    )
    most_percent_of_staffing = WholeNumberField(
        label=_("Högst så många procent av bemanningen samtidigt"),
        help_text=_("Till exempel 10: högst en plats på tio årsarbetare. En plats föreslås alltid."),
        min_value=1,
        max_value=100,
    )
    services_value_per_place = MoneyField(
        label=_("Tjänst: värde per plats"),
        help_text=_("Till jämförelse. Till exempel 25 mkr."),
        min_value=1,
        max_value=MOST_KRONOR,
    )
    works_value_per_place = MoneyField(
        label=_("Entreprenad: värde per plats"),
        help_text=_("Till jämförelse. Till exempel 50 mkr."),
        min_value=1,
        max_value=MOST_KRONOR,
    )
    planning_months = MonthsField(
        label=_("Planering, kortaste tid"),
        help_text=_(
            "Från första dialogen tills upphandlingsdokumenten är klara. Blir det kortare hinner kravet inte med."
        ),
        min_value=1,
        max_value=60,
    )
    safe_planning_months = MonthsField(
        label=_("Planering, trygg tid"),
        help_text=_("Den som börjar då behöver inte skynda. Lika lång som den kortaste, eller längre."),
        min_value=1,
        max_value=60,
    )
    procurement_months = MonthsField(
        label=_("Upphandling"),
        help_text=_("Från klara upphandlingsdokument till avtalsstart."),
        min_value=1,
        max_value=60,
    )
    warn_below_months = MonthsField(
        label=_("Varna när det är kortare till avtalsstart än"),
        help_text=_("Märks bara när det är längre än kortaste planering och upphandling tillsammans."),
        min_value=1,
        max_value=120,
    )
    note = forms.CharField(
        label=_("Vad är nytt, och varför?"),
        help_text=_("Visas för alla som läser regelverket."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    SECTIONS = {
        "criteria": ("natures", "framework_extent_known", "min_months", "more_than_fte"),
        "places": (
            "full_time_months_per_place", "most_percent_of_staffing", "services_value_per_place",
            "works_value_per_place",
        ),
        "lead-times": ("planning_months", "safe_planning_months", "procurement_months", "warn_below_months"),
    }  # fmt: skip

    @staticmethod
    def start_with(rule_set: RuleSet) -> dict[str, Any]:
        """What the form shows for a draft."""
        return {name: getattr(rule_set, name) for name in (*TERMS, "note")}

    def groups(self, rule_set: RuleSet) -> list[Group]:
        """The fields under the headings that the edition is read under; the note stands for itself."""
        return [Group(section, [self[name] for name in self.SECTIONS[section.key]]) for section in in_words(rule_set)]

    def clean(self) -> dict[str, Any]:
        """The database says the same of the planning (models.py), but cannot say at which field."""
        least, safe = self.cleaned_data.get("planning_months"), self.cleaned_data.get("safe_planning_months")
        if least is not None and safe is not None and safe < least:
            said = gettext(
                "Den trygga tiden kan inte vara kortare än den kortaste, %(least)s mån. Skriv minst så mycket."
            )
            self.add_error("safe_planning_months", said % {"least": least})
        return self.cleaned_data
