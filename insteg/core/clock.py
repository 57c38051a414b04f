"""The only place that asks what time it is, so that a test, a demonstration or a replay can set it."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def today() -> dt.date:
    """Today's date in Sweden."""
    return timezone.localdate(now())
