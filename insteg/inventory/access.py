from django.db.models import Exists, OuterRef, Q

from insteg.access.actor import Actor, Role
from insteg.access.rules import Rule, every, same
from insteg.codes.models import CpvOccupation
from insteg.core.clock import today
from insteg.inventory.models import (
    AgreementUpload,
    InventoryRound,
    PlannedProcurement,
    PlanUpload,
    RoundAnswer,
    RoundRequest,
    RunningAgreement,
)
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


def joined(actor: Actor) -> Q:
    return Q(merged_into__isnull=False)


def not_joined(actor: Actor) -> Q:
    return Q(withdrawn_at=None, merged_into=None)


def our_joint(actor: Actor) -> Q:
    return ours(actor) & not_joined(actor) & Q(shared=True)


def buying(actor: Actor) -> Q:
    return Q(kind__in=Organisation.BUYING)


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


def opened(actor: Actor) -> Q:
    return Q(opened_at__isnull=False)


def drafts(actor: Actor) -> Q:
    return Q(opened_at=None)


def not_closed(actor: Actor) -> Q:
    return Q(closed_at=None)


def under_way(actor: Actor) -> Q:
    return Q(opened_at__isnull=False, closed_at=None)


def closed(actor: Actor) -> Q:
    return Q(closed_at__isnull=False)


def asks_our_organisation(actor: Actor) -> Q:
    return same("requests__organisation", actor.organisation_id) & Q(requests__unit=None)


def asks_our_unit(actor: Actor) -> Q:
    return same("requests__unit", actor.unit_id)


def our_request(actor: Actor) -> Q:
    return ours(actor) & Q(unit=None, round__opened_at__isnull=False)


def our_units_request(actor: Actor) -> Q:
    return same("unit", actor.unit_id) & Q(round__opened_at__isnull=False)


def an_organisations_request(actor: Actor) -> Q:
    return Q(unit=None, round__opened_at__isnull=False)


def our_answer(actor: Actor) -> Q:
    return same("request__organisation", actor.organisation_id) & Q(request__unit=None)


def an_organisations_answer(actor: Actor) -> Q:
    return Q(request__unit=None)


def our_units_answer(actor: Actor) -> Q:
    return same("request__unit", actor.unit_id)


def while_under_way(actor: Actor) -> Q:
    return Q(round__opened_at__isnull=False, round__closed_at=None)


def waits_for_an_answer(actor: Actor) -> Q:
    standing = RoundAnswer.objects.filter(request=OuterRef("pk"), reopened_at=None)
    return while_under_way(actor) & Q(~Exists(standing))


def to_remind(actor: Actor) -> Q:
    return waits_for_an_answer(actor) & Q(held_at=None)


def to_be_renewed(actor: Actor) -> Q:
    return Q(ended_at=None)


def not_to_be_renewed(actor: Actor) -> Q:
    return Q(ended_at__isnull=False)


def ours_to_be_renewed(actor: Actor) -> Q:
    return ours(actor) & to_be_renewed(actor)


def ours_not_to_be_renewed(actor: Actor) -> Q:
    return ours(actor) & not_to_be_renewed(actor)


def own_organisation(actor: Actor) -> Q:
    return same("pk", actor.organisation_id)


def in_the_table(actor: Actor) -> Q:
    return Q(removed_at=None)


def out_of_the_table(actor: Actor) -> Q:
    return Q(removed_at__isnull=False)


def ours_not_joined(actor: Actor) -> Q:
    return ours(actor) & not_joined(actor)


def occupations_said(actor: Actor) -> Q:
    return any_current(actor) & Q(occupations_confirmed_at__isnull=False)


def our_occupations_said(actor: Actor) -> Q:
    return ours(actor) & occupations_said(actor)


