"""`python -m tests.mutations [words of a name]`: break the code in known ways, one at a time, and see that tests fail.

The code is copied to a temporary folder first; nothing here is touched. Ends with 1 when a mutation survives, when its
text is not found exactly once, or when its tests fail without it. Those that need PostgreSQL are skipped, and said to
be, where there is none.
"""

import contextlib
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.mutations.mutation import Mutation
from tests.mutations.mutations import MUTATIONS
from tests.postgres import cluster, programs

ROOT = Path(__file__).parents[2]
NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "var", "*.egg-info")
WORKERS = min(4, os.cpu_count() or 1)
LONGEST_SECONDS = 300
SECONDS = itertools.count(int(time.time()))
CAUGHT, PASSED, SURVIVED, BROKEN, SKIPPED = "fångad", "går", "ÖVERLEVDE", "TRASIG", "hoppas över"


def main(words: list[str]) -> int:
    begun = time.monotonic()
    chosen = [mutation for mutation in MUTATIONS if " ".join(words) in mutation.name]
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="insteg-mutations-")))
        address = stack.enter_context(server()) if any(mutation.postgresql for mutation in chosen) else None
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(WORKERS):
            copies.put(Path(shutil.copytree(ROOT, folder / str(number), ignore=NOT_COPIED)))
        with ThreadPoolExecutor(WORKERS) as pool:
            unbroken = list(pool.map(lambda tests: as_it_is(copies, *tests, address), tests_of(chosen)))
            outcomes = list(pool.map(lambda mutation: mutated(copies, mutation, address), chosen))
    counts = {outcome: outcomes.count(outcome) for outcome in (CAUGHT, SURVIVED, BROKEN, SKIPPED)}
    whole = all(outcome in (PASSED, SKIPPED) for outcome in unbroken)
    said = f"{counts[CAUGHT]} av {len(chosen)} fel fångade, {counts[SKIPPED]} hoppades över"
    print(f"{said} ({time.monotonic() - begun:.0f} s)")
    return 0 if whole and not counts[SURVIVED] and not counts[BROKEN] else 1


def server() -> contextlib.AbstractContextManager[str | None]:
    """A PostgreSQL of one's own and its address, or None where there is no program for one."""
    found = programs()
    return cluster(found) if found else contextlib.nullcontext()


def tests_of(mutations: list[Mutation]) -> list[tuple[list[str], bool]]:
    """Every test that is named, in two runs: those of SQLite, and those that need PostgreSQL."""
    runs = []
    for postgresql in (False, True):
        named = sorted({test for each in mutations if each.postgresql == postgresql for test in each.tests})
        if named:
            runs.append((named, postgresql))
    return runs


@contextlib.contextmanager
def borrowed(copies: "SimpleQueue[Path]") -> Iterator[Path]:
    copy = copies.get()
    try:
        yield copy
    finally:
        copies.put(copy)


def as_it_is(copies: "SimpleQueue[Path]", tests: list[str], postgresql: bool, address: str | None) -> str:
    """The tests pass when nothing is broken: otherwise their failing would tell nothing."""
    if postgresql and address is None:
        return SKIPPED
    with borrowed(copies) as copy:
        done = run(copy, tests, address if postgresql else None)
    if done.returncode == 0:
        return PASSED
    print(f"{BROKEN}: testerna går inte som de är\n{done.stdout[-3000:]}", flush=True)
    return BROKEN


def mutated(copies: "SimpleQueue[Path]", mutation: Mutation, address: str | None) -> str:
    if mutation.postgresql and address is None:
        return told(SKIPPED, mutation, "PostgreSQL finns inte på den här datorn")
    with borrowed(copies) as copy:
        file = copy / mutation.file
        code = file.read_text(encoding="utf-8")
        if code.count(mutation.before) != 1:
            return told(BROKEN, mutation, f"texten finns {code.count(mutation.before)} gånger i {mutation.file}")
        write(file, code.replace(mutation.before, mutation.after))
        try:
            done = run(copy, ["-x", *mutation.tests], address if mutation.postgresql else None)
        finally:
            write(file, code)
    if done.returncode == 1 or done.returncode < 0:  # tests ran and failed, or one of them took the process along
        return told(CAUGHT, mutation)
    if done.returncode == 0:
        return told(SURVIVED, mutation, " ".join(mutation.tests))
    return told(BROKEN, mutation, (done.stdout + done.stderr)[-2000:])


def write(file: Path, code: str) -> None:
    """Each version has a second of its own: two within one would be taken for the same compiled file."""
    file.write_text(code, encoding="utf-8")
    written = next(SECONDS)
    os.utime(file, (written, written))


def run(copy: Path, arguments: list[str], address: str | None) -> subprocess.CompletedProcess[str]:
    """Runs the tests in the copy, with a database of its own."""
    settings = {"PYTHONPATH": str(copy), "DATABASE_URL": f"{address}_{copy.name}" if address else ""}
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "--create-db", *arguments]
    return subprocess.run(
        command, cwd=copy, env=os.environ | settings, capture_output=True, text=True, timeout=LONGEST_SECONDS
    )


def told(outcome: str, mutation: Mutation, more: str = "") -> str:
    print(f"{outcome}: {mutation.name}" + (f"\n  {more}" if more else ""), flush=True)
    return outcome


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
