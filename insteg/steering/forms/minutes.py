"""The form under the minutes that somebody has read."""

from django import forms

from insteg.audit.forms import ActionForm


class ApproveForm(ActionForm):
    """`seen_words` is the seal of the minutes as the page shows them."""

    seen_words = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def show_anew(self, seal: str) -> None:
        """The page now shows the minutes as they have become, so what is sent next is about those."""
        if self.is_bound:
            self.data = self.data.copy()
            self.data["seen_words"] = seal
