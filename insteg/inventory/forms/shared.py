import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.inventory.forms.planned import PlannedForm
from insteg.inventory.models import PlannedProcurement
from insteg.ui import figures

KEY_AND_VERSION = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,9})")


def value_of(row: PlannedProcurement) -> str:
    """What is sent for a report: its key, and the version that was looked at."""
    return f"{row.pk}:{row.version}"


def words_of(row: PlannedProcurement) -> str:
    facts = [str(row.organisation), _("värde %(value)s") % {"value": figures.money_range(row.value_min, row.value_max)}]
    facts.append(figures.month(row.start) if row.start else _("start okänd"))
    if not row.shared:
        facts.append(_("inte anmäld som gemensam"))
    return f"{row.title} – {', '.join(facts)}"


class RowsField(forms.MultipleChoiceField):
    """Reports to join. A version that is no longer the row's is let through: the action says which row and why."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        return KEY_AND_VERSION.fullmatch(str(value)) is not None

    def clean(self, value: Any) -> list[tuple[UUID, int]]:
        found = [KEY_AND_VERSION.fullmatch(text) for text in super().clean(value)]
        return [(UUID(match[1]), int(match[2])) for match in found if match]


class JoinForm(ActionForm):
    rows = RowsField(
        label=gettext_lazy("Anmälningar att slå ihop"),
        error_messages={"required": gettext_lazy("Välj minst en anmälan.")},
    )
    also_not_shared = forms.BooleanField(
        label=gettext_lazy("Ta med också det som inte är anmält som gemensamt"), required=False
    )

    def offer(self, rows: Iterable[PlannedProcurement]) -> None:
        """The reports to choose among, as they are now."""
        shown = [*rows]
        self.fields["rows"].choices = [(value_of(row), words_of(row)) for row in shown]
        if all(row.shared for row in shown):
            del self.fields["also_not_shared"]


class BeginJointForm(JoinForm, PlannedForm):
    """A new joint procurement: the facts as for any, and what is joined into it. It is shared, so that is not asked."""

    shared = None  # type: ignore[assignment]
    field_order = ("rows", "also_not_shared", *PlannedForm.FIRST)


class SeparateForm(ActionForm):
    reason = forms.CharField(
        label=gettext_lazy("Varför ska den inte upphandlas gemensamt?"),
        help_text=gettext_lazy("Skälet sparas i loggen. Skriv inget om enskilda personer."),
        max_length=200,
    )
