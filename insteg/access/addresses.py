"""Every address of the product, named or not, our own or another's; and the check that each has a rule."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import Resolver404, URLResolver, get_resolver, resolve

from insteg.access.actor import Actor
from insteg.access.rules import Rule


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """(route, view) for every pattern, however deep it is included."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, route)
        else:
            yield route, pattern.callback


def opens(path: str, actor: Actor) -> bool:
    """Whether the page at a path of ours opens for the actor, by its own rule. One that is no page shuts out nobody."""
    try:
        found = resolve(urlsplit(path).path)
    except Resolver404:
        return True
    access = getattr(found.func, "access", None)
    if not isinstance(access, Rule):
        return access is not None
    return access.permits(actor, found.kwargs["pk"]) if "pk" in found.kwargs else actor.role in access.table


@register(Tags.urls)
def every_address_has_a_rule(**kwargs: Any) -> list[CheckMessage]:
    return [
        Error(f"/{route} names no access rule", id="insteg.E002")
        for route, view in addresses()
        if getattr(view, "access", None) is None
    ]
