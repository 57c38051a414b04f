from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers


def page_or_part(
    request: HttpRequest, page: str, part: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The whole page, or for htmx the named part of it: page_or_part(request, "room/list.html", "rows", context).

    The part is a `{% partialdef rows inline %}` of the page, so that both come from the same lines. Going back in
    history asks the same address for the whole page: the answer says which headers it depends on, and caches listen.
    """
    headers = request.headers
    wants_part = "HX-Request" in headers and "HX-History-Restore-Request" not in headers
    response = render(request, f"{page}#{part}" if wants_part else page, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def address_of(name: str) -> Callable[[UUID], str]:
    """reverse(name, args=[pk]) for the rows of a list: the router is asked once, not for each of them."""
    before, after = reverse(name, args=[UUID(int=0)]).split(str(UUID(int=0)))
    return lambda pk: f"{before}{pk}{after}"
