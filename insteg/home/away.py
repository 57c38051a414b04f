"""What a visitor gets while the database is away: 503 and the truth, never 500, and what was typed to send again.

Django turns a fault into an answer by handler500 (or handler400) wherever it arose, in a view or in a middleware; so
these two are the only places where it must be known. Nothing here asks the database, nor who is visiting.
"""

import sys
from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import override
from django.views import defaults
from django_htmx.middleware import HtmxDetails

from insteg.core.away import is_away
from insteg.home.typed import Typed, typed_in

RETRY_SECONDS = "15"


class AwayMiddleware:
    """Before whatever asks the database: from here on the connection remembers whether something was saved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        connection.may_have_saved = False
        return self.get_response(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500. Called by Django while the fault is being handled."""
    unsure = request.method == "POST" and connection.may_have_saved
    if is_away(sys.exc_info()[1]):
        return away(request, unsure)
    return HttpResponse(drawn(request, "500.html", unsure=unsure), status=500)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400. A session that cannot be kept since the database is away looks like one that somebody has ended."""
    if is_away(exception):
        return server_error(request)
    return defaults.bad_request(request, exception)


def away(request: HttpRequest, unsure: bool) -> HttpResponse:
    htmx = HtmxDetails(request)
    if htmx:
        # A part of a page cannot say it: the whole page is asked for, and gets this answer or, by then, its own.
        response = HttpResponse(status=503, headers={"HX-Redirect": htmx.current_url_abs_path or request.path})
    else:
        typed = typed_in(request) if request.method == "POST" else Typed()
        address = request.get_full_path()
        page = drawn(request, "503.html", unsure=unsure, typed=typed, posted=request.method == "POST", address=address)
        response = HttpResponse(page, status=503)
    response.headers["Retry-After"] = RETRY_SECONDS
    return response


def drawn(request: HttpRequest, template: str, **context: object) -> str:
    """Without the frame's own questions, in the language that was chosen as far as it is known without asking."""
    chosen = getattr(request, "LANGUAGE_CODE", None) or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    with override(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        return render_to_string(template, {"city": settings.CITY_NAME, **context})
