"""What the search of the header finds here: by the same rules as the lists, and those that have ended too."""

from urllib.parse import urlencode

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.access.catalogues import MOST_HITS, Found, Hit
from insteg.inventory import access
from insteg.inventory.models import PlannedProcurement, RunningAgreement
from insteg.inventory.queries.agreements import order as order_of_agreements
from insteg.inventory.queries.narrowing import having_words
from insteg.inventory.queries.planned import order
from insteg.organisations.models import Organisation


def planned(actor: Actor, words: list[str]) -> Found:
    """Planned procurements, by name, register number and task."""
    seen = access.SEE.filter(PlannedProcurement.objects.all(), actor).annotate(whose=F("organisation__name"))
    rows = having_words(seen, words).order_by(*order())[: MOST_HITS + 1]
    hits = [Hit(row.title, reverse("inventory:detail", args=[row.pk]), about_planned(row)) for row in rows]
    return Found(_("Planerade upphandlingar"), hits, f"{reverse('inventory:list')}?{urlencode({'q': ' '.join(words)})}")


def about_planned(row: PlannedProcurement) -> str:
    state = _("tillbakadragen") if row.withdrawn_at else _("ihopslagen") if row.merged_into_id else ""
    return joined(row.whose, row.reference, state)


def agreements(actor: Actor, words: list[str]) -> Found:
    """Running agreements, by name, number and supplier."""
    rows = access.SEE_AGREEMENT.filter(RunningAgreement.objects.all(), actor).annotate(whose=F("organisation__name"))
    for word in words:
        rows = rows.filter(Q(title__icontains=word) | Q(reference__icontains=word) | Q(supplier__icontains=word))
    hits = [
        Hit(row.title, reverse("inventory:agreement", args=[row.pk]), joined(row.whose, row.reference, row.supplier))
        for row in rows.order_by(*order_of_agreements())[: MOST_HITS + 1]
    ]
    return Found(_("Löpande avtal"), hits)


def organisations(actor: Actor, words: list[str]) -> Found:
    """The city's buying organisations, for those who see what each plans: each leads to its part of the list."""
    rows = access.LIST_BY_ORGANISATION.filter(Organisation.objects.all(), actor)
    for word in words:
        rows = rows.filter(Q(name__icontains=word) | Q(number__icontains=word))
    said, address = _("Vad %(organisation)s planerar"), reverse("inventory:list")
    hits = [
        Hit(said % {"organisation": row.name}, f"{address}?organisation={row.pk}", str(row.get_kind_display()))
        for row in rows.order_by("name", "pk")[: MOST_HITS + 1]
    ]
    return Found(_("Organisationer"), hits)


def joined(*told: str) -> str:
    return " · ".join(filter(None, told))
