"""Planned procurements as cases of the working model: what an arrow may ask of one, and who holds which lane."""

from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from insteg.inventory import access
from insteg.inventory.models import PlannedProcurement
from insteg.process.guards import Guard, Subject
from insteg.process.models import Kind, Lane

KIND = Kind.PLANNED_PROCUREMENT


def guard(key: str, met: Q, title: object, sentence: object) -> Guard:
    return Guard(key, KIND, lambda: met, title, sentence)


IN_ORDER = [
    guard(
        "facts_told",
        Q(missing=""),
        _("Det som bedömningen behöver är sagt"),
        _("Uppgifter saknas som bedömningen behöver. Fyll i dem, eller säg att de inte är kända."),
    ),
    guard(
        "suitable",
        Q(proposal=PlannedProcurement.Proposal.SUITABLE),
        _("Modellen föreslår att den lämpar sig"),
        _("Modellen föreslår inte att den lämpar sig för krav."),
    ),
    guard(
        "start_told",
        Q(start__isnull=False),
        _("Önskad avtalsstart är känd"),
        _("Önskad avtalsstart är inte känd. Fyll i den."),
    ),
    guard(
        "places_known",
        Q(places__isnull=False) | Q(places_set__isnull=False),
        _("Antalet platser är känt"),
        _("Antalet platser går inte att räkna fram. Bestäm det, eller fyll i omfattningen."),
    ),
    guard(
        "occupations_confirmed",
        Q(occupations_confirmed_at__isnull=False),
        _("Yrkena är bekräftade"),
        _("Ingen har bekräftat vilka yrken den behöver."),
    ),
]


def count(number: int) -> str:
    return ngettext("%(count)s upphandling", "%(count)s upphandlingar", number) % {"count": number}


def address(pk: UUID) -> str:
    return reverse("inventory:detail", args=[pk])


PLANNED = Subject(
    model=PlannedProcurement,
    see=access.SEE,
    lanes={Lane.BUYER: access.BUY, Lane.PROCUREMENT_UNIT: access.ADVISE, Lane.STEERING: access.DECIDE},
    count=count,
    address=address,
    told=frozenset({"report"}),  # said by the task to fill in what is missing
)
