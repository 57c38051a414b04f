"""The example city's steering group (R30): who sits there, and its meetings."""

import datetime as dt

from django.utils.timezone import localdate, make_aware

from insteg.access.actor import Actor, Role
from insteg.core import clock
from insteg.core.workdays import shift
from insteg.meetings.actions import Came, answer_call, call, keep_attendance, plan
from insteg.meetings.models import Attendance, Meeting
from insteg.organisations.models import Membership, Organisation, User
from insteg.steering import actions
from insteg.steering.models import Seat
from insteg.steering.queries.group import invited_on

PARTY, CAPACITY = Seat.Party, Seat.Capacity
SEATS = [  # who, for whom, as what
    ("Eva Ström", PARTY.UE, CAPACITY.CHAIR),
    ("Lena Rask", PARTY.AME, CAPACITY.MEMBER),
    ("Maja Holm", PARTY.AME, CAPACITY.MEMBER),
    ("Omar Vik", PARTY.SIA, CAPACITY.MEMBER),
    ("Sara Nyman", PARTY.AF, CAPACITY.INVITED),
]
BEFORE = ("Henrik Sand", PARTY.SIA, CAPACITY.MEMBER)  # until Omar came
HELD, CALLED_AHEAD, CALLED, AHEAD = 178, 24, 6, 70  # days ago; how long before it is called; days from now
COMING = Attendance.Answer.COMING


def fill() -> None:
    """Once, through the same gate as people pass; each thing with the clock set back to its day."""
    officer = Membership.objects.filter(role=Role.PROCUREMENT_UNIT, user__is_example=True).order_by("pk").first()
    if officer is None or Seat.objects.exists() or Meeting.objects.exists():
        return
    actor, today = officer.actor(), clock.today()
    people = {user.name: user for user in User.objects.filter(is_example=True)}
    for name, party, capacity in [*SEATS, BEFORE]:
        if name in people:
            starts_on, ends_on = term_of_office(name, party, today.year)
            actions.add_seat(
                actor=actor, target=officer.organisation, seen=None, user=people[name], party=party,
                capacity=capacity, starts_on=starts_on, ends_on=ends_on,
            )  # fmt: skip
    if not Seat.objects.exists():
        return  # another town's people
    held_meeting(actor, officer.organisation, shift(today - dt.timedelta(days=HELD), 1))
    coming = today + dt.timedelta(days=AHEAD)
    called_meeting(actor, officer.organisation, coming + dt.timedelta(days=(3 - coming.weekday()) % 7))


def term_of_office(name: str, party: str, year: int) -> tuple[dt.date, dt.date | None]:
    """From last year to the end of the next; Omar came after Henrik, and the employment service has no end."""
    if name == BEFORE[0]:
        return dt.date(year - 1, 1, 1), dt.date(year - 1, 12, 31)
    first = dt.date(year if name == "Omar Vik" else year - 1, 1, 1)
    return first, None if party == PARTY.AF else dt.date(year + 1, 12, 31)


def held_meeting(actor: Actor, organisation: Organisation, day: dt.date) -> None:
    """Called, answered and held, with one who came late and one who could not come."""
    ago = (clock.today() - day).days
    with clock.set_back(ago + CALLED_AHEAD):
        meeting = planned(actor, organisation, day, "Vågen, plan 4")
        call(actor=actor, target=meeting, seen=None)
    with clock.set_back(ago + CALLED_AHEAD - 2):
        for each in meeting.attendances.select_related("user").order_by("pk"):
            said(each, COMING if each.user.name != "Maja Holm" else Attendance.Answer.DECLINED)
    with clock.set_back(ago - 1):
        came = {
            each.pk: Came(each.user.name != "Maja Holm", "kom kl. 13.10" if each.user.name == "Sara Nyman" else "")
            for each in meeting.attendances.select_related("user")
        }
        notes = "Gruppen gick igenom vårens sammanställning. Nästa möte tar upp det som då inte var klart."
        keep_attendance(actor=actor, target=meeting, seen=None, came=came, notes=notes)


def called_meeting(actor: Actor, organisation: Organisation, day: dt.date) -> None:
    """Called, and answered by two."""
    with clock.set_back(CALLED):
        meeting = planned(actor, organisation, day, "Vågen, plan 4")
        call(actor=actor, target=meeting, seen=None)
    with clock.set_back(CALLED - 1):
        for each in meeting.attendances.select_related("user").order_by("pk"):
            if each.user.name in ("Eva Ström", "Sara Nyman"):
                said(each, COMING)


def planned(actor: Actor, organisation: Organisation, day: dt.date, place: str) -> Meeting:
    begins, ends = (make_aware(dt.datetime.combine(day, dt.time(hour))) for hour in (13, 15))
    return plan(
        actor=actor, target=organisation, seen=None, title="Styrgruppens möte", starts_at=begins, ends_at=ends,
        place=place, text="Vi går igenom det som är på väg att upphandlas.", invited=invited_on(localdate(begins)),
    )  # fmt: skip


def said(attendance: Attendance, answer: str) -> None:
    """By the person's own hand, in the first of their memberships."""
    own = Membership.objects.filter(user=attendance.user_id).order_by("pk").first()
    if own is not None:
        answer_call(actor=own.actor(), target=attendance, seen=None, answer=answer)
