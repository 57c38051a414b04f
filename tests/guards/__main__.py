"""`python -m tests.guards [words]`: take away one guard at a time, and see that a test notices.

The guards are found in the code (finding.py says what is one), so a new guard is tried without anyone remembering it.
The code is copied first and each guard gets a switch there; nothing here is touched. Then
1. the suite is run once with every guard in place, to learn which tests ask which guard (only changed test files anew);
2. for each guard, a process that has everything ready splits off a child, which takes the guard away and runs the tests
   that ask it, the nearest and quickest first, until one fails. That one must pass when nothing is taken away.

`words` choose among guards by kind, file and text. `--minutes 8` stops after so long; the next time goes on. What is
known of a guard is kept in var/guards until its file changes; one that survived is tried again each time. Those that
need no test stand in explained.py. `--list` shows the guards. `--short` tries a few of every kind by the tests named in
short.py, and that a guard without its tests is told of. Ends with 1 when a guard survives, one is explained that need
not be, or a test fails though nothing is taken away.

SQLite alone: what only PostgreSQL can tell, that locks hold, is asked by tests/concurrency.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.guards import explained, finding
from tests.guards.guard import Guard, Kind
from tests.guards.results import Results
from tests.guards.touched import AT_ONCE, WARM, Touched

ROOT = finding.ROOT
KEPT = ROOT / "var" / "guards"
NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "var", "*.egg-info")
FEW_LEFT = 5
ORDER = {kind: number for number, kind in enumerate(Kind)}


def main(arguments: Sequence[str]) -> int:
    said = options(arguments)
    if said.list:
        for guard in chosen(finding.in_the_code(), said.words):
            print(f"{guard.kind.value}: {guard}")
        return 0
    until = time.monotonic() + said.minutes * 60
    with tempfile.TemporaryDirectory(prefix="insteg-guards-") as folder:
        copy = Path(shutil.copytree(ROOT, Path(folder) / "copy", ignore=NOT_COPIED))
        if said.short:
            from tests.guards import short

            return short.tried(copy, run)
        touched = Touched(KEPT / "touched.json")
        if not learnt(copy, touched, until):
            return 1
        guards = chosen([*finding.in_the_code(), *touched.triggers], said.words)
        results = Results(KEPT / "results.json", copy)
        try_all(copy, guards, touched, results, until)
    return told(guards, touched, results, every=not said.words)


def options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.guards")
    parser.add_argument("words", nargs="*")
    parser.add_argument("--minutes", type=float, default=24 * 60)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--list", action="store_true")
    return parser.parse_args(arguments)


def chosen(guards: list[Guard], words: list[str]) -> list[Guard]:
    return [guard for guard in guards if all(word in f"{guard.kind.value} {guard}" for word in words)]


def run(copy: Path, orders: dict[str, Any], tests: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Pytest over the product with its switches; see watching.py for the orders."""
    paper = copy / "orders.json"
    paper.write_text(json.dumps(orders), encoding="utf-8")
    settings = {"PYTHONPATH": str(copy), "DATABASE_URL": "", "INSTEG_GUARDS": str(paper)}
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "tests.guards.watching", *tests]
    return subprocess.run(command, cwd=copy, env=os.environ | settings, capture_output=True, text=True)


def learnt(copy: Path, touched: Touched, until: float) -> bool:
    """Whether everything is known of which tests ask which guards."""
    stale = touched.stale(copy)
    for begin in range(0, len(stale), AT_ONCE):
        if time.monotonic() > until:
            print(f"{len(stale) - begin} provfiler återstår att läsa av. Kör igen.")
            return False
        files, answer = stale[begin : begin + AT_ONCE], copy / "learnt.json"
        done = run(copy, {"kept": str(answer)}, files)
        if done.returncode > 1:
            print(f"TRASIG: proven går inte att köra\n{(done.stdout + done.stderr)[-3000:]}")
            return False
        touched.learn(copy, files, json.loads(answer.read_text(encoding="utf-8")))
        print(f"{begin + len(files)} av {len(stale)} provfiler är avlästa", flush=True)
    return True


def try_all(copy: Path, guards: list[Guard], touched: Touched, results: Results, until: float) -> None:
    asking = touched.by_guard()
    trials = []
    for guard in sorted(guards, key=lambda guard: ORDER[guard.kind]):
        tests = touched.in_order(guard, asking.get(guard.key, []))
        if not tests:
            results.untouched(guard)
        elif not results.is_killed(guard):
            trials.append((guard.key, guard.file, tests))
    if not trials:
        return
    files = sorted({test.partition("::")[0] for *_guard, tests in trials for test in [*tests, WARM]})
    answer = copy / "tried.jsonl"
    orders = {"kept": str(answer), "trials": trials, "seconds": max(0.0, until - time.monotonic())}
    done = run(copy, orders, files)
    if done.returncode or not answer.exists():
        print(f"TRASIG: {(done.stdout + done.stderr)[-3000:]}")
    results.add(answer)


def told(guards: list[Guard], touched: Touched, results: Results, *, every: bool) -> int:
    left = [guard for guard in guards if not results.is_known(guard)]
    unseen = [guard for guard in guards if results.is_known(guard) and not results.is_killed(guard)]
    survivors = [guard for guard in unseen if not explained.reason_of(guard.key)]
    killed, total = Counter(), Counter(guard.kind for guard in guards)
    killed.update(guard.kind for guard in guards if results.is_killed(guard))
    for kind in Kind:
        if total[kind]:
            print(f"{kind.value}: {killed[kind]} av {total[kind]} märktes")
    for guard in survivors:
        print(f"ÖVERLEVDE: {guard.kind.value}: {guard}\n  {results.said_of(guard)}")
    for guard in unseen:
        if reason := explained.reason_of(guard.key):
            print(f"förklarad: {guard.kind.value}: {guard}\n  {reason}")
    told_of = f", {len(unseen) - len(survivors)} är förklarade" if len(unseen) > len(survivors) else ""
    rest = told_of + (f", {len(left)} återstår att pröva" if left else "")
    print(f"{sum(killed.values())} av {len(guards)} borttagna vakter märktes{rest}")
    for_nothing = explained.for_nothing([guard.key for guard in unseen]) if every and not left else []
    for beginning in for_nothing:
        print(f"FÖRKLARAD I ONÖDAN: {beginning}")
    failing = [test for test, seen in touched.tests.items() if seen["failed"]]
    if failing:
        print("Prov som inte går som de är: " + ", ".join(failing[:FEW_LEFT]))
    return 1 if survivors or left or failing or for_nothing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
