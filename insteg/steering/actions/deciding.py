"""At the meeting (R32): what the group decides on each procurement, and what the minutes say of the other points."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, insert, lock
from insteg.core.models import BaseModel
from insteg.inventory.cases import DECIDE
from insteg.inventory.models import PlannedProcurement
from insteg.meetings.models import Attendance, Meeting
from insteg.process import flow
from insteg.process.models import Run
from insteg.steering import access
from insteg.steering.models import Agenda, AgendaItem, Decision
from insteg.steering.models.decisions import is_against


def the_agenda_and_the_case_first(item: AgendaItem, **data: Any) -> None:
    """In one order: whoever leaves the minutes for approval has the agenda, whoever moves a case has the case before
    what it is about."""
    lock(Agenda, pk=item.agenda_id)
    run = PlannedProcurement.objects.filter(agenda_items=item.pk).values_list("run", flat=True).first()
    if run is not None:
        lock(Run, pk=run)


def what_it_is_about(item: AgendaItem) -> list[BaseModel]:
    return [lock(PlannedProcurement, pk=item.planned_id)] if item.planned_id else []


@action("steering.decide", access.DECIDE, first=the_agenda_and_the_case_first, also=what_it_is_about)
def decide(
    item: AgendaItem, *, actor: Actor, choice: str, seen_assessment: UUID, again_from: dt.date | None = None,
    requirement: str = "", places: int | None = None, consideration: str = "", why: str = "",
) -> Decision:  # fmt: skip
    """What the group decided on the procurement of the point; it takes the place of any earlier decision, which stays.

    The case goes the same way. `choice` is one of Decision.Choice, `seen_assessment` the judgement that the group saw.
    Blocked before the meeting has begun, while nobody is noted as present, when the procurement is withdrawn or joined
    meanwhile, when it was judged anew since the page was opened, and where the case cannot go that way.
    ValidationError for a decision against the proposal without a reason.
    """
    if item.planned_id is None:
        raise Blocked(_("Punkten gäller ingen upphandling att besluta om."))
    meeting = Meeting.objects.get(agenda=item.agenda_id)
    present = who_is_present(meeting)
    planned = PlannedProcurement.objects.get(pk=item.planned_id)
    refuse_what_has_gone(planned)
    assessment = planned.assessments.latest("number")
    if assessment.pk != seen_assessment:
        raise Blocked(_("Uppgifterna har ändrats sedan sidan öppnades, och bedömningen är en annan. Läs om punkten."))
    reason = why.strip()
    if is_against(choice, assessment.proposal) and not reason:
        raise ValidationError({"why": _("Beslutet går emot förslaget. Skriv varför.")})
    decision = insert(Decision(
        planned=planned, item=item, follows=Decision.objects.filter(planned=planned, followed_by=None).first(),
        choice=choice, again_from=again_from, requirement=requirement, places=places, consideration=consideration,
        reason=reason, assessment=assessment, present=present, decided_by_id=actor.id,
    ))  # fmt: skip
    item.decision = decision
    move_the_case(planned, choice, actor, reason)
    return decision


def who_is_present(meeting: Meeting) -> list[str]:
    """The ids of those on the list who are noted as there. Blocked when that is nobody who may decide."""
    if not meeting.has_begun:
        raise Blocked(_("Mötet har inte börjat. Beslut förs in när det har börjat."))
    there = [*meeting.attendances.filter(present=True).order_by("pk")]
    if all(each.capacity == Attendance.Capacity.INVITED for each in there):
        raise Blocked(_("Ingen ledamot är antecknad som närvarande. Anteckna närvaron först, och besluta sedan."))
    return [str(each.pk) for each in there]


def refuse_what_has_gone(planned: PlannedProcurement) -> None:
    if planned.withdrawn_at is not None:
        raise Blocked(
            _("Upphandlingen har dragits tillbaka: %(reason)s Gå vidare till nästa punkt.")
            % {"reason": f"{planned.withdrawn_reason.rstrip('.')}."}
        )
    if planned.merged_into is not None:
        raise Blocked(
            _("Upphandlingen görs numera gemensamt i ”%(joint)s”. Gå vidare till nästa punkt.")
            % {"joint": planned.merged_into}
        )


def move_the_case(planned: PlannedProcurement, choice: str, actor: Actor, reason: str) -> None:
    """To where the group decides, if it does not stand there, and from there the way of the choice."""
    if planned.run is None:
        raise Blocked(_("Upphandlingen har inget ärende att besluta i."))
    because = {"actor": actor, "because": decide.name}
    flow.bring_to(planned.run, DECIDE, reason=reason or _("Styrgruppen beslutar igen."), **because)
    try:
        flow.take(planned.run, choice, reason=reason, **because)
    except flow.ReasonWanted as error:
        raise ValidationError({"why": error.args[0]}) from error


@action("steering.note_item", access.DECIDE)
def note_item(item: AgendaItem, *, actor: Actor, note: str) -> None:
    """What the minutes say of a point, beside any decision. Empty takes it away."""
    item.note = note
