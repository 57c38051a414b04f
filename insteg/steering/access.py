from django.db.models import Exists, OuterRef, Q

from insteg.access.actor import PERSONS, Actor, Role
from insteg.access.rules import NOTHING, Rule, every, same
from insteg.core import clock
from insteg.meetings.models import Attendance, Meeting
from insteg.organisations.models import Organisation
from insteg.steering.models import Agenda, AgendaFile, AgendaItem, Feedback, FeedbackLine, Goal, Occasion, Seat, Target

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


# --- the agenda and its pack (R31). Whoever is called reads it when it has been sent out, in whatever role they act.
def steering_meetings(actor: Actor) -> Q:
    return same("organisation", actor.organisation_id) & Q(kind=Meeting.Kind.STEERING, cancelled_at=None, agenda=None)


def ours_agenda(actor: Actor) -> Q:
    return same("meeting__organisation", actor.organisation_id)


def sent_out(actor: Actor) -> Q:
    """Whoever is to approve the minutes reads what they are about, also where the pack was never sent."""
    return Q(shared_at__isnull=False) | Q(handed_over_at__isnull=False)


def sent_out_to_me(actor: Actor) -> Q:
    if actor.kind != "member":
        return NOTHING
    called = Attendance.objects.filter(user=actor.id, meeting=OuterRef("meeting"), meeting__called_at__isnull=False)
    return sent_out(actor) & Q(Exists(called))


def ours_to_keep(actor: Actor) -> Q:
    """Until the minutes are with the chair; then they are taken back first."""
    return ours_agenda(actor) & Q(meeting__cancelled_at=None, handed_over_at=None, minutes=None)


def ours_handed_over(actor: Actor) -> Q:
    return ours_agenda(actor) & Q(handed_over_at__isnull=False, minutes=None)


def mine_to_approve(actor: Actor) -> Q:
    """The chair's when the chair was there, otherwise any member's who was."""
    if actor.kind != "member":
        return NOTHING
    there = Attendance.objects.filter(meeting=OuterRef("meeting"), present=True)
    chair, own = there.filter(capacity=Attendance.Capacity.CHAIR), there.filter(user=actor.id)
    as_member = Q(Exists(own.filter(capacity=Attendance.Capacity.MEMBER))) & ~Q(Exists(chair))
    mine = Q(Exists(own.filter(capacity=Attendance.Capacity.CHAIR))) | as_member
    return mine & Q(handed_over_at__isnull=False, minutes=None)


def agenda_of(rows: Q) -> Q:
    """The items of such agendas."""
    return Q(Exists(Agenda.objects.filter(rows, pk=OuterRef("agenda"))))


def file_of(rows: Q) -> Q:
    """The files beside such items."""
    return Q(Exists(AgendaItem.objects.filter(rows, pk=OuterRef("item"))))


def at_work(actor: Actor) -> Q:
    """Agendas of meetings that people are called to, until the minutes are left for approval. Whether the meeting's day
    has come is said in words by the action."""
    called = Q(meeting__called_at__isnull=False, meeting__cancelled_at=None, meeting__kind=Meeting.Kind.STEERING)
    return called & Q(handed_over_at=None, minutes=None)


def ours_at_work(actor: Actor) -> Q:
    return ours_agenda(actor) & at_work(actor)


def our_view(actor: Actor) -> Q:
    return same("planned__organisation", actor.organisation_id) & Q(asked_at__isnull=False)


