"""After the minutes (R33): each organisation is told what was decided, opens it, and does what comes next."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, lock
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.inventory.cases import FEED_BACK, FEED_BACK_NO
from insteg.inventory.models import PlannedProcurement
from insteg.process import flow
from insteg.process.models import Run, Visit
from insteg.steering import access, feedback_letters
from insteg.steering.models import Agenda, Decision, Feedback, FeedbackLine
from insteg.steering.queries.feedback import START, lines_of, receivers, started

TOLD = "told"  # the way on where nothing is required
DECISION_TOLD, NEXT_STEP_TOLD = "decision_told", "next_step_told"  # the items of those steps


class Told(NamedTuple):
    """What stands on a line: empty when there is nothing to do."""

    next_step: str = ""
    due_on: dt.date | None = None


def the_agenda_first(feedback: Feedback, **data: Any) -> None:
    lock(Agenda, pk=feedback.agenda_id)


def its_lines(feedback: Feedback) -> list[BaseModel]:
    return [*feedback.lines.order_by("pk").select_for_update(no_key=True)]


@action("steering.adjust_feedback", access.ADJUST_FEEDBACK, first=the_agenda_first, also=its_lines)
def adjust_feedback(feedback: Feedback, *, actor: Actor, text: str, lines: Mapping[UUID, Told]) -> None:
    """Before it is sent: a text of one's own and, by the line's id, what the organisation does next and by when.

    ValidationError names the field `step_<id>` or `due_<id>` of a line.
    """
    feedback.text = text
    changed = False
    for line in feedback.lines.order_by("pk"):
        said = lines.get(line.pk)
        if said is None or said == (line.next_step, line.due_on):
            continue
        if said.due_on is not None and not said.next_step:
            raise ValidationError({f"step_{line.pk}": _("Skriv vad organisationen ska göra, eller ta bort dagen.")})
        line.next_step, line.due_on = said
        line.version += 1
        line.clean_fields(exclude=["feedback", "decision"])
        line.save(update_fields=["next_step", "due_on", "version"])
        changed = True
    if changed:  # whoever has the page open finds that it is another, also where the text is as it was
        Feedback.objects.filter(pk=feedback.pk).update(version=feedback.version + 1)


# --- sending


def the_agenda_and_the_cases_first(feedback: Feedback, **data: Any) -> None:
    """In one order with whoever decides: agenda, case, procurement."""
    lock(Agenda, pk=feedback.agenda_id)
    lock_cases(FeedbackLine.objects.filter(feedback=feedback.pk))


def lock_cases(lines: Any) -> None:
    runs = PlannedProcurement.objects.filter(decisions__told__in=lines).values("run")
    [*Run.objects.filter(pk__in=runs).order_by("pk").select_for_update(no_key=True)]


def what_it_tells_of(feedback: Feedback) -> list[BaseModel]:
    return lock_procurements(FeedbackLine.objects.filter(feedback=feedback.pk))


def lock_procurements(lines: Any) -> list[BaseModel]:
    found = PlannedProcurement.objects.filter(pk__in=Decision.objects.filter(told__in=lines).values("planned"))
    return [*found.order_by("pk").select_for_update(no_key=True)]


@action("steering.send_feedback", access.ADJUST_FEEDBACK, first=the_agenda_and_the_cases_first, also=what_it_tells_of)
def send_feedback(feedback: Feedback, *, actor: Actor) -> list[BaseModel]:
    """Everyone who procures in the organisation gets a letter at once, and the cases go on from having been told.

    Blocked when nobody there would get it, and when a procurement with a requirement lacks what to do or by when.
    Returns the letters and the answers that were written in the cases.
    """
    wanting = [*what_is_wanting(feedback)]
    if wanting:
        raise Blocked(*wanting)
    feedback.sent_at, feedback.sent_by_id = clock.now(), UUID(actor.id)
    letters = feedback_letters.send(feedback, receivers([feedback])[feedback.pk])
    return [*letters, *tell_the_cases(lines_of(feedback), actor)]


def the_agenda_and_all_the_cases_first(agenda: Agenda, **data: Any) -> None:
    lock(Agenda, pk=agenda.pk)
    unsent = FeedbackLine.objects.filter(feedback__agenda=agenda.pk, feedback__sent_at=None)
    lock_cases(unsent)
    lock_procurements(unsent)  # named in the log by each that is sent


def what_is_not_sent(agenda: Agenda) -> list[BaseModel]:
    return [*agenda.feedback.filter(sent_at=None).order_by("pk").select_for_update(no_key=True)]


@action("steering.send_all_feedback", access.TELL, first=the_agenda_and_all_the_cases_first, also=what_is_not_sent)
def send_all_feedback(agenda: Agenda, *, actor: Actor) -> list[BaseModel]:
    """All of a meeting that are not sent, as `send_feedback` each. One that something stands in the way of stays a
    draft and says why on its own page. Blocked when that is all of them, or when none is left."""
    unsent = [*agenda.feedback.filter(sent_at=None).order_by("pk")]
    ready = [each for each in unsent if not [*what_is_wanting(each)]]
    if not ready:
        said = _("Ingen återkoppling är klar att skicka. Öppna dem som är kvar och se vad som saknas.")
        raise Blocked(said if unsent else _("All återkoppling från mötet är redan skickad."))
    made: list[BaseModel] = []
    for feedback in ready:
        made += send_feedback(actor=actor, target=feedback, seen=None)
    return made


def what_is_wanting(feedback: Feedback) -> Iterable[str]:
    """A sentence for each thing that stands in the way of sending it; the page says the same beforehand."""
    if not receivers([feedback])[feedback.pk]:
        said = _("Ingen på %(organisation)s får återkopplingen: ingen upphandlar där i Insteg. "
                 "Be administratören bjuda in någon, och skicka sedan.")  # fmt: skip
        yield said % {"organisation": feedback.organisation}
    for line in lines_of(feedback):
        if line.asks_to_start and not (line.next_step and line.due_on):
            said = _("Skriv vad som ska göras med ”%(title)s”, och senast när.")
            yield said % {"title": line.title}


def tell_the_cases(lines: Iterable[FeedbackLine], actor: Actor) -> list[BaseModel]:
    """What waits in a case for its organisation to be told is done; where nothing is required the case ends. A case
    that has gone elsewhere, or on which the group has decided anew, is left where it is."""
    standing = [line for line in lines if line.stands and line.decision.planned.run_id is not None]
    runs = {line.decision.planned.run_id: line for line in standing}
    here = Visit.objects.filter(run__in=runs, left_at=None, step__key__in=(FEED_BACK, FEED_BACK_NO))
    made: list[BaseModel] = []
    for visit in here.select_related("run").order_by("pk"):
        keys = [DECISION_TOLD, NEXT_STEP_TOLD] if runs[visit.run_id].next_step else [DECISION_TOLD]
        made += flow.answer(visit.run, keys, actor=actor)
    flow.go_on([*runs], TOLD, actor=actor, because=send_feedback.name)
    return made


@action("steering.look_at_feedback", access.LOOK)
def look_at_feedback(feedback: Feedback, *, actor: Actor) -> None:
    """Somebody of those whom it is for has opened it; the procurement unit sees that. The first time counts."""
    if feedback.read_at is None:
        feedback.read_at, feedback.read_by_id = clock.now(), UUID(actor.id)


# --- what comes next


def the_case_first(line: FeedbackLine, **data: Any) -> None:
    lock_cases(FeedbackLine.objects.filter(pk=line.pk))


def what_the_line_is_of(line: FeedbackLine) -> list[BaseModel]:
    return lock_procurements(FeedbackLine.objects.filter(pk=line.pk))


@action("steering.start_procurement", access.DO_NEXT, first=the_case_first, also=what_the_line_is_of)
def start_procurement(line: FeedbackLine, *, actor: Actor) -> None:
    """The case goes its way to a procurement, and the next step is done; the unit is told.

    Blocked when nothing is required, when the group has decided anew, when the procurement is withdrawn or joined, and
    with what stands in the way of the case. Where somebody has started it already, only the line is done.
    """
    decision = line.decision
    if decision.choice != Decision.Choice.REQUIRE:
        raise Blocked(_("Styrgruppen har inte beslutat om krav här, så det finns inget att starta."))
    refuse_what_is_over(line)
    if not started([line]):
        if decision.planned.run is None:
            raise Blocked(_("Upphandlingen har inget ärende att starta."))
        flow.take(decision.planned.run, START, actor=actor, because=start_procurement.name)
        feedback_letters.tell_that_it_started(line, actor)
    done(line, actor)


@action("steering.finish_next_step", access.DO_NEXT, first=the_case_first, also=what_the_line_is_of)
def finish_next_step(line: FeedbackLine, *, actor: Actor) -> None:
    """What the organisation was to do is done, when that is something else than to start the procurement. Blocked
    otherwise, and as in `start_procurement`."""
    if line.asks_to_start and not started([line]):
        raise Blocked(_("Det klaras genom att upphandlingen startas. Välj ”Starta upphandlingen”."))
    refuse_what_is_over(line)
    done(line, actor)


def refuse_what_is_over(line: FeedbackLine) -> None:
    planned = line.decision.planned
    if line.done_at is not None:
        raise Blocked(_("Det är redan gjort."))
    if not line.stands:
        raise Blocked(
            _("Styrgruppen har beslutat på nytt sedan dess. Det nya beslutet gäller, så här är inget att göra.")
        )
    if planned.withdrawn_at is not None:
        raise Blocked(_("Upphandlingen har dragits tillbaka, så här är inget att göra."))
    if planned.merged_into is not None:
        said = _("Upphandlingen görs numera gemensamt i ”%(joint)s”, så här är inget att göra.")
        raise Blocked(said % {"joint": planned.merged_into})


def done(line: FeedbackLine, actor: Actor) -> None:
    line.done_at, line.done_by_id = clock.now(), UUID(actor.id)
