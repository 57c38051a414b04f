"""The example city's rounds: one that is over and one whose closing day was yesterday. Made through the same verbs as
people use; only the days are moved back afterwards, so that the city looks alive whenever it is filled."""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import Q

from insteg.access.actor import Actor, Role
from insteg.core import clock
from insteg.core.workdays import shift
from insteg.inventory import actions
from insteg.inventory.models import (
    InventoryRound,
    PlannedProcurement,
    Reminder,
    RoundAnswer,
    RoundRequest,
)
from insteg.inventory.queries.answers import Sorted
from insteg.inventory.queries.asked import unanswered
from insteg.inventory.snapshots import print_of
from insteg.inventory.terms import Season, Term, proposed, term_of
from insteg.needs.queries import of_unit, seal_of
from insteg.organisations.models import Membership, Organisation

FLOOR = 500_000
MESSAGE = "Ta med det som ni tror på, också om alla uppgifter inte är klara. Det går att svara ”vet inte”."
DAY = dt.timedelta(days=1)


class Answered(NamedTuple):
    """Who answered the round under way, how many days ago, and what had happened since the one before."""

    organisation: str
    days_ago: int
    new: list[dict[str, Any]] = []
    changed: dict[str, dict[str, Any]] = {}


ANSWERED = [
    Answered("Skolförvaltningen", 3, new=[
        {"title": "Elevhälsa, bemanning", "nature": "services", "cpv": "85312000", "value_min": 6_000_000,
         "value_max": 8_000_000, "months": 24, "option_months": 12},
        {"title": "Målning av skolgårdar", "nature": "works", "cpv": "45442110", "value_min": 2_500_000,
         "value_max": 2_500_000, "fte": 2},
    ]),
    Answered("Vård- och omsorgsförvaltningen", 4, new=[
        {"title": "Tvätt av arbetskläder", "nature": "services", "cpv": "98310000", "value_min": 4_000_000,
         "value_max": 4_000_000, "months": 36, "fte": 3},
    ], changed={"Hemstädning och service": {"months": 36}, "Matdistribution till hemmaboende": {"fte": 7}}),
    Answered("Stadsledningsförvaltningen", 8),
    Answered("Serviceförvaltningen", 17, new=[
        {"title": "Storstädning efter ombyggnad", "nature": "services", "cpv": "90911200", "value_min": 1_200_000,
         "value_max": 1_200_000, "months": 6, "option_months": 6, "fte": 2},
    ]),
]  # fmt: skip
TOLD_NEEDS = "Arbetsmarknadsenheten"
NOTHING, UNDER_WAY, LOOKED = "Social- och arbetsmarknadsförvaltningen", "Tekniska förvaltningen", "Exempelbostäder AB"


def fill() -> None:
    """Both rounds, once."""
    leader = example_people().filter(role=Role.PROCUREMENT_UNIT).first()
    if leader is None or InventoryRound.objects.exists():
        return
    today, now = clock.today(), term_of(clock.today())
    before = Term(now.year, Season.SPRING) if now.season == Season.AUTUMN else Term(now.year - 1, Season.AUTUMN)
    move_rows(clock.now() - 250 * DAY)
    over(leader.actor(), before, today)
    under_way(leader.actor(), now, today)


def over(leader: Actor, term: Term, today: dt.date) -> None:
    """Half a year ago; all organisations answered."""
    round = opened(leader, term, today)
    for request in round.requests.filter(unit=None):
        answer(request, nothing=str(request.organisation) == NOTHING)
    for request in round.requests.exclude(unit=None):
        tell_needs(request)
    InventoryRound.objects.filter(pk=round.pk).update(
        opened_at=clock.now() - 225 * DAY, closes_on=shift(today - 183 * DAY, 1)
    )
    actions.close_round(actor=leader, target=round, seen=None, without_all=unanswered(round).exists())
    InventoryRound.objects.filter(pk=round.pk).update(closed_at=clock.now() - 178 * DAY)
    RoundAnswer.objects.filter(request__round=round).update(created_at=clock.now() - 190 * DAY)
    move_rows(clock.now() - 190 * DAY)


