"""The example city's people open by one click. In a database for real use they are a hole, so nothing starts on it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections

from insteg.organisations.models import User

SAYS = "The database holds people of the example city. Real use needs a database of its own: see docs/drift/."


@register(Tags.database)
def nobody_of_the_example_city(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Asked by `migrate` and by `check --database default`."""
    if settings.EXAMPLE_CITY or "default" not in (databases or []):
        return []
    return [Error(SAYS, id="insteg.E003")] if example_people() else []


def refuse_the_example_city() -> None:
    """Called as the server starts. Raises ImproperlyConfigured; a database that does not answer refuses later."""
    if not settings.EXAMPLE_CITY and example_people():
        raise ImproperlyConfigured(SAYS)


def example_people() -> bool:
    connection = connections["default"]
    try:
        with connection.cursor() as cursor:
            if User._meta.db_table not in connection.introspection.table_names(cursor):
                return False  # before the first migration
        return User.objects.filter(is_example=True).exists()
    except DatabaseError:
        return False
