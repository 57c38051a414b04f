"""What tests of the pack do: lay a meeting to come, with procurements that stand in one step or another."""

import datetime as dt
from types import SimpleNamespace

from insteg.core import clock
from insteg.inventory.actions import report
from insteg.meetings.models import Attendance, Meeting
from insteg.organisations.models import Membership, User
from insteg.process import flow
from insteg.steering import actions
from insteg.steering.models import Agenda, AgendaItem
from tests.town import build

SUITABLE = {
    "nature": "services", "cpv": "90911300", "value_min": 48_000_000, "value_max": 48_000_000, "months": 36,
    "option_months": 12, "extent_known": True, "fte": 14, "framework": False, "description": "Daglig städning.",
}  # fmt: skip
FACTS = {
    "suits": SUITABLE | {"start": dt.date(2029, 3, 1)},
    "sooner": SUITABLE | {"start": dt.date(2028, 9, 1)},
    "lacks": SUITABLE | {"fte": None, "unknown_fields": ["fte"]},
    "not": SUITABLE | {"months": 2, "option_months": 0, "start": dt.date(2028, 1, 1)},
}
COMES = {  # label: organisation, title, facts, whether it waits for the group
    "lacks": ("Hus", "Växtskötsel", "lacks", True),
    "not": ("Park", "Flyttstädning", "not", True),
    "suits": ("Park", "Lokalvård i skolor", "suits", True),
    "sooner": ("Hus", "Fönsterputs", "sooner", True),
    "judged": ("Park", "Snöröjning", "suits", False),
    "judged_not": ("Hus", "Konsultstöd", "not", False),
}


def meeting_to_come() -> SimpleNamespace:
    """The town; a called meeting in 40 days, and six procurements that are judged: four of them wait for the group."""
    town = build()
    town.user = {name: User.objects.get(pk=actor.id) for name, actor in town.who.items()}
    town.meeting = meeting_in(town, 40)
    for name, capacity in (("styr", "chair"), ("styr2", "member"), ("af", "invited")):
        listed(town.meeting, town.user[name], capacity)
    for label, (where, title, facts, waits) in COMES.items():
        town.planned[label] = coming(town, where, title, facts=facts, waits=waits)
    return town


def meeting_in(town: SimpleNamespace, days: int, **more: object) -> Meeting:
    starts = clock.now() + dt.timedelta(days=days)
    said = {"called_at": min(starts, clock.now()) - dt.timedelta(days=9)} | more
    return Meeting.objects.create(
        kind=Meeting.Kind.STEERING, organisation=town.org["Stad"], title="Styrgruppens möte", place="Rum 3",
        starts_at=starts, ends_at=starts + dt.timedelta(hours=2), **said,
    )  # fmt: skip


def listed(meeting: Meeting, user: User, capacity: str = "member", **more: object) -> Attendance:
    return Attendance.objects.create(meeting=meeting, user=user, capacity=capacity, **more)


def coming(town: SimpleNamespace, where: str, title: str, *, facts: str = "suits", waits: bool = True) -> object:
    """A procurement that is judged, and brought to the group when it waits for it."""
    planned = report(actor=town.who["ue"], target=town.org[where], seen=None, title=title, **FACTS[facts])
    if waits:
        flow.take(planned.run, "to_steering", actor=town.who["ue"], because="steering.put_forward")
    return planned


def by(town: SimpleNamespace, name: str = "ue") -> dict[str, object]:
    return {"actor": town.who[name], "seen": None}


def built(town: SimpleNamespace) -> Agenda:
    town.agenda = actions.build_agenda(target=town.meeting, **by(town))
    return town.agenda


def item_of(town: SimpleNamespace, label: str) -> AgendaItem:
    return AgendaItem.objects.get(agenda=town.agenda, planned=town.planned[label])


def titles(agenda: Agenda) -> list[str]:
    """What stands on the agenda, in order: a procurement by its name, the others by their kind."""
    rows = AgendaItem.objects.filter(agenda=agenda).select_related("planned").order_by("order", "pk")
    return [item.planned.title if item.planned else item.title or item.kind for item in rows]


def held_meeting_with(town: SimpleNamespace, label: str, choice: str, **said: object) -> AgendaItem:
    """A meeting some days ago where the group decided that on the procurement."""
    meeting = meeting_in(town, -60)
    came = listed(meeting, town.user["styr"], "chair", present=True)
    agenda = Agenda.objects.create(meeting=meeting, shared_at=clock.now())
    item = AgendaItem.objects.create(agenda=agenda, kind="decision", order=1, planned=town.planned[label])
    seen = item.planned.assessments.latest("number").pk
    actions.decide(actor=town.who["styr"], target=item, seen=None, choice=choice, seen_assessment=seen, **said)
    assert came.present
    return AgendaItem.objects.get(pk=item.pk)


def another_buyer(town: SimpleNamespace, organisation: str, name: str) -> User:
    user = User.objects.create(email=f"{name}@staden.example", name=name.title(), is_example=True)
    Membership.objects.create(user=user, role="procuring", organisation=town.org[organisation])
    return user
