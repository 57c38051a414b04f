import datetime as dt
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.core import clock
from insteg.meetings.forms import MeetingForm
from insteg.meetings.models import Meeting
from insteg.organisations.models import User
from insteg.organisations.queries import current_memberships
from insteg.steering.models import Goal, Occasion, Seat, Target
from insteg.steering.queries import can_sit_for, invited_on
from insteg.ui.fields import SwedishDateField, WholeNumberField

FIRST_YEAR, LAST_YEAR, MOST = 2000, 2100, 999_999


class GoalForm(ActionForm):
    """What a goal says. A vision has no level to choose."""

    title = forms.CharField(label=gettext_lazy("Lydelse"), max_length=300)
    text = forms.CharField(
        label=gettext_lazy("Förklaring"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    from_year = WholeNumberField(
        label=gettext_lazy("Från och med år"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    to_year = WholeNumberField(
        label=gettext_lazy("Till och med år"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    order = WholeNumberField(
        label=gettext_lazy("Plats i listan"), min_value=1, max_value=999, initial=1,
        help_text=gettext_lazy("De med samma plats står i bokstavsordning."),
    )  # fmt: skip

    @staticmethod
    def start_with(goal: Goal) -> dict[str, Any]:
        return {name: getattr(goal, name) for name in ("title", "text", "from_year", "to_year", "order")}


class UnderForm(GoalForm):
    """Something under another goal: what kind is chosen among those that can stand there."""

    level = forms.ChoiceField(label=gettext_lazy("Slag"), widget=forms.RadioSelect)
    field_order = ["level"]

    def __init__(self, *args: Any, parent: Goal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = levels_under(parent)
        self.fields["level"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["level"] = choices[0][0]


def levels_under(parent: Goal) -> list[tuple[str, str]]:
    """What can stand under a goal: nothing under an assignment."""
    return [(level.value, str(level.label)) for level in Goal.Level if parent.level in Goal.UNDER[level]]


class TargetForm(ActionForm):
    year = WholeNumberField(label=gettext_lazy("År"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    measure = forms.CharField(
        label=gettext_lazy("Vad som räknas"), max_length=200,
        help_text=gettext_lazy("Till exempel upphandlingar med krav på praktik eller anställning."),
    )  # fmt: skip
    value = WholeNumberField(label=gettext_lazy("Minst så många"), min_value=0, max_value=MOST)
    unit = forms.CharField(
        label=gettext_lazy("Enhet"), max_length=40, required=False, help_text=gettext_lazy("Till exempel procent.")
    )

    @staticmethod
    def start_with(target: Target) -> dict[str, Any]:
        return {name: getattr(target, name) for name in ("year", "measure", "value", "unit")}


class OccasionForm(ActionForm):
    title = forms.CharField(
        label=gettext_lazy("Tillfälle"), max_length=200, help_text=gettext_lazy("Till exempel årsredovisning 2026.")
    )
    due_on = SwedishDateField(label=gettext_lazy("Rapporteras senast"))
    note = forms.CharField(
        label=gettext_lazy("Vad som ska med"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    @staticmethod
    def start_with(occasion: Occasion) -> dict[str, Any]:
        return {name: getattr(occasion, name) for name in ("title", "due_on", "note")}


class PersonField(forms.ModelChoiceField):
    """Someone with an account, told from their namesakes by where they work."""

    def label_from_instance(self, user: User) -> str:
        places = dict.fromkeys(str(each.unit or each.organisation) for each in user.current_memberships)
        return f"{user} · {', '.join(places)}" if places else str(user)


class SeatForm(ActionForm):
    """Who sits in the group, for whom and how long. Someone who has left the city since can still be given an end."""

    user = PersonField(
        label=gettext_lazy("Person"), queryset=User.objects.none(), empty_label=gettext_lazy("Välj"),
        help_text=gettext_lazy("Den som har ett uppdrag i staden eller på Arbetsförmedlingen i Insteg."),
    )  # fmt: skip
    party = forms.ChoiceField(label=gettext_lazy("Företräder"), choices=Seat.Party.choices, widget=forms.RadioSelect)
    capacity = forms.ChoiceField(
        label=gettext_lazy("Sitter som"), choices=Seat.Capacity.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy("Arbetsförmedlingen är alltid adjungerad: med utan att besluta."),
    )  # fmt: skip
    starts_on = SwedishDateField(label=gettext_lazy("Från och med"), coming=True)
    ends_on = SwedishDateField(
        label=gettext_lazy("Till och med"), required=False, coming=True,
        help_text=gettext_lazy("Lämna tomt om det gäller tills vidare."),
    )  # fmt: skip

    def __init__(self, *args: Any, seat: Seat | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = can_sit_for(*Seat.Party.values)
        if seat is not None:
            people = people | User.objects.filter(pk=seat.user_id)
        self.fields["user"].queryset = people.prefetch_related(current_memberships()).order_by("name", "pk")  # type: ignore[attr-defined]

    @staticmethod
    def start_with(seat: Seat) -> dict[str, Any]:
        return {name: getattr(seat, name) for name in ("user", "party", "capacity", "starts_on", "ends_on")}


class EndSeatForm(ActionForm):
    ends_on = SwedishDateField(label=gettext_lazy("Sista dag"))

    @staticmethod
    def start_with() -> dict[str, Any]:
        return {"ends_on": clock.today()}


class CallForm(MeetingForm):
    """A meeting of the group. Those who sit there on its day come on the list; no letters go yet."""

    @staticmethod
    def fresh() -> dict[str, Any]:
        """Two hours in the afternoon, as the group is used to."""
        return {"title": str(Meeting.Kind.STEERING.label), "starts_at": dt.time(13), "ends_at": dt.time(15)}

    def action_data(self) -> dict[str, Any]:
        said = super().action_data()
        return {**said, "kind": Meeting.Kind.STEERING, "invited": invited_on(localdate(said["starts_at"]))}
