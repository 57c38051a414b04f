from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.inventory.plan_reader import Unreadable, read


class UploadForm(ActionForm):
    """Reads the file while it checks it: what cannot be read is a fault of this form."""

    file = forms.FileField(
        label=gettext_lazy("Kalkylblad"),
        help_text=gettext_lazy("Excel (xlsx, xlsm, xls), LibreOffice (ods) eller text (csv, tsv). Högst 20 MB."),
        max_length=200,
    )

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        try:
            self.content = sent.read()
            self.reading = read(self.content, sent.name)
        except Unreadable as error:
            raise ValidationError(str(error)) from error
        return sent

    def action_data(self) -> dict[str, Any]:
        return {"content": self.content, "filename": self.cleaned_data["file"].name, "reading": self.reading}
