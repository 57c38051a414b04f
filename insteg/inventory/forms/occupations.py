"""The forms of occupations: a pair of the table, and what one planned procurement is expected to need."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.codes.forms import CpvBeginningField, OccupationField
from insteg.codes.models import Occupation
from insteg.inventory.queries.occupations import Expected


class PairForm(ActionForm):
    cpv = CpvBeginningField(
        help_text=gettext_lazy(
            "De första siffrorna, eller ett ord. 909 gäller alla koder som börjar så, utom dem som en längre början "
            "i tabellen gäller för."
        )
    )
    occupation = OccupationField()


class SearchForm(forms.Form):
    """What the table shows. It lives in the address."""

    q = forms.CharField(label=gettext_lazy("Sök CPV-kod, yrke eller ord"), required=False, max_length=100)
    use_required_attribute = False

    def words(self) -> list[str]:
        self.is_valid()
        return str(self.cleaned_data.get("q", "")).casefold().split()


class OccupationsField(forms.MultipleChoiceField):
    """Those that the page offers. One that it offered before and does no more is let through: it exists, and was seen.

    The choices are set by `offer`, with what was sent among them.
    """

    widget = forms.CheckboxSelectMultiple

    def offer(self, occupations: Iterable[Occupation]) -> None:
        self.choices = [(one.pk, f"{one.title} ({one.pk})") for one in occupations]


class OccupationsForm(ActionForm):
    """Which occupations a planned procurement is expected to need: ticked, written, or said to be none."""

    WRITTEN = ("first", "second", "third")

    occupations = OccupationsField(label=gettext_lazy("Yrken"), required=False)
    first = OccupationField(label=gettext_lazy("Lägg till ett yrke"), required=False)
    second = OccupationField(label=gettext_lazy("Lägg till ett andra yrke"), help_text="", required=False)
    third = OccupationField(label=gettext_lazy("Lägg till ett tredje yrke"), help_text="", required=False)
    none_needed = forms.BooleanField(label=gettext_lazy("Inga särskilda yrken behövs"), required=False)

    @staticmethod
    def start_with(expected: Expected) -> dict[str, Any]:
        """Ticked beforehand: what is said, or else proposed."""
        ticked = [one.pk for one in expected.occupations]
        return {"occupations": ticked, "none_needed": bool(expected.confirmed_at) and not ticked}

    def offer(self, occupations: Iterable[Occupation]) -> None:
        """The occupations to choose among; without any the field is not there."""
        self.offered = {one.pk: one for one in occupations}
        if self.offered:
            self.fields["occupations"].offer(self.offered.values())  # type: ignore[attr-defined]
        else:
            del self.fields["occupations"]

    def sent(self) -> list[str]:
        """The codes that were ticked in what was sent, whatever they are."""
        return self.data.getlist("occupations") if self.is_bound else []  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        written = [said[name] for name in self.WRITTEN if said[name]]
        chosen = dict.fromkeys([*(self.offered[code] for code in said.get("occupations", [])), *written])
        if chosen and said["none_needed"]:
            self.add_error("none_needed", ValidationError(_("Ta bort det här krysset, eller yrkena.")))
        if not chosen and not said["none_needed"]:
            missing = _("Välj minst ett yrke, eller kryssa i att inga särskilda yrken behövs.")
            self.add_error("occupations" if self.offered else "first", ValidationError(missing))
        self.chosen = [*chosen]
        return said

    def action_data(self) -> dict[str, Any]:
        return {"occupations": self.chosen}
