from django.db.models import Q

from insteg.access.actor import PERSONS, Actor, Role
from insteg.access.rules import NOTHING, Rule, same
from insteg.meetings.models import Attendance, Meeting
from insteg.organisations.models import Organisation


def our_organisation(actor: Actor) -> Q:
    return same("pk", actor.organisation_id)


def ours(actor: Actor) -> Q:
    return same("organisation", actor.organisation_id)


def ours_planned(actor: Actor) -> Q:
    return ours(actor) & Q(called_at=None, cancelled_at=None)


def ours_standing(actor: Actor) -> Q:
    return ours(actor) & Q(cancelled_at=None)


def ours_called(actor: Actor) -> Q:
    return ours_standing(actor) & Q(called_at__isnull=False)


def called_there(actor: Actor) -> Q:
    """Meetings that the person is called to, in whatever role they act just now."""
    return same("attendances__user", actor.id) & Q(called_at__isnull=False) if actor.kind == "member" else NOTHING


def ours_or_called_there(actor: Actor) -> Q:
    return ours(actor) | called_there(actor)


def of_the_steering_group(actor: Actor) -> Q:
    return Q(kind=Meeting.Kind.STEERING) | called_there(actor)


def own(actor: Actor) -> Q:
    called = Q(meeting__called_at__isnull=False)
    return same("user", actor.id) & called if actor.kind == "member" else NOTHING


def own_to_answer(actor: Actor) -> Q:
    return own(actor) & Q(meeting__cancelled_at=None)


def at_ours_or_own(actor: Actor) -> Q:
    return same("meeting__organisation", actor.organisation_id) | own(actor)


def at_ours_standing(actor: Actor) -> Q:
    return same("meeting__organisation", actor.organisation_id) & Q(meeting__cancelled_at=None)


# R30: the procurement unit calls. Who is called sees it in any role; the steering group sees its meetings.
SEE = Rule("se möte", Meeting, {
    **dict.fromkeys(PERSONS, called_there),
    Role.PROCUREMENT_UNIT: ours_or_called_there,
    Role.STEERING: of_the_steering_group,
})  # fmt: skip
PLAN = Rule("planera möte", Organisation, {Role.PROCUREMENT_UNIT: our_organisation})
CHANGE = Rule("ändra och kalla till möte", Meeting, {Role.PROCUREMENT_UNIT: ours_planned})
KEEP = Rule("bjuda in till och ställa in möte", Meeting, {Role.PROCUREMENT_UNIT: ours_standing})
RUN = Rule("flytta möte och anteckna närvaro", Meeting, {Role.PROCUREMENT_UNIT: ours_called})
SEE_OWN = Rule("se kallelse", Attendance, {
    **dict.fromkeys(PERSONS, own),
    Role.PROCUREMENT_UNIT: at_ours_or_own,
})  # fmt: skip
ANSWER = Rule("svara på kallelse", Attendance, dict.fromkeys(PERSONS, own_to_answer))
TAKE_OFF = Rule("ta bort från möte", Attendance, {Role.PROCUREMENT_UNIT: at_ours_standing})
