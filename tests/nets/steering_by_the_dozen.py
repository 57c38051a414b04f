"""Goals, seats in the steering group, and meetings by the dozen."""

import datetime as dt

from insteg.core import clock
from insteg.meetings.models import Attendance, Meeting
from insteg.steering.models import Goal, Occasion, Seat, Target
from tests.nets.people_by_the_dozen import people
from tests.nets.rounds_by_the_dozen import names


def goals(house, count):
    found = [Goal(parent=house.goals["goal"], level="assignment", title=name) for name in names(count)]
    Goal.objects.bulk_create(found)
    Target.objects.bulk_create(Target(goal=goal, year=2026, measure="Platser", value=1) for goal in found)


def occasions(house, count):
    Occasion.objects.bulk_create(Occasion(title=name, due_on=clock.today()) for name in names(count))


def seats(house, count):
    """In force, to come and over; and as many meetings of the group."""
    day, some = clock.today(), people(house, count)
    for begins, ends in ((-20, 20), (30, 40), (-50, -40)):
        Seat.objects.bulk_create(
            Seat(
                user=user, party="ame", capacity="member", starts_on=day + dt.timedelta(days=begins),
                ends_on=day + dt.timedelta(days=ends),
            )
            for user in some
        )  # fmt: skip
    meetings(house, count)


def people_who_can_sit(house, count):
    people(house, count)
    return f"/styrgruppen/mandat/{house.seats['chair'].pk}/andra/"


def meetings(house, count):
    """Coming ones and held ones of the city's, that the chair has not answered."""
    rows = [
        Meeting(
            kind="steering", organisation=house.org["Stad"], title=name, place="Rum 3", called_at=clock.now(),
            starts_at=clock.now() + begins, ends_at=clock.now() + begins + dt.timedelta(hours=2),
        )
        for begins in (dt.timedelta(days=3), dt.timedelta(days=-3))
        for name in names(count)
    ]  # fmt: skip
    Meeting.objects.bulk_create(rows)
    user = house.people["styr"]
    Attendance.objects.bulk_create(Attendance(meeting=row, user=user, capacity="chair") for row in rows)


def people_at_a_meeting(house, count):
    users, called = people(house, count), house.meetings["called"]
    Attendance.objects.bulk_create(Attendance(meeting=called, user=user, capacity="member") for user in users)
    return f"/moten/{called.pk}/"
