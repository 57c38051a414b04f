"""Who waits behind the migration, for what and how long: asked of PostgreSQL itself, many times a second.

What somebody did may take long for many reasons, above all on a machine that others use too. How long a session has
stood in the queue for a lock that the owner's session holds, or waits for ahead of it, has one reason only.
"""

import threading
import time
from typing import Any, NamedTuple

import psycopg

PAUSE_SECONDS = 0.02
QUEUE = """
SELECT a.pid, a.xact_start, l.waitstart, coalesce(l.relation::regclass::text, l.locktype),
 extract(epoch FROM clock_timestamp() - l.waitstart)::float
FROM pg_locks l JOIN pg_stat_activity a USING (pid)
WHERE NOT l.granted AND l.waitstart IS NOT NULL AND a.usename <> %(owner)s
AND EXISTS (SELECT 1 FROM pg_stat_activity o WHERE o.usename = %(owner)s AND o.pid = ANY (pg_blocking_pids(a.pid)))
"""


class Wait(NamedTuple):
    where: str  # a table
    seen: float  # when it was last seen, by the machine's clock
    seconds: float


class Queue(threading.Thread):
    """Looks until `stop` is set. A wait may be longer than told by `gap`, the longest that it did not look."""

    def __init__(self, address: str, owner: str) -> None:
        super().__init__(daemon=True)
        self.connection, self.owner = psycopg.connect(address, autocommit=True), owner
        self.stop, self.gap, self.looks = threading.Event(), 0.0, 0
        self.seen: dict[tuple[Any, ...], Wait] = {}  # of each session, transaction and lock: the longest seen

    def run(self) -> None:
        last = time.time()
        while not self.stop.is_set():
            rows = self.connection.execute(QUEUE, {"owner": self.owner}).fetchall()
            now = time.time()
            self.gap, last = max(self.gap, now - last), now
            self.looks += 1
            for pid, transaction, begun, where, seconds in rows:
                self.seen[pid, transaction, begun] = Wait(where, now, seconds)
            time.sleep(PAUSE_SECONDS)
        self.connection.close()

    def waits(self) -> list[Wait]:
        """Of each transaction: all its waiting together, under the name of what it waited for longest."""
        of_transactions: dict[tuple[Any, ...], list[Wait]] = {}
        for (pid, transaction, _begun), wait in self.seen.items():
            of_transactions.setdefault((pid, transaction), []).append(wait)
        return [
            max(waits, key=lambda wait: wait.seconds)._replace(seconds=sum(wait.seconds for wait in waits))
            for waits in of_transactions.values()
        ]