def under_way(leader: Actor, term: Term, today: dt.date) -> None:
    """The closing day was the last working day: most have answered, one has begun and has more time, two are late."""
    round = opened(leader, term, today)
    for each in ANSWERED:
        since_last_time(each)
        answer(round.requests.get(unit=None, organisation__name=each.organisation), each.days_ago)
    answer(round.requests.get(unit=None, organisation__name=NOTHING), 20, nothing=True)
    tell_needs(round.requests.get(unit__name=TOLD_NEEDS), 5)
    begun = round.requests.get(unit=None, organisation__name=UNDER_WAY)
    confirm(begun, most=3)
    actions.look_at_request(actor=answerer(begun), target=begun, seen=None)
    late = round.requests.get(unit=None, organisation__name=LOOKED)
    actions.look_at_request(actor=answerer(late), target=late, seen=None)
    closed = shift(today, -1)
    InventoryRound.objects.filter(pk=round.pk).update(opened_at=clock.now() - 45 * DAY, closes_on=closed)
    actions.extend(
        actor=leader, target=begun, seen=None,
        extended_to=shift(today, 6), extended_because="Nämnden beslutar om planen först nästa vecka.",
    )  # fmt: skip
    reminded_on = shift(closed, -10)
    Reminder.objects.bulk_create(
        Reminder(request=request, number=1, sent_on=reminded_on, letters=1)
        for request in round.requests.filter(~Q(answers__created_at__date__lt=reminded_on) | Q(answers=None)).distinct()
    )
    round.requests.update(written_at=clock.now() - (today - reminded_on).days * DAY)
    round.requests.filter(looked_at__isnull=False).update(looked_at=clock.now() - 13 * DAY)


def opened(leader: Actor, term: Term, today: dt.date) -> InventoryRound:
    own = Organisation.objects.get(pk=leader.organisation_id)
    facts = proposed(term, today) | {"value_floor": FLOOR, "message": MESSAGE}
    round = actions.draft_round(actor=leader, target=own, seen=None, **facts)
    actions.open_round(actor=leader, target=round, seen=None)
    return InventoryRound.objects.get(pk=round.pk)


def since_last_time(each: Answered) -> None:
    organisation = Organisation.objects.get(name=each.organisation)
    actor = example_people().filter(organisation=organisation, role=Role.PROCURING)[0].actor()
    for facts in each.new:
        start = dt.date(clock.today().year + 1, 9, 1)
        actions.report(actor=actor, target=organisation, seen=None, start=start, **facts)
    for title, facts in each.changed.items():
        planned = PlannedProcurement.objects.get(organisation=organisation, title=title)
        actions.change(actor=actor, target=planned, seen=None, **facts)


def answer(request: RoundRequest, days_ago: int = 0, *, nothing: bool = False) -> None:
    """Whoever answers for the organisation confirms its list and sends it."""
    confirm(request)
    found = Sorted.of(request)
    actions.send_answer(
        actor=answerer(request), target=request, seen=None,
        rows_seen=print_of(found.rows), nothing_to_report=nothing or not found.asked_about,
    )  # fmt: skip
    RoundAnswer.objects.filter(request=request).update(created_at=clock.now() - days_ago * DAY)


def tell_needs(request: RoundRequest, days_ago: int = 0) -> None:
    """Whoever answers for the unit confirms what it needs."""
    actor = example_people().filter(unit=request.unit_id, role__in=(Role.UNIT_MANAGER, Role.COACH))[0].actor()
    actions.send_needs(actor=actor, target=request, seen=None, shown=seal_of(of_unit(request.unit)))
    RoundAnswer.objects.filter(request=request).update(created_at=clock.now() - days_ago * DAY)


def confirm(request: RoundRequest, most: int | None = None) -> None:
    rows = {row.pk: row.version for row in Sorted.of(request).unsettled[:most]}
    actions.confirm_rows(actor=answerer(request), target=request, seen=None, rows=rows)


def answerer(request: RoundRequest) -> Actor:
    return example_people().filter(organisation=request.organisation_id, role=Role.PROCURING)[0].actor()


def example_people() -> Any:
    return Membership.objects.current().filter(user__is_example=True).order_by("user__name", "pk")


def move_rows(at: dt.datetime) -> None:
    """What is reported so far was so then."""
    PlannedProcurement.objects.filter(created_at__gt=at).update(created_at=at)
    PlannedProcurement.objects.update(confirmed_at=at)
    PlannedProcurement.objects.exclude(withdrawn_at=None).update(withdrawn_at=at)
