"""How fast it is: `python -m scripts.bench [--quick] [--only NAME …]`, or `make bench`.

Every measure stands beside a yardstick that was run in turns with it. Nothing fails when an aim is missed: the table
says so, and docs/kvalitet.md says why. PostgreSQL runs with its own settings, so that a commit waits for the disk.
"""

import argparse
import os
import platform
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests import postgres

ROOT = Path(__file__).parents[2]
NAMES = ("read", "save", "list", "change", "export", "compile", "tasks", "log")
ROWS, GROWN, ROUNDS = 10_000, 100, 7
QUICK_ROWS, QUICK_GROWN, QUICK_ROUNDS = 1_000, 10, 3


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="små mängder, på några sekunder")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES, help="bara dessa mått")
    chosen = parser.parse_args(arguments)
    if "BENCH_DATABASE" in os.environ:
        return measured(chosen.only, chosen.quick)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is stopped then too
    print(about_the_machine(), flush=True)
    with tempfile.TemporaryDirectory(prefix="insteg-bench-") as home:
        failed = child(arguments, home, "sqlite")
    folder = postgres.programs()
    if folder is None:
        print("\nPostgreSQL finns inte på den här datorn: dess mått hoppas över. (No PostgreSQL here.)")
        return failed
    with postgres.cluster(folder, options=()) as address, tempfile.TemporaryDirectory() as home:
        return child(arguments, home, address) or failed


def child(arguments: list[str], home: str, database: str) -> int:
    """A process of its own for each database, since Django takes its settings once."""
    settings = {"DJANGO_SETTINGS_MODULE": "scripts.bench.settings", "BENCH_HOME": home, "BENCH_DATABASE": database}
    command = [sys.executable, "-m", "scripts.bench", *arguments]
    return subprocess.run(command, env=os.environ | settings, cwd=ROOT).returncode


def about_the_machine() -> str:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True).stdout.strip()

    changed = " med ändringar som inte är sparade" if git("status", "--porcelain", "insteg") else ""
    commit = f"{git('rev-parse', '--short', 'HEAD') or 'okänd'}{changed}"
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"Version {commit} · Python {platform.python_version()} · SQLite {sqlite3.sqlite_version} ·"
        f" {platform.system()} {platform.release()} {platform.machine()} · {os.cpu_count()} processorer · last {load}"
    )


def measured(names: list[str], quick: bool) -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from scripts.bench import changing, city, compiling, exporting, listing, reading, saving, sealing, waiting

    rows, grown, rounds = (QUICK_ROWS, QUICK_GROWN, QUICK_ROUNDS) if quick else (ROWS, GROWN, ROUNDS)
    if connection.vendor == "sqlite" and "read" in names:
        reading.measure(rows, rounds)
    if names == ["read"]:
        return 0
    call_command("migrate", verbosity=0)
    print(f"\n--- {version_of(connection)}, DEBUG={settings.DEBUG}")
    town = city.build(rows)
    steps: dict[str, Callable[[], object]] = {
        "save": lambda: saving.measure(rows, min(rounds, 5), town),
        "change": lambda: changing.measure(rounds * 10, town),
        "export": lambda: exporting.measure(min(rounds, 3), town),
        "compile": lambda: compiling.measure(min(rounds, 5), town),
        "list": lambda: listing.measure(rounds * 3, town),
    }
    for name, step in steps.items():
        if name in names:
            step()
    if "list" in names:
        city.grow(grown)
        listing.measure(rounds, town)
    if "tasks" in names:
        waiting.measure(rounds, town, quick)
    if "log" in names:
        sealing.measure(rows * grown, rounds * 10, town)
    return 0


def version_of(connection: object) -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}, {connection.settings_dict['OPTIONS']['init_command']}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name IN ('server_version', 'fsync')")
        told = dict(cursor.fetchall())
    return f"PostgreSQL {told['server_version']}, fsync={told['fsync']}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
