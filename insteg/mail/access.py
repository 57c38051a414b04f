import datetime as dt

from django.db.models import Q

from insteg.access.actor import Actor, Role
from insteg.access.rules import Rule, every
from insteg.core import clock
from insteg.mail.holding import DROPPED
from insteg.mail.models import Hold, Message

REMEMBERED = dt.timedelta(days=14)
LATE = dt.timedelta(hours=1)


def in_trouble(actor: Actor) -> Q:
    """Letters lately given up, and those that should have gone by now: then the worker or the mail server is away."""
    now = clock.now()
    given_up = Q(given_up_at__gt=now - REMEMBERED) & ~Q(error=DROPPED)
    return given_up | Q(sent_at=None, given_up_at=None, created_at__lt=now - LATE)


SEE = Rule("se brev som inte gått fram", Message, {Role.ADMINISTRATOR: in_trouble})
SEE_HOLD = Rule("se brevstopp", Hold, {Role.ADMINISTRATOR: every})
RELEASE = Rule("släppa brev som hålls inne", Hold, {Role.ADMINISTRATOR: lambda actor: Q(released_at=None)})
