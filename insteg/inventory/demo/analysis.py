"""What the example city shows of the early analysis: one that begins too soon, one with little to spare, one with a
number of places that people have set, and one where the facts have changed since."""

import datetime as dt
from decimal import Decimal

from insteg.access.actor import Actor, Role
from insteg.core import clock
from insteg.core.months import months_later
from insteg.inventory.actions import change, set_places
from insteg.inventory.models import PlannedProcurement
from insteg.organisations.models import Membership

BEGINS = {"Park- och lekplatsskötsel": 6, "Måltidstransporter till förskolor": 10}  # months from now
SET = {
    "Lokalvård i skolor och förskolor": (4, "Skolorna ligger i fyra områden, och vart och ett kan ta emot en i taget."),
    "Stambyte, kvarteret Kvarnen": (5, "Entreprenören i förra etappen tog emot fem lärlingar utan svårighet."),
}
SMALLER = {"Stambyte, kvarteret Kvarnen": Decimal(24)}  # full-time equivalents, said after the places were set


def fill() -> None:
    """Through the same gate as people do, once."""
    officer = Membership.objects.filter(role=Role.PROCUREMENT_UNIT, user__is_example=True).first()
    if officer is None or PlannedProcurement.objects.exclude(places_set=None).exists():
        return
    actor = officer.actor()
    for title, months in BEGINS.items():
        begin(title, months_later(clock.today(), months).replace(day=1), actor)
    for title, (count, why) in SET.items():
        for row in known(title):
            set_places(actor=actor, target=row, seen=None, places_set=count, places_reason=why)
    for title, fte in SMALLER.items():
        for row in known(title):
            change(actor=actor, target=row, seen=None, fte=fte)


def begin(title: str, start: dt.date, actor: Actor) -> None:
    for row in known(title):
        change(actor=actor, target=row, seen=None, start=start)


def known(title: str) -> list[PlannedProcurement]:
    return [*PlannedProcurement.objects.current().filter(title=title).order_by("pk")]
