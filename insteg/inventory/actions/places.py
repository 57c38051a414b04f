"""The verbs of the number of places (R21): people say another number than the reckoning's, or go back to that."""

from insteg.access.actor import Actor
from insteg.audit.gate import action
from insteg.inventory import access
from insteg.inventory.actions import cases
from insteg.inventory.models import PlannedProcurement


@action("inventory.set_places", access.SET_PLACES, then=cases.goes_on("inventory.set_places"))
def set_places(planned: PlannedProcurement, *, actor: Actor, places_set: int, places_reason: str) -> None:
    """The number that is reasonable, 0 for none, and why. It stands until someone changes it, whatever else changes."""
    planned.places_set = places_set
    planned.places_reason = places_reason


@action("inventory.follow_reckoning", access.SET_PLACES)
def follow_reckoning(planned: PlannedProcurement, *, actor: Actor) -> None:
    """Nobody's number stands any more: the one by the extent is proposed again."""
    planned.places_set = None
    planned.places_reason = ""
