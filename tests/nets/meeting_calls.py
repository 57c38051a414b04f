"""What is said of meetings in calls.py, and the meetings that it is said of."""

import datetime as dt

from insteg.meetings.actions import Came

COMES = dt.datetime(2032, 3, 1, 12, tzinfo=dt.UTC)
MEETING = {
    "title": "Styrgruppens extra möte", "starts_at": COMES, "ends_at": COMES + dt.timedelta(hours=2), "place": "Rum 9",
    "text": "Ta med era siffror.",
}  # fmt: skip
MOVED = {name: MEETING[name] for name in ("starts_at", "ends_at", "place")} | {"why": "Rummet var upptaget."}


def meeting(label):
    return lambda house: house.meetings[label]


def listed(label):
    return lambda house: house.attendances[label]


def all_came(house):
    return {"came": {house.attendances[f"begun-{who}"].pk: Came(True) for who in ("styr", "af")}, "notes": "Kort möte."}
