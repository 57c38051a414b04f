from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.codes.nature import nature_of_cpv
from insteg.inventory.models import FACTS, PlannedProcurement
from insteg.inventory.models.planned import MOST_FTE
from insteg.inventory.queries.answering import ASKED
from insteg.inventory.queries.narrowing import TIMES
from insteg.inventory.queries.occupations import NONE
from insteg.inventory.queries.planned import start_years
from insteg.process.models import Nature
from insteg.ui.fields import (
    MoneyField,
    MonthsField,
    SwedishDateField,
    SwedishDecimalField,
    UnknownableField,
    as_told,
    told,
)

Choices = list[tuple[str, str]]
MOST_KRONOR = 100_000_000_000  # more than any city buys: a slip of the keyboard
NOT_FILLED: tuple[Any, ...] = (None, "", False, ["", False], ["", None], [None, False])
UNKNOWABLE = ("value_min", "value_max", "months", "option_months", "fte", "start")


def three_way(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """Yes, no or not said. Empty is None: not said is neither."""
    choices = [("", gettext_lazy("Inte angivet")), ("yes", gettext_lazy("Ja")), ("no", gettext_lazy("Nej"))]
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=choices,
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
    )


def optional(field: Callable[..., forms.Field], label: Any, **kwargs: Any) -> UnknownableField:
    return UnknownableField(field(required=False, **kwargs), label=label)


class PlannedForm(ActionForm):
    """The facts of R12 that a person fills in. Those that judge a need come first; the rest is folded on the page."""

    FIRST = ("title", "nature", "value_min", "value_max", "months", "fte", "start")
    field_order = FIRST
    asked: tuple[str, ...] = ()

    title = forms.CharField(label=gettext_lazy("Vad ska upphandlas?"), max_length=300)
    description = forms.CharField(
        label=gettext_lazy("Vad ska göras?"),
        help_text=gettext_lazy("Uppgifterna i uppdraget, med några ord. Skriv inget om enskilda personer."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reference = forms.CharField(label=gettext_lazy("Diarienummer"), max_length=60, required=False)
    nature = forms.ChoiceField(
        label=gettext_lazy("Slag"), choices=[("", gettext_lazy("Inte angivet")), *Nature.choices], required=False
    )
    cpv = forms.RegexField(
        r"^\s*\d{8}(-\d)?\s*$",
        label=gettext_lazy("CPV-kod"),
        help_text=gettext_lazy("Åtta siffror, till exempel 90910000."),
        error_messages={"invalid": gettext_lazy("Skriv CPV-koden med åtta siffror, till exempel 90910000.")},
        required=False,
    )
    shared = forms.BooleanField(label=gettext_lazy("Flera organisationer har samma behov"), required=False)
    framework = three_way(gettext_lazy("Är det ett ramavtal?"))
    extent_known = three_way(
        gettext_lazy("Är omfattningen känd?"),
        gettext_lazy("Alltså: vet ni ungefär hur mycket arbete uppdraget innebär?"),
    )
    value_min = optional(MoneyField, gettext_lazy("Värde, från"), max_value=MOST_KRONOR)
    value_max = optional(MoneyField, gettext_lazy("Värde, till"), max_value=MOST_KRONOR)
    months = optional(MonthsField, gettext_lazy("Avtalstid utan förlängning"), min_value=1, max_value=600)
    option_months = optional(
        MonthsField,
        gettext_lazy("Möjlig förlängning"),
        max_value=600,
        help_text=gettext_lazy("Till exempel 12 mån. Skriv 0 om avtalet inte går att förlänga."),
    )
    fte = optional(
        SwedishDecimalField,
        gettext_lazy("Årsarbetare i snitt"),
        decimal_places=1,
        max_value=MOST_FTE,
        help_text=gettext_lazy("Ungefär hur många heltider uppdraget kräver, till exempel 2,5."),
    )
    procedure = forms.ChoiceField(
        label=gettext_lazy("Förfarande"),
        choices=[("", gettext_lazy("Inte bestämt")), *PlannedProcurement.Procedure.choices],
        required=False,
    )
    start = optional(SwedishDateField, gettext_lazy("Önskad avtalsstart"), month_is_enough=True, coming=True)

    @staticmethod
    def start_with(planned: PlannedProcurement) -> dict[str, Any]:
        """What the form shows for a row that exists."""
        values = {name: getattr(planned, name) for name in FACTS if name != "unknown_fields"}
        for name in ("framework", "extent_known"):
            values[name] = {True: "yes", False: "no", None: ""}[values[name]]
        return as_told(values, [name for name in planned.unknown_fields if name in UNKNOWABLE])

    def ask_for(self, names: Sequence[str]) -> None:
        """Shows these first and folds all else away: somebody has asked for them."""
        self.asked = tuple(names)

    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.asked or self.FIRST]

    def more_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in (self.asked or self.FIRST)]

    def opened(self) -> bool:
        """Whether the folded part is shown open: when something in it is filled in or at fault. What was asked for is
        not to be looked for among all that is filled in already."""
        return any(field.errors or (not self.asked and field.value() not in NOT_FILLED) for field in self.more_fields())

    def changes(self) -> bool:
        """Whether any fact was typed anew. To save a form as it stands says that the facts hold."""
        return bool(set(self.changed_data) - {"version", "key"})

    def clean_cpv(self) -> str:
        code = str(self.cleaned_data["cpv"]).strip()[:8]
        if code and nature_of_cpv(code) is None:
            said = _("Det finns ingen CPV-kod som börjar med %(division)s. Kontrollera koden.")
            raise ValidationError(said % {"division": code[:2]})
        return code

    def action_data(self) -> dict[str, Any]:
        return told(super().action_data())


