"""Somebody at each table all the time, who reads, writes and adds rows and notes what took longest and what failed."""

import threading
import time
from typing import Any

import psycopg

from tests.upgrades.filling import Table, of_postgresql

SAMPLE = 200


class Writer(threading.Thread):
    """At one table, as the application's own role, each statement a transaction."""

    def __init__(self, address: str, table: str, pause: float) -> None:
        super().__init__(daemon=True)
        self.pause = pause  # seconds
        self.table, self.stop, self.done, self.longest = table, threading.Event(), 0, 0.0
        self.broken: list[str] = []
        self.connection = psycopg.connect(address, autocommit=True, prepare_threshold=None)
        self.keys = [key for (key,) in self.connection.execute(f"SELECT id FROM {table} ORDER BY id LIMIT {SAMPLE}")]
        self.statements = [sql for sql in statements(of_postgresql(self.connection, table)) if self.works(sql)]

    def works(self, sql: str) -> bool:
        """What the database refuses by itself is not tried again and again: the log is only added to."""
        try:
            self.connection.execute(sql, {"key": self.keys[0], "n": "0"})
        except psycopg.Error as error:
            refused = (psycopg.errors.IntegrityError, psycopg.errors.InsufficientPrivilege)
            if isinstance(error, refused):
                return False
            raise
        return True

    def run(self) -> None:
        while not self.stop.is_set():
            for sql in self.statements:
                self.done += 1
                self.timed(sql, {"key": self.keys[self.done % len(self.keys)], "n": f"-{self.done}"})
            time.sleep(self.pause)
        self.connection.close()

    def timed(self, sql: str, values: dict[str, Any]) -> None:
        begun = time.time()
        try:
            self.connection.execute(sql, values)
        except psycopg.Error as error:
            self.broken.append(f"{self.table}: {type(error).__name__}: {str(error).strip()[:200]}")
            time.sleep(self.pause * 5)
        self.longest = max(self.longest, time.time() - begun)


def statements(table: Table) -> list[str]:
    said = table.said().replace("|| n", "|| %(n)s")
    return [
        f"SELECT * FROM {table.name} WHERE id = %(key)s",
        f"UPDATE {table.name} SET id = id WHERE id = %(key)s",
        f"INSERT INTO {table.name} ({table.columns}) SELECT {said} FROM {table.name} AS src WHERE id = %(key)s",
    ]
