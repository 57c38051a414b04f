import datetime as dt

from django.db.models import Q

from insteg.access.actor import Actor, Role
from insteg.access.rules import Rule
from insteg.core import clock
from insteg.mail.models import Message

REMEMBERED = dt.timedelta(days=14)
LATE = dt.timedelta(hours=1)


def in_trouble(actor: Actor) -> Q:
    """Letters lately given up, and those that should have gone by now: then the worker or the mail server is away."""
    now = clock.now()
    return Q(given_up_at__gt=now - REMEMBERED) | Q(sent_at=None, given_up_at=None, created_at__lt=now - LATE)


SEE = Rule("se brev som inte gått fram", Message, {Role.ADMINISTRATOR: in_trouble})
