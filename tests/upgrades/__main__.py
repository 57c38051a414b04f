"""`python -m tests.upgrades [--short] [--from REV] [--only PART …] [--release NAME]`, or `make upgrades`.

Upgrades from the release before to the code as it lies here, while people are at work. Promises: nobody waits for more
than a second at a million rows, no writer fails, and the release before does all that it does on the new tables. Ends
with 1 when one of them broke. Nothing of this checkout is touched; the release before is taken out of git.

The release before is the commit that released.json names. `--release NAME` writes that file anew for what lies here.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests import postgres
from tests.upgrades import parts, releases, rolling, spoilt
from tests.upgrades.checkouts import ROOT, Checkout, here, of_commit, workplace

PARTS = {"locks": parts.locks, "old": parts.old_code, "roll": rolling.roll, "sqlite": parts.sqlite, "off": spoilt.off}
SHORT = ("locks",)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.upgrades", description=__doc__.split("\n")[0])
    parser.add_argument("--short", action="store_true", help="små tabeller, på några sekunder")
    parser.add_argument("--from", dest="commit", metavar="REV", help="den förra utgåvan, om inte den som står skriven")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="bara dessa delar")
    parser.add_argument("--release", metavar="NAMN", help="skriv att det som ligger här är utgivet")
    said = parser.parse_args(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "insteg.config.settings.test"
    import django

    django.setup()
    if said.release:
        return release(said.release)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is stopped then too
    begun = time.monotonic()
    broken = tried(said)
    used = os.times()
    processor = used.user + used.system + used.children_user + used.children_system
    print(f"{len(broken)} brutna löften ({time.monotonic() - begun:.0f} s, varav {processor:.0f} s processor)")
    return 1 if broken else 0


def release(name: str) -> int:
    """Freezes the migrations that lie here. What is not committed is nothing that can be released."""
    if git("status", "--porcelain", "insteg"):
        print("Det finns ändringar i insteg/ som inte är sparade: en utgåva är något som finns i git.")
        return 1
    releases.write(name, git("rev-parse", "HEAD"))
    print(f"{len(releases.released().migrations)} migreringar är utgivna som {name}. Töm exceptions.py och spara båda.")
    return 0


def git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True).stdout.strip()


def tried(said: argparse.Namespace) -> list[str]:
    then = releases.released()
    commit = said.commit or then.commit
    with workplace() as home:
        old, new = of_commit(home, commit), here(home)
        known = old.migrations() if old else {name for name, ours in then.migrations.items() if ours}
        fresh = sorted(new.migrations() - known)
        tell(old, commit, fresh)
        if said.short and not fresh:
            return []
        if not postgres.programs():
            print("PostgreSQL finns inte på den här datorn: dess delar hoppas över. (No PostgreSQL here: skipped.)")
        broken: list[str] = []
        trip = parts.Trip(Path(home), old, new, known, fresh, said.short)
        for name in said.only or (SHORT if said.short else PARTS):
            broken += PARTS[name](trip)
        for sentence in broken:
            print(f"  BRUTET: {sentence}", flush=True)
        return broken


def tell(old: Checkout | None, commit: str, fresh: list[str]) -> None:
    print(f"Från {commit[:7]} till koden som den ligger här: {', '.join(fresh) or 'inga nya migreringar'}", flush=True)
    if old is None:
        print(
            f"{commit[:7]} finns inte i den här kopian av git: bara de nya migreringarna prövas, inte den gamla koden."
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
