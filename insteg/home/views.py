from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from insteg.access.rules import SIGNED_IN
from insteg.access.views import Request, open_to
from insteg.core import clock
from insteg.home import queries, start
from insteg.organisations.middleware import lacks_second_factor


@open_to(SIGNED_IN)
@require_safe
def tasks(request: Request) -> HttpResponse:
    """What waits for me, most urgent first, from every room that has something to say (R82).

    Open to all who are signed in, so it asks for itself what the middleware asks before a page with a rule.
    """
    if request.actor is None:
        return redirect("organisations:choose") if request.memberships else render(request, "home/no_membership.html")
    if lacks_second_factor(request):
        return redirect("mfa_index")
    today, found = clock.today(), queries.waiting(request.actor)
    context = {
        "today": today,
        "date_line": queries.date_line(today),
        "lead": queries.lead(found, today),
        "groups": queries.grouped(found, today),
        "elsewhere": queries.elsewhere(request.others),
        "pages": start.pages_of(request.actor),
        "hint": start.hint(request.actor),
    }
    return render(request, "home/tasks.html", context)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
