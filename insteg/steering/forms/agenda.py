"""What is typed about an agenda: its points, their order, files, and the organisations' own view."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.inventory.forms.questions import KeysField
from insteg.steering.models import AgendaItem
from insteg.steering.models.agenda import LONGEST_TEXT, LONGEST_VIEW
from insteg.ui.fields import SwedishDateField

LARGEST_FILE = 20_000_000  # bytes
KINDS = (
    "pdf", "docx", "doc", "odt", "rtf", "xlsx", "xls", "ods", "csv", "pptx", "ppt", "odp", "txt", "png", "jpg", "jpeg",
)  # fmt: skip


class TickedField(KeysField):
    """As the hidden ones, with boxes to tick."""

    widget = forms.CheckboxSelectMultiple


class PutForwardForm(ActionForm):
    """Which procurements are laid before the group. One that has gone meanwhile is answered for by the action."""

    rows = TickedField(
        label=gettext_lazy("Upphandlingar att lägga fram"),
        error_messages={"required": gettext_lazy("Kryssa i minst en upphandling.")},
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"].choices = choices  # type: ignore[attr-defined]


class TextForm(ActionForm):
    """The unit's words under a point that names itself."""

    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Adresser som börjar med https:// blir länkar. Skriv inget om enskilda personer."),
    )  # fmt: skip


class OwnPointForm(TextForm):
    title = forms.CharField(label=gettext_lazy("Rubrik"), max_length=200)
    field_order = ["title", "text"]


class OrderForm(ActionForm):
    """A number for each point, named by its id; and the order that was shown, unseen."""

    seen_order = KeysField(required=False)

    def __init__(self, *args: Any, items: Sequence[tuple[AgendaItem, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = [item.pk for item, _title in items]
        self.initial["seen_order"] = [str(pk) for pk in self.items]
        for number, (item, title) in enumerate(items, 1):
            self.fields[f"place_{item.pk}"] = forms.IntegerField(
                label=title, min_value=1, max_value=len(items), initial=number,
                widget=forms.NumberInput(attrs={"data-width": "number"}),
            )  # fmt: skip

    def action_data(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"seen_order": said["seen_order"], "places": {pk: said[f"place_{pk}"] for pk in self.items}}


class FileForm(ActionForm):
    file = forms.FileField(
        label=gettext_lazy("Fil"), max_length=200,
        help_text=gettext_lazy(
            "PDF, Word, Excel, PowerPoint, LibreOffice, text eller bild. Högst 20 MB. Alla som är kallade kan hämta "
            "den, även Arbetsförmedlingen: inga värden i kronor och inget om enskilda personer."
        ),
    )  # fmt: skip

    def clean_file(self) -> UploadedFile:
        sent: UploadedFile = self.cleaned_data["file"]
        if sent.size is not None and sent.size > LARGEST_FILE:
            raise ValidationError(_("Filen är större än 20 MB. Spara den i ett mindre format."))
        if PurePath(sent.name or "").suffix.lower().removeprefix(".") not in KINDS:
            raise ValidationError(
                _("Filer av det slaget tas inte emot. Spara den som %(kinds)s.") % {"kinds": _("PDF, Word eller Excel")}
            )
        return sent

    def action_data(self) -> dict[str, Any]:
        sent = self.cleaned_data["file"]
        return {"content": sent.read(), "filename": sent.name}


class AskViewsForm(ActionForm):
    views_by = SwedishDateField(
        label=gettext_lazy("Sista dag att svara"), coming=True,
        help_text=gettext_lazy("Står i brevet och i organisationernas Att göra."),
    )  # fmt: skip


class ViewForm(ActionForm):
    view = forms.CharField(
        label=gettext_lazy("Vad tycker ni själva?"), max_length=LONGEST_VIEW, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Skriv vad ni tycker, eller att ni inte har någon åsikt.")},
        help_text=gettext_lazy(
            "Till exempel om det finns uppgifter för en praktikant, om handledning går att ordna och vad som talar "
            "emot. Styrgruppen läser det före mötet. Skriv inget om enskilda personer."
        ),
    )  # fmt: skip
