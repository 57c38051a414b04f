"""Whoever was signed out while writing keeps what they wrote. The browser's arrow keeps nothing: see ui/answers.py."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from insteg.access.rules import PUBLIC
from insteg.home.typed import typed_in


class SignedOutMiddleware:
    """Before ActorMiddleware, which leads to sign-in: a page with what was sent, to copy. Only what is ours is shown:
    the token of the form was right, or the sending would not have come here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.method != "POST" or request.user.is_authenticated or request.htmx:
            return None
        if getattr(view, "access", PUBLIC) is PUBLIC:
            return None
        typed = typed_in(request)
        return render(request, "home/signed_out.html", {"typed": typed}, status=403) if typed.shown else None
