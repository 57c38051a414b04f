"""What every page's frame needs to know: the menu of the role at hand, who one is, and whom one can also be."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from insteg.access.actor import Actor
from insteg.access.catalogues import NAVIGATION


@dataclass(frozen=True)
class NavItem:
    title: str
    icon: str
    url: str
    current: bool


@dataclass(frozen=True)
class Other:
    pk: UUID | None
    label: str
    count: int = 0  # what waits there, where the page has counted it


@dataclass(frozen=True)
class Me:
    name: str
    label: str
    others: list[Other]


def frame(request: HttpRequest) -> dict[str, Any]:
    actor: Actor | None = getattr(request, "actor", None)
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": [], "me": None}
    others = [Other(other.membership_id, other.label) for other in getattr(request, "others", [])]
    return {"nav": menu(actor, request.path), "me": Me(str(user), actor.label if actor else "", others)}


def menu(actor: Actor | None, path: str) -> list[NavItem]:
    """The entries for the actor's role. The longest address that the page's own begins with is the current one.

    The first page's begins them all, so it is current only when one is there.
    """
    if actor is None:
        return []
    entries = sorted((e for e in NAVIGATION if actor.role in e.roles), key=lambda e: e.order)
    addresses = {e.url_name: reverse(e.url_name) for e in entries}
    here = max((a for a in addresses.values() if path == a or (a != "/" and path.startswith(a))), key=len, default="")
    return [NavItem(str(e.title), e.icon, addresses[e.url_name], addresses[e.url_name] == here) for e in entries]
