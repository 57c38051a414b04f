"""Reads of running agreements: the list, what a round proposes out of them (R11), and what has happened to one."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OrderBy, OuterRef, Prefetch, Q, QuerySet

from insteg.access.actor import Actor
from insteg.audit.models import Entry
from insteg.core import clock
from insteg.core.months import months_later
from insteg.inventory import access
from insteg.inventory.models import InventoryRound, PlannedProcurement, RunningAgreement
from insteg.inventory.plan_reader.durations import months_between
from insteg.inventory.plan_reader.wording import words
from insteg.inventory.queries.planned import member_ids
from insteg.organisations.models import Organisation, User

Agreements = QuerySet[RunningAgreement]
PAGE = 50
MOST_TO_CHOOSE_AMONG = 500
SOON = 24  # months: a procurement takes eight to twelve, and the round before it half a year


def order() -> list[OrderBy]:
    """By last day; the index agreements_by_end follows it within an organisation."""
    return [OrderBy(F("ends_on")), OrderBy(F("pk"))]


def standing_renewals() -> QuerySet[PlannedProcurement]:
    """Planned procurements that still follow on an agreement: not withdrawn, or because they are advertised already."""
    advertised = PlannedProcurement.Ending.ADVERTISED
    renewals = PlannedProcurement.objects.filter(renews__isnull=False)
    return renewals.filter(Q(withdrawn_at=None) | Q(withdrawn_as=advertised))


def with_renewal(agreements: Agreements) -> Agreements:
    """Each with `renewed`: whether something planned follows on it."""
    return agreements.annotate(renewed=Exists(standing_renewals().filter(renews=OuterRef("pk"))))


def may_follow(agreement: RunningAgreement) -> QuerySet[PlannedProcurement]:
    """What the same organisation has planned that follows on no agreement."""
    return PlannedProcurement.objects.current().filter(organisation=agreement.organisation_id, renews=None)


def likeliest(agreement: RunningAgreement) -> list[PlannedProcurement]:
    """The same, the likeliest first: of the same code, then with most words in common, then nearest in time."""
    said = set(words(agreement.title).split())

    def unlike(planned: PlannedProcurement) -> tuple[bool, int, int, str]:
        same_code = bool(agreement.cpv) and planned.cpv[:5] == agreement.cpv[:5]
        common = len(said & set(words(planned.title).split()))
        days = abs((planned.start - agreement.successor_start).days) if planned.start else 10_000
        return not same_code, -common, days, planned.title

    rows = may_follow(agreement).only("title", "cpv", "start").order_by("pk")[:MOST_TO_CHOOSE_AMONG]
    return sorted(rows, key=unlike)


def waiting(agreements: Agreements) -> Agreements:
    """Those that nobody has said anything about: nothing planned follows, and they are to be bought again."""
    return with_renewal(agreements).filter(renewed=False, ended_at=None)


def last_day_soon(today: dt.date) -> dt.date:
    return months_later(today, SOON)


def filtered(agreements: Agreements, chosen: Mapping[str, Any]) -> Agreements:
    """`chosen` is a FilterForm's cleaned data. What is over and done with is shown only when asked for."""
    found = with_renewal(agreements)
    if chosen.get("organisation"):
        found = found.filter(organisation=chosen["organisation"])
    if chosen.get("year"):
        found = found.filter(ends_on__range=(dt.date(chosen["year"], 1, 1), dt.date(chosen["year"], 12, 31)))
    state = chosen.get("state") or ""
    if state == "waiting":
        return found.filter(renewed=False, ended_at=None)
    if state == "renewed":
        return found.filter(renewed=True)
    if state == "ended":
        return found.filter(ended_at__isnull=False)
    if state == "all":
        return found
    return found.filter(Q(ends_on__gte=clock.today()) | Q(renewed=False, ended_at=None))


def for_the_list(agreements: Agreements) -> Agreements:
    renewals = standing_renewals().order_by("created_at", "pk").only("title", "renews")
    return agreements.select_related("organisation").prefetch_related(
        Prefetch("renewals", queryset=renewals, to_attr="what_follows")
    )


