from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from insteg.access.rules import SIGNED_IN
from insteg.access.views import Request, open_to


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def choose(request: Request) -> HttpResponse:
    """Only one's own memberships can be chosen, and the middleware has read them from the database just now."""
    wanted = request.POST.get("membership")
    if wanted in {str(m.pk) for m in request.memberships}:
        request.session["membership"] = wanted
        return redirect(safe(request, request.POST.get("next", "")) or "home:tasks")
    current = request.actor.membership_id if request.actor else None
    context = {"memberships": request.memberships, "current": current}
    return render(request, "organisations/choose.html", context)


def safe(request: Request, address: str) -> str:
    """The address if it leads back into the product, else nothing."""
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()) else ""
