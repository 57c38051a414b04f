from django.db.models import Q

from insteg.access.actor import Actor, Role
from insteg.access.rules import Rule, same
from insteg.needs.models import PublishedNeed
from insteg.organisations.access import still_open
from insteg.organisations.models import Unit


def our_matching_unit(actor: Actor) -> Q:
    return same("pk", actor.unit_id) & Q(task__in=Unit.MATCHING) & still_open() & still_open("organisation__")


def of_our_unit(actor: Actor) -> Q:
    return same("unit", actor.unit_id)


def of_our_open_unit(actor: Actor) -> Q:
    return of_our_unit(actor) & Q(unit__task__in=Unit.MATCHING) & still_open("unit__")


def ours_current(actor: Actor) -> Q:
    return of_our_open_unit(actor) & Q(ended_at=None)


def ours_ended(actor: Actor) -> Q:
    return of_our_open_unit(actor) & Q(ended_at__isnull=False)


def current(actor: Actor) -> Q:
    return Q(ended_at=None)


# R67: a unit sees and keeps its own. Nobody else sees a row: that a unit asks for a place tells whose person comes.
SEE = Rule("se behov", PublishedNeed, {Role.COACH: of_our_unit, Role.UNIT_MANAGER: of_our_unit})
PUBLISH = Rule("publicera behov", Unit, {Role.COACH: our_matching_unit, Role.UNIT_MANAGER: our_matching_unit})
CHANGE = Rule("ändra behov", PublishedNeed, {Role.COACH: ours_current, Role.UNIT_MANAGER: ours_current})
RESUME = Rule("återuppta behov", PublishedNeed, {Role.COACH: ours_ended, Role.UNIT_MANAGER: ours_ended})
# The rows that are counted in the totals that these roles are shown. Never shown one by one: see summing.py.
COUNT = Rule("räkna med behov", PublishedNeed, {
    Role.PROCUREMENT_UNIT: current,
    Role.PROCURING: current,
    Role.COACH: current,
    Role.UNIT_MANAGER: current,
    Role.STEERING: current,
})  # fmt: skip
