"""`python -m tests.faults [--short] [--sqlite | --postgresql] [--without PROTECTION] [words of a name]`.

Serves copies of the product for real, on SQLite and on PostgreSQL, lets people write in them, and brings about the
faults of faults.py one after the other. Counts what was tried, acknowledged and found, and ends with 1 when a promise
broke. `--without` switches a protection off, to see that the harness then says so (docs/kvalitet.md lists them).
"""

import argparse
import os
import signal
import sys
import time
import traceback

from tests.faults.city import City
from tests.faults.fault import Fault, Outcome, Skipped
from tests.faults.faults import FAULTS
from tests.faults.without import OF_POSTGRESQL, PROTECTIONS
from tests.postgres import programs

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cities are taken down then too
    said = parser().parse_args(arguments)
    chosen = [fault for fault in FAULTS if " ".join(said.words) in fault.name]
    if not chosen:
        print(f"Inget fel heter så. De är: {', '.join(fault.name for fault in FAULTS)}")
        return 2
    begun, broken = time.monotonic(), 0
    for database in said.databases or [*NAMES]:
        able = [fault for fault in chosen if database in fault.databases]
        if database == "postgresql" and able and not programs():
            print("PostgreSQL finns inte på den här datorn: hoppas över där. (No PostgreSQL here: skipped.)")
        elif able:
            broken += city_of_faults(database, able, said)
    used = os.times()
    processor = used.user + used.system + used.children_user + used.children_system
    print(f"{broken} brutna löften ({time.monotonic() - begun:.0f} s, varav {processor:.0f} s processor)")
    return 1 if broken else 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m tests.faults")
    made.add_argument("--short", action="store_true")
    made.add_argument("--sqlite", dest="databases", action="append_const", const="sqlite")
    made.add_argument("--postgresql", dest="databases", action="append_const", const="postgresql")
    made.add_argument("--without", action="append", default=[], choices=[*PROTECTIONS, *OF_POSTGRESQL])
    made.add_argument("words", nargs="*")
    return made


def city_of_faults(database: str, faults: list[Fault], said: argparse.Namespace) -> int:
    broken = 0
    with City(database, said.without) as city:
        for fault in faults:
            broken += brought_about(city, fault, fault.short if said.short else fault.long)
    return broken


def brought_about(city: City, fault: Fault, times: int) -> int:
    """One fault, told. How many promises broke."""
    begun, name = time.monotonic(), f"{NAMES[city.database]}, {fault.name}"
    try:
        outcome = fault.run(city, times)
        city.heals()
    except Skipped as why:
        print(f"{name}: hoppas över, {why}", flush=True)
        return 0
    except Exception:
        outcome = Outcome({}, [traceback.format_exc() + city.log()])
    counts = ", ".join(f"{what} {count}" for what, count in outcome.counts.items())
    print(f"{name}: {counts} ({time.monotonic() - begun:.0f} s)", flush=True)
    for sentence in outcome.broken:
        print(f"  BRUTET: {sentence}", flush=True)
    return len(outcome.broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
