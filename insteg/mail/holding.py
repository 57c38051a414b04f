"""No letter leaves a restored system until somebody has looked: half of them may have left already."""

import datetime as dt

from django.apps.registry import Apps
from django.db.models import QuerySet

from insteg.mail.models import Hold, Message

DROPPED = "dropped"  # what a letter says that was thrown away when the others were released


def held() -> Hold | None:
    """The hold that no letter passes; None when they go."""
    return Hold.objects.filter(released_at=None).first()


def waiting() -> QuerySet[Message]:
    """Letters that have neither left nor been given up."""
    return Message.objects.filter(sent_at=None, given_up_at=None)


def ready_since(letter: Message) -> dt.datetime:
    """When the letter could first leave: when it was written, or when the letters were last released."""
    last = Hold.objects.filter(released_at__gt=letter.created_at).order_by("-released_at").first()
    return last.released_at if last and last.released_at else letter.created_at


def hold(tables: Apps, *, backup_from: dt.datetime, now: dt.datetime) -> None:
    """Holds all letters, in the transaction that loads the backup, and says so in the log.

    `tables` are the models as they were when it was made: it may be older than the code.
    """
    holds, log = tables.get_model("mail", "Hold"), tables.get_model("audit", "Entry")
    holds.objects.filter(released_at=None).delete()  # one that was open then
    made = holds.objects.create(backup_from=backup_from, created_at=now)
    entry = log.objects.create(at=now, action="mail.hold", actor_kind="system", actor_id="system")
    entry.subjects.create(model="mail.Hold", row=made.pk, row_version=made.version)
