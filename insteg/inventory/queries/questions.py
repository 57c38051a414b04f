"""Reads for what is missing and is asked for: which rows, who is written to, what has come since (R13)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.timezone import localdate, make_aware

from insteg.core import clock
from insteg.core.workdays import shift
from insteg.inventory.asking import (
    ASKABLE,
    WAIT,
    Asked,
    Sorting,
    Standing,
    Wanted,
    lacked,
    said_unknown,
    sort_out,
    standing,
)
from insteg.inventory.models import FactQuestion, PlannedProcurement
from insteg.inventory.queries.planned import COUNTED, Planned
from insteg.inventory.queries.recipients import those_who_procure
from insteg.organisations.models import Organisation, User

Proposal = PlannedProcurement.Proposal
AT_A_TIME = 300  # rows: what is asked for is read before it is sent
TOLD_FOR = dt.timedelta(days=90)  # what was asked in the round before is no news
# What asking.py reads of a row.
STATE = (
    "title", "proposal", "missing", "start", "unknown_fields", "extent_known", "confirmed_at", "withdrawn_at",
    "merged_into",
)  # fmt: skip
COMMA = Value(",")


def lacking(planned: Planned, facts: Iterable[str]) -> Planned:
    """Those that lack one of the facts, as asking.lacked tells of each."""
    wanted = Q(pk__in=[])
    for name in facts:
        wanted |= lacks(name)
    return with_lacks(planned.current()).filter(wanted)


def lacks(name: str) -> Q:
    """Of rows that are current and `with_lacks`."""
    if name == "start":
        return Q(start=None) & ~Q(proposal=Proposal.NOT_SUITABLE)
    return Q(proposal=Proposal.NEEDS_FACTS, lacks__contains=f",{name},")


def with_lacks(planned: Planned) -> Planned:
    return planned.alias(lacks=Concat(COMMA, "missing", COMMA))


class Place(NamedTuple):
    """An organisation, whom a letter to it reaches, and what it is asked for."""

    organisation: Organisation
    people: list[User]
    wanted: list[Wanted]


@dataclass(frozen=True)
class Question:
    """What would be asked now. `cut`: there is more than is asked at a time."""

    places: list[Place]
    sorting: Sorting
    cut: bool

    @property
    def reached(self) -> list[Place]:
        return [place for place in self.places if place.people]

    @property
    def unreached(self) -> list[Place]:
        return [place for place in self.places if not place.people]


def question(planned: Planned, facts: Sequence[str], *, again: bool = False, also_unknown: bool = False) -> Question:
    """What of `planned` would be asked for by these facts. Three queries, however many rows."""
    rows = [*to_look_at(planned, facts)[: AT_A_TIME + 1]]
    cut = len(rows) > AT_A_TIME
    rows = sorted(rows[:AT_A_TIME], key=lambda row: (row.organisation.name, row.title, row.pk))
    sorting = sort_out(
        rows, facts, asked_lately(rows), clock.today(), again=again, also_unknown=also_unknown
    )  # fmt: skip
    return Question(places_of(sorting.wanted), sorting, cut)


def to_look_at(planned: Planned, facts: Sequence[str]) -> Planned:
    """Those that lack one of the facts, what was asked about lately last: what is left over is asked for next."""
    rows = lacking(planned, facts).alias(lately=Exists(lately_of(Q(planned=OuterRef("pk")))))
    return rows.select_related("organisation").order_by("lately", F("start").asc(nulls_last=True), "pk")


def lately_of(which: Q) -> QuerySet[FactQuestion]:
    first_day = shift(clock.today(), -WAIT)
    return FactQuestion.objects.filter(which, created_at__gte=make_aware(dt.datetime.combine(first_day, dt.time())))


def asked_lately(rows: Iterable[PlannedProcurement]) -> Asked:
    """{(row, fact): the day it was last asked for}, of what was asked in the last working days."""
    found: dict[tuple[UUID, str], dt.date] = {}
    asked = lately_of(Q(planned__in=[row.pk for row in rows])).order_by("created_at", "pk")
    for row, fields, at in asked.values_list("planned", "fields", "created_at"):
        found |= {(row, name): localdate(at) for name in fields}
    return found


def places_of(wanted: Iterable[Wanted]) -> list[Place]:
    """By organisation, with those who get its letter."""
    by_place: dict[UUID, list[Wanted]] = defaultdict(list)
    for each in wanted:
        by_place[each.row.organisation_id].append(each)
    people = those_who_procure(by_place)
    return [Place(rows[0].row.organisation, people[key], rows) for key, rows in by_place.items()]


@dataclass
class AskedFor:
    """What has become of one fact that was asked for, counted in procurements, each by when it was last asked about:
    the first of them on `first_on` and the last on `asked_on`."""

    first_on: dt.date
    asked_on: dt.date
    settled: int = 0
    unknown: int = 0
    waits: int = 0

    @property
    def total(self) -> int:
        return self.settled + self.unknown + self.waits


def what_came(planned: Planned) -> dict[str, AskedFor]:
    """{fact: what has come since it was last asked for}, in the order of the criteria. One query."""
    asked = FactQuestion.objects.filter(
        planned__in=planned.order_by().values("pk"), created_at__gte=clock.now() - TOLD_FOR
    )
    newest: dict[tuple[str, UUID], Standing] = {}
    found: dict[str, AskedFor] = {}
    only = ("fields", "created_at", *(f"planned__{name}" for name in STATE))
    for each in asked.select_related("planned").only(*only).order_by("-created_at", "pk")[:COUNTED]:
        for name in each.fields:
            if (name, each.planned_id) not in newest:
                newest[name, each.planned_id] = standing(each.planned, name, each.created_at)
                day = localdate(each.created_at)  # the newest first
                found.setdefault(name, AskedFor(day, day)).first_on = day
    for (name, _row), what in newest.items():
        setattr(found[name], what.value, getattr(found[name], what.value) + 1)
    return {name: found[name] for name in ASKABLE if name in found}


class Lack(NamedTuple):
    """So many rows lack these facts and have said of some that they do not know."""

    facts: tuple[str, ...]
    unknown: set[str]
    count: int


def lacks_of(planned: Planned) -> list[Lack]:
    """What the rows lack, grouped by it. One query."""
    rows = lacking(planned, ASKABLE).order_by().annotate(begins=Q(start__isnull=False))
    groups = rows.values_list("proposal", "missing", "begins", "unknown_fields", "extent_known")
    found = []
    for proposal, missing, begins, unknown, extent, count in groups.annotate(count=Count("pk")):
        like = PlannedProcurement(
            proposal=proposal, missing=missing, unknown_fields=unknown, extent_known=extent,
            start=clock.today() if begins else None,
        )  # fmt: skip
        found.append(Lack(lacked(like), said_unknown(like), count))
    return found


def facts_lacked(planned: Planned) -> dict[str, int]:
    """{fact: how many rows lack it}, in the order of the criteria. One query."""
    found = lacks_of(planned)
    counts = {name: sum(each.count for each in found if name in each.facts) for name in ASKABLE}
    return {name: count for name, count in counts.items() if count}


def organisations_lacking(planned: Planned) -> list[tuple[UUID, str, int]]:
    """(id, name, how many rows lack something), by name. One query."""
    rows = lacking(planned, ASKABLE).order_by()
    counted = rows.values_list("organisation", "organisation__name").annotate(count=Count("pk"))
    return [*counted.order_by("organisation__name", "organisation")]


class Sending(NamedTuple):
    """What one press sent."""

    rows: int
    organisations: int


def sent_with(first: str) -> Sending:
    """What was sent together with that question: by the same person at the same moment. One query."""
    one = FactQuestion.objects.filter(pk=first)
    together = FactQuestion.objects.filter(created_at__in=one.values("created_at"), asked_by__in=one.values("asked_by"))
    return Sending(**together.aggregate(rows=Count("pk"), organisations=Count("planned__organisation", distinct=True)))


def questions_of(planned: PlannedProcurement) -> list[FactQuestion]:
    """What the organisation has been asked for, the newest first."""
    return [*FactQuestion.objects.filter(planned=planned).order_by("-created_at", "pk")]
