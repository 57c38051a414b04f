"""What was answered, as it was; and what has changed since (R14)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    UUIDField,
    Value,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber
from django.utils.timezone import make_aware

from insteg.access.actor import Actor
from insteg.audit.models import EntrySubject
from insteg.inventory import access
from insteg.inventory.models import AnsweredRow, InventoryRound, PlannedProcurement, RoundAnswer, RoundRequest
from insteg.inventory.queries.answers import STANDING, Facts
from insteg.inventory.snapshots import KEPT, Change, change_of, changed_facts, facts_as_reported

MOST = 500  # rows on the page of changes, shared between the organisations when there are more
LEAST = 10  # of each organisation, however many they are
NO_CHANGES = ("inventory.confirm_rows", "inventory.judge_again")  # in the log, but of no fact that anyone reported
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
# A change that was under way when the answer was sent has an earlier time than the answer, and is not in it. No change
# takes longer than this, and what was in the answer after all is found to be the same.
UNDER_WAY = dt.timedelta(minutes=10)
ORDER = {Change.NEW: 0, Change.CHANGED: 1, Change.GONE: 2, Change.SAME: 3}


def rows_as_sent(answer: RoundAnswer) -> list[AnsweredRow]:
    """What is new and changed first, each kind by title."""
    rows = answer.rows.order_by("pk")
    return sorted(rows, key=lambda row: (ORDER[Change(row.change)], str(row).casefold(), str(row.pk)))


def compared_with(answer: RoundAnswer) -> RoundAnswer | None:
    """The answer that this one was held against: the one that stood in an earlier round when this was sent."""
    asked, sent = answer.request, answer.created_at
    stood = STANDING | Q(reopened_at__gt=sent)
    others = RoundAnswer.objects.filter(
        stood, request__organisation=asked.organisation_id, request__unit=None, created_at__lt=sent
    )
    return others.exclude(request=asked).select_related("request__round").order_by("-created_at", "pk").first()


def facts_in(answer: RoundAnswer | None) -> dict[UUID, Facts]:
    """{planned procurement: its facts} of the rows that stood in the answer."""
    if answer is None:
        return {}
    return dict(answer.rows.exclude(change=Change.GONE).order_by("pk").values_list("planned", "facts"))


def answers_by_the_same(answer: RoundAnswer) -> QuerySet[RoundAnswer]:
    """Every answer of the organisation or unit, the newest first."""
    asked = answer.request
    others = RoundAnswer.objects.filter(request__organisation=asked.organisation_id, request__unit=asked.unit_id)
    return others.select_related("request__round", "answered_by").order_by("-created_at", "pk")


def sent_requests(requests: QuerySet[RoundRequest]) -> QuerySet[RoundRequest]:
    """Those of rounds that have been opened."""
    return requests.filter(round__opened_at__isnull=False).select_related("round", "organisation", "unit")


def rounds_to_compare_with() -> list[InventoryRound]:
    return list(InventoryRound.objects.filter(opened_at__isnull=False).order_by("-closes_on", "pk")[:20])


@dataclass(frozen=True)
class Changed:
    """A row that is another than it was. `before` is its facts then, None when not known; `names` those that differ."""

    planned: PlannedProcurement
    kind: Change
    names: list[str]
    before: Facts | None
    at: dt.datetime


@dataclass(frozen=True)
class Changes:
    """`cut`: the organisations, by id, of which only the latest were looked at. `several`: of more than one."""

    rows: list[Changed]
    cut: dict[UUID, str]
    several: bool


def changes(
    actor: Actor, *, organisation: str = "", asked: InventoryRound | None = None, day: dt.date | None = None
) -> Changes:
    """What the actor may see that has changed since each organisation's last answer, its answer in `asked`, or `day`.

    Of an organisation that has not answered then, everything is new. The latest changed first. Of more than MOST each
    organisation gets its share, so that one that has read in a long plan hides no other. At most six queries.
    """
    rows = access.SEE.filter(PlannedProcurement.objects.all(), actor)
    if organisation:
        rows = rows.filter(organisation=organisation)
    if day:
        moment = make_aware(dt.datetime.combine(day, dt.time()))
        rows = rows.annotate(since=Value(moment, output_field=DateTimeField()))
    else:
        rows = since_the_answer(rows, asked)
    found = moved_since(rows).annotate(at=Coalesce("withdrawn_at", "confirmed_at")).select_related("organisation")
    counts = {key: (name, count) for key, name, count in each_organisations(found)}
    share = MOST
    if sum(count for _name, count in counts.values()) > MOST:
        share = max(LEAST, MOST // len(counts))
        newest = Window(RowNumber(), partition_by="organisation", order_by=[F("at").desc(), F("pk").asc()])
        found = found.annotate(place=newest).filter(place__lte=share)
    latest = list(found.order_by("-at", "pk"))
    seen = by_the_log(latest, moment) if day else by_the_answers(latest)
    cut = {key: name for key, (name, count) in counts.items() if count > share}
    return Changes([one for one in seen if one.kind != Change.SAME], cut, len(counts) > 1)


@dataclass(frozen=True)
class Counts:
    """How many are new, changed and gone. `cut`: of those that may have changed only the latest MOST were looked at."""

    kinds: dict[str, int]
    cut: bool


def counts(actor: Actor, *, organisation: str = "", asked: InventoryRound | None = None) -> Counts:
    """As many as `changes` finds since the answers, without reading what is new or gone. At most four queries."""
    rows = access.SEE.filter(PlannedProcurement.objects.all(), actor)
    if organisation:
        rows = rows.filter(organisation=organisation)
    kept = AnsweredRow.objects.filter(planned=OuterRef("pk"), answer=OuterRef("base")).exclude(change=Change.GONE)
    found = moved_since(since_the_answer(rows, asked)).alias(stood=Exists(kept))
    stood = found.filter(withdrawn_at=None, stood=True).annotate(at=F("confirmed_at"))
    may_have = list(stood.order_by("-at", "pk")[: MOST + 1])
    changed = sum(one.kind == Change.CHANGED for one in by_the_answers(may_have[:MOST]))
    others = found.aggregate(
        new=Count("pk", filter=Q(withdrawn_at=None, stood=False)),
        gone=Count("pk", filter=Q(withdrawn_at__isnull=False, stood=True)),
    )
    kinds = {Change.NEW: others["new"], Change.CHANGED: changed, Change.GONE: others["gone"]}
    return Counts({str(kind): count for kind, count in kinds.items()}, len(may_have) > MOST)


def moved_since(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those that may be another than they were at `since`."""
    touched = EntrySubject.objects.filter(row=OuterRef("pk"), entry__at__gte=OuterRef("since"))
    moved = Q(created_at__gte=F("since")) | Q(withdrawn_at__gte=F("since"))
    return rows.filter(moved | Exists(touched.exclude(entry__action__in=NO_CHANGES)))


