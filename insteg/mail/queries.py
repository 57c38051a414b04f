import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor
from insteg.access.catalogues import Task
from insteg.mail import access
from insteg.mail.holding import held, waiting
from insteg.mail.models import Hold, Message, Notice, Preference
from insteg.organisations.models import User


def tasks(actor: Actor) -> Iterator[Task]:
    if actor.role not in access.SEE.table:
        return
    letters = access.SEE.filter(Message.objects.all(), actor)
    if hold := held():
        yield letters_held(hold)
        letters = letters.exclude(given_up_at=None)
    count = letters.count()
    if count:
        since = letters.order_by("created_at").values_list("created_at", flat=True)[0]
        title = ngettext("%(count)s brev har inte gått fram", "%(count)s brev har inte gått fram", count)
        yield Task(title % {"count": count}, reverse("mail:stuck"), since=localdate(since))


def letters_held(hold: Hold) -> Task:
    wait = waiting().count()
    about = ngettext("%(count)s brev väntar", "%(count)s brev väntar", wait) % {"count": wait}
    return Task(
        _("Breven hålls inne sedan återläsningen"),
        reverse("mail:held", args=[hold.pk]),
        about,
        since=localdate(hold.created_at),
        due_on=localdate(hold.created_at),
    )


@dataclass(frozen=True)
class HeldLetters:
    """What an administrator looks at before letting letters go. `old` are those that the backup held."""

    count: int
    old: int
    oldest: dt.datetime | None
    some: QuerySet[Message]


def held_letters(hold: Hold, most: int) -> HeldLetters:
    letters = waiting().order_by("created_at", "pk")
    told = letters.aggregate(
        count=Count("pk"), old=Count("pk", filter=Q(created_at__lt=hold.created_at)), oldest=Min("created_at")
    )
    return HeldLetters(**told, some=letters[:most])


def waiting_for(user: User) -> tuple[int, str]:
    """How many notices wait for the person's next daily letter, and the pace that they have chosen."""
    chosen = Preference.objects.filter(user=user).values_list("pace", flat=True).first()
    return Notice.objects.filter(user=user).count(), chosen or Preference.Pace.AT_ONCE
