from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from insteg.access.catalogues import TASKS
from insteg.access.rules import SIGNED_IN
from insteg.access.views import Request, open_to


@open_to(SIGNED_IN)
@require_safe
def tasks(request: Request) -> HttpResponse:
    """What waits for me, most urgent first, from every room that has something to say (R82)."""
    found = [task for find in TASKS for task in find(request.actor)] if request.actor else []
    return render(request, "home/tasks.html", {"tasks": found})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
