from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from insteg.access.actor import Actor
from insteg.access.catalogues import Task
from insteg.mail import access
from insteg.mail.models import Message, Notice, Preference
from insteg.organisations.models import User


def tasks(actor: Actor) -> Iterator[Task]:
    if actor.role not in access.SEE.table:
        return
    letters = access.SEE.filter(Message.objects.all(), actor)
    count = letters.count()
    if count:
        since = letters.order_by("created_at").values_list("created_at", flat=True)[0]
        title = ngettext("%(count)s brev har inte gått fram", "%(count)s brev har inte gått fram", count)
        yield Task(title % {"count": count}, reverse("mail:stuck"), since=localdate(since))


def waiting_for(user: User) -> tuple[int, str]:
    """How many notices wait for the person's next daily letter, and the pace that they have chosen."""
    chosen = Preference.objects.filter(user=user).values_list("pace", flat=True).first()
    return Notice.objects.filter(user=user).count(), chosen or Preference.Pace.AT_ONCE
