"""What organisations are told after a meeting, who gets it, how it goes, and what waits for them to do (R33)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor, Role
from insteg.access.catalogues import Task, Whose
from insteg.core import clock
from insteg.core.workdays import shift
from insteg.inventory import access as inventory
from insteg.inventory.cases import FEED_BACK, FEED_BACK_NO, KIND
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.recipients import those_who_procure
from insteg.organisations.models import Membership, User
from insteg.process.models import Visit
from insteg.steering import access
from insteg.steering.models import Agenda, Decision, Feedback, FeedbackLetter, FeedbackLine
from insteg.steering.queries.minutes import about
from insteg.ui import figures

MOST = 100  # in a list
MOST_TASKS = 20
START = "start"  # the way on of a case that becomes a procurement
TO_SEND, TO_READ = 10, 5  # working days: from the minutes to the feedback, and from that until it should be read


def receivers(sent: Iterable[Feedback]) -> dict[UUID, list[User]]:
    """{feedback's id: the people it goes to, by name}: those who procure there; at the procurement unit's own
    organisation, where nobody else does, those of the unit (R45). Two queries at most."""
    rows = [*sent]
    found = those_who_procure({row.organisation_id for row in rows})
    empty = [organisation for organisation, people in found.items() if not people]
    unit = Membership.objects.current().filter(role=Role.PROCUREMENT_UNIT, user__is_active=True)
    held = unit.filter(organisation__in=empty)
    for membership in held.select_related("user").order_by("user__name", "user_id", "pk"):
        if membership.user not in found[membership.organisation_id]:
            found[membership.organisation_id].append(membership.user)
    return {row.pk: found[row.organisation_id] for row in rows}


def with_what_it_tells(lines: QuerySet[FeedbackLine]) -> QuerySet[FeedbackLine]:
    return lines.select_related(
        "feedback__agenda__meeting", "feedback__organisation", "decision__planned__merged_into",
        "decision__planned__run", "decision__assessment", "decision__followed_by", "done_by",
    )  # fmt: skip


def in_order(feedback: Feedback) -> QuerySet[FeedbackLine]:
    """Its lines, in the order of the agenda."""
    rows = with_what_it_tells(FeedbackLine.objects.filter(feedback=feedback.pk))
    return rows.order_by("decision__item__order", "pk")


def lines_of(feedback: Feedback) -> list[FeedbackLine]:
    """The same, read. One query."""
    return [*in_order(feedback)]


def started(lines: Iterable[FeedbackLine]) -> set[UUID]:
    """The planned procurements of the lines whose case has gone on to be a procurement. One query."""
    runs = {line.decision.planned.run_id: line.decision.planned_id for line in lines}
    begun = Visit.objects.filter(run__in=[run for run in runs if run], left_move__key=START)
    return {runs[run] for run in begun.values_list("run", flat=True)}


def letters_of(sent: Iterable[Feedback]) -> dict[UUID, list[FeedbackLetter]]:
    """{feedback's id: its letters with their messages, by name}. One query."""
    found: dict[UUID, list[FeedbackLetter]] = {row.pk: [] for row in sent}
    rows = FeedbackLetter.objects.filter(feedback__in=found).select_related("message", "user")
    for letter in rows.order_by("user__name", "pk"):
        found[letter.feedback_id].append(letter)
    return found


def counted(rows: QuerySet[Feedback]) -> QuerySet[Feedback]:
    """With how many lines each has, how many of them ask for something, and how many of those are done."""
    asks = Q(lines__in=FeedbackLine.objects.filter(still_asked()))
    return rows.select_related("agenda__meeting", "organisation", "sent_by", "read_by").annotate(
        decisions=Count("lines", distinct=True),
        waiting=Count("lines", distinct=True, filter=asks),
        done=Count("lines", distinct=True, filter=Q(lines__done_at__isnull=False)),
    )


def of_meeting(agenda: Agenda) -> list[Feedback]:
    """To each organisation, by its name."""
    return [*counted(Feedback.objects.filter(agenda=agenda)).order_by("organisation__name", "pk")]


def newest(rows: QuerySet[Feedback]) -> list[Feedback]:
    """The latest meeting first; at most MOST."""
    return [*counted(rows).order_by("-agenda__meeting__starts_at", "organisation__name", "pk")[:MOST]]


def still_asked() -> Q:
    """Lines that wait: something to do that nobody has done, of a decision that stands and a procurement that is left;
    and where the case has become a procurement, that was what was asked."""
    begun = Visit.objects.filter(run=OuterRef("decision__planned__run"), left_move__key=START)
    asks = ~Q(next_step="") & Q(feedback__sent_at__isnull=False, done_at=None, decision__followed_by=None)
    left = Q(decision__planned__withdrawn_at=None, decision__planned__merged_into=None)
    return asks & left & ~(Q(decision__choice=Decision.Choice.REQUIRE) & Exists(begun))


# --- tasks


def tasks(actor: Actor) -> Iterator[Task]:
    """To send, for the unit; to read and to do, for whom it is for; and what the unit waits for."""
    if actor.role in access.TELL.table:
        yield from to_send(actor)
        yield from decided_without_a_meeting(actor)
    if actor.role in access.LOOK.table:
        yield from to_read(actor)
        yield from to_do(actor)
    if actor.role in access.TELL.table:
        yield from waited_for(actor)


def to_send(actor: Actor) -> Iterator[Task]:
    unsent = Feedback.objects.filter(agenda=OuterRef("pk"), sent_at=None)
    rows = access.TELL.filter(Agenda.objects.filter(Exists(unsent)), actor).select_related("meeting", "minutes")
    left = Count("feedback", filter=Q(feedback__sent_at=None))
    for agenda in rows.annotate(left=left).order_by("meeting__starts_at", "pk")[:MOST_TASKS]:
        said = ngettext(
            "Skicka återkopplingen till %(count)s organisation",
            "Skicka återkopplingen till %(count)s organisationer",
            agenda.left,
        )
        approved = localdate(agenda.minutes.created_at)
        yield Task(
            said % {"count": figures.grouped(agenda.left)},
            reverse("steering:feedback_of_meeting", args=[agenda.pk]),
            about=about(agenda.meeting), since=approved, due_on=shift(approved, TO_SEND),
        )  # fmt: skip


def decided_without_a_meeting(actor: Actor) -> Iterator[Task]:
    """Cases that came to be told of before decisions were made in Insteg: each is told of by hand, on its own page."""
    decided = Exists(Decision.objects.filter(planned__run=OuterRef("run")))
    ours = inventory.ADVISE.filter(PlannedProcurement.objects.filter(run=OuterRef("run")), actor)
    rows = Visit.objects.filter(~decided, Exists(ours), left_at=None, step__key__in=(FEED_BACK, FEED_BACK_NO))
    found: dict[str, list[tuple[dt.date, dt.datetime]]] = {}
    for key, due_on, entered_at in rows.values_list("step__key", "due_on", "entered_at").order_by("due_on")[:MOST]:
        found.setdefault(key, []).append((due_on, entered_at))
    for key, waiting in found.items():
        said = ngettext(
            "Återkoppla %(count)s beslut från tiden före mötena i Insteg",
            "Återkoppla %(count)s beslut från tiden före mötena i Insteg",
            len(waiting),
        )
        yield Task(
            said % {"count": figures.grouped(len(waiting))}, reverse("process:step", args=[KIND, key]),
            since=localdate(min(entered_at for _due_on, entered_at in waiting)), due_on=waiting[0][0],
        )  # fmt: skip


def to_read(actor: Actor) -> Iterator[Task]:
    unread = Feedback.objects.filter(sent_at__isnull=False, read_at=None)
    rows = access.LOOK.filter(unread, actor).select_related("agenda__meeting")
    for feedback in rows.order_by("sent_at", "pk")[:MOST_TASKS]:
        sent = localdate(feedback.sent_at)
        yield Task(
            _("Läs vad styrgruppen beslutade"), reverse("steering:feedback", args=[feedback.pk]),
            about=about(feedback.agenda.meeting), since=sent, due_on=shift(sent, TO_READ),
        )  # fmt: skip


def to_do(actor: Actor) -> Iterator[Task]:
    """One line for each thing to do, in one's own organisation."""
    ours = own_lines(actor).filter(still_asked())
    rows = with_what_it_tells(access.DO_NEXT.filter(ours, actor))
    for line in rows.order_by(F("due_on").asc(nulls_last=True), "pk")[:MOST_TASKS]:
        yield Task(
            task_of(line) % {"title": line.title},
            reverse("steering:feedback", args=[line.feedback_id]),
            about=line.next_step, since=localdate(line.feedback.sent_at), due_on=line.due_on,
        )  # fmt: skip


def task_of(line: FeedbackLine) -> str:
    if line.asks_to_start:
        return _("Starta upphandlingen ”%(title)s”")
    return _("Gör nästa steg med ”%(title)s”")


def own_lines(actor: Actor) -> QuerySet[FeedbackLine]:
    return FeedbackLine.objects.filter(feedback__organisation=actor.organisation_id)


def waited_for(actor: Actor) -> Iterator[Task]:
    """One line for each organisation that has not read what it was sent, or not done what it was to do by the day."""
    late = still_asked() & Q(due_on__lt=clock.today())
    sent = access.SEE_FEEDBACK.filter(Feedback.objects.filter(sent_at__isnull=False), actor)
    sent = sent.exclude(organisation=actor.organisation_id)
    is_late = Exists(FeedbackLine.objects.filter(late, feedback=OuterRef("pk")))
    rows = sent.filter(Q(read_at=None) | Q(is_late)).select_related("agenda__meeting", "organisation")
    for feedback in rows.order_by("sent_at", "pk")[:MOST_TASKS]:
        day = localdate(feedback.sent_at)
        unread = feedback.read_at is None
        yield Task(
            _("Läs vad styrgruppen beslutade") if unread else _("Gör nästa steg efter styrgruppens beslut"),
            reverse("steering:feedback", args=[feedback.pk]), about=about(feedback.agenda.meeting), since=day,
            due_on=shift(day, TO_READ) if unread else None, whose=Whose.OTHERS, who=str(feedback.organisation),
        )  # fmt: skip
