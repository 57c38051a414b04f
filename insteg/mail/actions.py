from django.db import models
from django.utils.translation import gettext_lazy as _

from insteg.access.actor import Actor
from insteg.audit.gate import action
from insteg.core import clock
from insteg.core.jobs import queue
from insteg.mail import access as mail_access
from insteg.mail.holding import DROPPED, waiting
from insteg.mail.models import Hold, Preference
from insteg.mail.notices import gather
from insteg.organisations import access
from insteg.organisations.models import User


@action("mail.choose_pace", access.OWN)
def choose_pace(user: User, *, actor: Actor, pace: str) -> Preference:
    """At once, or gathered once a day. Whoever goes back to at once is told what has waited."""
    chosen, _new = Preference.objects.update_or_create(user=user, defaults={"pace": pace})
    chosen.full_clean()
    if pace == Preference.Pace.AT_ONCE:
        gather(user, until=clock.now())
    return chosen


class Waiting(models.TextChoices):
    """What becomes of the letters that wait when they are released."""

    SEND = "send", _("Skicka alla som väntar")
    NEWER = "newer", _("Skicka dem som skrevs efter återläsningen och kasta de äldre")
    DROP = "drop", _("Kasta alla som väntar")


@action("mail.release", mail_access.RELEASE)
def release(hold: Hold, *, actor: Actor, waiting_letters: str) -> None:
    """Letters go again. Those that wait are sent or thrown away, as is said; nothing is sent unasked."""
    now = clock.now()
    thrown = {
        Waiting.SEND: waiting().none(),
        Waiting.NEWER: waiting().filter(created_at__lt=hold.created_at),
        Waiting.DROP: waiting(),
    }[Waiting(waiting_letters)]
    hold.dropped = thrown.update(given_up_at=now, body="", calendar="", error=DROPPED)
    hold.released_at = now
    queue("mail.send_again")
