"""Which of one's memberships one acts in, and what is said when it is the wrong one."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from insteg.access.rules import SIGNED_IN
from insteg.access.views import Request, SwitchOffered, open_to
from insteg.organisations import queries
from insteg.organisations.context import Other
from insteg.organisations.middleware import lacks_second_factor
from insteg.organisations.models import Membership


@dataclass(frozen=True)
class Choice:
    membership: Membership
    waiting: int
    current: bool


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def choose(request: Request) -> HttpResponse:
    """Only one's own memberships can be chosen, and the middleware has read them from the database just now.

    The session keeps its key: it was changed at sign-in, and whoever holds it could choose in any case.
    """
    wanted = request.POST.get("membership")
    address = safe(request, request.POST.get("next") or request.GET.get("next") or "")
    if wanted in {str(m.pk) for m in request.memberships}:
        request.session["membership"] = wanted
        return redirect(address or "home:tasks")
    current = request.actor.membership_id if request.actor else None
    # What waits in a membership is not told before the second factor.
    counted = not lacks_second_factor(request)
    choices = [Choice(m, queries.waiting(m.actor()) if counted else 0, m.pk == current) for m in request.memberships]
    return render(request, "organisations/choose.html", {"choices": choices, "next": address})


def safe(request: HttpRequest, address: str) -> str:
    """The address if it leads back into the product, else nothing. What does not begin as a path is none: Django would
    look for a page of that name, and fail."""
    ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, None, request.is_secure())
    return address if ours else ""


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 403 page. Where another of one's own memberships may open the page, it offers the switch."""
    actors = exception.actors if isinstance(exception, SwitchOffered) else []
    offer = [Other(actor.membership_id, actor.label) for actor in actors]
    context = {"offer": offer, "next": request.get_full_path()}
    return render(request, "403.html", context, status=403)
