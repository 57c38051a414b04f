"""The compilation (R13): what is coming, counted by quarter, organisation, kind, CPV division and judgement.

One query groups the rows; every figure on the page and in the files is a sum of its groups.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, Count, F, Func, Min, Q, Sum, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Left

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

    `quarters` has every quarter of the horizon in order; what has no start is in `no_start` alone. As many as `outside`
    begin in other years, and are counted nowhere else.
    """

    horizon: Horizon
    whole: Tally
    outside: int
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


def compiled(planned: Planned, horizon: Horizon, rules: RuleSet, today: dt.date) -> Compilation:
    """`planned` is what waits for a decision, filtered as the page is. One query, however many rows."""
    in_time_from = first_start_in_time(today, rules)
    groups = [*grouped(planned, horizon, in_time_from)]
    starts, organisations, divisions = ([group for group in groups if group["by"] == way] for way in WAYS)
    begins = tallied(starts, lambda group: begins_in(group["key"]))
    outside, no_start = begins.pop(OUTSIDE, Tally()), begins.pop(None, Tally())
    quarters = {Quarter(year, number): Tally() for year in years(horizon) for number in (1, 2, 3, 4)}
    return Compilation(
        horizon, whole_of(divisions), outside.total, quarters | begins, no_start,
        tallied(organisations, lambda group: UUID(group["key"])),
        tallied(divisions, lambda group: group["kind"]), tallied(divisions, lambda group: group["key"]),
        gaps(organisations), in_time_from,
    )  # fmt: skip


def years(horizon: Horizon) -> range:
    return range(horizon.first_year, horizon.last_year + 1)


class Month(Func):
    """`2027-03`, of a day: SQLite asks Python for its quarter, which takes longer than all the rest."""

    template = "to_char(%(expressions)s, 'YYYY-MM')"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="substr(%(expressions)s, 1, 7)", **context)


NOTHING = Value("", output_field=TextField())
OUTSIDE = "outside"
# The ways in which the rows are grouped, each by its `key` and by what else is wanted of it. All of it is text, since
# it comes in one answer.
WAYS: dict[str, dict[str, Any]] = {
    "start": {"key": Coalesce(Month("start"), NOTHING)},
    "organisation": {"key": Cast("organisation", TextField()), "lacks": Cast("missing", TextField())},
    "division": {"key": Cast(Left("cpv", 2), TextField()), "kind": Cast("nature", TextField())},
}


def grouped(planned: Planned, horizon: Horizon, in_time_from: dt.date) -> Iterable[dict[str, Any]]:
    """Each way's groups by judgement. One statement, so that they agree: to group by all at once gives nearly as many
    groups as there are rows. What begins in other years is one group of the starts, and is in no other."""
    told, inside = planned.order_by().annotate(given=reasonable_places()), in_years(horizon)
    start = Case(When(inside, then=WAYS["start"]["key"]), default=Value(OUTSIDE), output_field=TextField())
    ways = [(told, "start", {"key": start}), *((told.filter(inside), way, WAYS[way]) for way in [*WAYS][1:])]
    each = [
        rows.annotate(by=Cast(Value(way), TextField()), **({"lacks": NOTHING, "kind": NOTHING} | keys))
        .values("by", "key", "lacks", "kind", "proposal")
        .annotate(**figures(in_time_from))
        for rows, way, keys in ways
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


def begins_in(key: str) -> Quarter | str | None:
    """ "2027-03" is in the first of 2027; OUTSIDE is itself, and nothing is None."""
    if key in ("", OUTSIDE):
        return key or None
    return Quarter(int(key[:4]), (int(key[5:]) + 2) // 3)


def tallied(groups: Iterable[Mapping[str, Any]], key: Callable[[Mapping[str, Any]], Any]) -> dict[Any, Tally]:
    found: defaultdict[Any, Tally] = defaultdict(Tally)
    for group in groups:
        found[key(group)].add(group)
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
