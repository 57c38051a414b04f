"""Where to go back to: a form that was opened from the page of a request leads back there."""

from uuid import UUID

from django.urls import reverse

from insteg.access.views import Request
from insteg.inventory import access
from insteg.inventory.models import RoundRequest

NAME = "svar"


def request_at_hand(request: Request) -> RoundRequest | None:
    """The request that the address names by its key, if the actor may see it. A key: nobody can be led elsewhere."""
    try:
        key = UUID(request.GET.get(NAME, ""))
    except ValueError:
        return None
    seen = access.SEE_REQUEST.filter(RoundRequest.objects.select_related("round", "organisation"), request.actor)
    return seen.filter(pk=key).first()


def back_to(asked: RoundRequest | None, otherwise: str) -> str:
    """The page of the request at hand, or `otherwise`."""
    return reverse("inventory:request", args=[asked.pk]) if asked else otherwise
