import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.ui.fields import SwedishDateField

UUID_TEXT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Choices = list[tuple[str, str]]


class ChooseForm(forms.Form):
    """What is asked for, and whom. It lives in the address; what is not chosen there is all that there is."""

    uppgift = forms.MultipleChoiceField(
        label=gettext_lazy("Uppgifter att fråga efter"), widget=forms.CheckboxSelectMultiple, required=False
    )
    hos = forms.MultipleChoiceField(
        label=gettext_lazy("Organisationer att fråga"), widget=forms.CheckboxSelectMultiple, required=False
    )
    igen = forms.BooleanField(label=gettext_lazy("Fråga också om det som de nyss har fått frågan om"), required=False)
    okanda = forms.BooleanField(
        label=gettext_lazy("Fråga också om det som de har svarat ”vet inte” på"), required=False
    )
    use_required_attribute = False

    def __init__(self, data: QueryDict, *, facts: Choices, organisations: Choices) -> None:
        told = data.copy()
        for name, choices in (("uppgift", facts), ("hos", organisations)):
            offered = [value for value, _name in choices]
            told.setlist(name, [value for value in data.getlist(name) if value in offered] or offered)
        super().__init__(told)
        self.fields["uppgift"].choices = facts
        self.fields["hos"].choices = organisations
        for name in ("uppgift", "hos"):
            if not self.fields[name].choices:
                del self.fields[name]
        self.is_valid()

    def offer(self, name: str, hint: str) -> None:
        """Shows the box of this name when it is ticked, or when ticking it would ask for more: `hint` says what."""
        if hint or self.cleaned_data[name]:
            self[name].help_text = hint
        else:
            del self.fields[name]


class KeysField(forms.MultipleChoiceField):
    """Keys of rows that were shown. One that is gone is let through: the action asks only for what still lacks."""

    widget = forms.MultipleHiddenInput

    def valid_value(self, value: Any) -> bool:
        return UUID_TEXT.fullmatch(str(value)) is not None

    def clean(self, value: Any) -> list[UUID]:
        return [UUID(text) for text in super().clean(value)]


class NamesField(forms.MultipleChoiceField):
    widget = forms.MultipleHiddenInput


class AskForm(ActionForm):
    """The rows and facts that were shown go along unseen; the last day is all there is to write."""

    rows = KeysField(required=False)
    facts = NamesField(required=False)
    again = forms.BooleanField(widget=forms.HiddenInput, required=False)
    also_unknown = forms.BooleanField(widget=forms.HiddenInput, required=False)
    wanted_by = SwedishDateField(
        label=gettext_lazy("Sista dag att svara"),
        help_text=gettext_lazy("Behövs inte. Skriver du en dag står den i brevet och i deras Att göra."),
        coming=True,
        required=False,
    )

    def __init__(self, *args: Any, names: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facts"].choices = [(name, name) for name in names]

    def show_anew(self, shown: dict[str, Any]) -> None:
        """The unseen fields as the page now shows them: what has come or been asked meanwhile is no longer there."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        for name, value in shown.items():
            self.data.setlist(name, value if isinstance(value, list) else [str(value)])  # type: ignore[attr-defined]
