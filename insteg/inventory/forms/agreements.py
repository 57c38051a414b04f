from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.audit.forms import ActionForm
from insteg.inventory.agreement_reader import Agreement, Register, settled
from insteg.inventory.agreement_rows import FACTS, Place
from insteg.inventory.forms.planned import MOST_KRONOR, Choices, PlannedForm
from insteg.inventory.forms.plans import content_of
from insteg.inventory.models import PlannedProcurement, RunningAgreement
from insteg.inventory.plan_reader import Fault, Question, Unreadable
from insteg.inventory.queries.agreements import length, likeliest, may_follow
from insteg.inventory.reading_apart import read_register_apart
from insteg.process.models import Nature
from insteg.ui import figures
from insteg.ui.fields import MoneyField, MonthsField, SwedishDateField


class AgreementForm(ActionForm):
    """An agreement as a person writes it down. Only its name and its last day are needed."""

    title = forms.CharField(label=gettext_lazy("Vad gäller avtalet?"), max_length=300)
    reference = forms.CharField(
        label=gettext_lazy("Avtalsnummer"),
        help_text=gettext_lazy("Så känner Insteg igen avtalet när ni läser in avtalsregistret."),
        max_length=60,
        required=False,
    )
    supplier = forms.CharField(
        label=gettext_lazy("Leverantör"),
        help_text=gettext_lazy("Företagets namn. Skriv ingen kontaktperson."),
        max_length=200,
        required=False,
    )
    nature = forms.ChoiceField(
        label=gettext_lazy("Slag"), choices=[("", gettext_lazy("Inte angivet")), *Nature.choices], required=False
    )
    cpv = PlannedForm.base_fields["cpv"]
    value = MoneyField(label=gettext_lazy("Värde för hela avtalstiden"), max_value=MOST_KRONOR, required=False)
    starts_on = SwedishDateField(label=gettext_lazy("Första dag"), required=False)
    ends_on = SwedishDateField(label=gettext_lazy("Sista dag, som avtalet löper nu"))
    option_months = MonthsField(
        label=gettext_lazy("Möjlig förlängning"),
        help_text=gettext_lazy("Det som är kvar att förlänga med, räknat från sista dagen."),
        max_value=600,
        required=False,
    )
    clean_cpv = PlannedForm.clean_cpv

    @staticmethod
    def start_with(agreement: RunningAgreement) -> dict[str, Any]:
        return {name: getattr(agreement, name) for name in FACTS}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and start > end:
            self.add_error("ends_on", _("Sista dagen kan inte vara före första dagen."))
        return cleaned


def start_renewal_with(agreement: RunningAgreement) -> dict[str, Any]:
    """What the form of a planned procurement shows for one that follows on the agreement."""
    return {
        "title": agreement.title,
        "nature": agreement.nature,
        "cpv": agreement.cpv,
        "value_min": agreement.value,
        "value_max": agreement.value,
        "months": length(agreement),
        "option_months": agreement.option_months,
        "start": agreement.successor_start,
    }


class LinkForm(ActionForm):
    """Which of the planned procurements it is that follows on the agreement."""

    planned = forms.ModelChoiceField(
        PlannedProcurement.objects.none(),
        label=gettext_lazy("Vilken planerad upphandling är det?"),
        help_text=gettext_lazy("De som liknar avtalet mest står först."),
        empty_label=gettext_lazy("Välj en upphandling"),
        error_messages={"invalid_choice": gettext_lazy("Den går inte att välja längre. Välj en annan.")},
    )

    def __init__(self, *args: Any, agreement: RunningAgreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["planned"]
        field.queryset = may_follow(agreement)
        field.choices = [("", field.empty_label), *((str(one.pk), in_short(one)) for one in likeliest(agreement))]


def in_short(planned: PlannedProcurement) -> str:
    """Its name and when it begins."""
    return f"{planned.title}, {figures.month(planned.start)}" if planned.start else planned.title


class EndForm(ActionForm):
    ended_reason = forms.CharField(
        label=gettext_lazy("Varför ska det inte upphandlas igen?"),
        help_text=gettext_lazy("Till exempel: vi gör det själva, eller avtalet gick in i ett annat."),
        max_length=300,
    )


class FilterForm(forms.Form):
    """What the list shows. It lives in the address, so that a list can be sent to a colleague."""

    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)
    year = forms.TypedChoiceField(label=gettext_lazy("Löper ut"), coerce=int, empty_value=None, required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("Läge"),
        choices=[
            ("", gettext_lazy("Aktuella")),
            ("waiting", gettext_lazy("Ingen ny upphandling anmäld")),
            ("renewed", gettext_lazy("Ny upphandling anmäld")),
            ("ended", gettext_lazy("Ska inte upphandlas igen")),
            ("all", gettext_lazy("Alla, även de som har löpt ut")),
        ],
        required=False,
    )
    use_required_attribute = False

    def __init__(self, data: Any, *, organisations: Choices, years: list[int]) -> None:
        super().__init__(data)
        every = ("", _("Alla"))
        self.fields["organisation"].choices = [every, *organisations]
        if len(organisations) == 1:  # one's own: there is nothing to choose
            del self.fields["organisation"]
        self.fields["year"].choices = [every, *((str(year), str(year)) for year in years)]

    def chosen(self) -> dict[str, Any]:
        """The choices that hold; one that does not (an old bookmark) is left out, and the form says so."""
        self.is_valid()
        return self.cleaned_data

    def narrowed(self) -> bool:
        return any(self.chosen().values())


