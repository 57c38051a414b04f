"""How far each one asked has come, and what the page of a request shows (R10, R11)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from insteg.access.actor import Actor
from insteg.audit.models import Entry
from insteg.core import clock
from insteg.inventory.models import AnsweredRow, PlannedProcurement, PlanUpload, RoundAnswer, RoundRequest
from insteg.inventory.queries.planned import order
from insteg.inventory.snapshots import is_asked_about

Facts = dict[str, Any]
STANDING = Q(reopened_at=None)
Change = AnsweredRow.Change


def with_state(requests: QuerySet[RoundRequest]) -> QuerySet[RoundRequest]:
    """Each request with how far it has come, in the query that fetches it; for organisations and for units.

    `state` is one of "answered", "nothing" (to report), "late", "under_way" and "waiting". Whoever is late and has
    begun is late: that is what somebody must act on; `late` and `begun` tell both facts. In a closed round whoever has
    not answered is late. Of the answer that stands: `answered_at`, `answered_by` (a name), `on_behalf`, `row_count` (0
    where nothing was to be reported, and without those that are gone), `new_count`, `changed_count`, `gone_count`.
    """
    standing = RoundAnswer.objects.filter(STANDING, request=OuterRef("pk")).order_by("pk")
    return requests.alias(
        due=Coalesce("extended_to", "round__closes_on", output_field=DateField()),
        has_answer=Exists(standing),
        has_nothing=Exists(standing.filter(nothing_to_report=True)),
    ).annotate(
        late=Case(When(Q(has_answer=False) & overdue(), then=Value(True)), default=Value(False)),
        begun=something_done(),
        answered_at=Subquery(standing.values("created_at")[:1]),
        answered_by=Subquery(standing.values("answered_by__name")[:1]),
        on_behalf=Subquery(standing.values("on_behalf")[:1]),
        row_count=rows_of_the_answer(~Q(change=Change.GONE) & Q(answer__nothing_to_report=False)),
        new_count=rows_of_the_answer(Q(change=Change.NEW)),
        changed_count=rows_of_the_answer(Q(change=Change.CHANGED)),
        gone_count=rows_of_the_answer(Q(change=Change.GONE)),
        state=Case(
            When(has_nothing=True, then=Value("nothing")),
            When(has_answer=True, then=Value("answered")),
            When(overdue(), then=Value("late")),
            When(begun=True, then=Value("under_way")),
            default=Value("waiting"),
            output_field=CharField(),
        ),
    )


def overdue() -> Q:
    """The day has passed, or the round has closed. Asked of requests with `due`."""
    return Q(due__lt=clock.today()) | Q(round__closed_at__isnull=False)


def something_done() -> Exists:
    """Whether whoever is asked has begun: an answer taken up again, a row seen to or a plan sent since the opening.

    Rows and plans are an organisation's; what a unit does between its answers leaves no row here.
    """
    opened, ours = OuterRef("round__opened_at"), {"organisation": OuterRef("organisation")}
    organisation = RoundRequest.objects.filter(pk=OuterRef("pk"), unit=None)
    rows = PlannedProcurement.objects.filter(Q(confirmed_at__gte=opened) | Q(withdrawn_at__gte=opened), **ours)
    plans = PlanUpload.objects.filter(saved_at=None, discarded_at=None, created_at__gte=opened, **ours)
    taken_up = RoundAnswer.objects.filter(request=OuterRef("pk"), reopened_at__isnull=False)
    return Exists(taken_up) | (Exists(organisation) & (Exists(rows) | Exists(plans)))


def rows_of_the_answer(which: Q) -> Coalesce:
    """How many rows of the answer that stands."""
    rows = AnsweredRow.objects.filter(which, answer__request=OuterRef("pk"), answer__reopened_at=None)
    counted = rows.order_by().values("answer").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted[:1], output_field=IntegerField()), 0)


@dataclass(frozen=True)
class Sorted:
    """What an organisation has reported, sorted by what remains to be done with it in a round.

    `unsettled` are to be confirmed, changed or withdrawn; `settled` were reported or seen to since the round opened, or
    are bought together with others; `outside` is what the round does not ask about: it stays and goes along.
    """

    rows: list[PlannedProcurement]
    unsettled: list[PlannedProcurement]
    settled: list[PlannedProcurement]
    outside: list[PlannedProcurement]

    @property
    def asked_about(self) -> list[PlannedProcurement]:
        return [*self.unsettled, *self.settled]

    @classmethod
    def of(cls, asked: RoundRequest) -> "Sorted":
        """One query, however many rows."""
        opened, found = asked.round.opened_at, cls([], [], [], [])
        for row in reported_rows(asked):
            found.rows.append(row)
            if not is_asked_about(row, asked.round):
                found.outside.append(row)
            elif row.merged_into_id or (opened and row.confirmed_at >= opened):
                found.settled.append(row)
            else:
                found.unsettled.append(row)
        return found


def reported_rows(asked: RoundRequest) -> QuerySet[PlannedProcurement]:
    """All that the organisation has in its list now, with what is joined into another's: it is still theirs."""
    ours = PlannedProcurement.objects.filter(organisation=asked.organisation_id, withdrawn_at=None)
    return ours.select_related("rule_set", "merged_into__organisation").order_by(*order())


def open_plans(asked: RoundRequest) -> QuerySet[PlanUpload]:
    """Plans that were read for the organisation and neither saved nor left."""
    plans = PlanUpload.objects.filter(organisation=asked.organisation_id, saved_at=None, discarded_at=None)
    return plans.defer("reading").select_related("file").order_by("created_at", "pk")


def standing_answer(asked: RoundRequest) -> RoundAnswer | None:
    return RoundAnswer.objects.filter(STANDING, request=asked).select_related("answered_by").first()


def answers_of(asked: RoundRequest) -> QuerySet[RoundAnswer]:
    """All answers to a request, the newest first; those taken up again too."""
    return RoundAnswer.objects.filter(request=asked).select_related("answered_by").order_by("-number")


def answer_before(asked: RoundRequest) -> RoundAnswer | None:
    """What a new answer is held against: the organisation's last one that stands, in an earlier round.

    An answer that was taken up again does not count: the one that follows mends it, and what is new in the round is
    new still.
    """
    others = RoundAnswer.objects.filter(STANDING, request__organisation=asked.organisation_id, request__unit=None)
    return others.exclude(request=asked).order_by("-created_at", "pk").first()


def reported_before(asked: RoundRequest) -> dict[UUID, Facts]:
    """{planned procurement: its facts} in the answer before; empty when there is none."""
    before = answer_before(asked)
    if before is None:
        return {}
    rows = before.rows.exclude(change=Change.GONE).order_by("pk")
    return dict(rows.values_list("planned", "facts"))


def what_was_confirmed(asked: RoundRequest, actor: Actor, chosen: list[UUID]) -> tuple[int, list[str]]:
    """Of the rows that the actor has just said still hold: how many were confirmed, and the titles of those left.

    Read from the log, so that the second of two clicks is told the same as the first.
    """
    log = Entry.objects.filter(action="inventory.confirm_rows", actor_id=actor.id, subjects__row=asked.pk)
    entry = log.order_by("-pk").first()
    confirmed = set(entry.subjects.values_list("row", flat=True)) & set(chosen) if entry else set()
    left = PlannedProcurement.objects.filter(organisation=asked.organisation_id, pk__in=set(chosen) - confirmed)
    return len(confirmed), list(left.order_by("title", "pk").values_list("title", flat=True))
