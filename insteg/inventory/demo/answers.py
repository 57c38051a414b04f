"""What has happened in the example city since the answers were sent (R14): one row changed, one new, one withdrawn."""

import datetime as dt

from insteg.access.actor import Actor, Role
from insteg.core import clock
from insteg.inventory.actions import change, report, withdraw
from insteg.inventory.models import PlannedProcurement, RoundAnswer
from insteg.organisations.models import Membership, Organisation

WHO, GAVE_UP = "Serviceförvaltningen", "Skolförvaltningen"
CHANGED, WITHDRAWN = "Lokalvård i skolor och förskolor", "Skolfotografering"
NEW = {"title": "Fruktkorgar till arbetsplatserna", "nature": "supplies", "value_min": 700_000, "value_max": 700_000}


def fill() -> None:
    """By those who answer for each, through the same gate as people use, once; after the rounds."""
    if not RoundAnswer.objects.exists() or PlannedProcurement.objects.filter(title=NEW["title"]).exists():
        return
    sender, other = (answerer(name) for name in (WHO, GAVE_UP))
    if sender is None or other is None:
        return
    needed = PlannedProcurement.objects.get(organisation__name=WHO, title=CHANGED)
    change(actor=sender, target=needed, seen=None, value_min=52_000_000, value_max=52_000_000, fte=26)
    start = dt.date(clock.today().year + 1, 3, 1)
    report(actor=sender, target=Organisation.objects.get(name=WHO), seen=None, start=start, **NEW)
    photos = PlannedProcurement.objects.get(organisation__name=GAVE_UP, title=WITHDRAWN)
    why = "Avropas från kommunens ramavtal i stället."
    withdraw(actor=other, target=photos, seen=None, withdrawn_as="cancelled", withdrawn_reason=why)


def answerer(name: str) -> Actor | None:
    found = Membership.objects.current().filter(role=Role.PROCURING, organisation__name=name, user__is_example=True)
    first = found.order_by("user__name", "pk").first()
    return first.actor() if first else None
