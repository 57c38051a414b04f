"""Every view says who may open it: @page(rule), @listing(rule) or @open_to(PUBLIC | SIGNED_IN)."""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver
from django.views.decorators.http import require_http_methods

from insteg.access.actor import Actor
from insteg.access.rules import Open, Rule, granted

View = Callable[..., HttpResponseBase]


class Request(HttpRequest):
    """What a view gets: the middleware has put the actor there."""

    actor: Actor
    others: Sequence[Actor]  # the person's other memberships


class SwitchOffered(PermissionDenied):
    """Not in this membership, but in another of one's own: the page offers the switch."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        super().__init__()
        self.actors = actors


def mark(view: View, access: Rule[Any] | Open) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


def page(rule: Rule[Any], *, see: Rule[Any] | None = None, methods: Sequence[str] = ("GET", "POST")) -> Any:
    """A view on one row. Unseen rows do not exist (404); seen but not allowed is 403. One query when allowed.

    Where another of one's own memberships would have been let in, the refusal offers the switch instead.
    """

    def decorate(view: View) -> View:
        @require_http_methods([*methods])
        @wraps(view)
        def checked(request: Request, pk: object, **kwargs: Any) -> HttpResponseBase:
            seen = (see or rule).filter(rule.model._default_manager.all(), request.actor)
            row = granted(seen, request.actor, may_do=rule).filter(pk=pk).first()
            before = None if row is not None and row.may_do else sent_before(request)
            if row is None and before is not None and before.startswith("/"):
                return redirect(before)
            if row is None or not (row.may_do or before is not None):
                offer_switch(request, rule, pk)
                if row is None:
                    raise Http404
                raise PermissionDenied
            return view(request, row, **kwargs)

        return mark(checked, rule)

    return decorate


# Gives what this very sending was answered before, None if it was not; the room that keeps the keys of forms fills it.
SENT_BEFORE: list[Callable[[Request], str | None]] = []


def sent_before(request: Request) -> str | None:
    """The second click on a button whose first click took the right away, such as to withdraw: it is let through to
    the view, where the form's key gives it the first one's answer and nothing is done again. Where the first click took
    the row itself away, or out of sight, the answer is the address that it led to, and so does the second."""
    answers = (asked(request) for asked in SENT_BEFORE if request.method == "POST")
    return next((answer for answer in answers if answer is not None), None)


def offer_switch(request: Request, rule: Rule[Any], pk: object) -> None:
    able = [other for other in request.others if rule.permits(other, pk)]
    if able:
        raise SwitchOffered(able)


def listing(rule: Rule[Any]) -> Any:
    """A view on every row that the actor may see. A role that the rule does not name gets 403, not an empty list."""

    def decorate(view: View) -> View:
        @require_http_methods(["GET", "HEAD"])
        @wraps(view)
        def checked(request: Request, **kwargs: Any) -> HttpResponseBase:
            require_role(request, rule)
            return view(request, rule.filter(rule.model._default_manager.all(), request.actor), **kwargs)

        return mark(checked, rule)

    return decorate


def for_roles(rule: Rule[Any]) -> Callable[[View], View]:
    """A view about no row in particular (a search for where to begin, an export), for the roles in the rule's table."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: Request, **kwargs: Any) -> HttpResponseBase:
            require_role(request, rule)
            return view(request, **kwargs)

        return mark(checked, rule)

    return decorate


def require_role(request: Request, rule: Rule[Any]) -> None:
    """403 for a role that the rule gives nothing; the switch where another own membership has such a role."""
    if request.actor.role not in rule.table:
        able = [other for other in request.others if other.role in rule.table]
        raise SwitchOffered(able) if able else PermissionDenied


def open_to(access: Open) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)  # wrapped, never marked in place: someone else's function may also hang elsewhere
        def checked(*args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(*args, **kwargs)

        return mark(checked, access)

    return decorate


def marked(included: tuple[Any, str | None, str | None], access: Open) -> tuple[Any, str | None, str | None]:
    """marked(include("allauth.urls"), SIGNED_IN): addresses that others wrote, with our word on who may open them."""
    module, app_name, namespace = included
    return _marked(getattr(module, "urlpatterns", module), access), app_name, namespace


def _marked(patterns: Iterable[URLPattern | URLResolver], access: Open) -> list[URLPattern | URLResolver]:
    found: list[URLPattern | URLResolver] = []
    for p in patterns:
        if isinstance(p, URLResolver):
            inner: Any = _marked(p.url_patterns, access)
            found.append(URLResolver(p.pattern, inner, p.default_kwargs, p.app_name, p.namespace))
        else:
            found.append(URLPattern(p.pattern, open_to(access)(p.callback), p.default_args, p.name))
    return found
