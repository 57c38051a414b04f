"""The forms of a case. Each carries the visit that was seen, so that nobody acts on a step that it has left."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.process.models import ItemAnswer, Process, Visit
from insteg.ui.fields import SwedishDateField

MOST_AT_ONCE = 200


class CaseForm(ActionForm):
    seen_visit = forms.UUIDField(widget=forms.HiddenInput)

    def now_seen(self, visit: Visit) -> None:
        """After a stale sending the page shows where the case stands now; to send again is to have seen that."""
        if self.status == 409:
            self.data["seen_visit"] = str(visit.pk)  # type: ignore[index]


class VisitForm(CaseForm):
    """Also which version of the visit was seen: who has taken the case and its day change while it stands there."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def now_seen(self, visit: Visit) -> None:
        super().now_seen(visit)
        if self.status == 409:
            self.data["seen_version"] = str(visit.version)  # type: ignore[index]


class ReasonForm(ActionForm):
    """Why a case is moved: required where the arrow says so."""

    why = forms.CharField(
        label=gettext_lazy("Varför?"),
        help_text=gettext_lazy("Skälet står kvar i ärendet och visas för dem som ser det."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, reason_required: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["why"]
        field.required = reason_required
        field.error_messages["required"] = _("Skriv varför.")
        if not reason_required:
            field.label = _("Varför? (behöver inte fyllas i)")


class MoveForm(ReasonForm, CaseForm):
    pass


class AnswerForm(CaseForm):
    said = forms.ChoiceField(
        label=gettext_lazy("Hur är det med punkten?"),
        widget=forms.RadioSelect,
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Anteckning"),
        help_text=gettext_lazy("Behövs när punkten inte behövs: skriv varför. Annars om du vill."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    seen_answer = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, answered: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        back = [("", _("Inte besvarad: ta tillbaka svaret"))] if answered else []
        self.fields["said"].choices = [*ItemAnswer.Said.choices, *back]
        self.answered = answered

    def now_answered(self, answer: UUID | None) -> None:
        """As now_seen: a colleague may have answered meanwhile."""
        if self.status == 409:
            self.data["seen_answer"] = str(answer or "")  # type: ignore[index]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data.get("said")
        if said == ItemAnswer.Said.NOT_NEEDED and not (self.cleaned_data.get("note") or "").strip():
            self.add_error("note", _("Skriv varför punkten inte behövs."))
        if said == "" and not (self.answered and "said" in self.data):
            self.add_error("said", _("Välj ett svar."))
        return self.cleaned_data


class DueDateForm(VisitForm):
    due_on = SwedishDateField(label=gettext_lazy("Ska vara klart"), coming=True)
    reason = forms.CharField(
        label=gettext_lazy("Varför flyttas datumet?"),
        help_text=gettext_lazy("Skälet sparas i loggen. Skriv inget om enskilda personer."),
        max_length=200,  # as much as the log holds
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Skriv varför datumet flyttas.")},
    )


class EditionForm(CaseForm):
    """What was previewed is what is sent: the edition and the step stand hidden beside it."""

    process = forms.ModelChoiceField(queryset=Process.objects.none(), widget=forms.HiddenInput)
    step_key = forms.SlugField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["process"].queryset = Process.objects.published()


class StepChoice(forms.Form):
    """Which step of the newer edition the case is to stand in, for the preview."""

    steg = forms.ChoiceField(label=gettext_lazy("Steg i den nyare versionen"), required=False)
    use_required_attribute = False

    def __init__(self, data: Any, *, steps: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["steg"].choices = steps


class CasesFilter(forms.Form):
    """Which cases of a step are shown. It lives in the address."""

    MINE, LATE = "mina", "sena"

    show = forms.ChoiceField(
        label=gettext_lazy("Visa"),
        required=False,
        choices=[
            ("", gettext_lazy("Alla")),
            (MINE, gettext_lazy("De som jag har tagit")),
            (LATE, gettext_lazy("De som är sena")),
        ],
    )
    use_required_attribute = False

    def chosen(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("show") or ""


class CasesField(forms.Field):
    """Ticked cases, each with the visit that was seen: {case: visit}. The page draws the boxes, beside what is in
    the way of each."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> dict[UUID, UUID]:
        if len(value or []) > MOST_AT_ONCE:
            raise ValidationError(_("Välj högst %(count)s ärenden.") % {"count": MOST_AT_ONCE})
        pairs = (each.partition(":") for each in value or [])
        try:
            return {UUID(run): UUID(visit) for run, _colon, visit in pairs}
        except ValueError as error:
            raise ValidationError(_("Ladda om sidan och välj igen.")) from error


class SeveralForm(ReasonForm):
    cases = CasesField(
        label=gettext_lazy("Ärenden"),
        error_messages={"required": gettext_lazy("Kryssa i minst ett ärende.")},
    )

    def ticked(self) -> set[str]:
        """The values that were sent, so that the boxes stay as they were."""
        return set(self.data.getlist("cases")) if self.is_bound else set()
