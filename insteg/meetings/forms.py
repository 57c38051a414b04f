"""What is typed about a meeting. Days and hours are Swedish time; the actions are given moments."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.meetings.actions import Came
from insteg.meetings.models import LONGEST_NOTES, LONGEST_TEXT, Attendance, Meeting
from insteg.meetings.queries import people_meant
from insteg.organisations.models import User
from insteg.ui.fields import SwedishDateField, SwedishTimeField

PEOPLE = "people"  # the id of the list in meetings/_people.html


class WhenForm(ActionForm):
    """A day and two hours, given to the action as two moments: `starts_at` and `ends_at`."""

    day = SwedishDateField(label=gettext_lazy("Dag"), coming=True)
    starts_at = SwedishTimeField(label=gettext_lazy("Börjar"))
    ends_at = SwedishTimeField(label=gettext_lazy("Slutar"))
    place = forms.CharField(
        label=gettext_lazy("Plats"), max_length=300,
        help_text=gettext_lazy("Ett rum, eller länken till ett möte på distans."),
    )  # fmt: skip

    @staticmethod
    def start_with(meeting: Meeting) -> dict[str, Any]:
        names = ("starts_at", "ends_at", "place", "title", "text")
        return {"day": localdate(meeting.starts_at), **{name: getattr(meeting, name) for name in names}}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        day = said.get("day")
        for name in ("starts_at", "ends_at"):
            if day and said.get(name) is not None:
                said[name] = make_aware(dt.datetime.combine(day, said[name]))
        begins, ends = said.get("starts_at"), said.get("ends_at")
        if day and begins and ends and ends <= begins:
            self.add_error("ends_at", _("Mötet måste sluta efter att det börjar."))
        return said

    def action_data(self) -> dict[str, Any]:
        return {name: value for name, value in super().action_data().items() if name != "day"}


class MeetingForm(WhenForm):
    """A meeting that is planned, or changed before anyone is called."""

    title = forms.CharField(label=gettext_lazy("Rubrik"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("Text i kallelsen"), max_length=LONGEST_TEXT, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Till exempel vad mötet ska handla om. Skriv inget om enskilda deltagare."),
    )  # fmt: skip
    field_order = ["title", "day", "starts_at", "ends_at", "place", "text"]


class MoveForm(WhenForm):
    why = forms.CharField(
        label=gettext_lazy("Varför"), max_length=500, help_text=gettext_lazy("Står i brevet till dem som är kallade.")
    )


class CancelForm(ActionForm):
    why = forms.CharField(
        label=gettext_lazy("Varför"), max_length=500, help_text=gettext_lazy("Står i brevet till dem som är kallade.")
    )


class InviteForm(ActionForm):
    user = forms.CharField(
        label=gettext_lazy("Vem"), max_length=254,
        help_text=gettext_lazy("Namn eller e-postadress till någon som har ett uppdrag i Insteg."),
        widget=forms.TextInput(attrs={"list": PEOPLE, "autocomplete": "off"}),
    )  # fmt: skip
    capacity = forms.ChoiceField(
        label=gettext_lazy("Deltar som"), choices=Attendance.Capacity.choices, widget=forms.RadioSelect,
        initial=Attendance.Capacity.INVITED,
    )  # fmt: skip
    represents = forms.CharField(
        label=gettext_lazy("Företräder"), max_length=100, required=False,
        help_text=gettext_lazy("Till exempel AME eller Arbetsförmedlingen."),
    )  # fmt: skip

    def clean_user(self) -> User:
        found = people_meant(self.cleaned_data["user"])
        if not found:
            raise ValidationError(
                _(
                    "Ingen med det namnet eller den adressen har ett uppdrag i Insteg just nu. Kontrollera stavningen, "
                    "eller be administratören bjuda in personen."
                )
            )
        if len(found) > 1:
            raise ValidationError(_("Flera heter så. Skriv e-postadressen i stället."))
        return found[0]


class AnswerForm(ActionForm):
    answer = forms.ChoiceField(
        label=gettext_lazy("Kommer du?"), choices=Attendance.Answer.choices, widget=forms.RadioSelect
    )


class AttendanceForm(ActionForm):
    """A row for each on the list, named by the attendance's id, and the notes."""

    CAME = [
        ("yes", gettext_lazy("Var med")),
        ("no", gettext_lazy("Var inte med")),
        ("", gettext_lazy("Vet inte än")),
    ]
    PRESENT = {"yes": True, "no": False, "": None}

    notes = forms.CharField(
        label=gettext_lazy("Anteckningar"), max_length=LONGEST_NOTES, required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Alla som är kallade kan läsa dem."),
    )  # fmt: skip

    def __init__(self, *args: Any, listed: Sequence[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed = [each.pk for each in listed]
        said = {came: choice for choice, came in self.PRESENT.items()}
        for each in listed:
            self.fields[f"came_{each.pk}"] = forms.ChoiceField(
                label=str(each.user), choices=self.CAME, required=False, widget=forms.RadioSelect,
                initial=said[each.present],
            )  # fmt: skip
            self.fields[f"note_{each.pk}"] = forms.CharField(
                label=_("Anmärkning om %(name)s") % {"name": each.user}, max_length=200, required=False,
                initial=each.note, help_text=_("Till exempel: kom kl. 13.10."),
            )  # fmt: skip
        self.order_fields([name for name in self.fields if name != "notes"])

    def action_data(self) -> dict[str, Any]:
        return {"came": {pk: self.came(pk) for pk in self.listed}, "notes": self.cleaned_data["notes"]}

    def came(self, pk: UUID) -> Came:
        return Came(self.PRESENT[self.cleaned_data[f"came_{pk}"]], self.cleaned_data[f"note_{pk}"])
