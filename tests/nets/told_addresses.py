"""Addresses of the minutes of the steering group's meetings and of what each organisation is told of them."""

from tests.nets.address_rows import NEVER, Row, form
from tests.nets.people import by

AGENDA = "styrgruppen/underlag/<uuid:pk>/"
BEGUN, HANDED, HELD = (f"/styrgruppen/underlag/{{t.agendas[{label}].pk}}/" for label in ("begun", "handed", "held"))
# Those who are called to the one that has begun; the others are read by the group alone, and the unit.
LEADS, SEES = {"procurement_unit": 200, "steering": 403}, {"procurement_unit": 403, "steering": 403}
MINUTES = [
    Row(f"{AGENDA}protokoll/", f"{BEGUN}protokoll/", by(404, procurement_unit=200, steering=200, af=200), NEVER),
    Row(f"{AGENDA}protokoll/", f"{HELD}protokoll/", by(404, procurement_unit=200, steering=200), NEVER),
    form(f"{AGENDA}protokoll/lamna/", f"{BEGUN}protokoll/lamna/", **LEADS, af=403),
    form(f"{AGENDA}protokoll/lamna/", f"{HELD}protokoll/lamna/", **SEES),
    form(f"{AGENDA}protokoll/ta-tillbaka/", f"{HANDED}protokoll/ta-tillbaka/", **LEADS),
    form(f"{AGENDA}protokoll/ta-tillbaka/", f"{HELD}protokoll/ta-tillbaka/", **SEES),
    form(f"{AGENDA}protokoll/godkann/", f"{HANDED}protokoll/godkann/", **SEES, styr=200),
    form(f"{AGENDA}protokoll/godkann/", f"{BEGUN}protokoll/godkann/", **SEES, af=403),
    Row(f"{AGENDA}protokoll/fil/", f"{HELD}protokoll/fil/", by(404, procurement_unit=200, steering=200), NEVER),
    Row(f"{AGENDA}protokoll/fil/", f"{BEGUN}protokoll/fil/", by(404), NEVER),
]
FEEDBACK = "aterkoppling/<uuid:pk>/"
PARK, HUS = "/aterkoppling/{t.feedback[Park].pk}/", "/aterkoppling/{t.feedback[Hus].pk}/"
SKOLAS, PARKS = "/aterkoppling/rad/{t.feedback_lines[gu].pk}/", "/aterkoppling/rad/{t.feedback_lines[p].pk}/"
SENT = {**SEES, "park": 403}
TOLD = [
    *MINUTES,
    Row(f"{AGENDA}aterkoppling/", f"{HELD}aterkoppling/", by(404, **LEADS), NEVER),
    Row(f"{AGENDA}aterkoppling/", f"{BEGUN}aterkoppling/", by(404, **SEES, af=403), NEVER),
    form(f"{AGENDA}aterkoppling/skicka/", f"{HELD}aterkoppling/skicka/", **LEADS),
    form(f"{AGENDA}aterkoppling/skicka/", f"{HANDED}aterkoppling/skicka/", **SEES),
    Row("aterkoppling/", "/aterkoppling/", by(403, procurement_unit=200, procuring=200, steering=200), NEVER),
    Row(FEEDBACK, PARK, by(404, procurement_unit=200, steering=200, park=200), NEVER),
    Row(FEEDBACK, HUS, by(404, procurement_unit=200), NEVER),
    *(row for page in ("andra", "skicka") for row in (
        form(f"{FEEDBACK}{page}/", f"{HUS}{page}/", procurement_unit=200),
        form(f"{FEEDBACK}{page}/", f"{PARK}{page}/", **SENT))),
    *(row for page in ("starta", "klart") for row in (
        form(f"aterkoppling/rad/<uuid:pk>/{page}/", f"{PARKS}{page}/", **LEADS, park=200),
        form(f"aterkoppling/rad/<uuid:pk>/{page}/", f"{SKOLAS}{page}/", **LEADS))),
]  # fmt: skip
