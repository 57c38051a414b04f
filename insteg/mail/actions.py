from insteg.access.actor import Actor
from insteg.audit.gate import action
from insteg.core import clock
from insteg.mail.models import Preference
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
