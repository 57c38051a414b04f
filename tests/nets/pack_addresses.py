"""Addresses of the steering group's pack, as addresses.py has those of other rooms."""

from tests.nets.address_rows import NEVER, Row, form
from tests.nets.people import by

BUILD = "styrgruppen/moten/<uuid:pk>/underlag/nytt/"
AGENDA = "styrgruppen/underlag/<uuid:pk>/"
CALLED, BEGUN, HELD = (f"/styrgruppen/underlag/{{t.agendas[{label}].pk}}/" for label in ("called", "begun", "held"))
ITEM, OUTLOOK, OWN = "styrgruppen/punkt/<uuid:pk>/", "{t.items[begun-out].pk}", "{t.items[called-own].pk}"
KEEPER = {"procurement_unit": 200}
READERS = {"procurement_unit": 200, "steering": 200, "af": 200}  # once it is sent out
KEPT = READERS | {"steering": 403, "af": 403}
OVER = {"procurement_unit": 403, "steering": 403}
PACK = [
    form(BUILD, "/styrgruppen/moten/{t.meetings[plan].pk}/underlag/nytt/", **KEEPER),
    form(BUILD, "/styrgruppen/moten/{t.meetings[called].pk}/underlag/nytt/"),
    *(row for page in ("", "word/", "pdf/") for row in (
        Row(f"{AGENDA}{page}", f"{CALLED}{page}", by(404, **KEEPER), NEVER),
        Row(f"{AGENDA}{page}", f"{BEGUN}{page}", by(404, **READERS), NEVER))),
    *(row for page in ("lagg-fram/", "uppdatera/", "ordning/", "punkt/ny/", "fraga/", "skicka/") for row in (
        form(f"{AGENDA}{page}", f"{CALLED}{page}", **KEEPER),
        form(f"{AGENDA}{page}", f"{BEGUN}{page}", **KEPT),
        form(f"{AGENDA}{page}", f"{HELD}{page}", **OVER))),
    *(row for page in ("andra/", "ta-bort/", "fil/") for row in (
        form(f"{ITEM}{page}", f"/styrgruppen/punkt/{OWN}/{page}", **KEEPER),
        form(f"{ITEM}{page}", f"/styrgruppen/punkt/{OUTLOOK}/{page}", **KEPT))),
    form(f"{ITEM}syn/", "/styrgruppen/punkt/{t.items[begun-p].pk}/syn/", park=200),
    form(f"{ITEM}syn/", "/styrgruppen/punkt/{t.items[called-p].pk}/syn/"),
    Row("styrgruppen/fil/<uuid:pk>/", "/styrgruppen/fil/{t.agenda_files[called].pk}/", by(404, **KEEPER), NEVER),
    Row("styrgruppen/fil/<uuid:pk>/", "/styrgruppen/fil/{t.agenda_files[begun].pk}/", by(404, **READERS), NEVER),
    form("styrgruppen/fil/<uuid:pk>/ta-bort/", "/styrgruppen/fil/{t.agenda_files[called].pk}/ta-bort/", **KEEPER),
    form("styrgruppen/fil/<uuid:pk>/ta-bort/", "/styrgruppen/fil/{t.agenda_files[begun].pk}/ta-bort/", **KEPT),
]  # fmt: skip
