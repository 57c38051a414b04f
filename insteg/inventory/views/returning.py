"""Where to go back to: a form that was opened from the page of a request leads back there."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.views import Request
from insteg.audit.pages import Trail
from insteg.inventory import access
from insteg.inventory.models import PlannedProcurement, RoundRequest

NAME = "svar"


def request_at_hand(request: Request) -> RoundRequest | None:
    """The request that the address names by its key, if the actor may see it. A key: nobody can be led elsewhere."""
    try:
        key = UUID(request.GET.get(NAME, ""))
    except ValueError:
        return None
    seen = access.SEE_REQUEST.filter(RoundRequest.objects.select_related("round", "organisation"), request.actor)
    return seen.filter(pk=key).first()


def first_above(asked: RoundRequest | None, otherwise: tuple[str, str]) -> tuple[str, str]:
    """The outermost page above a form: that of the request at hand, or `otherwise`."""
    inventory = _("Inventering")
    return (reverse("inventory:request", args=[asked.pk]), f"{inventory} {asked.round}") if asked else otherwise


def every_planned() -> tuple[str, str]:
    return reverse("inventory:list"), _("Planerade upphandlingar")


def trail_of(planned: PlannedProcurement, asked: RoundRequest | None = None) -> Trail:
    page = (reverse("inventory:detail", args=[planned.pk]), planned.title)
    return Trail([first_above(asked, every_planned()), page], planned.title, back_to(asked, ""))


def back_to(asked: RoundRequest | None, otherwise: str) -> str:
    """The page of the request at hand, or `otherwise`."""
    return reverse("inventory:request", args=[asked.pk]) if asked else otherwise
