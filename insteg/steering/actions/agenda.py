"""The verbs of the agenda (R31): what is on it, in which order, and when those who are called may read it.

All of them lock the agenda before its items, so that nothing is added to one that has just been handed over.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, insert, lock
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.inventory.cases import DECIDE
from insteg.inventory.models import PlannedProcurement
from insteg.meetings.models import Attendance, Meeting
from insteg.process import flow
from insteg.process.models import Run
from insteg.steering import access, agenda_letters
from insteg.steering.models import Agenda, AgendaItem
from insteg.steering.pack_sections import FILLED, passages
from insteg.steering.queries import agenda as queries

Kind = AgendaItem.Kind
STANDING = (*FILLED, Kind.OUTLOOK)  # points that belong to every meeting, and are not taken off


def the_agenda_first(item: AgendaItem, **data: Any) -> None:
    lock(Agenda, items=item.pk)


@action("steering.build_agenda", access.BUILD)
def build_agenda(meeting: Meeting, *, actor: Actor) -> Agenda:
    """The agenda of a meeting: what was decided last and what came of it, everything that waits for the group's
    decision, reports and risks when a room has any, and what happens around the city."""
    agenda = insert(Agenda(meeting=meeting))
    fill(agenda, actor)
    return agenda


@action("steering.update_agenda", access.KEEP_AGENDA)
def update_agenda(agenda: Agenda, *, actor: Actor) -> list[AgendaItem]:
    """What has come to the group's decision since, among those that stand there. Blocked when there is nothing new."""
    made = fill(agenda, actor)
    if not made:
        raise Blocked(_("Inget nytt har kommit till styrgruppen. Det som är bedömt lägger du fram under Lägg fram."))
    return made


def the_agenda_and_its_cases(agenda: Agenda, rows: Sequence[UUID] = (), **data: Any) -> None:
    """The agenda, the cases and then what they are about: in one order with whoever decides."""
    lock(Agenda, pk=agenda.pk)
    planned = PlannedProcurement.objects.filter(pk__in=rows)
    runs = Run.objects.filter(pk__in=planned.values("run"))
    list(runs.order_by("pk").select_for_update(no_key=True))
    list(planned.order_by("pk").select_for_update(no_key=True))


@action("steering.put_forward", access.KEEP_AGENDA, first=the_agenda_and_its_cases)
def put_forward(agenda: Agenda, *, actor: Actor, rows: Sequence[UUID]) -> list[BaseModel]:
    """Procurements that are judged are laid before the group at this meeting; their cases go there.

    Blocked, naming what stands in the way of each, and when one of them can no longer be laid before it.
    """
    chosen = [*queries.to_put_forward(agenda, actor).filter(pk__in=rows).select_related("run")]
    if not chosen or len(chosen) != len({*rows}):
        raise Blocked(_("Något av det du valde går inte längre att lägga fram. Gå igenom listan, och välj igen."))
    reason, obstacles = _("Läggs fram för styrgruppen."), []
    for planned in chosen:
        assert planned.run is not None  # it stands in a step
        try:
            flow.bring_to(planned.run, DECIDE, actor=actor, because=put_forward.name, reason=reason)
        except Blocked as error:
            obstacles += [f"{planned}: {sentence}" for sentence in error.args]
    if obstacles:
        raise Blocked(*obstacles)
    return [*place(agenda, chosen, []), *chosen]


@action("steering.add_item", access.KEEP_AGENDA)
def add_item(agenda: Agenda, *, actor: Actor, title: str, text: str = "") -> AgendaItem:
    """A point of the unit's own, last on the agenda but for what is always last."""
    item = insert(AgendaItem(agenda=agenda, kind=Kind.OWN, order=1, title=title, text=text))
    items = [each for each in queries.items_of(agenda) if each.pk != item.pk]
    last = len(items) - (bool(items) and items[-1].kind == Kind.OUTLOOK)
    number([*items[:last], item, *items[last:]])
    return item


@action("steering.change_item", access.KEEP_ITEM, first=the_agenda_first)
def change_item(item: AgendaItem, *, actor: Actor, text: str, title: str = "") -> None:
    """The unit's words under a point, and the heading of one of its own; the other points name themselves."""
    item.text = text
    if item.kind == Kind.OWN:
        item.title = title


