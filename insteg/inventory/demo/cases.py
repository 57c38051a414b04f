"""How far the example city's planned procurements have come before its steering group met: some are laid before it."""

from typing import Any

from insteg.access.actor import Actor, Role
from insteg.core import clock
from insteg.inventory.cases import DECIDE
from insteg.inventory.demo.rounds import example_people
from insteg.inventory.models import PlannedProcurement
from insteg.process.actions import advance, take
from insteg.process.models import Run, Visit

CLEANING, CANTEEN = "Lokalvård i skolor och förskolor", "Kafeteria, Exempelgymnasiet"
HOME, GROUNDS = "Ombyggnad av Björkbackens äldreboende", "Markskötsel och snöröjning, Norr och Öster"
# When, in days from now; which; the way; why. What the group decides comes with its meetings.
MOVES = [
    (112, CLEANING, "to_steering", ""),
    (112, CANTEEN, "to_steering", ""),
    (112, HOME, "to_steering", ""),
    (112, GROUNDS, "to_steering", ""),
    (110, "Mattvätt och entrémattor", "not_taken_up", "Kräver mindre än en heltid."),
    (96, "Stambyte, kvarteret Kvarnen", "to_steering", ""),  # the group has not come to it, and it is late
]
TAKEN = "Hjälpmedel, service och tvätt"


def fill() -> None:
    """Through the same gate as people do, once; each thing with the clock set back to its day."""
    people = example_people().filter(role=Role.PROCUREMENT_UNIT)
    if Visit.objects.filter(step__key=DECIDE).exists() or not people.exists():
        return
    officer = people[0].actor()
    for days_ago, title, way, why in MOVES:
        with clock.set_back(days_ago):
            do(advance, officer, title, move_key=way, why=why)
    with clock.set_back(3):
        do(take, officer, TAKEN)


def do(action: Any, actor: Actor, title: str, **data: object) -> None:
    """Where nothing of that name has a case, or it has ended, nothing is done: somebody has changed the city."""
    row = PlannedProcurement.objects.current().filter(title=title).first()
    visit = row and Visit.objects.filter(run=row.run_id, left_at=None).first()
    if visit:
        action(actor=actor, target=Run(pk=visit.run_id), seen=None, seen_visit=visit.pk, **data)
