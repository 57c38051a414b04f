from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.ui.fields import SwedishDateField

Choices = list[tuple[str, str]]


class AnswerForm(ActionForm):
    """Of a request, but about the list that was read, which tells by itself whether it is another now. A reminder or
    more time changes the request while somebody answers, and must not stand in their way."""

    def clean_version(self) -> None:
        return None  # whichever it is now


class ConfirmRowsForm(AnswerForm):
    """Rows that still hold. Each is sent as its key and the version that was read: `<key>:<version>`.

    `row` are those that were ticked; the button "Alla stämmer" sends `all`, and then every one that was shown counts.
    """

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        sent = self.data.getlist("shown" if "all" in self.data else "row")
        if not sent:
            raise ValidationError(_("Kryssa i de upphandlingar som stämmer, eller välj Alla stämmer."))
        try:
            cleaned["rows"] = {UUID(key): int(version) for key, version in (each.split(":") for each in sent)}
        except ValueError as error:
            raise ValidationError(_("Något blev fel när sidan skickades. Ladda om sidan och försök igen.")) from error
        return cleaned

    def ticked(self) -> set[str]:
        """The keys of the rows that were ticked, so that they stay so when the page is shown again."""
        return {each.partition(":")[0] for each in self.data.getlist("row")} if self.is_bound else set()


class SendingForm(AnswerForm):
    """Sends an answer. The field called `of_list` is a print of the list on the page: nobody sends an unread one."""

    of_list: str
    comment = forms.CharField(
        label=gettext_lazy("Något att säga till upphandlingsenheten?"),
        help_text=gettext_lazy("Skriv inget om enskilda personer."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def show_list(self, seen: str) -> None:
        """The page is shown again with the list as it is now: what is sent next is that."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data[self.of_list] = seen  # type: ignore[index]


class SendForm(SendingForm):
    """Sends the rows of an organisation."""

    of_list = "rows_seen"
    rows_seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)


class NeedsAnswerForm(SendingForm):
    """Sends the needs of a unit; `shown` seals them."""

    of_list = "shown"
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)


class SinceForm(forms.Form):
    """Since when changes are shown, and for whom. It lives in the address."""

    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)
    since = forms.ChoiceField(label=gettext_lazy("Ändrat sedan"), required=False)
    day = SwedishDateField(label=gettext_lazy("eller från och med dagen"), help_text="", required=False)
    use_required_attribute = False

    def __init__(self, data: Any, *, organisations: Choices, rounds: Choices) -> None:
        super().__init__(data)
        self.fields["organisation"].choices = [("", _("Alla")), *organisations]
        self.fields["since"].choices = [("", _("senaste svaret")), *rounds]

    def chosen(self) -> dict[str, Any]:
        """The choices that hold; one that does not (an old bookmark) is left out, and the form says so."""
        self.is_valid()
        return self.cleaned_data


class HistoryForm(forms.Form):
    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)
    use_required_attribute = False

    def __init__(self, data: Any, *, organisations: Choices) -> None:
        super().__init__(data)
        self.fields["organisation"].choices = [("", _("Alla")), *organisations]

    def chosen(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("organisation") or "")
