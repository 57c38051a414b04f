"""Whom a round asks, and who of them has answered (R10)."""

from django.db.models import Exists, OuterRef, QuerySet

from insteg.inventory.models import InventoryRound, RoundAnswer, RoundRequest
from insteg.organisations.access import still_open
from insteg.organisations.models import Organisation, Unit

Requests = QuerySet[RoundRequest]


def organisations_to_ask() -> QuerySet[Organisation]:
    """The city's own departments and companies that have not closed: UE's own too, since it also buys."""
    return Organisation.objects.open().buying()


def units_to_ask() -> QuerySet[Unit]:
    """Those that match people to places, and so say what places are needed (R10, R67)."""
    open_units = Unit.objects.filter(still_open(), still_open("organisation__"), task__in=Unit.MATCHING)
    return open_units.select_related("organisation")


def requests_to_send(round: InventoryRound) -> list[RoundRequest]:
    """Requests, not saved, to everyone whom the round has not asked yet, in the order that pages show them."""
    asked = round.requests.all()
    organisations = organisations_to_ask().exclude(pk__in=asked.filter(unit=None).values("organisation"))
    units = units_to_ask().exclude(pk__in=asked.exclude(unit=None).values("unit"))
    return [
        *(RoundRequest(round=round, organisation=each) for each in organisations),
        *(RoundRequest(round=round, organisation=each.organisation, unit=each) for each in units),
    ]


def unanswered(round: InventoryRound) -> Requests:
    """Those of its requests that no answer stands for, with what letters and names need."""
    stands = RoundAnswer.objects.filter(request=OuterRef("pk"), reopened_at=None)
    return round.requests.filter(~Exists(stands)).select_related("round", "organisation", "unit")
