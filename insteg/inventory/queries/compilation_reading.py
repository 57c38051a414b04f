"""What the page and the files of the compilation are made of: its scope, its figures and the rows that it names."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from insteg.access.actor import Actor, Role
from insteg.codes.models import CpvOccupation, Occupation
from insteg.core import clock
from insteg.inventory import access
from insteg.inventory.lead_times import first_start_in_time
from insteg.inventory.models import FAR_AWAY, ExpectedOccupation, InventoryRound, PlannedProcurement
from insteg.inventory.queries import history
from insteg.inventory.queries.compilation import (
    SUITS,
    Compilation,
    Horizon,
    carried,
    compiled,
    reasonable_places,
    within,
)
from insteg.inventory.queries.narrowing import narrowed
from insteg.inventory.queries.planned import Planned
from insteg.inventory.queries.rounds import for_the_list
from insteg.organisations.models import Organisation
from insteg.process.models import RuleSet

MOST_LISTED = 100  # a page is read; a longer list is worked in, and is one click away
MOST_NAMED = 3  # of those that are too late
MOST_ROUNDS = 20  # ten years of them


@dataclass(frozen=True)
class Reading:
    """A compilation as somebody asked for it. `chosen` is CompilationForm's; `planned` are its rows, unordered."""

    actor: Actor
    round: InventoryRound | None
    before: InventoryRound | None  # the round before that one
    chosen: Mapping[str, Any]
    planned: Planned
    rules: RuleSet
    today: dt.date
    figures: Compilation
    carried: int  # as many of one organisation's own as are bought through another's, where they are counted


def rounds_to_choose(actor: Actor) -> list[InventoryRound]:
    """The opened rounds that the actor may see, the newest first, with how many were asked and have answered."""
    opened = access.SEE_ROUND.filter(InventoryRound.objects.filter(opened_at__isnull=False), actor)
    return list(for_the_list(opened)[:MOST_ROUNDS])


def read(
    planned: Planned,
    actor: Actor,
    chosen: Mapping[str, Any],
    rounds: Sequence[InventoryRound],
    asked: InventoryRound | None,
) -> Reading:
    """`planned` is what the actor may see, `asked` one of `rounds` or None without any. At most four queries."""
    today, rules = clock.today(), RuleSet.objects.in_force()
    horizon = Horizon.of(asked, today)
    from_day = first_start_in_time(today, rules)
    rows = narrowed(within(planned, horizon), chosen, from_day)
    of_one = actor.role == Role.PROCURING or chosen.get("organisation")
    theirs = narrowed(carried(planned, horizon), chosen, from_day).count() if of_one else 0
    earlier = rounds[rounds.index(asked) + 1 :] if asked else []
    return Reading(
        actor, asked, earlier[0] if earlier else None, chosen, rows, rules, today,
        compiled(narrowed(planned.current(), chosen, from_day), horizon, rules, today), theirs,
    )  # fmt: skip


def rows(planned: Planned) -> list[Any]:
    """By organisation, then by start, those without one last; with `organisation_name` and `given`, the places.

    Two queries, and never more than MOST_LISTED rows.
    """
    named = planned.annotate(organisation_name=F("organisation__name"), given=reasonable_places())
    found = named.prefetch_related("rule_set").only(
        "title", "organisation", "nature", "nature_inferred", "cpv", "extent_known", "framework", "value_min",
        "value_max", "months", "option_months", "fte", "start", "unknown_fields", "proposal", "missing", "rule_set",
        "places_set",
    )  # fmt: skip
    return list(found.order_by("organisation_name", "organisation", Coalesce("start", FAR_AWAY), "pk")[:MOST_LISTED])


def too_late(reading: Reading) -> list[PlannedProcurement]:
    """The first of those that suit but begin before a requirement can be in time. One query, or none."""
    if not reading.figures.whole.late:
        return []
    late = reading.planned.filter(SUITS, start__lt=reading.figures.first_start_in_time)
    return list(late.only("title", "start").order_by("start", "pk")[:MOST_NAMED])


def names_of(organisations: Mapping[UUID, Any]) -> dict[UUID, str]:
    """In the order of the alphabet."""
    found = Organisation.objects.filter(pk__in=[*organisations]).order_by("name", "pk")
    return dict(found.values_list("pk", "name"))


def changed_since(reading: Reading) -> history.Counts | None:
    """What the actor may see that has changed since the round before, or else since the answers of this one (R14).

    None where nobody has been asked, and where the compilation is of something narrower than an organisation: what has
    changed is not told apart by more.
    """
    others = {name for name, value in reading.chosen.items() if value} - {"runda", "organisation"}
    if reading.round is None or others:
        return None
    return history.counts(
        reading.actor, organisation=str(reading.chosen.get("organisation") or ""), asked=reading.before or reading.round
    )


def occupation_choices(planned: Planned) -> list[tuple[str, str]]:
    """(SSYK code, title) of those that some CPV code stands for or that people have named, for a filter. One query.

    `planned` is what the actor may see: what others have named tells of procurements that the actor knows nothing of.
    """
    by_table = CpvOccupation.objects.current().order_by().values("occupation")
    theirs = planned.order_by().values("pk")
    named = ExpectedOccupation.objects.filter(planned__in=theirs).order_by().values("occupation")
    rows = Occupation.objects.filter(Q(pk__in=by_table) | Q(pk__in=named)).order_by("title_sv", "pk")
    return [(row.pk, row.title) for row in rows]
