"""The administrator's forms for a draft of the model. Each offers only what belongs to that draft."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insteg.audit.forms import ActionForm
from insteg.process.design_wording import guard_in_words
from insteg.process.guards import SUBJECTS, guards_of
from insteg.process.models import Item, Kind, Lane, Move, Phase, Process, Step
from insteg.ui.fields import WholeNumberField

LONGEST_WAIT = 1500  # working days: some six years
LAST = 32_000


class AfterField(forms.ModelChoiceField):
    """Which of its neighbours something comes right after."""

    def label_from_instance(self, part: Any) -> str:
        return gettext("Efter ”%(part)s”") % {"part": part}


def after(label: Any, first: Any) -> AfterField:
    return AfterField(label=label, queryset=Step.objects.none(), required=False, empty_label=first)


def parties(kind: str, chosen: str = "") -> list[tuple[str, Any]]:
    """Those that have a part in this kind of case, where a room has said who has; and the one that is chosen."""
    subject = SUBJECTS.get(Kind(kind))
    return [(lane.value, lane.label) for lane in Lane if not subject or lane in subject.lanes or lane == chosen]


def put_after(form: forms.Form, among: QuerySet[Any], part: Step | Item | Move | None) -> None:
    """Offers the neighbours. What is new comes last unless told otherwise; what is there keeps its place."""
    ordered = list(among.order_by("order", "key"))
    field = form.fields["after"]
    field.queryset = among.exclude(pk=part.pk).order_by("order", "key") if part else among.order_by("order", "key")
    earlier = ordered[: ordered.index(part)] if part else ordered
    form.initial.setdefault("after", earlier[-1].pk if earlier else None)


class PublishForm(ActionForm):
    """`shown` is the seal of the edition on the page, so that nobody publishes what was not read."""

    shown = forms.CharField(widget=forms.HiddenInput)

    def now_shown(self, seal: str) -> None:
        """After a refusal the page shows the draft as it is now; to send again is to have read that."""
        if self.is_bound and not self.is_valid():
            self.data = self.data.copy()
            self.data["shown"] = seal


class NoteForm(ActionForm):
    note = forms.CharField(
        label=_("Vad är nytt, och varför?"),
        help_text=_("Visas för alla som läser modellen."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PhaseForm(ActionForm):
    title = forms.CharField(
        label=_("Namn"),
        max_length=60,
        help_text=_("Heter den som en fas i en annan process blir de samma kolumn i bilden."),
    )
    order = WholeNumberField(
        label=_("Nummer i bilden"),
        help_text=_("Lägst kommer först. De faser som följer med Insteg har 10, 20, 30 och så vidare."),
        max_value=LAST,
    )


class StepForm(ActionForm):
    title = forms.CharField(label=_("Namn"), max_length=80, help_text=_("Skriv vad man gör: Håll dialogmöte."))
    text = forms.CharField(
        label=_("Vad görs här?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    phase = forms.ModelChoiceField(label=_("Fas"), queryset=Phase.objects.none(), empty_label=None)
    after = after(_("Plats"), _("Först: här börjar nya ärenden"))
    lane = forms.ChoiceField(label=_("Vem gör det?"))
    lead_workdays = WholeNumberField(
        label=_("Ledtid, arbetsdagar"),
        help_text=_("Så många arbetsdagar efter att ärendet kom hit ska steget vara klart. Till exempel 10."),
        max_value=LONGEST_WAIT,
    )

    def __init__(self, *args: Any, process: Process, step: Step | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"].queryset = process.phases.order_by("order", "key")
        self.fields["lane"].choices = parties(process.kind, step.lane if step else "")
        put_after(self, process.steps.all(), step)


class ItemForm(ActionForm):
    text = forms.CharField(
        label=_("Punkt"), max_length=200, help_text=_("Skriv vad som är sant när det är gjort: Kravet är skrivet.")
    )
    after = after(_("Plats i listan"), _("Först"))
    lane = forms.ChoiceField(label=_("Vem gör det?"))
    offset_workdays = WholeNumberField(
        label=_("Klar inom, arbetsdagar"),
        help_text=_("Räknat från att ärendet kom till steget. Till exempel 5."),
        max_value=LONGEST_WAIT,
    )
    required = forms.BooleanField(label=_("Måste vara besvarad innan ärendet går vidare"), required=False, initial=True)

    def __init__(self, *args: Any, step: Step, item: Item | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lane"].choices = parties(step.process.kind, item.lane if item else step.lane)
        if item is None:
            self.initial.setdefault("lane", step.lane)
        put_after(self, step.items.all(), item)


class ArrowForm(ActionForm):
    title = forms.CharField(
        label=_("Text på knappen"), max_length=60, help_text=_("Skriv vad som har hänt: Kravet är klart.")
    )
    to = forms.ModelChoiceField(
        label=_("Leder till"),
        queryset=Step.objects.none(),
        required=False,
        empty_label=_("Inget steg: ärendet slutar här"),
    )
    begins = forms.ChoiceField(
        label=_("Då börjar"), required=False, choices=[("", _("Inget annat ärende")), *Kind.choices]
    )
    lane = forms.ChoiceField(label=_("Vem går vidare?"), required=False)
    guards = forms.MultipleChoiceField(
        label=_("Villkor"),
        help_text=_("Alla du kryssar i måste vara uppfyllda innan någon kan gå den här vägen."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason_required = forms.BooleanField(label=_("Kräver ett skäl"), required=False)
    skips_items = forms.BooleanField(
        label=_("Får tas fast punkter är kvar"), help_text=_("För att avbryta eller gå tillbaka."), required=False
    )
    after = after(_("Plats i listan"), _("Först"))

    def __init__(self, *args: Any, step: Step, move: Move | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        process = step.process
        taken_by = parties(process.kind, move.lane if move else "")
        self.fields["lane"].choices = [("", gettext("Den som gör steget")), *taken_by]
        self.fields["to"].queryset = process.steps.order_by("order", "key")
        known = {guard.key: guard.title for guard in guards_of(process.kind)}
        kept = {key: guard_in_words(key) for key in (move.guards if move else []) if key not in known}
        self.fields["guards"].choices = [*known.items(), *kept.items()]
        if not known | kept:
            del self.fields["guards"]
        put_after(self, step.exits.all(), move)
