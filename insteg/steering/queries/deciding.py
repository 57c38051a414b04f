"""Reads for the meeting itself (R32): the points in their order, and what decides on each. As many queries for any."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from insteg.access.actor import Actor
from insteg.inventory import access as inventory
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.analysis import Comparable, comparables
from insteg.inventory.queries.occupations import occupations_of
from insteg.needs import access as needs
from insteg.needs.models import PublishedNeed
from insteg.needs.queries import summed
from insteg.needs.summing import Total
from insteg.process.models import Visit
from insteg.steering import access
from insteg.steering.models import Agenda, AgendaItem, Decision

EARLIER = 5  # decisions on the same procurement that the page tells of
ALIKE = 2  # comparable ones that fit beside the rest


@dataclass(frozen=True)
class Needed:
    """What those who look for places say that they need, in the occupations that the procurement is expected to need.

    None where it is not known which those are; empty where nobody has published a need of them.
    """

    occupations: Sequence[str]
    totals: Sequence[Total]


@dataclass(frozen=True)
class Facts:
    """What decides on one procurement, beside its own facts. `needed` is None for those who may not count needs."""

    planned: PlannedProcurement
    values: bool  # the reader may see what it is worth (OSL 19:3)
    needed: Needed | None
    alike: Sequence[Comparable]
    earlier: Sequence[Decision]
    has_ended: bool  # its case has come to an end: there is nothing left to decide


def points_of(agenda: Agenda) -> list[AgendaItem]:
    """In their order, with what they are about and what stands decided."""
    rows = AgendaItem.objects.filter(agenda=agenda).select_related(
        "planned__organisation", "planned__merged_into", "decision",
    )  # fmt: skip
    return [*rows.order_by("order", "created_at", "pk")]


def is_settled(item: AgendaItem) -> bool:
    """Decided, or nothing is left to decide since it was withdrawn or joined meanwhile. No procurement: never."""
    planned = item.planned
    if planned is None:
        return False
    return item.decision_id is not None or planned.withdrawn_at is not None or planned.merged_into_id is not None


def waiting(points: Sequence[AgendaItem]) -> AgendaItem | None:
    """The first procurement that is still to be decided on."""
    return next((each for each in points if each.planned and not is_settled(each)), None)


def following(item: AgendaItem, points: Sequence[AgendaItem]) -> AgendaItem | None:
    """The next point; after the last, what was left undecided before it; None when all is gone through."""
    place = [each.pk for each in points].index(item.pk)
    return next(iter(points[place + 1 :]), None) or waiting(points)


def stamp_of(item: AgendaItem) -> str:
    """Of a point with its agenda: another as soon as the point, what it is about or the agenda has changed."""
    return f"{item.version}-{item.agenda.version}-{item.planned.version if item.planned else 0}"


def facts_of(item: AgendaItem, actor: Actor) -> Facts | None:
    """None where the point is about no procurement."""
    rows = PlannedProcurement.objects.select_related("organisation", "rule_set", "merged_into")
    planned = rows.filter(pk=item.planned_id).first() if item.planned_id else None
    if planned is None:
        return None
    earlier = Decision.objects.filter(planned=planned)
    if item.decision_id:
        earlier = earlier.exclude(pk=item.decision_id)
    return Facts(
        planned,
        inventory.SEE.permits(actor, planned.pk),
        needed(planned, actor),
        comparables(planned, actor)[:ALIKE],
        [*earlier.order_by("-created_at", "pk")[:EARLIER]],
        not Visit.objects.filter(run=planned.run_id, left_at=None).exists(),
    )


def needed(planned: PlannedProcurement, actor: Actor) -> Needed | None:
    """Totals over all units, for those who may count with them: never whose they are (docs/adr/0009)."""
    if actor.role not in needs.COUNT.table:
        return None
    expected = occupations_of([planned])[planned.pk].occupations
    published = needs.COUNT.filter(PublishedNeed.objects.filter(occupation__in=expected), actor)
    totals = sorted(summed(published), key=lambda total: (-total.fewer_than, -total.places, total.work))
    return Needed([occupation.title for occupation in expected], totals)


def chain_of(planned: UUID) -> list[Decision]:
    """Every decision on a procurement, the newest first, with what tells whether it went against the proposal."""
    rows = Decision.objects.filter(planned=planned).select_related("assessment", "followed_by")
    return [*rows.order_by("-created_at", "pk")]


def on_an_agenda(planned: UUID, actor: Actor) -> AgendaItem | None:
    """The point that waits for the group's decision at the nearest meeting, where the reader may open it."""
    rows = AgendaItem.objects.filter(planned=planned, decision=None, agenda__meeting__cancelled_at=None)
    still = rows.filter(agenda__handed_over_at=None, agenda__minutes=None)
    seen = access.SEE_ITEM.filter(still, actor).select_related("agenda__meeting")
    return seen.order_by("agenda__meeting__starts_at", "pk").first()
