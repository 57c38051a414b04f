"""Every address of the product, named or not, our own or another's; and the check that each has a rule."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLResolver, get_resolver


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """(route, view) for every pattern, however deep it is included."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, route)
        else:
            yield route, pattern.callback


@register(Tags.urls)
def every_address_has_a_rule(**kwargs: Any) -> list[CheckMessage]:
    return [
        Error(f"/{route} names no access rule", id="insteg.E002")
        for route, view in addresses()
        if getattr(view, "access", None) is None
    ]