# R12, R14: the coming needs are shared inside the city; a department sees its own. Values may be secret towards
# suppliers until advertised (OSL 19:3), so no one outside the city is named here.
SEE = Rule("se planerad upphandling", PlannedProcurement, {
    Role.PROCUREMENT_UNIT: every,
    Role.PROCURING: ours,
    Role.COACH: every,
    Role.UNIT_MANAGER: every,
    Role.STEERING: every,
})  # fmt: skip
# Whose plans one can ask for one organisation at a time.
LIST_BY_ORGANISATION = Rule("se vad en organisation planerar", Organisation, {
    Role.PROCUREMENT_UNIT: buying,
    Role.COACH: buying,
    Role.UNIT_MANAGER: buying,
    Role.STEERING: buying,
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
# A job that cannot do what a member asked for, since the right is gone too, has nobody but itself to say so.
GIVE_UP_PLAN = Rule("säga att en plan inte blev klar", PlanUpload, {Role.SYSTEM: any_open_upload})
JUDGE = Rule("bedöma enligt regelverk", RuleSet, {Role.SYSTEM: published})
# R21: a number is proposed and people decide; who compiles weighs the whole city's procurements against each other.
SET_PLACES = Rule("bestämma antal platser", PlannedProcurement, {Role.PROCUREMENT_UNIT: not_joined})

# --- whose move it is in the case of a planned procurement; joined and withdrawn ones have no open case
BUY = Rule("göra köparens steg", PlannedProcurement, {
    Role.PROCURING: lambda actor: ours(actor) & not_joined(actor),
    Role.PROCUREMENT_UNIT: lambda actor: ours(actor) & not_joined(actor),  # what several share (R45)
})  # fmt: skip
ADVISE = Rule("göra upphandlingsenhetens steg", PlannedProcurement, {Role.PROCUREMENT_UNIT: not_joined})
DECIDE = Rule("göra styrgruppens steg", PlannedProcurement, {Role.STEERING: not_joined})

# --- rounds (R10). A round is seen by UE, by those it asks and by the steering group, which waits for its answers.
SEE_ROUND = Rule("se inventering", InventoryRound, {
    Role.PROCUREMENT_UNIT: every,
    Role.PROCURING: asks_our_organisation,
    Role.COACH: asks_our_unit,
    Role.UNIT_MANAGER: asks_our_unit,
    Role.STEERING: opened,
})  # fmt: skip
# The board says how it goes for everyone who is asked: for those who chase the answers and those who wait for them.
SEE_BOARD = Rule("se hur inventeringen går", InventoryRound, {
    Role.PROCUREMENT_UNIT: every,
    Role.STEERING: opened,
})  # fmt: skip
# A round has no parent: to begin one is a right on one's own organisation, so that two who begin one wait for another.
DRAFT_ROUND = Rule("förbereda inventering", Organisation, {Role.PROCUREMENT_UNIT: our_organisation})
CHANGE_ROUND = Rule("ändra inventering", InventoryRound, {Role.PROCUREMENT_UNIT: not_closed})
OPEN_ROUND = Rule("öppna inventering", InventoryRound, {Role.PROCUREMENT_UNIT: drafts})
RUN_ROUND = Rule("leda inventering", InventoryRound, {Role.PROCUREMENT_UNIT: under_way})
REOPEN_ROUND = Rule("öppna inventering igen", InventoryRound, {Role.PROCUREMENT_UNIT: closed})
SEE_REQUEST = Rule("se förfrågan", RoundRequest, {
    Role.PROCUREMENT_UNIT: every,
    Role.PROCURING: our_request,
    Role.COACH: our_units_request,
    Role.UNIT_MANAGER: our_units_request,
})  # fmt: skip
EXTEND = Rule("ge mer tid", RoundRequest, {Role.PROCUREMENT_UNIT: while_under_way})
# Reminders go by themselves, to those who have not answered; UE sees them beforehand and may hold them back.
REMIND = Rule("påminna", RoundRequest, {Role.SYSTEM: to_remind})
HOLD_REMINDERS = Rule("hålla inne påminnelser", RoundRequest, {Role.PROCUREMENT_UNIT: waits_for_an_answer})

# --- answers (R11). That a round is closed, or the answer sent already, is said in words by the action and no matter of
# right: of two who send at once the second is told what the first did. UE answers for whoever cannot.
ANSWER = Rule("svara på inventering", RoundRequest, {
    Role.PROCUREMENT_UNIT: an_organisations_request,
    Role.PROCURING: our_request,
})  # fmt: skip
# Only those who are asked: that UE has a look says nothing of whether they have.
LOOK = Rule("öppna förfrågan som den som ska svara", RoundRequest, {
    Role.PROCURING: our_request,
    Role.COACH: our_units_request,
    Role.UNIT_MANAGER: our_units_request,
})  # fmt: skip
SEE_ANSWER = Rule("se svar", RoundAnswer, {
    Role.PROCUREMENT_UNIT: every,
    Role.PROCURING: our_answer,
    Role.COACH: our_units_answer,
    Role.UNIT_MANAGER: our_units_answer,
})  # fmt: skip
# An answer is taken up again to be mended while the round is under way; a unit's by nobody but the unit.
TAKE_UP = Rule("öppna svar igen", RoundAnswer, {
    Role.PROCUREMENT_UNIT: an_organisations_answer,
    Role.PROCURING: our_answer,
    Role.COACH: our_units_answer,
    Role.UNIT_MANAGER: our_units_answer,
})  # fmt: skip

# --- running agreements (R11). Names of suppliers and what they are paid are for the buyer and for UE.
SEE_AGREEMENT = Rule("se löpande avtal", RunningAgreement, {
    Role.PROCUREMENT_UNIT: every,
    Role.PROCURING: ours,
})  # fmt: skip
CHANGE_AGREEMENT = Rule("ändra löpande avtal", RunningAgreement, {
    Role.PROCUREMENT_UNIT: to_be_renewed,
    Role.PROCURING: ours_to_be_renewed,
})  # fmt: skip
REVIVE_AGREEMENT = Rule("ta tillbaka att avtal inte ska upphandlas igen", RunningAgreement, {
    Role.PROCUREMENT_UNIT: not_to_be_renewed,
    Role.PROCURING: ours_not_to_be_renewed,
})  # fmt: skip
REVIEW_REGISTER = Rule("granska uppladdat avtalsregister", AgreementUpload, {
    Role.PROCUREMENT_UNIT: any_open_upload,
    Role.PROCURING: our_open_upload,
})  # fmt: skip
# As with plans: the second of two clicks is told what the first did.
SEE_REGISTER = Rule("se uppladdat avtalsregister", AgreementUpload, {
    Role.PROCUREMENT_UNIT: every,
    Role.PROCURING: ours,
})  # fmt: skip

# A unit's needs are its own to tell: UE sees that it has answered, and can give it more time (R67).
ANSWER_NEEDS = Rule("svara vad enheten behöver", RoundRequest, {
    Role.COACH: our_units_request,
    Role.UNIT_MANAGER: our_units_request,
})  # fmt: skip

# --- what several share (R12). UE buys it in its own organisation's name; the reports are joined into that one.
JOIN = Rule("slå ihop med gemensam upphandling", PlannedProcurement, {Role.PROCUREMENT_UNIT: our_joint})
BEGIN_JOINT = Rule("påbörja gemensam upphandling", Organisation, {Role.PROCUREMENT_UNIT: our_organisation})
SEPARATE = Rule("skilja ur gemensam upphandling", PlannedProcurement, {Role.PROCUREMENT_UNIT: joined})
TO_JOIN = Rule("se vad som kan slås ihop", PlannedProcurement, {Role.PROCUREMENT_UNIT: not_joined})

# --- what judgements lack (R13). To ask is a right on one's own organisation, so that two who ask wait for another.
ASK_FOR_FACTS = Rule("fråga efter uppgifter", Organisation, {Role.PROCUREMENT_UNIT: our_organisation})

# --- the table of occupations by CPV code (R13). Whoever reads what is planned reads what it proposes, and how.
SEE_OCCUPATIONS = Rule("se yrken för CPV-koder", CpvOccupation, {
    Role.PROCUREMENT_UNIT: every,
    Role.PROCURING: every,
    Role.COACH: every,
    Role.UNIT_MANAGER: every,
    Role.STEERING: every,
    Role.ADMINISTRATOR: every,
})  # fmt: skip
# A pair has no parent: as with a round, to add one is a right on one's own organisation.
ADD_OCCUPATION = Rule("lägga till yrke för CPV-kod", Organisation, {
    Role.PROCUREMENT_UNIT: own_organisation,
    Role.ADMINISTRATOR: own_organisation,
})  # fmt: skip
REMOVE_OCCUPATION = Rule("ta bort yrke för CPV-kod", CpvOccupation, {
    Role.PROCUREMENT_UNIT: in_the_table,
    Role.ADMINISTRATOR: in_the_table,
})  # fmt: skip
RESTORE_OCCUPATION = Rule("lägga tillbaka yrke för CPV-kod", CpvOccupation, {
    Role.PROCUREMENT_UNIT: out_of_the_table,
    Role.ADMINISTRATOR: out_of_the_table,
})  # fmt: skip
# How many a change of the table would touch, as a number: the administrator sees no planned procurement, but counts.
COUNT_PLANNED = Rule("räkna vad tabellen föreslår yrken för", PlannedProcurement, {
    Role.PROCUREMENT_UNIT: not_joined,
    Role.PROCURING: ours_not_joined,
    Role.COACH: not_joined,
    Role.UNIT_MANAGER: not_joined,
    Role.STEERING: not_joined,
    Role.ADMINISTRATOR: not_joined,
})  # fmt: skip
# What people say of one procurement's occupations is a fact of it, and follows CHANGE; to take it back needs it said.
UNCONFIRM_OCCUPATIONS = Rule("ta tillbaka vilka yrken som behövs", PlannedProcurement, {
    Role.PROCUREMENT_UNIT: occupations_said,
    Role.PROCURING: our_occupations_said,
})  # fmt: skip
