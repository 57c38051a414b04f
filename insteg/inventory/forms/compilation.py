from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.inventory.models import InventoryRound, PlannedProcurement
from insteg.inventory.queries.compilation import Horizon, years
from insteg.inventory.queries.narrowing import TIMES
from insteg.inventory.queries.occupations import NONE
from insteg.process.models import Nature

Choices = list[tuple[str, str]]


class CompilationForm(forms.Form):
    """What is compiled. It lives in the address, so that a compilation can be sent to a colleague."""

    FIRST = ("organisation", "nature", "cpv", "proposal")

    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)
    nature = forms.ChoiceField(label=gettext_lazy("Slag"), required=False)
    cpv = forms.ChoiceField(label=gettext_lazy("CPV-huvudgrupp"), required=False)
    proposal = forms.ChoiceField(label=gettext_lazy("Bedömning"), required=False)
    occupation = forms.ChoiceField(label=gettext_lazy("Yrke"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Börjar år"), required=False)
    quarter = forms.TypedChoiceField(label=gettext_lazy("Börjar kvartal"), coerce=int, empty_value=None, required=False)
    time = forms.ChoiceField(label=gettext_lazy("Tid för krav"), required=False)
    runda = forms.ChoiceField(label=gettext_lazy("Inventering"), required=False)
    use_required_attribute = False

    def __init__(
        self,
        data: Any,
        *,
        organisations: Choices,
        divisions: Choices,
        named: dict[str, str],
        occupations: Choices,
        rounds: list[InventoryRound],
        horizon: Horizon,
    ) -> None:
        super().__init__(data)
        self.titles = named
        every, not_told = ("", _("Alla")), (NONE, _("Inte angivet"))
        asked = [(str(each.pk), str(each)) for each in rounds]
        choices = {
            "organisation": [every, *organisations],
            "nature": [every, *Nature.choices, not_told],
            "cpv": [every, *divisions, not_told],
            "proposal": [every, *PlannedProcurement.Proposal.choices],
            "occupation": [every, *occupations, (NONE, _("Inget känt yrke"))],
            "year": [every, *((str(year), str(year)) for year in years(horizon)), (NONE, _("Okänd start"))],
            "quarter": [every, *((str(number), str(number)) for number in (1, 2, 3, 4))],
            "time": [every, *TIMES],
            "runda": [("", _("Den senaste")), *asked] if asked else [("", _("Ingen är öppnad än"))],
        }
        for name, values in choices.items():
            self.fields[name].choices = values

    def chosen(self) -> dict[str, Any]:
        """The choices that hold; one that does not (an old bookmark) is left out, and `left_out` names it."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def divisions(self) -> dict[str, str]:
        """{first two digits of a CPV code: title}, read once for the filter and the tables."""
        return self.titles

    def left_out(self) -> list[str]:
        self.is_valid()
        return [str(self.fields[name].label) for name in self.errors]

    def narrowed(self) -> bool:
        """Whether anything is left out of the whole: another round is no narrowing."""
        return bool(self.chosen().keys() - {"runda"})

    def in_words(self) -> str:
        """`Organisation: Park, Slag: Tjänst`, for those who do not see the form; empty where nothing is left out."""
        chosen = [name for name in self.chosen() if name != "runda"]
        told = [(self.fields[name], str(self.cleaned_data[name])) for name in chosen]
        return ", ".join(f"{field.label}: {dict(field.choices)[value]}" for field, value in told)

    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST]

    def more_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.FIRST]

    def opened(self) -> bool:
        """Whether the folded part is shown open: when something in it is chosen or at fault."""
        return any(field.errors or field.value() for field in self.more_fields())
