from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.inventory.models import PlannedProcurement
from insteg.ui.fields import WholeNumberField

MOST = 999  # as the column's own bound


class SetPlacesForm(ActionForm):
    places_set = WholeNumberField(
        label=gettext_lazy("Antal platser"),
        help_text=gettext_lazy("Ett helt tal. Skriv 0 om ingen plats är rimlig."),
        max_value=MOST,
        error_messages={"required": gettext_lazy("Skriv hur många platser. Skriv 0 om ingen plats är rimlig.")},
    )
    places_reason = forms.CharField(
        label=gettext_lazy("Varför är det ett rimligt antal?"),
        help_text=gettext_lazy(
            "Till exempel: arbetet sker i fyra områden och varje område kan ta emot en. Skriv inget om enskilda "
            "personer."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Skriv varför antalet är rimligt. Skälet läses av styrgruppen.")},
    )

    @staticmethod
    def start_with(planned: PlannedProcurement) -> dict[str, Any]:
        """The number that stands now: what somebody has said, or what is proposed."""
        given = planned.places if planned.places_set is None else planned.places_set
        return {"places_set": given, "places_reason": planned.places_reason}
