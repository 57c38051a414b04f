"""Sealing and verifying a log, beside only reading it; and a change while somebody else seals."""

import contextlib
import resource
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.db import connection, transaction

from insteg.access.actor import SYSTEM
from insteg.audit.anchors import anchor_seals
from insteg.audit.models import Entry, EntrySubject, Seal
from insteg.audit.sealing import COLUMNS, OF_SUBJECT, seal_log
from insteg.audit.verifying import faults_of_log
from insteg.inventory.actions import change
from insteg.inventory.actions.cases import stand_again
from insteg.inventory.models import PlannedProcurement
from scripts.bench.measure import Line, in_turns, show

NUMBER = count(1)
AS_MANY_AS_IT_TAKES = 10**6
COUNT = "while True: pass"
SEAL = "import django; django.setup(); from insteg.audit.sealing import seal_log; seal_log(10**6)"
NUMBERS = {
    "postgresql": "SELECT generate_series(1, {count}) AS n",
    "sqlite": "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < {count}) SELECT n FROM t",
}
NEW_UUID = {"postgresql": "gen_random_uuid()", "sqlite": "lower(hex(randomblob(16)))"}
ENTRIES = """
INSERT INTO audit_entry (at, action, actor_kind, actor_id, membership_id, changed, reason)
SELECT CURRENT_TIMESTAMP, 'inventory.change', 'member', CAST(n AS varchar(40)), {uuid}, '["months", "title"]', ''
FROM ({numbers}) AS numbers
"""
SUBJECTS = """
INSERT INTO audit_entrysubject (entry_id, model, row, row_version)
SELECT e.id, 'inventory.PlannedProcurement', {uuid}, 1 FROM audit_entry e, ({two}) AS numbers
WHERE e.id > (SELECT coalesce(max(entry_id), 0) FROM audit_entrysubject)
"""


def measure(entries: int, rounds: int, city: SimpleNamespace) -> None:
    """Each once, since what is sealed is sealed. So many entries with two rows each."""
    settings.ANCHORS_FILE = Path(settings.HOME) / "loggen.txt"
    append(entries)
    bare = "läsa loggen rad för rad"
    lines = [
        Line(bare, read),
        Line("försegla allt på en gång", lambda: seal_log(AS_MANY_AS_IT_TAKES), bare),
        Line("förankra", anchor_seals, bare),
        Line("pröva allt", verified, bare),
    ]
    for line in lines:
        line.run()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sealed = f"{Entry.objects.count()} loggposter i {Seal.objects.count()} förseglingar"
    show(f"{sealed}, {connection.vendor}, som mest {megabytes} MB i minnet", lines)
    stand_again([PlannedProcurement.objects.earliest("pk")], SYSTEM, "inventory.reinstate")  # with a case, as all have
    alone, busy = "en ändring", "en ändring medan en annan process räknar"
    lines = in_turns([Line(alone, lambda: one_change(city))], rounds)
    append(entries)
    for name, code in ((busy, COUNT), ("en ändring medan en annan process förseglar", SEAL)):
        with another_process(code):
            lines += in_turns([Line(name, lambda: one_change(city), alone)], rounds)
    show(f"En ändring ensam och i sällskap, {connection.vendor}", lines)


def append(entries: int) -> None:
    own = connection.vendor
    numbers, two = (NUMBERS[own].format(count=number) for number in (entries, 2))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ENTRIES.format(uuid=NEW_UUID[own], numbers=numbers))
        cursor.execute(SUBJECTS.format(uuid=NEW_UUID[own], two=two))


def read() -> None:
    for _row in Entry.objects.order_by("pk").values_list(*COLUMNS).iterator():
        pass
    for _row in EntrySubject.objects.order_by("pk").values_list(*OF_SUBJECT).iterator():
        pass


def verified() -> None:
    if found := faults_of_log():
        raise SystemExit(f"{found}")


def one_change(city: SimpleNamespace) -> None:
    title = f"Lokalvård, del {next(NUMBER)}"
    change(actor=city.who["ue"].actor(), target=PlannedProcurement.objects.earliest("pk"), seen=None, title=title)


@contextlib.contextmanager
def another_process(code: str) -> Iterator[None]:
    """As the worker is. One that only counts takes as much of the machine, and nothing of the database."""
    process = subprocess.Popen([sys.executable, "-c", code])
    try:
        yield
    finally:
        process.terminate()
        process.wait()
