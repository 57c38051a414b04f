from django.db.models import Q

from insteg.access.actor import Actor, Role
from insteg.access.rules import Rule, every, same
from insteg.core import clock
from insteg.organisations.models import Organisation
from insteg.steering.models import Goal, Occasion, Seat, Target

INSIDE = (
    Role.PROCUREMENT_UNIT, Role.PROCURING, Role.COACH, Role.UNIT_MANAGER, Role.STEERING, Role.REFERRER,
    Role.GOAL_COORDINATOR, Role.ADMINISTRATOR,
)  # fmt: skip
KEEPERS = (Role.GOAL_COORDINATOR, Role.ADMINISTRATOR)
KEEPERS_OF_THE_GROUP = (Role.PROCUREMENT_UNIT, Role.ADMINISTRATOR)
# Of those who see the group: whom the meetings' own rule shows more than what they are called to.
SEE_MEETINGS = (Role.PROCUREMENT_UNIT, Role.STEERING)


def our_organisation(actor: Actor) -> Q:
    return same("pk", actor.organisation_id)


def standing(actor: Actor) -> Q:
    return Q(ended_at=None)


def ended(actor: Actor) -> Q:
    return Q(ended_at__isnull=False)


def of_a_standing_goal(actor: Actor) -> Q:
    return Q(goal__ended_at=None)


def to_report(actor: Actor) -> Q:
    return Q(reported_at=None)


def reported(actor: Actor) -> Q:
    return Q(reported_at__isnull=False)


def not_over(actor: Actor) -> Q:
    return Q(ends_on=None) | Q(ends_on__gte=clock.today())


# R1: the goals are the city's own and no secret in it. Who keeps them answers for them to the council.
SEE = Rule("se mål", Goal, dict.fromkeys(INSIDE, every))
# A vision and an occasion have no parent: to add one is a right on one's own organisation.
KEEP = Rule("föra in vision och tillfällen", Organisation, dict.fromkeys(KEEPERS, our_organisation))
CHANGE = Rule("ändra mål", Goal, dict.fromkeys(KEEPERS, standing))
REVIVE = Rule("återuppta mål", Goal, dict.fromkeys(KEEPERS, ended))
SEE_TARGET = Rule("se årsmål", Target, dict.fromkeys(INSIDE, every))
CHANGE_TARGET = Rule("ändra årsmål", Target, dict.fromkeys(KEEPERS, of_a_standing_goal))
SEE_OCCASION = Rule("se rapporteringstillfälle", Occasion, dict.fromkeys(INSIDE, every))
CHANGE_OCCASION = Rule("ändra rapporteringstillfälle", Occasion, dict.fromkeys(KEEPERS, to_report))
REOPEN_OCCASION = Rule("öppna rapporteringstillfälle igen", Occasion, dict.fromkeys(KEEPERS, reported))

# R30: who sits in the group is read by those who work with it. A seat has no parent, as a vision has none.
SEE_SEAT = Rule("se styrgruppen", Seat, dict.fromkeys((*KEEPERS_OF_THE_GROUP, Role.STEERING), every))
KEEP_GROUP = Rule("föra in mandat", Organisation, dict.fromkeys(KEEPERS_OF_THE_GROUP, our_organisation))
CHANGE_SEAT = Rule("ändra mandat", Seat, dict.fromkeys(KEEPERS_OF_THE_GROUP, not_over))
