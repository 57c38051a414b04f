"""The compilation (R13): what is coming, counted by quarter, organisation, kind, CPV division and judgement.

One query groups the rows; every figure on the page and in the files is a sum of its groups.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Min, Q, Sum, TextField, Value
from django.db.models.functions import Cast, Coalesce, ExtractQuarter, ExtractYear, Left

from insteg.inventory.lead_times import first_start_in_time
from insteg.inventory.models import InventoryRound, PlannedProcurement
from insteg.inventory.queries.planned import Planned
from insteg.process.models import RuleSet

Proposal = PlannedProcurement.Proposal
SUITS = Q(proposal=Proposal.SUITABLE)


class Horizon(NamedTuple):
    """The years in which what is compiled begins, both included."""

    first_year: int
    last_year: int

    @classmethod
    def of(cls, asked: InventoryRound | None, today: dt.date) -> "Horizon":
        """The round's; without a round the coming three years (R10)."""
        return cls(asked.first_year, asked.last_year) if asked else cls(today.year, today.year + 2)


class Quarter(NamedTuple):
    year: int
    number: int

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, self.number * 3 - 2, 1)


@dataclass
class Tally:
    """How many procurements there are, how many by judgement, and how many places the suitable ones can give.

    `late` of the suitable ones begin too soon for a requirement; `unreckoned` of them have no number of places. `first`
    is the first start of those that are in time.
    """

    total: int = 0
    suitable: int = 0
    needs_facts: int = 0
    not_suitable: int = 0
    places: int = 0
    late: int = 0
    unreckoned: int = 0
    first: dt.date | None = None

    def add(self, group: Mapping[str, Any]) -> None:
        self.total += group["count"]
        setattr(self, group["proposal"], getattr(self, group["proposal"]) + group["count"])
        self.places += group["places"] or 0
        self.late += group["late"]
        self.unreckoned += group["unreckoned"]
        if group["first"] and (self.first is None or group["first"] < self.first):
            self.first = group["first"]


@dataclass
class Gap:
    """A fact that judgements lack, with how many rows of each organisation lack it. `alone`: they lack nothing else."""

    field: str
    total: int = 0
    alone: int = 0
    by_organisation: Counter[UUID] = field(default_factory=Counter)


@dataclass(frozen=True)
class Compilation:
    """Figures by key: Quarter, organisation's id, Nature's value, CPV division's two digits ("" where it is not told).

    `quarters` has every quarter of the horizon in order; what has no start is in `no_start` alone.
    """

    horizon: Horizon
    whole: Tally
    quarters: dict[Quarter, Tally]
    no_start: Tally
    organisations: dict[UUID, Tally]
    natures: dict[str, Tally]
    divisions: dict[str, Tally]
    gaps: list[Gap]  # the widest first, and the start, which hinders no judgement, last
    first_start_in_time: dt.date


def within(planned: Planned, horizon: Horizon) -> Planned:
    """What waits for a decision and begins in those years, or nobody knows when."""
    return planned.current().filter(in_years(horizon))


def carried(planned: Planned, horizon: Horizon) -> Planned:
    """What begins in those years and is bought through another, which is counted in its place."""
    return planned.filter(in_years(horizon), withdrawn_at=None, merged_into__isnull=False)


def in_years(horizon: Horizon) -> Q:
    days = (dt.date(horizon.first_year, 1, 1), dt.date(horizon.last_year, 12, 31))
    return Q(start=None) | Q(start__range=days)


def outside(planned: Planned, horizon: Horizon) -> Planned:
    """What waits for a decision and begins in other years: with `within`, all of what waits."""
    before, after = dt.date(horizon.first_year, 1, 1), dt.date(horizon.last_year, 12, 31)
    return planned.current().filter(Q(start__lt=before) | Q(start__gt=after))