BUILD = Rule("bygga underlag", Meeting, {Role.PROCUREMENT_UNIT: steering_meetings})
SEE_AGENDA = Rule("läsa underlaget", Agenda, {
    **dict.fromkeys(PERSONS, sent_out_to_me),
    Role.STEERING: sent_out,
    Role.PROCUREMENT_UNIT: lambda actor: ours_agenda(actor) | sent_out_to_me(actor),
})  # fmt: skip
KEEP_AGENDA = Rule("ändra underlaget", Agenda, {Role.PROCUREMENT_UNIT: ours_to_keep})
KEEP_ITEM = Rule("ändra punkt på dagordningen", AgendaItem, {
    Role.PROCUREMENT_UNIT: lambda actor: agenda_of(ours_to_keep(actor)),
})  # fmt: skip
SEE_ITEM = Rule("läsa punkt på dagordningen", AgendaItem, {
    **dict.fromkeys(PERSONS, lambda actor: agenda_of(sent_out_to_me(actor))),
    Role.STEERING: lambda actor: agenda_of(sent_out(actor)),
    Role.PROCUREMENT_UNIT: lambda actor: agenda_of(ours_agenda(actor) | sent_out_to_me(actor)),
})  # fmt: skip
SEE_FILE = Rule("hämta fil till punkt", AgendaFile, {
    **dict.fromkeys(PERSONS, lambda actor: file_of(agenda_of(sent_out_to_me(actor)))),
    Role.STEERING: lambda actor: file_of(agenda_of(sent_out(actor))),
    Role.PROCUREMENT_UNIT: lambda actor: file_of(agenda_of(ours_agenda(actor) | sent_out_to_me(actor))),
})  # fmt: skip
KEEP_FILE = Rule("ta bort fil från punkt", AgendaFile, {
    Role.PROCUREMENT_UNIT: lambda actor: file_of(agenda_of(ours_to_keep(actor))),
})  # fmt: skip
# The organisation's own view: for those who buy there; what several share is the procurement unit's own (R45).
TELL_VIEW = Rule("säga vad organisationen själv tycker", AgendaItem, {
    Role.PROCURING: our_view,
    Role.PROCUREMENT_UNIT: our_view,
})  # fmt: skip

# --- the meeting (R32). The group decides; whoever keeps the meeting's papers or sits there enters what it decided.
DECIDE = Rule("föra in beslut", AgendaItem, {
    Role.STEERING: lambda actor: agenda_of(at_work(actor)),
    Role.PROCUREMENT_UNIT: lambda actor: agenda_of(ours_at_work(actor)),
})  # fmt: skip
HAND_OVER = Rule("lämna protokollet för godkännande", Agenda, {Role.PROCUREMENT_UNIT: ours_at_work})
TAKE_BACK = Rule("ta tillbaka protokollet", Agenda, {Role.PROCUREMENT_UNIT: ours_handed_over})
APPROVE = Rule("godkänna protokollet", Agenda, dict.fromkeys(PERSONS, mine_to_approve))


def ours_approved(actor: Actor) -> Q:
    return ours_agenda(actor) & Q(minutes__isnull=False)


# --- feedback (R33)
def to_our_organisation(actor: Actor) -> Q:
    return same("organisation", actor.organisation_id) & Q(sent_at__isnull=False)


def from_us(actor: Actor) -> Q:
    return same("agenda__meeting__organisation", actor.organisation_id)


def from_us_unsent(actor: Actor) -> Q:
    return from_us(actor) & Q(sent_at=None)


def told_by_us(actor: Actor) -> Q:
    return (from_us(actor) | to_our_organisation(actor)) & Q(sent_at__isnull=False)


def lines_of(rows: Q) -> Q:
    """The lines of such feedback."""
    return Q(Exists(Feedback.objects.filter(rows, pk=OuterRef("feedback"))))


def with_something_to_do() -> Q:
    return ~Q(next_step="")


SEE_FEEDBACK = Rule("läsa återkoppling", Feedback, {
    Role.PROCUREMENT_UNIT: lambda actor: from_us(actor) | to_our_organisation(actor),
    Role.PROCURING: to_our_organisation,
    Role.STEERING: lambda actor: Q(sent_at__isnull=False),
})  # fmt: skip
# To all of a meeting at once, and how it goes for each.
TELL = Rule("återkoppla efter mötet", Agenda, {Role.PROCUREMENT_UNIT: ours_approved})
ADJUST_FEEDBACK = Rule("ändra och skicka återkoppling", Feedback, {Role.PROCUREMENT_UNIT: from_us_unsent})
# Only whoever it is for: that the procurement unit has a look says nothing of whether it has arrived.
LOOK = Rule("öppna återkoppling som den som den är till", Feedback, {
    Role.PROCURING: to_our_organisation,
    Role.PROCUREMENT_UNIT: to_our_organisation,
})  # fmt: skip
SEE_LINE = Rule("läsa rad i återkoppling", FeedbackLine, {
    Role.PROCUREMENT_UNIT: lambda actor: lines_of(told_by_us(actor)),
    Role.PROCURING: lambda actor: lines_of(to_our_organisation(actor)),
    Role.STEERING: lambda actor: lines_of(Q(sent_at__isnull=False)),
})  # fmt: skip
DO_NEXT = Rule("göra nästa steg", FeedbackLine, {
    Role.PROCUREMENT_UNIT: lambda actor: lines_of(told_by_us(actor)) & with_something_to_do(),
    Role.PROCURING: lambda actor: lines_of(to_our_organisation(actor)) & with_something_to_do(),
})  # fmt: skip
