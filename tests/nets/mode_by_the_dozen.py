"""A meeting with many points, many who are there, and much that was decided before."""

from insteg.meetings.models import Attendance
from insteg.steering.models import AgendaItem, Decision
from tests.nets.pack_by_the_dozen import points
from tests.nets.people_by_the_dozen import people


def decided(house, count, label="begun-p"):
    """Points of the meeting that goes on, all decided, with as many there."""
    points(house, count)
    there = [*house.meetings["begun"].attendances.values_list("pk", flat=True)]
    begun = AgendaItem.objects.filter(agenda=house.agendas["begun"], decision=None, planned__assessments=None)
    rows = [*begun.exclude(planned=None).order_by("order")]
    seen = house.planned["p"].assessments.latest("number")
    made = Decision.objects.bulk_create(
        Decision(
            planned=row.planned, item=row, choice="do_not_require", assessment=seen,
            present=[str(there[0])], decided_by_id=house.who["styr"].id,
        )
        for row in rows
    )  # fmt: skip
    for row, decision in zip(rows, made, strict=True):
        row.decision = decision
    AgendaItem.objects.bulk_update(rows, ["decision"])
    some = people(house, count)
    Attendance.objects.bulk_create(
        Attendance(meeting=house.meetings["begun"], user=user, capacity="member", present=True) for user in some
    )
    return f"/styrgruppen/punkt/{house.items[label].pk}/"


def decided_beside_a_form(house, count):
    return f"{decided(house, count)}beslut/"


def decided_beside_a_note(house, count):
    return f"{decided(house, count, 'begun-out')}anteckning/"


def decided_again_and_again(house, count):
    """One procurement's page."""
    seen, follows = (
        house.planned["h"].assessments.latest("number"),
        Decision.objects.get(planned=house.planned["h"], followed_by=None),
    )
    for _each in range(count):
        follows = Decision.objects.create(
            planned=house.planned["h"], item=house.items["handed-h"], follows=follows, choice="do_not_require",
            assessment=seen, present=[], decided_by_id=house.who["styr"].id,
        )  # fmt: skip
    return f"/planerade/{house.planned['h'].pk}/"
