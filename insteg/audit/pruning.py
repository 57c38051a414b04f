"""Entries older than the log is kept, removed whole seals at a time from the beginning. The seals stay.

Done by the owner's role, with `insteg prune_log`: the application's role can neither remove nor say that it was done.
"""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.utils.timezone import localtime

from insteg.access.actor import SYSTEM
from insteg.audit.anchors import anchor_pruning
from insteg.audit.log import record
from insteg.audit.models import Entry, EntrySubject, Pruning, Seal
from insteg.audit.verifying import last_pruned, seals
from insteg.core import clock
from insteg.core.months import months_later

SEALS_AT_A_TIME = 10  # in one transaction


def youngest_that_may_go() -> dt.date:
    """The day before which the log need not be kept any longer."""
    return months_later(clock.today(), -Entry.Privacy.keep_months)


def prune(before: dt.datetime) -> int:
    """Removes the entries of every seal, from the beginning, all of whose entries are older. Returns how many entries.

    ValueError when the log is kept longer than that. May be broken off: the next run goes on.
    """
    if localtime(before).date() > youngest_that_may_go():
        raise ValueError(f"the log is kept for {Entry.Privacy.keep_months} months")
    return sum(prune_seals(some, before) for some in whole_seals(before))


def whole_seals(before: dt.datetime) -> Iterator[list[Seal]]:
    """The seals whose entries are all older, a few at a time, up to the first that has a younger one."""
    some: list[Seal] = []
    for seal in seals(last_pruned()):
        if Entry.objects.filter(pk__gte=seal.first, pk__lte=seal.last, at__gte=before).exists():
            break
        some.append(seal)
        if len(some) == SEALS_AT_A_TIME:
            yield some
            some = []
    if some:
        yield some


def prune_seals(some: list[Seal], before: dt.datetime) -> int:
    """In one transaction. The anchor comes before its commit, for without it no pruning is believed.

    Whoever dies in between leaves a line about something that was not done.
    """
    first, last = some[0].first, some[-1]
    with transaction.atomic():
        count = sum(seal.count for seal in some)
        Pruning.objects.create(seal=last, before=before, count=count)
        EntrySubject.objects.filter(entry_id__gte=first, entry_id__lte=last.last)._raw_delete("default")
        Entry.objects.filter(pk__gte=first, pk__lte=last.last)._raw_delete("default")
        record(SYSTEM, "audit.prune", [], [], "prune_log")
        anchor_pruning(last.number, before)
    return count