@dataclass(frozen=True)
class Finding:
    """What a filtered list amounts to: how many, and how many run out soon with nobody having said what then."""

    total: int
    waiting: int

    @classmethod
    def of(cls, agreements: Agreements) -> "Finding":
        soon = Q(renewed=False, ended_at=None, ends_on__lte=last_day_soon(clock.today()))
        counts = agreements.order_by().aggregate(total=Count("pk"), waiting=Count("pk", filter=soon))
        return cls(counts["total"], counts["waiting"])


def years(agreements: Agreements) -> list[int]:
    """The years in which some agreement runs out, for the filter."""
    ends = agreements.aggregate(first=Min("ends_on"), last=Max("ends_on"))
    return list(range(ends["first"].year, ends["last"].year + 1))[:60] if ends["first"] else []


@dataclass(frozen=True)
class Proposal:
    """An agreement that runs out, as a coming procurement. `latest_start` is when every option is used, else None."""

    agreement: RunningAgreement
    start: dt.date
    latest_start: dt.date | None
    months: int | None
    withdrawn_reason: str = ""

    @classmethod
    def of(cls, agreement: RunningAgreement) -> "Proposal":
        start, latest = agreement.successor_start, agreement.latest_successor_start
        withdrawn = getattr(agreement, "withdrawn_renewals", [])
        return cls(
            agreement,
            start,
            latest if latest != start else None,
            length(agreement),
            withdrawn[0].withdrawn_reason if withdrawn else "",
        )


def length(agreement: RunningAgreement) -> int | None:
    """Months from first to last day, as it now runs; None where the first day is not known."""
    return months_between(agreement.starts_on, agreement.ends_on) if agreement.starts_on else None


def proposals(organisation: Organisation, asked: InventoryRound) -> list[Proposal]:
    """The organisation's agreements whose successor would begin within the round's horizon, with or without options,
    in order of their last day. Left out: what something planned follows on, what is not to be bought again, and what
    the round does not ask for. Three queries, however many they are."""
    first, last = dt.date(asked.first_year, 1, 1), dt.date(asked.last_year, 12, 31)
    found = waiting(RunningAgreement.objects.filter(organisation=organisation)).filter(
        Q(ends_on__gte=first - dt.timedelta(days=1)) | Q(option_months__gt=0), ends_on__lt=last
    )
    rows = found.filter(nature__in=["", *asked.natures]).order_by(*order())
    if asked.value_floor is not None:
        rows = rows.filter(Q(value=None) | Q(value__gte=asked.value_floor))
    each = [Proposal.of(agreement) for agreement in with_withdrawn(rows)]
    return [one for one in each if any(start and first <= start <= last for start in (one.start, one.latest_start))]


def with_withdrawn(agreements: Agreements) -> Agreements:
    """With the planned procurements that followed and were withdrawn, newest first: why it is proposed again."""
    withdrawn = PlannedProcurement.objects.filter(withdrawn_at__isnull=False).order_by("-withdrawn_at", "pk")
    shown = withdrawn.only("renews", "withdrawn_reason")
    return agreements.prefetch_related(Prefetch("renewals", queryset=shown, to_attr="withdrawn_renewals"))


def renewals_of(agreement: RunningAgreement, actor: Actor) -> QuerySet[PlannedProcurement]:
    """What has been planned to follow on it, withdrawn or not, newest first, as far as the actor may see it."""
    rows = PlannedProcurement.objects.filter(renews=agreement).order_by("-created_at", "pk")
    return access.SEE.filter(rows, actor)


def history(agreement: RunningAgreement, *, of: Iterable[str]) -> list[tuple[Entry, str]]:
    """What has happened to it by these actions, newest first, and who did it. Two queries however long it is."""
    about = Entry.objects.filter(subjects__row=agreement.pk, subjects__model=agreement._meta.label, action__in=[*of])
    entries = list(about.exclude(action="inventory.change_agreement", changed=[]).order_by("-pk")[:50])
    people = {str(user.pk): user.name for user in User.objects.filter(pk__in=member_ids(entries))}
    return [(entry, people.get(entry.actor_id, "")) for entry in entries]


def names_of_others(organisation: Organisation) -> list[str]:
    """The names of the city's other departments and companies."""
    return list(Organisation.objects.buying().exclude(pk=organisation.pk).values_list("name", flat=True))
