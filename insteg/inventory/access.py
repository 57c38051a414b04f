from django.db.models import Q

from insteg.access.actor import Actor, Role
from insteg.access.rules import Rule, every, same
from insteg.core.clock import today
from insteg.inventory.models import PlannedProcurement, PlanUpload
from insteg.organisations.models import Organisation
from insteg.process.models import RuleSet


def ours(actor: Actor) -> Q:
    return same("organisation", actor.organisation_id)


def ours_current(actor: Actor) -> Q:
    return ours(actor) & Q(withdrawn_at=None)


def any_current(actor: Actor) -> Q:
    return Q(withdrawn_at=None)


def ours_withdrawn(actor: Actor) -> Q:
    return ours(actor) & Q(withdrawn_at__isnull=False)


def any_withdrawn(actor: Actor) -> Q:
    return Q(withdrawn_at__isnull=False)


def open_buying() -> Q:
    return Q(kind__in=Organisation.BUYING) & (Q(closed_on=None) | Q(closed_on__gt=today()))


def our_organisation(actor: Actor) -> Q:
    return same("pk", actor.organisation_id) & open_buying()


def any_buying_organisation(actor: Actor) -> Q:
    return open_buying()


def our_open_upload(actor: Actor) -> Q:
    return ours(actor) & Q(saved_at=None, discarded_at=None)


def any_open_upload(actor: Actor) -> Q:
    return Q(saved_at=None, discarded_at=None)


def published(actor: Actor) -> Q:
    return Q(published_at__isnull=False)


# R12, R14: the coming needs are shared inside the city; a department sees its own. Values may be secret towards
# suppliers until advertised (OSL 19:3), so no one outside the city is named here.
SEE = Rule("se planerad upphandling", PlannedProcurement, {
    Role.PROCUREMENT_UNIT: every,
    Role.PROCURING: ours,
    Role.COACH: every,
    Role.UNIT_MANAGER: every,
    Role.STEERING: every,
})  # fmt: skip
CHANGE = Rule("ändra planerad upphandling", PlannedProcurement, {
    Role.PROCUREMENT_UNIT: any_current,
    Role.PROCURING: ours_current,
})  # fmt: skip
REINSTATE = Rule("återta planerad upphandling", PlannedProcurement, {
    Role.PROCUREMENT_UNIT: any_withdrawn,
    Role.PROCURING: ours_withdrawn,
})  # fmt: skip
# To report is a right on the organisation that one reports for: one's own, or for UE any (R10).
REPORT = Rule("anmäla för organisation", Organisation, {
    Role.PROCUREMENT_UNIT: any_buying_organisation,
    Role.PROCURING: our_organisation,
})  # fmt: skip
REVIEW = Rule("granska uppladdad plan", PlanUpload, {
    Role.PROCUREMENT_UNIT: any_open_upload,
    Role.PROCURING: our_open_upload,
})  # fmt: skip
# A plan is still seen when it has been saved or left, so that the second of two clicks is told what the first did.
SEE_PLAN = Rule("se uppladdad plan", PlanUpload, {
    Role.PROCUREMENT_UNIT: every,
    Role.PROCURING: ours,
})  # fmt: skip
JUDGE = Rule("bedöma enligt regelverk", RuleSet, {Role.SYSTEM: published})
