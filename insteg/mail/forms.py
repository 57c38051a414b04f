from django import forms
from django.utils.translation import gettext_lazy as _

from insteg.audit.forms import ActionForm
from insteg.mail.actions import Waiting
from insteg.mail.models import Preference


class PaceForm(ActionForm):
    pace = forms.ChoiceField(
        label=_("När ska breven komma?"), choices=Preference.Pace.choices, widget=forms.RadioSelect
    )


class ReleaseForm(ActionForm):
    waiting_letters = forms.ChoiceField(
        label=_("Vad ska hända med breven som väntar?"), choices=Waiting.choices, widget=forms.RadioSelect
    )
