"""What tests of the steering group's meeting do: lay a meeting that has begun with its points, and decide at it."""

import datetime as dt
from types import SimpleNamespace

from insteg.core import clock
from insteg.inventory.actions import report
from insteg.meetings import actions as meetings
from insteg.meetings.models import Attendance, Meeting
from insteg.process.actions import advance
from insteg.process.models import Run, Visit
from insteg.steering import actions
from insteg.steering.models import Agenda, AgendaItem, Decision
from tests.town import build

BEGAN = dt.timedelta(hours=1)
SUITABLE = {
    "nature": "services", "cpv": "90911300", "value_min": 48_000_000, "value_max": 48_000_000, "months": 36,
    "option_months": 12, "extent_known": True, "fte": 14, "start": dt.date(2029, 3, 1), "framework": False,
    "description": "Daglig städning av 23 skolor.",
}  # fmt: skip
NOT_SUITABLE = SUITABLE | {"months": 2, "option_months": 0}
LACKING = SUITABLE | {"fte": None, "unknown_fields": ["fte"]}
REQUIRE = {"choice": "require", "consideration": "employment"}
LATER = {"choice": "later", "again_from": dt.date(2029, 1, 1), "why": "Omfattningen är inte känd."}
NOT = {"choice": "do_not_require", "why": "Säkerhetsprövning gör praktik svår."}


def meeting_that_has_begun() -> SimpleNamespace:
    """The town, and a meeting of the group with the chair and SIA there: three to decide on and two other points."""
    town, now = build(), clock.now()
    town.meeting = Meeting.objects.create(
        kind=Meeting.Kind.STEERING, organisation=town.org["Stad"], title="Styrgruppens möte", place="Rum 3",
        starts_at=now - BEGAN, ends_at=now + BEGAN, called_at=now - dt.timedelta(days=9),
    )  # fmt: skip
    there = (("styr", "chair", True), ("styr2", "member", True), ("af", "invited", True), ("chef", "member", False))
    town.came = {
        name: Attendance.objects.create(
            meeting=town.meeting, user_id=town.who[name].id, capacity=capacity, present=present
        )
        for name, capacity, present in there
    }
    town.agenda = Agenda.objects.create(meeting=town.meeting, shared_at=now)
    kinds, town.items = AgendaItem.Kind, {}
    for name, where, title, facts in (
        ("suits", "Park", "Lokalvård i skolor", SUITABLE), ("lacks", "Hus", "Växtskötsel", LACKING),
        ("not", "Park", "Flyttstädning", NOT_SUITABLE),
    ):  # fmt: skip
        planned = report(actor=town.who["ue"], target=town.org[where], seen=None, title=title, **facts)
        brought(town, planned.run)
        town.planned[name] = planned
        town.items[name] = point(town, kinds.DECISION, planned=planned)
    town.items["outlook"] = point(town, kinds.OUTLOOK)
    town.items["own"] = point(town, kinds.OWN, title="Studiebesök")
    return town


def point(town: SimpleNamespace, kind: str, **more: object) -> AgendaItem:
    return AgendaItem.objects.create(agenda=town.agenda, kind=kind, order=len(town.items) + 1, **more)


def brought(town: SimpleNamespace, run: Run) -> None:
    """The case to the step where the group decides."""
    seen = Visit.objects.get(run=run, left_at=None)
    advance(actor=town.who["ue"], target=run, seen=None, move_key="to_steering", seen_visit=seen.pk)


def decide(town: SimpleNamespace, name: str = "suits", *, by: str = "styr", seen: int | None = None, **said: object):
    item = AgendaItem.objects.get(pk=town.items[name].pk)
    sees = said.pop("seen_assessment", None) or item.planned.assessments.latest("number").pk
    return actions.decide(actor=town.who[by], target=item, seen=seen, seen_assessment=sees, **(said or REQUIRE))


def step_of(planned: object) -> str:
    """Where the case stands; empty when it has ended."""
    visit = Visit.objects.filter(run=planned.run_id, left_at=None).select_related("step").first()
    return visit.step.key if visit else ""


def standing(planned: object) -> Decision | None:
    """The decision that no other has followed."""
    return Decision.objects.filter(planned=planned, followed_by=None).first()


def everyone_stays_away(town: SimpleNamespace) -> None:
    came = {each.pk: meetings.Came(False) for each in town.came.values()}
    meetings.keep_attendance(actor=town.who["ue"], target=town.meeting, seen=None, came=came)
