from django import forms
from django.utils.translation import gettext_lazy as _

from insteg.audit.forms import ActionForm
from insteg.home.models import Statement
from insteg.ui.fields import SwedishDateField


class RemarkForm(ActionForm):
    # What a visitor says does not depend on which words of the statement they read, so it is never stale.
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("Vad fungerar inte?"),
        help_text=_("Berätta vad du ville göra och vad som hände. Använder du ett hjälpmedel, nämn gärna vilket."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    page = forms.CharField(label=_("Vilken sida gäller det?"), max_length=300, required=False)
    email = forms.EmailField(
        label=_("E-postadress"),
        help_text=_("Om du vill ha svar. Vi använder den bara till det."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AnswerForm(ActionForm):
    answer = forms.CharField(
        label=_("Vad har ni gjort?"),
        help_text=_("Skriv vad som är rättat, eller varför det inte går. Finns en adress: svara först den som skrev."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class StatementForm(ActionForm):
    compliance = forms.ChoiceField(
        label=_("Hur väl följer Insteg kraven?"),
        choices=[("", _("Inte bedömt än")), *Statement.Compliance.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    assessed_on = SwedishDateField(label=_("Vilken dag bedömdes det?"), required=False)
    method = forms.CharField(
        label=_("Hur gick bedömningen till?"),
        help_text=_("Till exempel: Egen granskning med skärmläsare, tangentbord och automatiska regler."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    shortcomings = forms.CharField(
        label=_("Vad är inte tillgängligt?"),
        help_text=_("En brist på varje rad: vad, varför, och hur man kan göra i stället."),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    exceptions = forms.CharField(
        label=_("Vad är undantaget?"),
        help_text=_("En sak på varje rad: det lagen inte omfattar (9 §) och det som vore oskäligt betungande (12 §)."),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    email = forms.EmailField(
        label=_("E-postadress för frågor"), help_text=_("Visas på sidan. Använd en funktionsadress."), required=False
    )

    @classmethod
    def fields_of(cls, statement: Statement) -> dict[str, object]:
        """What the form begins with."""
        return {name: getattr(statement, name) for name in cls.base_fields if name not in ("version", "key")}