class WithdrawForm(ActionForm):
    withdrawn_as = forms.ChoiceField(
        label=gettext_lazy("Vad har hänt?"),
        choices=PlannedProcurement.Ending.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Välj vad som har hänt.")},
    )
    withdrawn_reason = forms.CharField(
        label=gettext_lazy("Berätta kort varför"),
        help_text=gettext_lazy(
            "Till exempel: behovet finns inte längre, eller: annonserad 3 november. Skriv inget om enskilda personer."
        ),
        max_length=300,
    )


class FilterForm(forms.Form):
    """What the list shows. It lives in the address, so that a list can be sent to a colleague."""

    MORE = ("quarter", "occupation", "time")

    q = forms.CharField(label=gettext_lazy("Sök i namn, uppgift och diarienummer"), required=False, max_length=100)
    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)
    nature = forms.ChoiceField(label=gettext_lazy("Slag"), required=False)
    cpv = forms.ChoiceField(label=gettext_lazy("CPV-huvudgrupp"), required=False)
    year = forms.TypedChoiceField(
        label=gettext_lazy("Börjar"), coerce=lambda value: value if value == NONE else int(value), required=False
    )
    proposal = forms.ChoiceField(label=gettext_lazy("Bedömning"), required=False)
    show = forms.ChoiceField(label=gettext_lazy("Visa"), required=False)
    quarter = forms.TypedChoiceField(label=gettext_lazy("Börjar kvartal"), coerce=int, required=False)
    occupation = forms.ChoiceField(label=gettext_lazy("Yrke"), required=False)
    time = forms.ChoiceField(label=gettext_lazy("Tid för krav"), required=False)
    use_required_attribute = False

    def __init__(self, data: Any, *, organisations: Choices, divisions: Choices, occupations: Choices) -> None:
        super().__init__(data)
        every, not_told = ("", _("Alla")), (NONE, _("Inte angivet"))
        self.fields["organisation"].choices = [every, *organisations]
        self.fields["nature"].choices = [every, *Nature.choices, not_told]
        self.fields["cpv"].choices = [every, *divisions, not_told]
        years = [(str(year), str(year)) for year in start_years()]
        self.fields["year"].choices = [every, *years, (NONE, _("Okänd start"))]
        self.fields["quarter"].choices = [every, *((str(number), str(number)) for number in (1, 2, 3, 4))]
        self.fields["occupation"].choices = [every, *occupations, (NONE, _("Inget känt yrke"))]
        self.fields["time"].choices = [every, *TIMES]
        self.fields["proposal"].choices = [every, *PlannedProcurement.Proposal.choices]
        self.fields["show"].choices = [
            ("", _("Aktuella")), (ASKED, _("Väntar på svar")), ("withdrawn", _("Tillbakadragna")),
            ("joined", _("Ihopslagna")),
        ]  # fmt: skip

    def chosen(self) -> dict[str, Any]:
        """The choices that hold; one that does not (an old bookmark) is left out, and the form says so."""
        self.is_valid()
        return self.cleaned_data

    def first_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.MORE]

    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE]

    def opened(self) -> bool:
        """Whether the folded part is shown open: when something in it is chosen or at fault."""
        return any(field.errors or field.value() for field in self.more_fields())

    def narrowed(self) -> bool:
        """Whether anything is filtered away that the bare list would show."""
        return any(self.chosen().values())
