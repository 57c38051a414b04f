"""The only place that asks what time it is, so that a test, a demonstration or a replay can set it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

SET: ContextVar[dt.datetime | None] = ContextVar("SET", default=None)


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return SET.get() or timezone.now()


def today() -> dt.date:
    """Today's date in Sweden."""
    return timezone.localdate(now())


@contextmanager
def set_back(days: float) -> Iterator[None]:
    """What is done meanwhile is done so many days ago, as the example city's history is. In this thread alone."""
    token = SET.set(now() - dt.timedelta(days=days))
    try:
        yield
    finally:
        SET.reset(token)
