"""How far each one asked has come, and what the page of a request shows (R10, R11)."""

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

from insteg.core import clock
from insteg.inventory.models import AnsweredRow, PlannedProcurement, PlanUpload, RoundAnswer, RoundRequest

STANDING = Q(reopened_at=None)
Change = AnsweredRow.Change


def with_state(requests: QuerySet[RoundRequest]) -> QuerySet[RoundRequest]:
    """Each request with how far it has come, in the query that fetches it; for organisations and for units.

    `state` is one of "answered", "nothing" (to report), "late", "under_way" and "waiting". Whoever is late and has begun
    is late: that is what somebody must act on; `late` and `begun` tell both facts. In a closed round whoever has not
    answered is late. Of the answer that stands: `answered_at`, `answered_by` (a name), `on_behalf`, `row_count` (without
    those that are gone), `new_count`, `changed_count`, `gone_count`; None and 0 where there is none.
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
        row_count=rows_of_the_answer(~Q(change=Change.GONE)),
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
