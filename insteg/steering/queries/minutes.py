"""What the minutes of a meeting are made of, who approves them, and what waits when the meeting is over."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.access.catalogues import Task, Whose
from insteg.core import clock
from insteg.core.workdays import shift
from insteg.meetings import words
from insteg.meetings.models import Attendance, Meeting
from insteg.meetings.queries import listed
from insteg.steering import access
from insteg.steering.models import Agenda, AgendaItem

MOST = 20  # tasks of a kind; a group meets a few times a year
# The unit's own measure: how many working days after the one before it each step of the minutes should take.
TO_HAND_OVER, TO_APPROVE = 5, 5


@dataclass(frozen=True)
class Said:
    """A meeting as its minutes tell it: who was on the list, and the points in their order, with what was decided."""

    meeting: Meeting
    listed: Sequence[Attendance]
    items: Sequence[AgendaItem]


def read(agenda: Agenda) -> Said:
    """Three queries, however many points."""
    meeting = Meeting.objects.select_related("organisation").get(pk=agenda.meeting_id)
    items = AgendaItem.objects.filter(agenda=agenda).select_related(
        "planned__organisation", "planned__merged_into", "decision__assessment", "decision__follows",
    )  # fmt: skip
    return Said(meeting, [*listed(meeting)], [*items.order_by("order", "pk")])


def who_approves(came: Iterable[Attendance]) -> list[Attendance]:
    """The chair who was there, otherwise the members who were; as access.mine_to_approve asks the database."""
    there = [each for each in came if each.present]
    chair = [each for each in there if each.capacity == Attendance.Capacity.CHAIR]
    return chair or [each for each in there if each.capacity == Attendance.Capacity.MEMBER]


def tasks(actor: Actor) -> Iterator[Task]:
    """Of the minutes: to hand over, to approve, and who is waited for."""
    if actor.role in access.HAND_OVER.table:
        yield from to_hand_over(actor)
    yield from to_approve(actor)


def to_hand_over(actor: Actor) -> Iterator[Task]:
    """From when the meeting is over."""
    rows = access.HAND_OVER.filter(Agenda.objects.filter(meeting__ends_at__lte=clock.now()), actor)
    for agenda in rows.select_related("meeting").order_by("meeting__starts_at", "pk")[:MOST]:
        held = localdate(agenda.meeting.ends_at)
        yield Task(
            _("Lämna protokollet för godkännande"), reverse("steering:minutes", args=[agenda.pk]),
            about=about(agenda.meeting), since=held, due_on=shift(held, TO_HAND_OVER),
        )  # fmt: skip


def to_approve(actor: Actor) -> Iterator[Task]:
    """For whoever may; and for the unit, whom it waits for."""
    mine = {agenda.pk for agenda in access.APPROVE.filter(Agenda.objects.all(), actor)}
    waited_for = access.TAKE_BACK.filter(Agenda.objects.all(), actor) if actor.role in access.TAKE_BACK.table else ()
    seen = {agenda.pk for agenda in waited_for}
    rows = Agenda.objects.filter(pk__in=mine | seen).select_related("meeting")
    for agenda in rows.prefetch_related("meeting__attendances__user").order_by("meeting__starts_at", "pk")[:MOST]:
        handed = localdate(agenda.handed_over_at)
        names = ", ".join(sorted(each.user.name for each in who_approves(agenda.meeting.attendances.all())))
        whose = {} if agenda.pk in mine else {"whose": Whose.OTHERS, "who": names}
        yield Task(
            _("Godkänn protokollet"), reverse("steering:minutes", args=[agenda.pk]), about=about(agenda.meeting),
            since=handed, due_on=shift(handed, TO_APPROVE), **whose,
        )  # fmt: skip


def about(meeting: Meeting) -> str:
    return f"{meeting.title}, {words.when_of(meeting)}"
