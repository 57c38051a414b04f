"""Letters that tell somebody that something waits for them: a line, an address and nothing about any person.

Each goes at once, or waits for the day's letter where the reader has chosen that. Letters with a secret link, and those
about the account itself, do not pass here and never wait.
"""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from insteg.access.addresses import opens
from insteg.audit.gate import insert
from insteg.mail.models import Notice, Preference
from insteg.mail.outbox import post
from insteg.organisations.letters import address
from insteg.organisations.models import User

LONGEST = 8000  # letters, so that a letter's text stays within what its table holds; longer becomes two letters


def notify(user: User, *, subject: str, text: str, path: str) -> None:
    """Tells one person, in the transaction at hand. `path` is the page to open. Write in the user's own language."""
    notice = Notice(user=user, subject=" ".join(subject.split())[:200], text=text, path=path)
    if Preference.objects.filter(user=user, pace=Preference.Pace.DAILY).exists():
        insert(notice)
    else:
        write(user, [notice])


def gather(user: User, *, until: dt.datetime) -> None:
    """Writes what has waited since before `until` as one letter, and takes it away, in one transaction.

    Two at once write it once. What waits for somebody whose account is closed is dropped, and so is what leads to a
    page that none of their memberships opens any more: a day may have passed since it was to be told.
    """
    with transaction.atomic():
        waiting = (
            Notice.objects.filter(user=user, created_at__lt=until).select_for_update().order_by("created_at", "pk")
        )
        notices = list(waiting)
        if user.is_active:
            actors = [membership.actor() for membership in user.memberships.current()]
            for part in parts([each for each in notices if any(opens(each.path, actor) for actor in actors)]):
                write(user, part)
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).delete()


def parts(notices: list[Notice]) -> Iterator[list[Notice]]:
    """The notices in order, in as few letters as hold them."""
    part: list[Notice] = []
    length = 0
    for notice in notices:
        length += len(in_a_row(notice))
        if part and length > LONGEST:
            yield part
            part, length = [], len(in_a_row(notice))
        part.append(notice)
    if part:
        yield part


def write(user: User, notices: list[Notice]) -> None:
    """One letter: a single notice stands as it is, several stand after another."""
    with override(user.language):
        greeting = _("Hej %(name)s!") % {"name": user.name}
        if len(notices) == 1:
            subject, said = notices[0].subject, [notices[0].text, address(notices[0].path)]
        else:
            count = {"count": len(notices)}
            subject = ngettext("%(count)s sak från Insteg", "%(count)s saker från Insteg", len(notices)) % count
            said = [in_a_row(notice) for notice in notices]
    post(to=user.email, subject=subject, body="\n\n".join([greeting, *said]) + "\n")


def in_a_row(notice: Notice) -> str:
    return "\n".join([notice.subject, notice.text, address(notice.path)])
