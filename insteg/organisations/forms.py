"""What administrators and guests type. Each form's words are the action's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insteg.access.actor import PERSONS
from insteg.audit.forms import ActionForm
from insteg.organisations import roles
from insteg.organisations.access import still_open
from insteg.organisations.models import Membership, Organisation, Unit, User
from insteg.organisations.sign_in.forms import PASSWORD_HINT
from insteg.ui.fields import SwedishDateField

MUST_CHOOSE = [("", _("Välj"))]
ALL = [("", _("Alla"))]


class OrganisationForm(ActionForm):
    name = forms.CharField(label=_("Namn"), max_length=200)
    kind = forms.ChoiceField(label=_("Slag"), choices=MUST_CHOOSE + Organisation.Kind.choices)
    number = forms.CharField(
        label=_("Organisationsnummer"), required=False, max_length=20, help_text=_("Till exempel 212000-1363.")
    )


class UnitForm(ActionForm):
    name = forms.CharField(label=_("Namn"), max_length=200)
    task = forms.ChoiceField(
        label=_("Uppgift i modellen"),
        required=False,
        choices=[("", _("Ingen särskild")), *Unit.Task.choices],
        help_text=_(
            "Arbetsmarknad och stöd i arbete får frågan om vilka platser som behövs i varje inventering. Brevet går "
            "till enhetschefen, eller till coacherna där det inte finns någon chef."
        ),
    )
    mandate = forms.CharField(
        label=_("Uppdrag"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Vad enheten gör i arbetsmodellen, i en eller två meningar."),
    )


class CloseForm(ActionForm):
    closed_on = SwedishDateField(label=_("Upphör"), help_text=_("Från och med den dagen gäller inga uppdrag här."))


class Period(ActionForm):
    starts_on = SwedishDateField(label=_("Från och med"))
    ends_on = SwedishDateField(
        label=_("Till och med"), required=False, help_text=_("Lämna tomt om uppdraget gäller tills vidare.")
    )


class InviteForm(Period):
    """Offers the roles and units of the organisation at hand, so that what does not fit is not there to choose."""

    name = forms.CharField(label=_("Namn"), max_length=150)
    email = forms.EmailField(
        label=_("E-postadress"), max_length=254, help_text=_("Dit skickas inbjudan. Adressen är också användarnamnet.")
    )
    role = forms.ChoiceField(label=_("Roll"))
    unit = forms.ModelChoiceField(
        label=_("Enhet"), queryset=Unit.objects.none(), required=False, empty_label=_("Ingen")
    )
    field_order = ["name", "email", "role", "unit", "starts_on", "ends_on"]

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = organisation.units.filter(still_open())
        fitting = [(role.value, role.label) for role in roles.roles_at(organisation.kind, has_units=units.exists())]
        self.fields["role"].choices = MUST_CHOOSE + fitting
        self.fields["unit"].queryset = units
        if not units.exists():
            self.fields["role"].help_text = _(
                "Roller i en enhet, till exempel coach, visas när organisationen har enheter."
            )
            del self.fields["unit"]


class UserForm(ActionForm):
    name = forms.CharField(label=_("Namn"), max_length=150)
    email = forms.EmailField(label=_("E-postadress"), max_length=254)


class OwnForm(ActionForm):
    name = forms.CharField(label=_("Namn"), max_length=150)
    language = forms.ChoiceField(label=_("Språk"), choices=User.Language.choices, widget=forms.RadioSelect)


class AcceptForm(ActionForm):
    language = forms.ChoiceField(label=_("Språk"), choices=User.Language.choices, widget=forms.RadioSelect)
    password = forms.CharField(
        label=_("Lösenord"),
        strip=False,
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Lösenord igen"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("again") and cleaned.get("password") and cleaned["again"] != cleaned["password"]:
            self.add_error("again", _("Lösenorden är inte lika. Skriv samma en gång till."))
        return cleaned

    def action_data(self) -> dict[str, Any]:
        return {name: value for name, value in super().action_data().items() if name != "again"}


class Filter(forms.Form):
    """A filter in the address. What is not understood filters nothing."""

    def chosen(self) -> dict[str, Any]:
        self.full_clean()
        return self.cleaned_data

    def narrowed(self) -> bool:
        return any(self.chosen().values())


class OrganisationFilter(Filter):
    q = forms.CharField(label=_("Namn eller nummer"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Slag"), required=False, choices=ALL + Organisation.Kind.choices)
    show = forms.ChoiceField(
        label=_("Visa"), required=False, choices=[("", _("Öppna")), ("closed", _("Stängda")), ("all", _("Alla"))]
    )


class UserFilter(Filter):
    q = forms.CharField(label=_("Namn eller e-postadress"), required=False, max_length=100)
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), required=False, queryset=Organisation.objects.all(), empty_label=_("Alla")
    )
    role = forms.ChoiceField(
        label=_("Roll"), required=False, choices=ALL + [(role.value, role.label) for role in PERSONS]
    )
    state = forms.ChoiceField(
        label=_("Konto"),
        required=False,
        choices=[*ALL, ("active", _("Kan logga in")), ("invited", _("Inbjuden")), ("closed", _("Stängt"))],
    )


def period_of(membership: Membership) -> dict[str, Any]:
    return {"starts_on": membership.starts_on, "ends_on": membership.ends_on}
