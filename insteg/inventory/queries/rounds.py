"""Reads that fill the pages of the rounds: the list, the board and what waits for those concerned (R10)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from insteg.access.actor import Actor
from insteg.inventory import access
from insteg.inventory.judgement import judge
from insteg.inventory.models import (
    AnsweredRow,
    InventoryRound,
    PlannedProcurement,
    Reminder,
    RoundAnswer,
    RoundRequest,
)
from insteg.inventory.queries.answers import with_state
from insteg.inventory.queries.asked import requests_to_send
from insteg.inventory.queries.recipients import recipients
from insteg.inventory.snapshots import as_judged
from insteg.organisations.models import User
from insteg.process.models import RuleSet


def for_the_list(rounds: QuerySet[InventoryRound]) -> QuerySet[InventoryRound]:
    """Newest first, each with how many organisations were asked and answered, and how many units: `asked`, `answered`,
    `units_asked`, `units_answered`."""
    stands = Exists(RoundAnswer.objects.filter(request=OuterRef("requests"), reopened_at=None))
    organisation, unit = Q(requests__unit=None, requests__isnull=False), Q(requests__unit__isnull=False)
    return rounds.annotate(
        asked=Count("requests", distinct=True, filter=organisation),
        answered=Count("requests", distinct=True, filter=organisation & Q(stands)),
        units_asked=Count("requests", distinct=True, filter=unit),
        units_answered=Count("requests", distinct=True, filter=unit & Q(stands)),
    ).order_by("-year", "term", "pk")


def own_requests(actor: Actor) -> QuerySet[RoundRequest]:
    """What the actor is asked and was asked, newest first, with `state`."""
    own = access.SEE_REQUEST.filter(RoundRequest.objects.all(), actor).select_related("round", "organisation", "unit")
    return with_state(own).order_by("-round__year", "round__term", "organisation__name", "pk")


def taken_terms() -> set[tuple[int, str]]:
    return set(InventoryRound.objects.values_list("year", "term"))


@dataclass(frozen=True)
class Lacking:
    """Facts that the model's judgement needs and that the answers, as they were sent, do not give."""

    by_request: dict[UUID, Counter[str]] = field(default_factory=dict)

    def of(self, request: UUID) -> Counter[str]:
        return self.by_request.get(request, Counter())


@dataclass(frozen=True)
class Board:
    """Everything that the board of one round shows, read in a number of queries that does not grow."""

    round: InventoryRound
    organisations: list[RoundRequest]
    units: list[RoundRequest]
    people: dict[UUID, list[User]]
    planned: dict[UUID, int]  # what each organisation plans now
    places: dict[UUID, int]  # that the units' answers ask for in all, by request
    lacking: Lacking
    reminders: list[Reminder]
    not_asked: list[RoundRequest]  # organisations and units that came after the round was opened

    @property
    def requests(self) -> list[RoundRequest]:
        return self.organisations + self.units

    @property
    def unreached(self) -> list[RoundRequest]:
        """Those that nobody answers for, and who have not answered."""
        return [each for each in self.requests if not self.people[each.pk] and each.state not in DONE]


DONE = ("answered", "nothing")
# What must be acted on comes first; within it by name.
URGENCY = {"late": 0, "under_way": 1, "waiting": 2, "answered": 3, "nothing": 4}


def board(round: InventoryRound) -> Board:
    requests = with_state(round.requests.select_related("round", "organisation", "unit"))
    found = sorted(requests, key=lambda each: URGENCY[each.state])
    buying = [each.organisation_id for each in found if each.unit_id is None]
    return Board(
        round=round,
        organisations=[each for each in found if each.unit_id is None],
        units=[each for each in found if each.unit_id is not None],
        people=recipients(found),
        planned=planned_by(buying),
        places=places_asked_for(round),
        lacking=lacking_in(round),
        reminders=list(Reminder.objects.filter(request__round=round).order_by("sent_on", "number", "pk")),
        not_asked=requests_to_send(round) if round.is_under_way else [],
    )


def planned_by(organisations: Iterable[UUID]) -> dict[UUID, int]:
    current = PlannedProcurement.objects.current().filter(organisation__in=organisations)
    return dict(current.values_list("organisation").annotate(Count("pk")).order_by())


def places_asked_for(round: InventoryRound) -> dict[UUID, int]:
    """How many places each unit's answer asks for in all: never in which occupations, and never persons (R67)."""
    answers = RoundAnswer.objects.filter(request__round=round, request__unit__isnull=False, reopened_at=None)
    return {
        request: sum(need["places"] for need in needs)
        for request, needs in answers.order_by("pk").values_list("request", "needs")
    }


def lacking_in(round: InventoryRound) -> Lacking:
    """What stands in the answers is judged anew: the list may have changed since. Two queries however many rows.

    The rules are those that the row is judged by today; an answer keeps what was said and not what we thought of it.
    """
    rows = AnsweredRow.objects.filter(answer__request__round=round, answer__reopened_at=None)
    rules = {each.pk: each for each in RuleSet.objects.all()}
    told = rows.exclude(change=AnsweredRow.Change.GONE).order_by("pk")
    found: defaultdict[UUID, Counter[str]] = defaultdict(Counter)
    for request, facts, rule_set in told.values_list("answer__request", "facts", "planned__rule_set"):
        judgement = judge(as_judged(facts), rules[rule_set])
        if judgement.proposal == PlannedProcurement.Proposal.NEEDS_FACTS:
            found[request].update(judgement.missing)
    return Lacking(dict(found))


def unanswered_for(actor: Actor) -> QuerySet[RoundRequest]:
    """What the actor is asked in rounds that are under way and has not answered."""
    stands = RoundAnswer.objects.filter(request=OuterRef("pk"), reopened_at=None)
    mine = access.SEE_REQUEST.filter(RoundRequest.objects.all(), actor).filter(
        ~Exists(stands), round__opened_at__isnull=False, round__closed_at=None
    )
    return mine.select_related("round", "organisation", "unit").order_by("round", "pk")