class RegisterForm(ActionForm):
    """Reads the file while it checks it: what cannot be read is a fault of this form."""

    file = forms.FileField(
        label=gettext_lazy("Avtalsregister"),
        help_text=gettext_lazy("Excel (xlsx, xlsm, xls), LibreOffice (ods) eller text (csv, tsv). Högst 20 MB."),
        max_length=200,
    )

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        try:
            self.content = content_of(sent)
            self.register = read_register_apart(self.content, sent.name)
        except Unreadable as error:
            raise ValidationError(str(error)) from error
        return sent

    def action_data(self) -> dict[str, Any]:
        return {"content": self.content, "filename": self.cleaned_data["file"].name, "register": self.register}


class ReviewRegisterForm(ActionForm):
    """A field for each question and each cell that could not be read, and for such a row the choice to leave it out."""

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.odd: dict[Place, Agreement] = {}
        for sheet, _sheet, agreement in register.places():
            if agreement.odd:
                place = (sheet, agreement.row.number)
                self.odd[place] = agreement
                for about in agreement.odd:
                    self.fields[name_of(place, about.field)] = field_of(about, self.is_bound)
                self.fields[name_of(place, "out")] = forms.BooleanField(label=_("Ta inte med raden"), required=False)

    def clean(self) -> dict[str, Any]:
        """What was typed is read by the same grammar as the register, and must be readable now."""
        cleaned = super().clean() or self.cleaned_data
        for place, agreement in self.odd.items():
            names = {about.field: name_of(place, about.field) for about in agreement.odd}
            if cleaned.get(name_of(place, "out")):
                for name in names.values():
                    self.errors.pop(name, None)
                continue
            answers = {field: cleaned[name] for field, name in names.items() if name in cleaned}
            for said in settled(agreement, answers).odd:
                if said.field in answers:
                    self.add_error(names[said.field], str(said.text))
        return cleaned

    def action_data(self) -> dict[str, Any]:
        left_out = [place for place in self.odd if self.cleaned_data[name_of(place, "out")]]
        answers = {
            place: {about.field: self.cleaned_data.get(name_of(place, about.field), "") for about in agreement.odd}
            for place, agreement in self.odd.items()
            if place not in left_out
        }
        return {"answers": answers, "left_out": left_out}

    def fields_of(self, place: Place) -> list[forms.BoundField]:
        agreement = self.odd.get(place)
        if agreement is None:
            return []
        return [self[name_of(place, name)] for name in (*(about.field for about in agreement.odd), "out")]


def name_of(place: Place, field: str) -> str:
    return f"s{place[0]}r{place[1]}-{field}"


LABELS = {
    "end": gettext_lazy("sista dag"),
    "start": gettext_lazy("första dag"),
    "value": gettext_lazy("värde"),
    "option_months": gettext_lazy("möjlig förlängning"),
    "months": gettext_lazy("avtalstid"),
    "cpv": gettext_lazy("CPV-kod"),
}


def field_of(about: Question | Fault, sent: bool) -> forms.Field:
    """Choices for a question; for a fault a text to mend, which says what is wrong until something has been sent."""
    if isinstance(about, Question):
        return forms.ChoiceField(
            label=str(about.text),
            choices=[(option.key, str(option.label)) for option in about.options],
            widget=forms.RadioSelect,
            error_messages={"required": _("Välj ett svar, eller lämna raden utanför.")},
        )
    said = "" if sent else f"{about.text}."
    return forms.CharField(
        label=_("Rätta %(field)s") % {"field": LABELS.get(about.field, about.field)},
        help_text=" ".join(filter(None, [said, str(about.help or "")])),
        initial=about.typed,
        max_length=200,
        required=False,
    )
