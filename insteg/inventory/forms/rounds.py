"""What UE types about a round. Each form's words are the action's."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.core import clock
from insteg.inventory.actions.rounds import ASKED, SAID
from insteg.inventory.forms.planned import MOST_KRONOR
from insteg.inventory.models import InventoryRound, RoundRequest
from insteg.inventory.terms import Term
from insteg.process.models import Nature
from insteg.ui.fields import MoneyField, SwedishDateField

YEARS_AHEAD, YEARS_OF_A_ROUND = 6, 3


def years(latest: int = 0) -> list[tuple[int, str]]:
    """From this year on, at least to `latest`."""
    this = clock.today().year
    return [(year, str(year)) for year in range(this, max(this + YEARS_AHEAD, latest + 1))]


class UnderWayForm(ActionForm):
    """What may still change once the letters have gone."""

    closes_on = SwedishDateField(
        label=gettext_lazy("Svarsdag"),
        help_text=gettext_lazy("Sista dagen att svara. Omkring sex veckor brukar räcka."),
        coming=True,
    )
    value_floor = MoneyField(
        label=gettext_lazy("Anmäl det som är värt minst"),
        help_text=gettext_lazy("I kronor. Lämna tomt om allt ska anmälas, också det lilla."),
        max_value=MOST_KRONOR,
        required=False,
    )
    message = forms.CharField(
        label=gettext_lazy("Meddelande till dem som svarar"),
        help_text=gettext_lazy("Visas på sidan där de svarar, inte i brevet. Skriv inget om enskilda personer."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @staticmethod
    def start_with(round: InventoryRound) -> dict[str, Any]:
        """What the form shows for a round that exists."""
        return {name: getattr(round, name) for name in SAID}


class RoundForm(UnderWayForm):
    """A draft, in everything."""

    when = forms.ChoiceField(label=gettext_lazy("Termin"), help_text=gettext_lazy("En inventering för varje termin."))
    first_year = forms.TypedChoiceField(
        label=gettext_lazy("Upphandlingar som börjar från och med år"), coerce=int, choices=years
    )
    last_year = forms.TypedChoiceField(
        label=gettext_lazy("Till och med år"),
        help_text=gettext_lazy("Ett till tre år. Kan inte ändras när inventeringen är öppnad."),
        coerce=int,
        choices=years,
    )
    natures = forms.MultipleChoiceField(
        label=gettext_lazy("Vad ska anmälas?"),
        help_text=gettext_lazy("Tjänster och entreprenader kan lämpa sig för sociala krav enligt modellen."),
        choices=Nature.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["when", "first_year", "last_year", "closes_on", "natures", "value_floor", "message"]

    def __init__(self, *args: Any, terms: list[Term], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["when"].choices = [(f"{term.year}-{term.season}", str(term).capitalize()) for term in terms]
        reach = years(max(term.year for term in terms) + YEARS_OF_A_ROUND)
        self.fields["first_year"].choices = self.fields["last_year"].choices = reach

    @staticmethod
    def start_with_facts(facts: dict[str, Any]) -> dict[str, Any]:
        """`facts` are named as in the actions' ASKED and SAID."""
        return {**facts, "when": f"{facts['year']}-{facts['term']}"}

    @staticmethod
    def start_with(round: InventoryRound) -> dict[str, Any]:
        return RoundForm.start_with_facts({name: getattr(round, name) for name in ASKED + SAID})

    def action_data(self) -> dict[str, Any]:
        said = super().action_data()
        year, season = said.pop("when").split("-")
        return {**said, "year": int(year), "term": season}


class ExtendForm(ActionForm):
    extended_to = SwedishDateField(
        label=gettext_lazy("Ny svarsdag"),
        help_text=gettext_lazy("Välj inventeringens egen svarsdag för att ta tillbaka den längre tiden."),
        coming=True,
    )
    extended_because = forms.CharField(
        label=gettext_lazy("Varför?"),
        help_text=gettext_lazy("De som svarar ser skälet. Skriv inget om enskilda personer."),
        max_length=200,
    )


class CloseForm(ActionForm):
    """Asks for a word more when some have not answered."""

    without_all = forms.BooleanField(
        label=gettext_lazy("Ja, stäng fast alla inte har svarat"),
        error_messages={"required": gettext_lazy("Kryssa i rutan om du vill stänga ändå.")},
    )

    def __init__(self, *args: Any, silent: list[RoundRequest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not silent:
            del self.fields["without_all"]


class ReopenForm(ActionForm):
    closes_on = SwedishDateField(
        label=gettext_lazy("Ny svarsdag"),
        help_text=gettext_lazy("De som inte har svarat får ett brev om den."),
        coming=True,
    )


class AskForm(ActionForm):
    whom = forms.ChoiceField(label=gettext_lazy("Vem ska få frågan?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, not_asked: list[RoundRequest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whom"].choices = [(str(each.unit_id or each.organisation_id), named(each)) for each in not_asked]


def named(request: RoundRequest) -> str:
    if request.unit is None:
        return str(request.organisation)
    return _("%(unit)s (behov av platser), %(organisation)s") % {
        "unit": request.unit,
        "organisation": request.organisation,
    }
