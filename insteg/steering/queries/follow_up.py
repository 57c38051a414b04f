"""What was decided before a meeting, and how it has gone since (R31): the first point of its agenda."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from insteg.access.actor import Actor
from insteg.inventory import access as inventory
from insteg.inventory.models import PlannedProcurement
from insteg.meetings.models import Meeting
from insteg.steering.models import Agenda, Decision


class Before(NamedTuple):
    """The decisions of the last meeting that decided anything, and of those before it what still waits to be done.

    Each decision has what it is about, what was told of it and what has followed it. `may_see_planned`: the reader may
    open the procurement.
    """

    meeting: Meeting
    last: list[Decision]
    older: list[Decision]


def decided_before(agenda: Agenda, actor: Actor) -> Before | None:
    """None when the group has decided nothing before that meeting. Two queries."""
    earlier = Agenda.objects.filter(meeting__starts_at__lt=agenda.meeting.starts_at).exclude(pk=agenda.pk)
    with_decisions = earlier.filter(Exists(Decision.objects.filter(item__agenda=OuterRef("pk"))))
    last = with_decisions.select_related("meeting").order_by("-meeting__starts_at", "pk").first()
    if last is None:
        return None
    waits = Q(told__feedback__sent_at__isnull=False, told__done_at=None) & ~Q(told__next_step="")
    of_last = Q(item__agenda=last)
    older = Q(item__agenda__in=with_decisions.values("pk"), followed_by=None) & waits
    # Of several decisions under one point only the last is the meeting's.
    replaced = Decision.objects.filter(follows=OuterRef("pk"), item=OuterRef("item"))
    rows = with_what_came(Decision.objects.filter(of_last | older).filter(~Exists(replaced)), actor)
    found = [*rows.order_by("item__order", "created_at", "pk")]
    return Before(
        last.meeting,
        [each for each in found if each.item.agenda_id == last.pk],
        [each for each in found if each.item.agenda_id != last.pk],
    )


def with_what_came(decisions: QuerySet[Decision], actor: Actor) -> QuerySet[Decision]:
    seen = inventory.SEE.filter(PlannedProcurement.objects.filter(pk=OuterRef("planned")), actor)
    related = ("item", "planned__organisation", "told__feedback", "followed_by")
    return decisions.annotate(may_see_planned=Exists(seen)).select_related(*related)
