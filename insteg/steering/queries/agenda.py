"""What an agenda is made of (R31): what has come to the group's decision, what can be laid before it, and whose own
view is still to be asked for."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, When

from insteg.access.actor import Actor
from insteg.access.rules import granted
from insteg.core import clock
from insteg.inventory import access as inventory
from insteg.inventory.cases import DECIDE
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.recipients import those_who_procure
from insteg.organisations.models import Organisation, User
from insteg.process.models import Visit
from insteg.steering import access
from insteg.steering.models import Agenda, AgendaFile, AgendaItem

Kind, Proposal = AgendaItem.Kind, PlannedProcurement.Proposal
ASSESS = "assess"  # the step before: what the procurement unit judges, and lays before the group
RANK = {Proposal.SUITABLE: 0, Proposal.NEEDS_FACTS: 1, Proposal.NOT_SUITABLE: 2}
MOST_OFFERED = 200  # that can be laid before the group, on one page


def standing_in(*steps: str) -> QuerySet[PlannedProcurement]:
    """Neither withdrawn nor joined, and with an open case in one of those steps."""
    here = Visit.objects.filter(run=OuterRef("run"), left_at=None, step__key__in=steps)
    return PlannedProcurement.objects.current().filter(Exists(here))


def not_on_an_agenda(planned: QuerySet[PlannedProcurement], agenda: Agenda) -> QuerySet[PlannedProcurement]:
    """Those that stand neither on this one nor on that of another meeting to come."""
    elsewhere = Q(agenda__meeting__starts_at__gt=clock.now(), agenda__meeting__cancelled_at=None)
    items = AgendaItem.objects.filter(Q(agenda=agenda.pk) | elsewhere, planned=OuterRef("pk"))
    return planned.filter(~Exists(items))


def to_decide(agenda: Agenda) -> list[PlannedProcurement]:
    """What waits for the group and is on no agenda yet, in the agenda's order."""
    return in_order(not_on_an_agenda(standing_in(DECIDE), agenda))


def to_put_forward(agenda: Agenda, actor: Actor) -> QuerySet[PlannedProcurement]:
    """What the procurement unit can lay before the group at this meeting: what it judges, and what already waits for
    the group but was taken off the agenda. With `organisation` and `rule_set`, what suits first."""
    free = not_on_an_agenda(standing_in(ASSESS, DECIDE), agenda)
    rows = inventory.ADVISE.filter(free, actor).select_related("organisation", "rule_set")
    rank = Case(*(When(proposal=proposal, then=place) for proposal, place in RANK.items()))
    return rows.order_by(rank, F("start").asc(nulls_last=True), "title", "pk")


def natural(planned: PlannedProcurement) -> tuple[int, dt.date, str, str]:
    """By proposal, in each by wanted start: those without one last."""
    rank = RANK[Proposal(planned.proposal)]
    return rank, planned.start or dt.date.max, planned.title, str(planned.pk)


def in_order(planned: Iterable[PlannedProcurement]) -> list[PlannedProcurement]:
    return sorted(planned, key=natural)


def items_of(agenda: Agenda) -> list[AgendaItem]:
    """As they stand on the agenda, with what they are about."""
    rows = AgendaItem.objects.filter(agenda=agenda).select_related("planned")
    return [*rows.order_by("order", "created_at", "pk")]


def to_read(agenda: Agenda, actor: Actor) -> list[AgendaItem]:
    """The same with all that the pack shows. `may_keep`, `may_decide`: the reader's rights; `may_see_planned`: whether
    the reader may open the procurement and see what it is worth (OSL 19:3). As many queries for one as for fifty."""
    files = AgendaFile.objects.select_related("file").order_by("created_at", "pk")
    seen = inventory.SEE.filter(PlannedProcurement.objects.filter(pk=OuterRef("planned")), actor)
    own = AgendaItem.objects.filter(agenda=agenda)
    rows = granted(own, actor, may_keep=access.KEEP_ITEM, may_decide=access.DECIDE)
    rows = rows.annotate(may_see_planned=Exists(seen)).select_related(
        "planned__organisation", "planned__rule_set", "planned__merged_into", "viewed_by", "decision",
    )  # fmt: skip
    return [*rows.prefetch_related(Prefetch("files", files)).order_by("order", "created_at", "pk")]


def undecided(agenda: Agenda) -> QuerySet[AgendaItem]:
    """Procurements that the group has yet to decide on: withdrawn and joined ones no longer wait."""
    waits = Q(planned__withdrawn_at=None, planned__merged_into=None)
    return AgendaItem.objects.filter(waits, agenda=agenda, kind=Kind.DECISION, decision=None)


class Asked(NamedTuple):
    """An organisation, those who procure there, and the points whose procurements are its own."""

    organisation: Organisation
    people: list[User]
    items: list[AgendaItem]


def views_wanted(agenda: Agenda) -> list[Asked]:
    """Those that have not said what they think themselves, by name. Two queries."""
    rows = undecided(agenda).filter(viewed_at=None).select_related("planned__organisation")
    by_place: dict[UUID, list[AgendaItem]] = {}
    for item in rows.order_by("planned__organisation__name", "planned__organisation", "order", "pk"):
        by_place.setdefault(planned_of(item).organisation_id, []).append(item)
    people = those_who_procure(by_place)
    return [Asked(planned_of(items[0]).organisation, people[key], items) for key, items in by_place.items()]


def planned_of(item: AgendaItem) -> PlannedProcurement:
    """The procurement that a point of that kind is about."""
    assert item.planned is not None
    return item.planned


def earlier_views(planned: Sequence[PlannedProcurement]) -> dict[UUID, AgendaItem]:
    """{procurement: the point where its organisation said what it thinks}, of those that stood on an agenda last and
    were never treated there: nobody is asked twice for the same."""
    newest: dict[UUID, AgendaItem] = {}
    rows = AgendaItem.objects.filter(planned__in=planned, agenda__meeting__cancelled_at=None)
    for item in rows.order_by("agenda__meeting__starts_at", "created_at", "pk"):
        if item.planned_id:
            newest[item.planned_id] = item
    return {key: item for key, item in newest.items() if item.viewed_at and item.decision_id is None}


def same_organisations_unanswered(item: AgendaItem, actor: Actor) -> list[AgendaItem]:
    """The other points of the agenda where the reader's organisation has been asked and has not answered."""
    rows = access.TELL_VIEW.filter(undecided(item.agenda), actor).filter(viewed_at=None).exclude(pk=item.pk)
    return [*rows.select_related("planned").order_by("order", "pk")]
