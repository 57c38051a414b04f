"""Contents for the gallery: one of each kind of field, and invented things for each component to show."""

import datetime as dt
from types import SimpleNamespace as Thing
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insteg.core import clock
from insteg.ui import fields


class GalleryForm(forms.Form):
    """One of each kind of field."""

    name = forms.CharField(label=_("Vad ska upphandlas?"), max_length=200)
    value = fields.UnknownableField(fields.MoneyField(label=_("Uppskattat värde")))
    start = fields.SwedishDateField(label=_("Önskad avtalsstart"))
    length = fields.MonthsField(label=_("Avtalstid"), required=False)
    people = fields.UnknownableField(
        fields.SwedishDecimalField(label=_("Årsarbetare"), help_text=_("Till exempel 4,5."), required=False)
    )
    count = fields.WholeNumberField(label=_("Antal förskolor"), min_value=1)
    nature = forms.ChoiceField(
        label=_("Slag"),
        widget=forms.RadioSelect,
        choices=[("s", _("Tjänst")), ("w", _("Entreprenad")), ("g", _("Vara"))],
    )
    organisation = forms.ChoiceField(
        label=_("Organisation"),
        choices=[("", _("Välj")), ("a", _("Serviceförvaltningen")), ("b", _("Skolförvaltningen"))],
    )
    shared = forms.BooleanField(
        label=_("Flera organisationer delar behovet"), required=False, help_text=_("Då äger upphandlingsenheten den.")
    )
    jobs = forms.MultipleChoiceField(
        label=_("Yrken"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[("1", _("Städare")), ("2", _("Köksbiträde"))],
    )  # fmt: skip
    tasks = forms.CharField(label=_("Uppgifterna"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    plan = forms.FileField(
        label=_("Kalkylblad"), required=False, help_text=_("Excel, OpenDocument eller csv, högst 5 MB.")
    )


class FilterForm(forms.Form):
    """Three choices, as above a list."""

    organisation = forms.ChoiceField(label=_("Organisation"), required=False, choices=[("", _("Alla"))])
    nature = forms.ChoiceField(label=_("Slag"), required=False, choices=[("", _("Alla"))])
    verdict = forms.ChoiceField(label=_("Bedömning"), required=False, choices=[("", _("Alla"))])


def faulty_form() -> GalleryForm:
    """Wrong in as many ways as a form can be."""
    typed = {
        "name": "", "value": "46", "value_unknown": "", "start": "31/2 2028", "people": "4,5", "people_unknown": "on",
        "count": "3", "nature": "x", "organisation": "a",
    }  # fmt: skip
    form = GalleryForm(typed, auto_id="wrong_%s")
    form.unhurried = True  # the page is not about this form: it must not take the focus
    return form


def contents() -> dict[str, Any]:
    """The context of ui/gallery.html."""
    day = clock.today()
    return invented(day) | {
        "form": GalleryForm(initial={"value": 3_500_000, "start": dt.date(2027, 3, 1), "people": fields.UNKNOWN}),
        "wrong": faulty_form(),
        "filter": FilterForm(auto_id="filter_%s"),
        "today": day,
        "now": clock.now(),
        "day_after": day + dt.timedelta(days=1),
        "next_year": dt.date(day.year + 1, 10, 1),
    }


def invented(day: dt.date) -> dict[str, Any]:
    """What the lists and pictures show."""
    return {
        "facts": [
            Thing(term=_("Värde"), value="31,0 mnkr"),
            Thing(term=_("Avtalstid"), value="24 + 12 mån", note=_("utan option 24")),
            Thing(term=_("Årsarbetare"), value=None, note=_("Fråga Tekniska förvaltningen.")),
            Thing(term=_("Ersätter"), value="Markskötsel Norr", href="#dl"),
        ],
        "answers": [
            Thing(answer="yes", title=_("Tjänst eller entreprenad"), reason=_("Tjänst, CPV 77314000-4 Markskötsel.")),
            Thing(
                answer="unknown",
                title=_("Känd omfattning"),
                reason=_("Öster mäts in under november."),
                href="#answers",
                source=_("Enligt Kim Berg 10 nov"),
            ),
            Thing(answer="no", title=_("Minst fyra månader"), reason=_("Tre månader.")),
        ],
        "reckoned": [
            Thing(title=_("Efter omfattning"), result=_("2 platser"), working=_("En plats per 100."), chosen=True),
            Thing(title=_("Efter värde, som jämförelse"), result=_("1 plats"), working=_("En plats per 25,0 mnkr.")),
        ],
        "legend": [
            Thing(kind="yes", text=_("Lämplig, 13")),
            Thing(kind="unknown", text=_("Behöver uppgifter, 12")),
            Thing(kind="no", text=_("Inte lämplig, 15")),
        ],
        "events": [
            Thing(when=day + dt.timedelta(days=14), who=_("Styrgruppen"), what=_("Besluter."), coming=True),
            Thing(when=day, who=_("Tekniska förvaltningen"), what=_("Ändrade värdet från 24,0 till 31,0 mnkr.")),
            Thing(when=dt.date(day.year - 1, 11, 14), who=_("Anmäld"), what=""),
        ],
        "state": [
            Thing(count=40, word=_("planerade"), note="2027–2029", href="#state"),
            Thing(count=12, word=_("att besluta"), note=_("3 december"), href="#state"),
            Thing(count=8, word=_("i kravarbete"), note=_("2 sena"), late=True, href="#state"),
            Thing(count=0, word=_("gått vidare"), note=""),
        ],
        "offer": [Thing(pk="1", label=_("Styrgruppen"))],
        "notes": [_("hösten 2025"), _("pågår")],
    }
