"""What the unit adjusts before an organisation is told (R33)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.steering.actions.feedback import Told
from insteg.steering.models import Feedback, FeedbackLine
from insteg.steering.models.feedback import LONGEST_STEP, LONGEST_TEXT
from insteg.ui.fields import SwedishDateField


class AdjustForm(ActionForm):
    """A text to the organisation, and for each line what it does next and by when; named by the line's id."""

    text = forms.CharField(
        label=gettext_lazy("Med egna ord"), max_length=LONGEST_TEXT, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Står överst i återkopplingen. Skriv inget om enskilda personer."),
    )  # fmt: skip

    def __init__(self, *args: Any, lines: Iterable[FeedbackLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [*lines]
        for line in self.lines:
            self.fields[f"step_{line.pk}"] = forms.CharField(
                label=_("Nästa steg med ”%(title)s”") % {"title": line.title}, required=False, max_length=LONGEST_STEP,
                widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Tomt betyder att det inte är något att göra."),
            )  # fmt: skip
            self.fields[f"due_{line.pk}"] = SwedishDateField(
                label=_("Senast, för ”%(title)s”") % {"title": line.title}, required=False, coming=True
            )

    @staticmethod
    def start_with(feedback: Feedback, lines: Iterable[FeedbackLine]) -> dict[str, Any]:
        said: dict[str, Any] = {"text": feedback.text}
        for line in lines:
            said |= {f"step_{line.pk}": line.next_step, f"due_{line.pk}": line.due_on}
        return said

    def action_data(self) -> dict[str, Any]:
        said = self.cleaned_data
        lines = {each.pk: Told(said[f"step_{each.pk}"], said[f"due_{each.pk}"]) for each in self.lines}
        return {"text": said["text"], "lines": lines}