@action("steering.remove_item", access.KEEP_ITEM, first=the_agenda_first)
def remove_item(item: AgendaItem, *, actor: Actor) -> None:
    """Off the agenda, with its files. A procurement waits for the group as before, and can be laid before it again.

    Blocked for what has been decided on, and for the points that belong to every meeting.
    """
    if item.kind in STANDING:
        raise Blocked(_("Punkten hör till varje möte och tas inte bort. Lämna texten tom om inget finns att säga."))
    if item.decisions.exists():
        raise Blocked(_("Gruppen har beslutat under punkten. Då står den kvar."))
    for each in item.files.select_related("file"):
        each.delete()
        each.file.delete()
    AgendaItem.objects.filter(pk=item.pk).delete()
    number(queries.items_of(item.agenda))


@action("steering.order_agenda", access.KEEP_AGENDA)
def order_agenda(agenda: Agenda, *, actor: Actor, places: Mapping[UUID, int], seen_order: Sequence[UUID]) -> None:
    """Another order. `places` is a number for each point; what is moved up to a number stands before the one that had
    it, what is moved down after. Blocked when the points are not as in `seen_order` any more."""
    items = queries.items_of(agenda)
    if [each.pk for each in items] != [*seen_order] or {*places} != {*seen_order}:
        raise Blocked(_("Dagordningen har ändrats sedan sidan öppnades. Gå igenom den, och spara igen."))
    wanted = []
    for now, item in enumerate(items, 1):
        there = places[item.pk]
        wanted.append((there, (there > now) - (there < now), now, item))
    number([each[-1] for each in sorted(wanted, key=lambda each: each[:3])])


@action("steering.share_agenda", access.KEEP_AGENDA)
def share_agenda(agenda: Agenda, *, actor: Actor) -> None:
    """Those who are called are told that the pack can be read, and from then on they read it as it stands. Again, when
    it has changed. Blocked before the call, and when nobody is on the list."""
    meeting = Meeting.objects.get(agenda=agenda)
    if not meeting.is_called:
        raise Blocked(_("Ingen är kallad till mötet än. Skicka kallelsen först, och underlaget sedan."))
    called = [*Attendance.objects.filter(meeting=meeting).select_related("user").order_by("pk")]
    if not called:
        raise Blocked(_("Ingen står på mötets lista. Lägg till dem som ska vara med."))
    agenda_letters.share(agenda, meeting, called)
    agenda.shared_at = clock.now()


# --- what the verbs above have in common


def fill(agenda: Agenda, actor: Actor) -> list[AgendaItem]:
    """The points that the agenda should have and has not."""
    there = {each.kind for each in queries.items_of(agenda)}
    wanted = [kind for kind in FILLED if kind not in there and passages(kind, agenda, actor)]
    if Kind.OUTLOOK not in there:
        wanted.append(Kind.OUTLOOK)
    return place(agenda, queries.to_decide(agenda), wanted)


def place(agenda: Agenda, planned: Sequence[PlannedProcurement], kinds: Sequence[str]) -> list[AgendaItem]:
    """New points among those that are there: follow-up first, procurements as proposed and by start, the rest last."""
    items = queries.items_of(agenda)
    said = queries.earlier_views(planned)
    made = [AgendaItem(agenda=agenda, kind=kind, order=1) for kind in kinds]
    made += [a_decision(agenda, each, said.get(each.pk)) for each in queries.in_order(planned)]
    AgendaItem.objects.bulk_create(made)
    for item in made:
        items.insert(next((at for at, there in enumerate(items) if comes_after(there, item)), len(items)), item)
    number(items)
    return made


def a_decision(agenda: Agenda, planned: PlannedProcurement, before: AgendaItem | None) -> AgendaItem:
    """With what the organisation said before a meeting that never came to it."""
    item = AgendaItem(agenda=agenda, kind=Kind.DECISION, order=1, planned=planned)
    if before is not None:
        item.asked_at, item.view = before.asked_at, before.view
        item.viewed_at, item.viewed_by_id = before.viewed_at, before.viewed_by_id
    return item


PLACES = {kind: number for number, kind in enumerate(
    (Kind.FOLLOW_UP, Kind.DECISION, Kind.REPORTS, Kind.RISKS, Kind.OWN, Kind.OUTLOOK)
)}  # fmt: skip


def comes_after(there: AgendaItem, new: AgendaItem) -> bool:
    """Whether the new point is put in before the one that stands there."""
    if there.kind == new.kind == Kind.DECISION:
        return queries.natural(queries.planned_of(new)) < queries.natural(queries.planned_of(there))
    return PLACES[Kind(new.kind)] < PLACES[Kind(there.kind)]


def number(items: Sequence[AgendaItem]) -> None:
    """From 1, in the order given. No version: where a point stands is not what is typed about it."""
    moved = [(place, item) for place, item in enumerate(items, 1) if item.order != place]
    for place_now, item in moved:
        item.order = place_now
    AgendaItem.objects.bulk_update([item for _place, item in moved], ["order"])
