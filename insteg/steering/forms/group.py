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
from insteg.steering.models import Seat
from insteg.steering.queries.group import can_sit_for, invited_on
from insteg.ui.fields import SwedishDateField


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
