"""Whoever reports for many is asked for which; whoever reports for one never is."""

from django.http import HttpResponse
from django.shortcuts import render

from insteg.access.actor import Role
from insteg.access.views import Request
from insteg.inventory.queries.planned import reporting_for


def own_organisation(request: Request) -> object:
    """The organisation that the actor reports for, when it is one and only one."""
    return request.actor.organisation_id if request.actor.role == Role.PROCURING else None


def choose(request: Request, title: str, above: tuple[str, str], ways: list[tuple[str, str]]) -> HttpResponse:
    """`ways` are what can be done for each organisation: the name of its page, and the words of the link."""
    context = {"title": title, "above": above, "ways": ways, "organisations": reporting_for(request.actor)}
    return render(request, "inventory/choose_organisation.html", context)
