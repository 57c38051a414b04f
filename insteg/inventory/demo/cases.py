"""How far the example city's planned procurements have come: some are decided, some late, some taken by somebody."""

from typing import Any

from insteg.access.actor import Actor, Role
from insteg.core import clock
from insteg.inventory.cases import DECIDE
from insteg.inventory.demo.rounds import example_people
from insteg.inventory.models import PlannedProcurement
from insteg.process.actions import advance, answer_item, take
from insteg.process.models import ItemAnswer, Run, Visit

UE, STEERING = Role.PROCUREMENT_UNIT, Role.STEERING
CLEANING, CANTEEN = "Lokalvård i skolor och förskolor", "Kafeteria, Exempelgymnasiet"
HOME, GROUNDS = "Ombyggnad av Björkbackens äldreboende", "Markskötsel och snöröjning, Norr och Öster"
# When, in days from now; who; which; the way; why.
MOVES = [
    (112, UE, CLEANING, "to_steering", ""),
    (112, UE, CANTEEN, "to_steering", ""),
    (112, UE, HOME, "to_steering", ""),
    (112, UE, GROUNDS, "to_steering", ""),
    (110, UE, "Mattvätt och entrémattor", "not_taken_up", "Kräver mindre än en heltid."),
    (96, UE, "Stambyte, kvarteret Kvarnen", "to_steering", ""),  # the group has not come to it, and it is late
    (19, STEERING, CLEANING, "require", "Stort, långt och nära många som söker arbete."),
    (19, STEERING, GROUNDS, "later", "Omfattningen är inte känd. Ta upp den när Öster är uppmätt."),
    (19, STEERING, CANTEEN, "do_not_require", "Caféet drivs redan med praktikplatser."),
    (5, STEERING, HOME, "require", "Flera yrken där det går att börja."),
    (4, UE, "Hemstädning och service", "to_steering", ""),
    (4, UE, "Måltidstransporter till förskolor", "to_steering", ""),
]
TOLD = {CLEANING: "decision_told", CANTEEN: "decision_told"}
ENDED = (CANTEEN, "told")
TAKEN = (HOME, "Matdistribution till hemmaboende")


def fill() -> None:
    """Through the same gate as people do, once; each thing with the clock set back to its day."""
    if Visit.objects.filter(step__key=DECIDE).exists() or not example_people().filter(role=UE).exists():
        return
    who = {role: example_people().filter(role=role)[0].actor() for role in (UE, STEERING)}
    for days_ago, role, title, way, why in MOVES:
        with clock.set_back(days_ago):
            do(advance, who[role], title, move_key=way, why=why)
    officer = who[UE]
    with clock.set_back(3):
        for title, item in TOLD.items():
            do(answer_item, officer, title, item_key=item, said=ItemAnswer.Said.DONE)
        do(advance, officer, ENDED[0], move_key=ENDED[1])
        for title in TAKEN:
            do(take, officer, title)


def do(action: Any, actor: Actor, title: str, **data: object) -> None:
    """Where nothing of that name has a case, or it has ended, nothing is done: somebody has changed the city."""
    row = PlannedProcurement.objects.current().filter(title=title).first()
    visit = row and Visit.objects.filter(run=row.run_id, left_at=None).first()
    if visit:
        action(actor=actor, target=Run(pk=visit.run_id), seen=None, seen_visit=visit.pk, **data)
