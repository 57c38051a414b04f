"""Releases side by side in a temporary folder, and what runs in each. Nothing in this checkout is touched."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
INSIDE = Path(__file__).with_name("inside")
PARTS = ("insteg", "tests", "docs", "requirements")
NOT_COPIED = shutil.ignore_patterns("__pycache__")
APPLYING = re.compile(r"Applying (\S+?)\.\.\.( OK)?")


class Checkout:
    """The code of one release. `run` runs a module with it, on the database `place`: an address or a file."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self.home = folder, home

    def environment(self, place: str) -> dict[str, str]:
        path = os.pathsep.join([str(self.folder), str(self.home)])
        own = {"PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "inside.settings", "UPGRADE_HOME": str(self.home)}
        return os.environ | own | {"UPGRADE_DATABASE": place, "PYTHONUNBUFFERED": "1"}

    def start(self, place: str, *words: str, group: bool = False) -> subprocess.Popen[str]:
        """`group` gives it, and what it starts, a group of processes of its own."""
        command = [sys.executable, "-W", "ignore", "-m", *words]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, cwd=self.folder, env=self.environment(place), start_new_session=group, **pipes)

    def run(self, place: str, *words: str) -> str:
        """What it printed. RuntimeError with what it said when it failed."""
        said, faults = (process := self.start(place, *words)).communicate()
        if process.returncode:
            raise RuntimeError(f"{' '.join(words)}:\n{said[-1000:]}\n{faults[-3000:]}")
        return said

    def migrate(self, place: str, *words: str) -> None:
        self.run(place, "django", "migrate", "--verbosity", "0", *words)

    def migrations(self) -> set[str]:
        """Our own, by the names of their files."""
        files = self.folder.glob("insteg/*/migrations/[0-9]*.py")
        return {f"{file.parents[1].name}.{file.stem}" for file in files}


class Migrating:
    """`migrate` of a checkout under way: when each migration began and was over, and what was said meanwhile."""

    def __init__(self, checkout: Checkout, place: str, *words: str) -> None:
        self.begun = time.time()
        self.process = checkout.start(place, "django", "migrate", *words)
        self.times: dict[str, list[float]] = {}  # of each migration: when it was begun, last tried and over
        self.said, self.complaints = "", ""
        self.threads = [threading.Thread(target=self.listen), threading.Thread(target=self.hear_complaints)]
        for thread in self.threads:
            thread.start()

    def listen(self) -> None:
        while letter := self.process.stdout.read(1):
            self.said += letter
            if letter in ".K" and (found := APPLYING.findall(self.said[-200:])):
                name, over = found[-1]
                times = self.times.setdefault(name, [time.time()])
                if over and len(times) == 1:
                    times.append(time.time())

    def hear_complaints(self) -> None:
        for line in self.process.stderr:
            self.complaints += line

    def wait(self) -> float:
        """How many seconds it took. RuntimeError when it failed."""
        self.process.wait()
        for thread in self.threads:
            thread.join()
        if self.process.returncode:
            raise RuntimeError(f"migrate: {self.said[-1000:]}\n{self.complaints[-3000:]}")
        return time.time() - self.begun

    def attempts(self) -> int:
        return 1 + self.complaints.count("Någon annan har låset")


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="insteg-upgrade-", dir="/tmp") as folder:
        shutil.copytree(INSIDE, Path(folder, "inside"), ignore=NOT_COPIED)
        shutil.copy(ROOT / "tests/faults/client.py", Path(folder, "inside/browser.py"))  # how forms are read
        yield Path(folder)


def here(home: Path) -> Checkout:
    return Checkout(ROOT, home)


def copy(home: Path) -> Checkout:
    """The code as it lies here, to be spoilt."""
    for part in PARTS:
        shutil.copytree(ROOT / part, home / "copy" / part, ignore=NOT_COPIED)
    return Checkout(home / "copy", home)


def of_commit(home: Path, commit: str) -> Checkout | None:
    """None where the commit is not at hand, as in a shallow clone."""
    folder = home / "old"
    folder.mkdir()
    archive = subprocess.run(["git", "archive", commit, "--", *PARTS], cwd=ROOT, capture_output=True)
    if archive.returncode:
        return None
    subprocess.run(["tar", "--extract", "--directory", folder], input=archive.stdout, check=True)
    return Checkout(folder, home)
