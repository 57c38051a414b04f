from django import forms
from django.utils.translation import gettext_lazy

from insteg.inventory.forms.answers import AnswerForm


class NeedsAnswerForm(AnswerForm):
    """`shown` seals the needs on the page: nobody sends a list that they have not read."""

    comment = forms.CharField(
        label=gettext_lazy("Något att säga till upphandlingsenheten?"),
        help_text=gettext_lazy("Skriv inget om enskilda personer."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def show_list(self, shown: str) -> None:
        """The page is shown again with the needs as they are now: what is sent next is that."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["shown"] = shown  # type: ignore[index]
