"""The test town's steering group, and meetings: planned, called, begun and cancelled, and another organisation's."""

import datetime as dt
from types import SimpleNamespace

from insteg.core import clock
from insteg.meetings.models import Attendance, Meeting
from insteg.steering.models import Seat

# label: who calls, days from now until it starts, whether it is called and cancelled; who is on the list
MEETINGS = {
    "plan": ("Stad", 40, {}, ("styr2",)),
    "called": ("Stad", 30, {"called": True}, ("styr", "chef2", "af")),
    "begun": ("Stad", -0.01, {"called": True}, ("styr", "af")),
    "held": ("Stad", -60, {"called": True}, ("styr",)),
    "handed": ("Stad", -20, {"called": True}, ("styr",)),
    "off": ("Stad", 20, {"called": True, "cancelled": True}, ("af2",)),
    "vard": ("Vård", 30, {"called": True}, ("mal2",)),
}


def meetings_of_the_town(town: SimpleNamespace) -> None:
    now = clock.now()
    town.meetings, town.attendances = {}, {}
    for label, (organisation, days, state, listed) in MEETINGS.items():
        starts = now + dt.timedelta(days=days)
        said = {"called_at": min(now, starts) - dt.timedelta(days=9)} if state.get("called") else {}
        said |= {"cancelled_at": now, "cancelled_reason": "Ingen kunde."} if state.get("cancelled") else {}
        town.meetings[label] = meeting = Meeting.objects.create(
            kind=Meeting.Kind.STEERING, organisation=town.org[organisation], title="Styrgruppens möte",
            starts_at=starts, ends_at=starts + dt.timedelta(hours=2), place="Rum 3", **said,
        )  # fmt: skip
        for name in listed:
            town.attendances[f"{label}-{name}"] = Attendance.objects.create(
                meeting=meeting, user_id=town.who[name].id, capacity=Attendance.Capacity.MEMBER
            )


def who_sits_in_the_group(town: SimpleNamespace) -> None:
    """The chair, someone invited until a day to come, someone who begins later and someone whose time is over."""
    day, kinds, parties = clock.today(), Seat.Capacity, Seat.Party
    town.seats = {
        label: Seat.objects.create(
            user_id=town.who[name].id, party=party, capacity=capacity, starts_on=day + dt.timedelta(days=begins),
            ends_on=None if ends is None else day + dt.timedelta(days=ends),
        )
        for label, name, party, capacity, begins, ends in (
            ("chair", "ue", parties.UE, kinds.CHAIR, -90, None),
            ("af", "af", parties.AF, kinds.INVITED, -90, 90),
            ("later", "chef", parties.AME, kinds.MEMBER, 30, None),
            ("over", "styr2", parties.SIA, kinds.MEMBER, -90, -1),
        )
    }  # fmt: skip
