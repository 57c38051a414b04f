"""Addresses of goals, of the steering group and of meetings, as addresses.py has those of other rooms."""

from tests.nets.address_rows import NEVER, SIGNED_IN, Row, form
from tests.nets.people import CITY, by

INSIDE = dict.fromkeys((*CITY, "referrer", "goal_coordinator", "administrator"), 403)
KEEPERS = dict.fromkeys(("goal_coordinator", "administrator"), 200)
KEPT = INSIDE | KEEPERS
KRAV, OLD = "{t.goals[krav].pk}", "{t.goals[old].pk}"
NEXT, PAST = "{t.occasions[next].pk}", "{t.occasions[past].pk}"
GOALS = [
    Row("mal/", "/mal/", by(403, **dict.fromkeys(INSIDE, 200)), NEVER),
    form("mal/ny-vision/", "/mal/ny-vision/", rest=403, **KEEPERS),
    form("mal/tillfalle/", "/mal/tillfalle/", rest=403, **KEEPERS),
    form("mal/<uuid:pk>/under/", f"/mal/{KRAV}/under/", **KEPT),
    form("mal/<uuid:pk>/andra/", f"/mal/{KRAV}/andra/", **KEPT),
    form("mal/<uuid:pk>/andra/", f"/mal/{OLD}/andra/", **INSIDE),
    form("mal/<uuid:pk>/avsluta/", f"/mal/{KRAV}/avsluta/", **KEPT),
    form("mal/<uuid:pk>/ateruppta/", f"/mal/{OLD}/ateruppta/", **KEPT),
    form("mal/<uuid:pk>/ateruppta/", f"/mal/{KRAV}/ateruppta/", **INSIDE),
    form("mal/<uuid:pk>/arsmal/", f"/mal/{KRAV}/arsmal/", **KEPT),
    form("mal/arsmal/<uuid:pk>/andra/", "/mal/arsmal/{t.targets[krav].pk}/andra/", **KEPT),
    form("mal/arsmal/<uuid:pk>/andra/", "/mal/arsmal/{t.targets[old].pk}/andra/", **INSIDE),
    form("mal/arsmal/<uuid:pk>/ta-bort/", "/mal/arsmal/{t.targets[krav].pk}/ta-bort/", **KEPT),
    form("mal/tillfalle/<uuid:pk>/andra/", f"/mal/tillfalle/{NEXT}/andra/", **KEPT),
    form("mal/tillfalle/<uuid:pk>/ta-bort/", f"/mal/tillfalle/{NEXT}/ta-bort/", **KEPT),
    form("mal/tillfalle/<uuid:pk>/rapporterat/", f"/mal/tillfalle/{NEXT}/rapporterat/", **KEPT),
    form("mal/tillfalle/<uuid:pk>/rapporterat/", f"/mal/tillfalle/{PAST}/rapporterat/", **INSIDE),
    form("mal/tillfalle/<uuid:pk>/oppna/", f"/mal/tillfalle/{PAST}/oppna/", **KEPT),
]

PLANNED, CALLED, BEGUN = (f"/moten/{{t.meetings[{label}].pk}}/" for label in ("plan", "called", "begun"))
HELD_BY = {"procurement_unit": 200, "steering": 403}  # those who are called see the meeting and change nothing
LEADS = {**HELD_BY, "chef2": 403, "af": 403}
MEETINGS = [
    Row("moten/", "/moten/", SIGNED_IN, NEVER),
    Row("moten/<uuid:pk>/", PLANNED, by(404, procurement_unit=200, steering=200), NEVER),
    Row("moten/<uuid:pk>/", CALLED, by(404, **dict.fromkeys(LEADS, 200)), NEVER),
    Row("moten/<uuid:pk>/kalender/", f"{PLANNED}kalender/", by(404), NEVER),
    Row("moten/<uuid:pk>/kalender/", f"{CALLED}kalender/", by(404, **dict.fromkeys(LEADS, 200)), NEVER),
    form("moten/<uuid:pk>/andra/", f"{PLANNED}andra/", **HELD_BY),
    form("moten/<uuid:pk>/andra/", f"{CALLED}andra/", **dict.fromkeys(LEADS, 403)),
    form("moten/<uuid:pk>/kalla/", f"{PLANNED}kalla/", **HELD_BY),
    form("moten/<uuid:pk>/flytta/", f"{CALLED}flytta/", **LEADS),
    form("moten/<uuid:pk>/flytta/", f"{PLANNED}flytta/", **dict.fromkeys(HELD_BY, 403)),
    form("moten/<uuid:pk>/stall-in/", f"{CALLED}stall-in/", **LEADS),
    form("moten/<uuid:pk>/lagg-till/", f"{CALLED}lagg-till/", **LEADS),
    form("moten/<uuid:pk>/narvaro/", f"{BEGUN}narvaro/", **HELD_BY, af=403),
    form("moten/svar/<uuid:pk>/", "/moten/svar/{t.attendances[called-chef2].pk}/", procurement_unit=403, chef2=200),
    form("moten/svar/<uuid:pk>/", "/moten/svar/{t.attendances[off-af2].pk}/", procurement_unit=403, af2=403),
    form(
        "moten/deltagare/<uuid:pk>/ta-bort/",
        "/moten/deltagare/{t.attendances[called-chef2].pk}/ta-bort/",
        procurement_unit=200,
        chef2=403,
    ),
    form("moten/deltagare/<uuid:pk>/ta-bort/", "/moten/deltagare/{t.attendances[vard-mal2].pk}/ta-bort/", mal2=403),
]

GROUP_READERS = {"procurement_unit": 200, "steering": 200, "administrator": 200}
GROUP_KEPT = GROUP_READERS | {"steering": 403}
GROUP_OVER = dict.fromkeys(GROUP_READERS, 403)
STANDS, OVER = "/styrgruppen/mandat/{t.seats[chair].pk}/", "/styrgruppen/mandat/{t.seats[over].pk}/"
GROUP = [
    Row("styrgruppen/", "/styrgruppen/", by(403, **GROUP_READERS), NEVER),
    form("styrgruppen/mandat/nytt/", "/styrgruppen/mandat/nytt/", rest=403, **GROUP_KEPT),
    form("styrgruppen/kalla/", "/styrgruppen/kalla/", rest=403, procurement_unit=200),
    *(row for page in ("andra", "avsluta") for row in (
        form(f"styrgruppen/mandat/<uuid:pk>/{page}/", f"{STANDS}{page}/", **GROUP_KEPT),
        form(f"styrgruppen/mandat/<uuid:pk>/{page}/", f"{OVER}{page}/", **GROUP_OVER))),
]  # fmt: skip
