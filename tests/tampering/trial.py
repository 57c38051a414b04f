"""The trials on one database: the log grows, is found whole, and is then tampered with in each way, one at a time."""

import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from insteg.audit import anchors, sealing, verifying
from tests.tampering.kinds import KINDS, TABLES, switch_triggers_off
from tests.tampering.log import Log

SEED = 16
IN_ONE_LOG = 20  # trials
WITHOUT = {
    "förankringen": (
        (verifying, "faults_of_anchors", lambda file: iter(())),
        (verifying, "faults_of_prunings", lambda file: iter(())),
    ),
    "loggposternas rader i kontrollsumman": ((sealing, "line", lambda row, subjects: LINE(row, [])),),
    "loggposterna mot förseglingarna": ((verifying, "faults_of_content", lambda seal, found: iter(())),),
}
LINE = sealing.line
SURVIVES = {  # what nobody finds when that is switched off
    "förankringen": ("slutet avklippt", "kedjan omskriven från en punkt", "påhittad gallring"),
    "loggposternas rader i kontrollsumman": (
        "ändrad rad i en loggpost", "borttagen rad i en loggpost", "tillagd rad i en loggpost"),
    "loggposterna mot förseglingarna": (
        "ändrat fält", "borttagen loggpost", "två loggposter har bytt innehåll"),
}  # fmt: skip


def on_this_database(count: int, switched_off: int) -> bool:
    """Prints what was found. True when everything that was done was found, and nothing that was not."""
    migrate()
    print(f"{connection.vendor}:", flush=True)
    whole, found, happened = trials(count, list(KINDS))
    print(f"  orörd logg funnen hel: {whole} av {count} ({', '.join(f'{n} {what}' for what, n in happened.items())})")
    for kind, number in found.items():
        print(f"  {kind}: {number} av {count} funna")
    held = whole == count and all(number == count for number in found.values())
    for protection, kinds in SURVIVES.items():
        with switched_off_protection(protection):
            whole, found, _happened = trials(switched_off, kinds)
        survived = ", ".join(f"{kind} {switched_off - number} av {switched_off}" for kind, number in found.items())
        print(f"  utan {protection} går ostört förbi: {survived}", flush=True)
        held &= whole == switched_off and not any(found.values())
    return held


@contextmanager
def switched_off_protection(name: str) -> Iterator[None]:
    patches = [patch.object(*each) for each in (WITHOUT[name] if name else ())]
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()


def trials(count: int, kinds: Sequence[str]) -> tuple[int, dict[str, int], Counter[str]]:
    """How many times the log was found whole, how often each kind was found, and what the log has been through.

    A new log begins now and then: what is verified in a trial is then some hundred entries and not thousands.
    """
    whole, found, happened = 0, dict.fromkeys(kinds, 0), Counter[str]()
    for begun in range(0, count, IN_ONE_LOG):
        pick = random.Random(SEED + begun)
        empty()
        with tempfile.TemporaryDirectory(prefix="insteg-tampering-") as folder, quick():
            settings.ANCHORS_FILE = Path(folder) / "loggen.txt"
            log = Log(pick)
            for _trial in range(begun, min(begun + IN_ONE_LOG, count)):
                log.grow()
                whole += not verifying.faults_of_log()
                for kind in kinds:
                    found[kind] += is_found(log, kind, pick)
            happened.update(log.happened)
    return whole, found, happened


def is_found(log: Log, kind: str, pick: random.Random) -> bool:
    """Done, and looked for: at once, or when the house has gone on working. Then undone."""
    written = anchors.file().read_bytes()
    with transaction.atomic():
        switch_triggers_off()
        KINDS[kind](pick)
        if pick.random() < 0.5:
            log.append(2)
            log.seal()
        said = verifying.faults_of_log()
        transaction.set_rollback(True)
    anchors.file().write_bytes(written)
    return bool(said)


@contextmanager
def quick() -> Iterator[None]:
    """Whoever commits late is not waited for: it is looked once whether they have gone."""
    with patch.object(sealing, "LOOKS", 0):
        yield


def empty() -> None:
    """A log of its own for each series: what was sealed without a protection does not hold with it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # no trigger stands against the owner's TRUNCATE
            cursor.execute(f"TRUNCATE {', '.join(TABLES)} RESTART IDENTITY")
            return
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = [sql for (sql,) in cursor.fetchall()]
        switch_triggers_off()
        for table in ("audit_entrysubject", "audit_entry", "audit_pruning", "audit_seal", "sqlite_sequence"):
            cursor.execute(f"DELETE FROM {table}")
        for sql in triggers:
            cursor.execute(sql)


def migrate() -> None:
    """Only the log's own tables."""
    executor = MigrationExecutor(connection)
    executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] == "audit"])