def compiled(planned: Planned, horizon: Horizon, rules: RuleSet, today: dt.date) -> Compilation:
    """`planned` is of `within`, filtered as the page is. One query, however many rows."""
    in_time_from = first_start_in_time(today, rules)
    groups = [*grouped(planned, in_time_from)]
    found = {by: tallied(group for group in groups if group["by"] == by) for by in WAYS}
    quarters = {Quarter(year, number): Tally() for year in years(horizon) for number in (1, 2, 3, 4)}
    quarters |= {quarter_of(key): tally for key, tally in found["quarter"].items() if key}
    return Compilation(
        horizon, whole_of(group for group in groups if group["by"] == "nature"), quarters,
        found["quarter"].get("", Tally()), {UUID(key): tally for key, tally in found["organisation"].items()},
        found["nature"], found["division"],
        gaps(group for group in groups if group["by"] == "organisation"), in_time_from,
    )  # fmt: skip


def years(horizon: Horizon) -> range:
    return range(horizon.first_year, horizon.last_year + 1)


NOTHING = Value("", output_field=TextField())
# The ways in which the rows are grouped. Every key is text: they come in one answer.
WAYS: dict[str, Any] = {
    "quarter": Coalesce(Cast(ExtractYear("start") * 10 + ExtractQuarter("start"), TextField()), NOTHING),
    "organisation": Cast("organisation", TextField()),
    "nature": Cast("nature", TextField()),
    "division": Cast(Left("cpv", 2), TextField()),
}


def grouped(planned: Planned, in_time_from: dt.date) -> Iterable[dict[str, Any]]:
    """Each way's groups by judgement, and by what it lacks for each organisation. One statement, so that they agree:
    to group by all at once gives nearly as many groups as there are rows."""
    told = planned.order_by().annotate(given=reasonable_places())
    each = [
        told.annotate(
            by=Cast(Value(name), TextField()),
            key=key,
            lacks=Cast("missing" if name == "organisation" else NOTHING, TextField()),
        )
        .values("by", "key", "lacks", "proposal")
        .annotate(**figures(in_time_from))
        for name, key in WAYS.items()
    ]
    return each[0].union(*each[1:], all=True)


def figures(in_time_from: dt.date) -> dict[str, Any]:
    """What a Tally adds of each group, of rows annotated with `given`."""
    return {
        "count": Count("pk"),
        "places": Sum("given", filter=SUITS),
        "late": Count("pk", filter=SUITS & Q(start__lt=in_time_from)),
        "unreckoned": Count("pk", filter=SUITS & Q(given=None)),
        "startless": Count("pk", filter=Q(start=None)),
        "first": Min("start", filter=SUITS & Q(start__gte=in_time_from)),
    }


def reasonable_places() -> Coalesce:
    """What people have said, or else what the extent gives (R21)."""
    return Coalesce(F("places_set"), F("places"))


def quarter_of(key: str) -> Quarter:
    """ "20272" is the second of 2027."""
    return Quarter(int(key[:4]), int(key[4]))


def tallied(groups: Iterable[Mapping[str, Any]]) -> dict[str, Tally]:
    found: defaultdict[str, Tally] = defaultdict(Tally)
    for group in groups:
        found[group["key"]].add(group)
    return dict(found)


def whole_of(groups: Iterable[Mapping[str, Any]]) -> Tally:
    whole = Tally()
    for group in groups:
        whole.add(group)
    return whole


def gaps(groups: Iterable[Mapping[str, Any]]) -> list[Gap]:
    """As asking.lacked: one that does not suit anyway is asked for nothing. What hinders a judgement comes first."""
    found: dict[str, Gap] = {}
    for group in groups:
        if group["proposal"] == Proposal.NOT_SUITABLE:
            continue
        names = [name for name in group["lacks"].split(",") if name]
        startless, begun = group["startless"], group["count"] - group["startless"]
        told = [(name, group["count"], begun if len(names) == 1 else 0) for name in names]
        if startless:
            told.append(("start", startless, 0 if names else startless))
        for name, count, alone in told:
            gap = found.setdefault(name, Gap(name))
            gap.total += count
            gap.alone += alone
            gap.by_organisation[UUID(group["key"])] += count
    return sorted(found.values(), key=lambda gap: (gap.field == "start", -gap.total, gap.field))
