"""Reads for what several share (R12): what can be joined, into what, and what has happened to it since."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from insteg.access.actor import Actor
from insteg.access.catalogues import Task
from insteg.audit.models import EntrySubject
from insteg.core import keyset
from insteg.inventory import access
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.planned import Planned, fields_in_words, order

COMPARED = 100  # reports looked at together; each is held against every other
FOUND, CHOSEN = 20, 50
MOST_WORDS = 10  # that are searched for together
JOINED_BY = ("inventory.join", "inventory.begin_joint")


def reported_as_shared(planned: Planned, actor: Actor) -> Planned:
    """Of what can be joined: reported as shared by others than UE's own organisation, whose carry the others.

    The index shared_by_start holds just these.
    """
    shared = planned.filter(shared=True, withdrawn_at=None, merged_into=None)
    return shared.exclude(organisation=actor.organisation_id)


def to_compare(planned: Planned, actor: Actor) -> list[PlannedProcurement]:
    return [*reported_as_shared(planned, actor).select_related("organisation").order_by(*order())[:COMPARED]]


def joints(actor: Actor) -> list[PlannedProcurement]:
    """What UE's organisation buys for several, each with `carries`: how many reports are joined into it."""
    found = access.JOIN.filter(PlannedProcurement.objects.all(), actor)
    return [*found.annotate(carries=Count("merged")).order_by(*order())[:COMPARED]]


def chosen_rows(keys: Iterable[str], actor: Actor) -> list[PlannedProcurement]:
    """The reports that an address names, as they are now; keys that name nothing to join are passed over."""
    wanted = {key for text in list(keys)[:CHOSEN] if (key := key_of(text))}
    rows = access.TO_JOIN.filter(PlannedProcurement.objects.filter(pk__in=wanted), actor)
    return [*rows.select_related("organisation").order_by(*order())]


def key_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def found_by_words(text: str, actor: Actor, *, without: Iterable[UUID]) -> list[PlannedProcurement]:
    """What could be joined too, though nobody has said that it is shared: by words of its name."""
    words = text.replace("\x00", " ").split()[:MOST_WORDS]
    if not words:
        return []
    rows = access.TO_JOIN.filter(PlannedProcurement.objects.exclude(pk__in=[*without]), actor)
    for word in words:
        rows = rows.filter(title__icontains=word)
    return [*rows.select_related("organisation").order_by(*order())[:FOUND]]


@dataclass(frozen=True)
class Carried:
    """A report that a joint procurement carries. `changed`: what its organisation has changed since, in words."""

    row: PlannedProcurement
    changed: list[str]


def carried(joint: PlannedProcurement, actor: Actor) -> list[Carried]:
    """The reports that the actor may see: who buys for UE's own organisation sees no other's (R12). Three queries,
    however many reports."""
    reports = access.SEE.filter(PlannedProcurement.objects.filter(merged_into=joint), actor)
    rows = [*reports.select_related("organisation").order_by("organisation__name", "title", "pk")]
    since = versions_when_joined(rows)
    changed: dict[UUID, list[str]] = defaultdict(list)
    for row, version, fields in entries_of(rows, ["inventory.change"]):
        if version > since.get(row, 0):
            changed[row] += [name for name in fields_in_words(fields) if name not in changed[row]]
    return [Carried(row, changed[row.pk]) for row in rows]


def versions_when_joined(rows: list[PlannedProcurement]) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    for row, version, _fields in entries_of(rows, JOINED_BY):
        found[row] = max(version, found.get(row, 0))
    return found


def entries_of(rows: list[PlannedProcurement], actions: Iterable[str]) -> QuerySet[EntrySubject, tuple[Any, ...]]:
    """(row, its version, names of fields) of what the log says of the rows, oldest first."""
    of_rows = EntrySubject.objects.filter(row__in=[row.pk for row in rows], entry__action__in=[*actions])
    return of_rows.order_by("pk").values_list("row", "row_version", "entry__changed")


def tasks(actor: Actor) -> list[Task]:
    """UE's: what organisations have said that they share with others, and nobody has joined yet."""
    if actor.role not in access.TO_JOIN.table:
        return []
    waiting = reported_as_shared(access.TO_JOIN.filter(PlannedProcurement.objects.all(), actor), actor)
    count = keyset.counted(waiting)
    if not count.number:
        return []
    said = ngettext(
        "%(count)s anmält behov delas med andra: slå ihop det?",
        "%(count)s anmälda behov delas med andra: slå ihop dem?",
        count.number,
    )
    return [Task(said % {"count": count}, reverse("inventory:shared"))]
