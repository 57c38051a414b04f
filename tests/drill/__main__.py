"""`python -m tests.drill [--short]`: a whole city backed up and restored, on both databases, with the real commands.

PostgreSQL is backed up while others write, restored to SQLite, and from there to PostgreSQL again. A backup and a
restoring are killed half-way. Prints time, memory, size, imprints and chain; ends with 1 when a promise broke. The long
form has 100,000 planned procurements and a log of 1,000,000 rows: 500,000 entries, each about a row.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from insteg.core.backups import restoring, sealing
from insteg.core.backups.archive import Manifest
from tests.postgres import cluster, programs

LONG, SHORT = (100_000, 500_000), (300, 3_000)
SERVER = ("jit=off", "max_wal_size=4GB", "max_connections=40")  # else as it is installed
# What restoring itself writes: that letters are held, and that in the log.
GROWS = {"mail_hold", "audit_entry", "audit_entrysubject"}


class Place(NamedTuple):
    name: str
    database: str
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        said = {"DRILL_DATABASE": self.database, "DRILL_HOME": str(self.home)}
        return os.environ | said | {"DJANGO_SETTINGS_MODULE": "tests.drill.settings"}


class Drill:
    def __init__(self, folder: Path, server: str) -> None:
        self.folder, self.server, self.broken = folder, server, 0
        secret, self.public = sealing.new_key()
        self.key = folder / "nyckel.txt"
        self.key.write_text(secret)

    def place(self, name: str, database: str) -> Place:
        """A new, empty database with a folder of its own."""
        home = self.folder / name
        home.mkdir()
        if database == "SQLite":
            return Place(name, str(home / "insteg.sqlite3"), home)
        made = self.server.rsplit("/", 1)[0] + f"/{name}"
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return Place(name, made, home)

    def start(self, place: Place, *words: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", *words]
        return subprocess.Popen(
            command, env=place.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def run(self, told: str, place: Place, *words: str) -> str:
        """Runs to its end, and prints how long it took, how much work it was and how much memory it used at most."""
        begun = time.monotonic()
        process = self.start(place, *words)
        said = process.stdout.read() if process.stdout else ""
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds, work, peak = time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
        print(f"{told}: {seconds:.0f} s (processor {work:.0f} s), som mest {peak:.0f} MB", flush=True)
        self.promise(process.returncode == 0, f"{told} går igenom", said)
        return said

    def promise(self, kept: bool, what: str, more: object = "") -> None:
        if not kept:
            self.broken += 1
            print(f"BRUTET: {what} {more}", flush=True)

    def insteg(self, told: str, place: Place, *words: str) -> str:
        return self.run(told, place, "insteg.config.cli", *words)

    def back_up(self, told: str, place: Place, name: str) -> Path:
        file = self.folder / name
        self.insteg(told, place, "backup", str(file), "--recipient", self.public)
        print(f"  {file.stat().st_size / 1e6:.1f} MB", flush=True)
        return file

    def restore(self, told: str, file: Path, place: Place) -> None:
        said = self.insteg(told, place, "restore", str(file), "--identity", str(self.key))
        self.promise("Loggens kedja är hel." in said, f"kedjan är hel efter {told}", said)

    def look(self, place: Place) -> dict[str, int]:
        said = self.run(f"  {place.name} prövad", place, "tests.drill.building", "look")
        return {name: int(number) for name, number in (line.split() for line in said.splitlines())}

    def killed(self, told: str, place: Place, half_way: Callable[[], bool], *words: str) -> None:
        """Starts a command of ours and kills it when it is half-way."""
        process = self.start(place, "insteg.config.cli", *words)
        while process.poll() is None and not half_way():
            time.sleep(0.02)
        process.kill()
        process.wait()
        self.promise(process.returncode == -signal.SIGKILL, f"{told} hann dödas")


def manifest_of(drill: Drill, file: Path) -> Manifest:
    return restoring.verify(file, sealing.identities_of(drill.key))


def main(arguments: list[str]) -> int:
    planned, entries = SHORT if "--short" in arguments else LONG
    found = programs()
    if not found:
        print("PostgreSQL finns inte på den här datorn: övningen hoppas över. (No PostgreSQL here: skipped.)")
        return 0
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="insteg-drill-") as folder, cluster(found, SERVER) as server:
        drill = Drill(Path(folder), server)
        exercise(drill, planned, entries)
    print(f"{drill.broken} brutna löften ({time.monotonic() - begun:.0f} s)")
    return 1 if drill.broken else 0


def exercise(drill: Drill, planned: int, entries: int) -> None:
    source = drill.place("kalla", "PostgreSQL")
    drill.run(
        f"Byggt: {planned} planerade, {entries} loggposter",
        source,
        "tests.drill.building",
        "build",
        str(planned),
        str(entries),
    )
    backup_killed(drill, source)
    writer = drill.start(source, "tests.drill.building", "write")
    time.sleep(2)  # it is writing
    first = drill.back_up("Säkerhetskopia av PostgreSQL, medan andra skriver", source, "en.age")
    drill.promise(writer.poll() is None, "den som skrev fick skriva hela tiden")
    writer.kill()
    writer.wait()
    drill.insteg("Kopian prövad", source, "verify_backup", str(first), "--identity", str(drill.key))
    other = drill.place("andra", "SQLite")
    drill.restore("Återläst i SQLite", first, other)
    second = drill.back_up("Säkerhetskopia av SQLite", other, "tva.age")
    back = drill.place("tillbaka", "PostgreSQL")
    if not restoring_killed(drill, second, back):
        back = drill.place("igen", "PostgreSQL")
    drill.restore("Återläst ur SQLite i PostgreSQL", second, back)
    third = drill.back_up("Säkerhetskopia av det sista", back, "tre.age")
    compared(drill, [manifest_of(drill, file) for file in (first, second, third)])
    looked(drill, source, [other, back], planned)


def backup_killed(drill: Drill, source: Place) -> None:
    file = drill.folder / "aldrig.age"
    started = lambda: any(drill.folder.glob(".aldrig*"))  # noqa: E731
    drill.killed("säkerhetskopian", source, started, "backup", str(file), "--recipient", drill.public)
    drill.promise(not file.exists(), "en kopia som dödas får aldrig sitt namn")
    for half in drill.folder.glob(".aldrig*"):
        drill.promise(half.read_bytes()[:18] in (b"", b"age-encryption.org"), "också halva kopian är låst")
        half.unlink()


def restoring_killed(drill: Drill, file: Path, place: Place) -> bool:
    """Whether the database is empty afterwards, as it is unless the restoring was over before it could be killed."""
    with psycopg.connect(place.database, autocommit=True) as connection:
        loading = lambda: bool(connection.execute(LOADING).fetchone())  # noqa: E731
        drill.killed("återläsningen", place, loading, "restore", str(file), "--identity", str(drill.key))
        counted = connection.execute(ROWS)  # waits until the server has noticed that nobody is there
        found = counted.fetchone() or (0, 0)
    drill.promise(found == (0, 0) or min(found) > 0, "en återläsning som dödas lämnar allt eller inget", found)
    print("Återläsningen dödad: databasen är " + ("tom" if found == (0, 0) else "hel"), flush=True)
    return found == (0, 0)


ROWS = "SELECT (SELECT count(*) FROM organisations_user), (SELECT count(*) FROM mail_hold)"
# Who puts the triggers aside holds this until the end.
LOADING = """
SELECT 1 FROM pg_locks JOIN pg_class ON pg_class.oid = relation
WHERE relname = 'mail_hold' AND mode = 'AccessExclusiveLock' AND pid <> pg_backend_pid()
"""


def compared(drill: Drill, manifests: list[Manifest]) -> None:
    """Every table of the three backups has the same imprint, but those that restoring adds to."""
    first, *others = [{table.name: table for table in manifest.tables} for manifest in manifests]
    for turn, other in enumerate(others, start=1):
        alike = {name for name in first if first[name] == other[name]}
        drill.promise(first.keys() - alike == GROWS, "samma avtryck i alla tabeller", first.keys() - alike - GROWS)
        grown: dict[str, Any] = {name: other[name].size - first[name].size for name in GROWS - {"mail_hold"}}
        drill.promise(set(grown.values()) == {turn}, "loggen har bara fått återläsningens egna rader", grown)
    files = [{file for file in manifest.files if file.name.startswith("files/")} for manifest in manifests]
    drill.promise(files[0] == files[1] == files[2], "samma filer")
    print(
        f"{len(first)} tabeller, {manifests[0].rows} rader och {len(files[0])} filer: samma avtryck i alla tre kopiorna"
    )


def looked(drill: Drill, source: Place, restored: list[Place], planned: int) -> None:
    before = drill.look(source)
    drill.promise(before["planned"] == planned, "källan är hel", before)
    for place in restored:
        found = drill.look(place)
        drill.promise(found["halves"] == 0, "ingen transaktion är halv", found)
        drill.promise(
            0 < found["pairs"] <= before["pairs"], "det som skrevs medan kopian togs är med till ett ögonblick", found
        )
        drill.promise(found["planned"] == planned and found["users"] == before["users"], "allt är där", found)
        letters = list((place.home / "brev").glob("*")) if (place.home / "brev").exists() else []
        drill.promise(found["held"] == 1 and found["waiting"] == 5 and not letters, "inget brev har gått", found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
