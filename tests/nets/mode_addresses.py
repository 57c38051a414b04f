"""Addresses of the steering group's meeting, point by point, as addresses.py has those of other rooms."""

from tests.nets.address_rows import NEVER, Row, form
from tests.nets.people import by

MEETING, ITEM = "styrgruppen/moten/<uuid:pk>/", "styrgruppen/punkt/<uuid:pk>/"
PLANNED, CALLED, BEGUN = (f"/styrgruppen/moten/{{t.meetings[{label}].pk}}/" for label in ("plan", "called", "begun"))
OURS, P, OUTLOOK, HELD = (
    f"/styrgruppen/punkt/{{t.items[{label}].pk}}/" for label in ("called-own", "begun-p", "begun-out", "held-gu")
)
READERS = {"procurement_unit": 200, "steering": 200, "af": 200}  # of a pack that is sent out
DECIDES = READERS | {"af": 403}
OVER = {"procurement_unit": 403, "steering": 403}
MODE = [
    Row(MEETING, PLANNED, by(404, procurement_unit=200, steering=200), NEVER),  # nothing to go through yet
    Row(MEETING, CALLED, by(404, **READERS | {"procurement_unit": 302, "chef2": 200}), NEVER),
    Row(MEETING, BEGUN, by(404, **dict.fromkeys(READERS, 302)), NEVER),
    Row(ITEM, OURS, by(404, procurement_unit=200), NEVER),
    Row(ITEM, P, by(404, **READERS), NEVER),
    Row(ITEM, OUTLOOK, by(404, **READERS), NEVER),
    Row(ITEM, HELD, by(404, procurement_unit=200, steering=200), NEVER),
    Row(f"{ITEM}nytt/", f"{P}nytt/", by(404, **dict.fromkeys(READERS, 286)), NEVER),
    form(f"{ITEM}beslut/", f"{P}beslut/", **DECIDES),
    form(f"{ITEM}beslut/", f"{HELD}beslut/", **OVER),
    form(f"{ITEM}beslut/", f"{OUTLOOK}beslut/", af=403),  # nothing to decide on under it
    form(f"{ITEM}anteckning/", f"{OUTLOOK}anteckning/", **DECIDES),
    form(f"{ITEM}anteckning/", f"{HELD}anteckning/", **OVER),
]