def each_organisations(found: QuerySet[Any]) -> QuerySet[Any, tuple[UUID, str, int]]:
    """(id, name, how many rows that may have changed) of each organisation that has any."""
    return found.order_by().values_list("organisation", "organisation__name").annotate(Count("pk"))


def since_the_answer(rows: QuerySet[Any], asked: InventoryRound | None) -> QuerySet[Any]:
    """Each row with the answer of its organisation that it is held against, and from when it may have changed since.

    The answers are looked up first: they are few, and asking for them row by row took seconds of ten thousand rows.
    """
    answers = RoundAnswer.objects.filter(STANDING, request__unit=None).order_by("created_at", "-pk")
    if asked:
        answers = answers.filter(request__round=asked)
    sent = {whose: (pk, at) for whose, pk, at in answers.values_list("request__organisation", "pk", "created_at")}
    return rows.annotate(
        base=ByOrganisation({whose: pk for whose, (pk, _at) in sent.items()}, None, UUIDField()),
        since=ByOrganisation({whose: at - UNDER_WAY for whose, (_pk, at) in sent.items()}, LONG_AGO, DateTimeField()),
    )


class ByOrganisation(Func):
    """What is told of the row's organisation, or else `default`.

    One expression, where Case has three for each organisation: of forty it took longer to write such a query than to
    have it answered.
    """

    def __init__(self, told: Mapping[UUID, Any], default: Any, output_field: UUIDField | DateTimeField) -> None:
        super().__init__("organisation", output_field=output_field)
        self.told, self.default = told, default

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:
        whose, field = UUIDField(), self.output_field
        if not self.told:
            return compiler.compile(Value(self.default, output_field=field))
        asked, params = compiler.compile(self.source_expressions[0])
        said = [
            each
            for key, value in self.told.items()
            for each in (whose.get_db_prep_value(key, connection), field.get_db_prep_value(value, connection))
        ]
        sql = f"CASE {asked} {'WHEN %s THEN %s ' * len(self.told)}ELSE %s END"
        return sql, [*params, *said, field.get_db_prep_value(self.default, connection)]


def by_the_answers(rows: list[Any]) -> list[Changed]:
    """Each row held against what its organisation's answer said of it."""
    kept = AnsweredRow.objects.filter(answer__in={row.base for row in rows}, planned__in=[row.pk for row in rows])
    then = dict(kept.exclude(change=Change.GONE).order_by("pk").values_list("planned", "facts"))
    found = []
    for row in rows:
        before, now = then.get(row.pk), facts_as_reported(row)
        kind = change_of(before, now)
        if row.withdrawn_at:  # what came and went between is no change
            kind = Change.GONE if before is not None else Change.SAME
        names = changed_facts(before, now) if kind == Change.CHANGED and before is not None else []
        found.append(Changed(row, kind, names, before, row.at))
    return found


def by_the_log(rows: list[Any], moment: dt.datetime) -> list[Changed]:
    """What has happened to each row since. The log knows which facts were changed but not what they were."""
    entries = EntrySubject.objects.filter(row__in=[row.pk for row in rows], entry__at__gte=moment)
    changed: dict[UUID, set[str]] = {}
    for key, names in entries.filter(entry__action="inventory.change").values_list("row", "entry__changed"):
        changed.setdefault(key, set()).update(names)
    found = []
    for row in rows:
        came, went = row.created_at >= moment, row.withdrawn_at is not None
        names = [name for name in KEPT if name in changed.get(row.pk, ())]
        kind = Change.GONE if went else Change.NEW if came else Change.CHANGED if names else Change.SAME
        found.append(Changed(row, Change.SAME if came and went else kind, names, None, row.at))
    return found
