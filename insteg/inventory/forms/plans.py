from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.inventory.plan_reader import Reading, Unreadable
from insteg.inventory.plan_reader.limits import LARGEST_FILE
from insteg.inventory.reading_apart import read_plan_apart
from insteg.inventory.review.form import READ_AT_ONCE, mapping_of


def content_of(sent: UploadedFile) -> bytes:
    """The bytes of a file that is not too large to hold in memory."""
    if sent.size > LARGEST_FILE:
        raise ValidationError(_("Filen är större än 20 MB. Spara bara bladet med upphandlingarna i en egen fil."))
    return sent.read()


class UploadForm(ActionForm):
    """Reads a short file while it checks it: what cannot be read is a fault of this form. A long one waits for a job.

    `remembered` is how the organisation has chosen to read its columns before.
    """

    file = forms.FileField(
        label=gettext_lazy("Kalkylblad"),
        help_text=gettext_lazy("Excel (xlsx, xlsm, xls), LibreOffice (ods) eller text (csv, tsv). Högst 20 MB."),
        max_length=200,
    )

    def __init__(self, *args: Any, remembered: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.remembered = remembered

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        self.reading: Reading | None = None
        self.content = content_of(sent)
        if len(self.content) <= READ_AT_ONCE:
            self.reading = self.read(sent.name)
        return sent

    def read(self, filename: str) -> Reading:
        try:
            return read_plan_apart(self.content, filename, mapping_of(self.remembered))
        except Unreadable as error:
            if not self.remembered:
                raise ValidationError(str(error)) from error
            self.remembered = {}  # what was chosen for another file may leave this one without names
            return self.read(filename)

    def action_data(self) -> dict[str, Any]:
        return {
            "content": self.content,
            "filename": self.cleaned_data["file"].name,
            "reading": self.reading,
            "chosen_columns": self.remembered,
        }
