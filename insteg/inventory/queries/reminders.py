"""Which reminders have gone, which are coming and which should go now (R10)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.timezone import localdate

from insteg.access.actor import SYSTEM
from insteg.core import clock
from insteg.inventory import access, reminders
from insteg.inventory.models import InventoryRound, Reminder, RoundRequest
from insteg.inventory.queries.asked import unanswered
from insteg.inventory.queries.recipients import recipients

Requests = QuerySet[RoundRequest]


@dataclass(frozen=True)
class Batch:
    """One day's reminders of one number. Of those that are `coming`, `unreached` have nobody to write to and `held` are
    held back by UE: neither are among `requests`, which will get a letter unless they answer first."""

    day: dt.date
    number: int
    requests: list[RoundRequest] = field(default_factory=list)
    unreached: list[RoundRequest] = field(default_factory=list)
    held: list[RoundRequest] = field(default_factory=list)


def with_events(requests: Requests) -> Requests:
    """The requests with what the calendar asks about them. Two queries, however many they are."""
    found = requests.select_related("round", "organisation", "unit").prefetch_related("reminders")
    return found.annotate(taken_up_at=Max("answers__reopened_at"))


def asked_of(request: RoundRequest) -> reminders.Asked:
    """A request `with_events`, as the calendar sees it."""
    events = (request.round.opened_at, request.written_at, request.taken_up_at)
    return reminders.Asked(
        closes_on=request.round.closes_on,
        extended_to=request.extended_to,
        told_on=max(localdate(at) for at in events if at is not None),
        sent=frozenset(reminder.number for reminder in request.reminders.all()),
    )


def due(today: dt.date) -> list[RoundRequest]:
    """Those to remind on this working day, in every round under way."""
    may_be = with_events(RoundRequest.objects.filter(access.REMIND.rows(SYSTEM))).order_by("pk")
    return [request for request in may_be if reminders.due(asked_of(request), today)]


def coming(round: InventoryRound) -> list[Batch]:
    """What will go if no more answers come, the soonest first. Nothing when the round is not under way."""
    if not round.is_under_way:
        return []
    now, found = clock.now(), {}
    waiting = list(with_events(unanswered(round)).order_by("organisation__name", "unit__name", "pk"))
    people = recipients(waiting)
    for request in waiting:
        for number, day in reminders.coming(asked_of(request), now).items():
            batch = found.setdefault((day, number), Batch(day, number))
            kind = batch.held if request.held_at else batch.requests if people[request.pk] else batch.unreached
            kind.append(request)
    return [found[when] for when in sorted(found)]


def sent(round: InventoryRound) -> list[Batch]:
    """What has gone, the latest first."""
    found: dict[tuple[dt.date, int], Batch] = {}
    gone = Reminder.objects.filter(request__round=round).select_related("request__organisation", "request__unit")
    for reminder in gone.order_by("request__organisation__name", "request__unit__name", "pk"):
        batch = found.setdefault((reminder.sent_on, reminder.number), Batch(reminder.sent_on, reminder.number))
        batch.requests.append(reminder.request)
    return [found[when] for when in sorted(found, reverse=True)]


def next_for_each(batches: Iterable[Batch]) -> dict[UUID, dt.date]:
    """{request's id: the day of its next reminder}, of what is `coming`."""
    days: dict[UUID, dt.date] = {}
    for batch in batches:
        for request in batch.requests:
            days.setdefault(request.pk, batch.day)
    return days
