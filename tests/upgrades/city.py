"""A city on PostgreSQL at the release before: its two roles, its tables filled, and its people at work."""

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from tests.upgrades.checkouts import Checkout, Migrating
from tests.upgrades.filling import fill_postgresql
from tests.upgrades.waits import Queue, Wait
from tests.upgrades.writers import Writer

OWNER, APPLICATION = "insteg_agare", "insteg"
TRIGGERS = "SELECT tgrelid::regclass || ' ' || tgname FROM pg_trigger WHERE NOT tgisinternal"


class City:
    """`address` is the superuser's; what is done as in production is done by the two roles of the manual."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.held: dict[str, int] = {}  # the tables that people write in, and how many rows each has
        for role in (OWNER, APPLICATION):
            self.asks(f"CREATE ROLE {role} LOGIN")
        self.asks(f"ALTER DATABASE insteg OWNER TO {OWNER}", f"GRANT pg_read_all_stats TO {OWNER}")

    def place(self, role: str, database: str = "insteg") -> str:
        return self.address.replace("postgres@", f"{role}@").replace("/insteg", f"/{database}")

    def asks(self, *statements: str, database: str = "insteg") -> list[Any]:
        with psycopg.connect(self.place("postgres", database), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def gives_rights(self, checkout: Checkout, database: str = "insteg") -> None:
        rights = (checkout.folder / "docs/drift/roller.sql").read_text(encoding="utf-8")
        with psycopg.connect(self.place(OWNER, database), autocommit=True) as connection:
            connection.execute(rights)

    def triggers(self, database: str = "insteg") -> set[str]:
        return {name for (name,) in self.asks(TRIGGERS, database=database)}

    def empties(self) -> None:
        """Every table but the list of migrations: for whoever builds a town of their own."""
        names = [name for (name,) in self.asks("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")]
        self.asks(f"TRUNCATE {', '.join(name for name in names if name != 'django_migrations')}")

    def fills(self, names: list[str], rows: int) -> None:
        there = {name for (name,) in self.asks("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")}
        held = fill_postgresql(self.address, [name for name in names if name in there], rows)
        self.held = {name: count for name, count in held.items() if count}


class Result(NamedTuple):
    waits: list[Wait]  # behind the migration
    gap: float  # the longest that nobody looked for waits, in seconds
    done: dict[str, str]  # what each writer did, in words
    broken: list[str]
    times: dict[str, list[float]]  # of each migration: when it was begun and when it was over
    seconds: float
    attempts: int


def upgraded(
    city: City, old: Checkout | None, new: Checkout, *, held: float, words: tuple[str, ...] = (), pause: float = 0.01
) -> Result:
    """Migrates beside writers at each table that is filled, and people at work in the old release where it is at hand.

    Writers rest for `pause` seconds between two turns. A transaction that has read every table is held open for `held`
    seconds from the moment that the first migration begins.
    """
    writers = [Writer(city.place(APPLICATION), name, pause) for name in city.held]
    queue = Queue(city.place("postgres"), OWNER)
    with at_work(city, old, new.home) as people:
        for thread in (*writers, queue):
            thread.start()
        time.sleep(1)
        with reading(city) as let_go:
            migrating = Migrating(new, city.place(OWNER), *words)
            threading.Thread(target=after, args=[migrating, held, let_go], daemon=True).start()
            try:
                seconds = migrating.wait()
            finally:
                for thread in (*writers, queue):
                    thread.stop.set()
    told = told_by(people)
    for thread in (*writers, queue):
        thread.join()
    done = {writer.table: f"{writer.done} satser, den längsta {writer.longest:.2f} s" for writer in writers}
    return Result(
        waits=queue.waits(),
        gap=queue.gap,
        done=done | {name: f"{times} gånger" for name, times in told["times"].items()},
        broken=[said for writer in writers for said in writer.broken] + told["broken"],
        times=migrating.times,
        seconds=seconds,
        attempts=migrating.attempts(),
    )


@contextlib.contextmanager
def at_work(city: City, old: Checkout | None, home: Path) -> Iterator[Any]:
    """People at work in the old release, until they are told to stop."""
    stop = home / f"stop-{time.monotonic_ns()}"
    people = old.start(city.place(APPLICATION), "inside.working", str(stop)) if old else None
    try:
        yield people
    finally:
        stop.touch()


def told_by(people: Any) -> dict[str, Any]:
    if people is None:
        return {"times": {}, "broken": []}
    said, faults = people.communicate()
    if people.returncode:
        return {"times": {}, "broken": [f"den förra utgåvans folk: {faults[-2000:]}"]}
    return json.loads(said.splitlines()[-1])


@contextlib.contextmanager
def reading(city: City) -> Iterator[threading.Event]:
    """A transaction that has read every table and goes on until it is let go, as a backup's or a forgotten window's."""
    let_go, connection = threading.Event(), psycopg.connect(city.place(APPLICATION))
    for name in city.held:
        connection.execute(f"SELECT 1 FROM {name} LIMIT 1")

    def end() -> None:
        let_go.wait()
        connection.close()

    thread = threading.Thread(target=end)
    thread.start()
    try:
        yield let_go
    finally:
        let_go.set()
        thread.join()


def after(migrating: Migrating, seconds: float, let_go: threading.Event) -> None:
    while not migrating.times and migrating.process.poll() is None:
        time.sleep(0.02)
    time.sleep(seconds)
    let_go.set()
