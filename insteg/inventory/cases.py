"""Planned procurements as cases of the working model: what an arrow may ask of one, and who holds which lane."""

from uuid import UUID

from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import Contains
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from insteg.inventory import access
from insteg.inventory.models import PlannedProcurement
from insteg.process.guards import Guard, Subject
from insteg.process.models import Kind, Lane

KIND = Kind.PLANNED_PROCUREMENT
FIRST = "report"  # the step in which whoever buys tells what is coming
REPORTED = "reported"  # the way that a case takes by itself, when somebody's change has met what it asks for
DECIDE = "decide"  # the step in which the steering group chooses; what it may choose are three of its arrows
REQUIRE, DO_NOT_REQUIRE, LATER = "require", "do_not_require", "later"
FEED_BACK, FEED_BACK_NO = "feed_back", "feed_back_no"  # the steps in which its organisation is to be told
DECIDE_AGAIN = "decide_again"  # back from the feedback, when the group changes its mind before anybody is told
AT_THE_MEETING = _("Styrgruppen beslutar vid sitt möte, och beslutet förs in där.")
# What a judgement can lack, with a comma on each side of every name: "months" is a part of "option_months".
FACTS = ("nature", "extent_known", "months", "option_months", "fte")
LACKING = Concat(Value(","), "missing", Value(","), output_field=TextField())
SAID_UNKNOWN = Cast("unknown_fields", TextField())


def waits_for(name: str) -> Q:
    """Rows whose judgement lacks the fact, and nobody has said that it is not known: as asking.lacked and said_unknown
    tell of each."""
    unknown = Q(Contains(SAID_UNKNOWN, f'"{name}"'))
    if name == "extent_known":
        unknown |= Q(extent_known=False)
    return Q(Contains(LACKING, f",{name},")) & ~unknown


def facts_told() -> Q:
    """One no is enough for a judgement: what does not suit needs no more."""
    waits = Q(pk__in=[])
    for name in FACTS:
        waits |= waits_for(name)
    return Q(proposal=PlannedProcurement.Proposal.NOT_SUITABLE) | ~waits


def guard(key: str, met: Q, title: object, sentence: object) -> Guard:
    return Guard(key, KIND, lambda: met, title, sentence)


IN_ORDER = [
    guard(
        "facts_told",
        facts_told(),
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
    automatic=frozenset({REPORTED}),
    decided_above=dict.fromkeys((REQUIRE, DO_NOT_REQUIRE, LATER, DECIDE_AGAIN), AT_THE_MEETING),
    # The first by the tasks to fill in what is missing, and to go on (queries/reported.py); the others where what the
    # group decided is told (steering/queries/feedback.py).
    told=frozenset({FIRST, FEED_BACK, FEED_BACK_NO}),
)
