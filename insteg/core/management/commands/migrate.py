"""Django's `migrate`, which on PostgreSQL gives way to those who are at work instead of making them wait."""

import sys
import time
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Whoever comes after a migration that waits for a lock waits behind it. So it waits for less than one notices, then
# stands aside for longer than it waited, so that those who came after get their turn.
LOCK_TIMEOUT = "200ms"
ASIDE_SECONDS = 2.0
ATTEMPTS = 150  # five minutes: longer than what is asked of the product takes
GIVE_WAY = {"55P03", "40P01"}  # the lock was not to be had in time; two waited for each other
LONGEST = """
SELECT pid, coalesce(usename, ''), coalesce(state, ''), extract(epoch FROM clock_timestamp() - xact_start)::int
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
ORDER BY xact_start LIMIT 1
"""


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """What is done stays done between two attempts: each migration is a transaction, noted when it is over."""
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            super().handle(*args, **options)
            return
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self.impatiently(connection, *args, **options)
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", None) not in GIVE_WAY:
                    raise
                said = f"Någon annan har låset (försök {attempt} av {ATTEMPTS}). {longest(connection)}"
                if attempt == ATTEMPTS:
                    said += " Avsluta den, och kör migrate igen: det som är gjort är gjort."
                    raise CommandError(said) from error
                self.stderr.write(f"\n{said} Försöker igen om {ASIDE_SECONDS:.0f} s.")
                sys.stdout.flush()
                time.sleep(ASIDE_SECONDS)

    def impatiently(self, connection: BaseDatabaseWrapper, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
        try:
            super().handle(*args, **options)
        finally:
            with connection.cursor() as cursor:  # the tests go on with the same connection
                cursor.execute("SET lock_timeout TO DEFAULT")


def longest(connection: BaseDatabaseWrapper) -> str:
    """What has gone on for longest, which is most likely what stands in the way. Needs pg_read_all_stats to be seen."""
    with connection.cursor() as cursor:
        cursor.execute(LONGEST)
        row = cursor.fetchone()
    if row is None:
        return "Vem det är syns inte: se Uppdatera i docs/drift."
    pid, role, state, seconds = row
    return f"Längst har en transaktion pågått: {seconds} s, roll {role}, pid {pid}, {state}."
