"""A log that grows as a real one does: with gaps, with writers who commit late, sealed now and then, and pruned."""

import contextlib
import datetime as dt
import random
import uuid

import psycopg
from django.db import connection, transaction

from insteg.audit import anchors
from insteg.audit.models import Entry, EntrySubject, Seal
from insteg.audit.pruning import prune
from insteg.audit.sealing import seal_log
from insteg.core import clock

ACTIONS = ("inventory.change", "inventory.report", "process.advance", "organisations.invite")
FIELDS = ("title", "months", "value_min", "value_max", "start")
OLD_DAYS = 6 * 365
PRUNED_DAYS = 5 * 365 + 30
PRUNED_AT = (4, 15)  # which times it has grown
LATE = """
INSERT INTO audit_entry (at, action, actor_kind, actor_id, membership_id, changed, reason)
VALUES (now(), 'inventory.change', 'member', 'sen', NULL, '["title"]', '')
"""


class Broken(Exception):
    """Something that the growing log itself showed."""


class Log:
    """`pick` decides everything, so that a run can be repeated by its seed."""

    def __init__(self, pick: random.Random) -> None:
        self.pick = pick
        self.happened = {"luckor": 0, "sena": 0, "gallringar": 0}
        self.grown = 0
        self.grow_old(OLD_DAYS + 60)
        self.grow()
        self.grow_old(PRUNED_DAYS - 60)
        self.grow()

    def grow_old(self, days: int) -> None:
        with clock.set_back(days):
            for _turn in range(3):
                self.append(self.pick.randint(3, 6))
                self.seal()

    def grow(self) -> None:
        """What a few minutes may bring."""
        self.append(self.pick.randint(1, 4))
        if self.pick.random() < 0.5:
            self.leave_a_gap()
            self.append(self.pick.randint(1, 3))
        if connection.vendor == "postgresql" and self.pick.random() < 0.3:
            self.commit_late()
        self.seal()
        self.grown += 1
        if self.grown in PRUNED_AT:
            self.happened["gallringar"] += bool(prune(clock.now() - dt.timedelta(days=PRUNED_DAYS)))

    def seal(self) -> None:
        seal_log()
        with contextlib.suppress(anchors.Contradicted):  # when it was tampered with: the job only says so, too
            anchors.anchor_seals()

    def append(self, count: int, **more: int) -> None:
        for _turn in range(count):
            with transaction.atomic():
                entry = Entry.objects.create(**entry_facts(self.pick), **more)
                EntrySubject.objects.bulk_create(
                    EntrySubject(entry=entry, **subject_facts(self.pick)) for _row in range(self.pick.randint(1, 3))
                )

    def leave_a_gap(self) -> None:
        """Somebody's work was rolled back. On SQLite the numbers are rolled back too: there a few are skipped."""
        self.happened["luckor"] += 1
        if connection.vendor == "sqlite":
            self.append(1, pk=Entry.objects.latest("pk").pk + self.pick.randint(2, 4))
            return
        with transaction.atomic():
            self.append(self.pick.randint(1, 2))
            transaction.set_rollback(True)

    def commit_late(self) -> None:
        """Another writer has taken a number, and commits when higher ones have been sealed for as far as they can."""
        self.happened["sena"] += 1
        where = connection.settings_dict
        with psycopg.connect(dbname=where["NAME"], user=where["USER"], host=where["HOST"]) as other:
            other.execute(LATE)
            self.append(2)
            before = Entry.objects.latest("pk").pk
            self.seal()
            if Seal.objects.latest("number").last >= before:
                raise Broken("en lucka förseglades medan någon ännu kunde fylla den")


def entry_facts(pick: random.Random) -> dict[str, object]:
    return {
        "action": pick.choice(ACTIONS),
        "actor_kind": pick.choice(("member", "system")),
        "actor_id": str(pick.randrange(1, 50)),
        "membership_id": pick.choice((None, uuid_of(pick))),
        "changed": pick.sample(FIELDS, pick.randint(0, 3)),
        "reason": pick.choice(("", "", "ett skäl")),
    }


def subject_facts(pick: random.Random) -> dict[str, object]:
    return {"model": "inventory.PlannedProcurement", "row": uuid_of(pick), "row_version": pick.randrange(1, 9)}


def uuid_of(pick: random.Random) -> uuid.UUID:
    return uuid.UUID(int=pick.getrandbits(128))
