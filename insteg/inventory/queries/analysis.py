"""Reads for the early analysis of one planned procurement (R20, R21): earlier assessments, who set its number of
places and what has changed since, and what is comparable. The same few queries however much there is."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from insteg.access.actor import Actor
from insteg.audit.models import Entry
from insteg.inventory import access
from insteg.inventory.likeness import likeness, words_of
from insteg.inventory.models import Assessment, PlannedProcurement, RunningAgreement
from insteg.inventory.queries.planned import member_ids
from insteg.organisations.models import User

Row = PlannedProcurement | RunningAgreement
M = TypeVar("M", PlannedProcurement, RunningAgreement)
ASSESSMENTS = 20  # earlier ones that the page shows
GROUP = 3  # digits of a CPV code: a group, below the division
LOOKED_AT = 200  # candidates of each kind that are compared, the newest
SHOWN = 5
MOST_WORDS = 6


@dataclass(frozen=True)
class WhoSet:
    """Who set the number of places, and when. `changed`: the facts that the judgement reads and that are others now,
    as names of fields; `places_then`: what was proposed at that time."""

    at: dt.datetime
    who: str
    changed: list[str]
    places_then: int | None


@dataclass(frozen=True)
class Comparable:
    """An earlier procurement or agreement, and what it has in common; `digits`: the common beginning of the codes."""

    row: Row
    digits: str
    words: frozenset[str]
    renewed: bool = False  # the agreement that the procurement follows on


@dataclass(frozen=True)
class Analysis:
    """`earlier` are the assessments before the newest, newest first; `more` when there are older ones still."""

    earlier: list[Assessment]
    more: bool
    who_set: WhoSet | None
    comparables: list[Comparable]

    @classmethod
    def of(cls, planned: PlannedProcurement, actor: Actor) -> "Analysis":
        kept = planned.assessments.select_related("rule_set").order_by("-number")
        found = [*kept[: ASSESSMENTS + 2]]
        asked = not planned.withdrawn_at and not planned.merged_into_id
        return cls(
            found[1 : ASSESSMENTS + 1], len(found) > ASSESSMENTS + 1,
            who_set(planned, found[0]) if found and asked and planned.places_set is not None else None,
            comparables(planned, actor) if asked else [],
        )  # fmt: skip


def who_set(planned: PlannedProcurement, newest: Assessment) -> WhoSet | None:
    about = Entry.objects.filter(subjects__row=planned.pk, action="inventory.set_places")
    entry = about.order_by("-pk").first()
    if entry is None:
        return None
    person = User.objects.filter(pk__in=member_ids([entry])).first()
    then = planned.assessments.filter(created_at__lte=entry.at).order_by("-number").first() or newest
    changed = [name for name, value in newest.facts.items() if value != then.facts.get(name)]
    return WhoSet(entry.at, person.name if person else "", changed, then.places)


def comparables(planned: PlannedProcurement, actor: Actor) -> list[Comparable]:
    """At most five, the most alike first and of those the newest; only what the actor may see by rule (R21)."""
    alike = [*compared(planned, earlier_procurements(planned, actor)), *compared(planned, agreements(planned, actor))]
    return sorted(alike, key=likeliest_first)[:SHOWN]


def likeliest_first(found: Comparable) -> tuple[Any, ...]:
    return (
        not found.renewed, -len(found.digits), -len(found.words), -began(found.row).toordinal(), str(found.row.pk),
    )  # fmt: skip


def began(row: Row) -> dt.date:
    if isinstance(row, RunningAgreement):
        return row.starts_on or row.ends_on
    return row.start or row.created_at.date()


def earlier_procurements(planned: PlannedProcurement, actor: Actor) -> Iterable[PlannedProcurement]:
    """Those that begin before it, with those that are advertised already. What was cancelled compares with nothing."""
    advertised = Q(withdrawn_as=PlannedProcurement.Ending.ADVERTISED)
    rows = PlannedProcurement.objects.filter(Q(withdrawn_at=None) | advertised, merged_into=None).exclude(pk=planned.pk)
    when = "start" if planned.start else "created_at"
    rows = rows.filter(**{f"{when}__lt": getattr(planned, when)})
    seen = access.SEE.filter(perhaps_alike(rows, planned), actor).select_related("organisation")
    return seen.order_by(f"-{when}", "pk")[:LOOKED_AT]


def agreements(planned: PlannedProcurement, actor: Actor) -> Iterable[RunningAgreement]:
    """Those that run or have run; the one that it follows on is among them whatever it is called."""
    rows = perhaps_alike(RunningAgreement.objects.all(), planned, also=planned.renews_id)
    seen = access.SEE_AGREEMENT.filter(rows, actor).select_related("organisation")
    return seen.order_by("-ends_on", "pk")[:LOOKED_AT]


def perhaps_alike(rows: QuerySet[M], planned: PlannedProcurement, *, also: object = None) -> QuerySet[M]:
    """What the database can leave out before the rest is looked at more closely. `also` is a key that stays anyway."""
    either = Q(pk=also)
    if len(significant(planned.cpv)) >= GROUP:
        either |= Q(cpv__startswith=planned.cpv[:GROUP])
    # Names count only where the codes do not speak against it.
    division = Q(cpv="") | Q(cpv__startswith=planned.cpv[:2])
    for stem in [*words_of(planned.title)][:MOST_WORDS]:
        either |= Q(title__icontains=stem) & division
    return rows.filter(either)


def compared(planned: PlannedProcurement, rows: Iterable[Row]) -> Iterator[Comparable]:
    for row in rows:
        renewed = isinstance(row, RunningAgreement) and row.pk == planned.renews_id
        digits, words = common_beginning(planned.cpv, row.cpv), likeness(planned, row).words
        if renewed or digits or words:
            yield Comparable(row, digits, words, renewed)


def common_beginning(one: str, other: str) -> str:
    """Of two CPV codes, as far as both say something; empty when it is no group. Zeros at the end say nothing."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(significant(one), significant(other), strict=False))
    digits = "".join(pair[0] for pair in pairs)
    return digits if len(digits) >= GROUP else ""


def significant(cpv: str) -> str:
    return cpv.rstrip("0")
