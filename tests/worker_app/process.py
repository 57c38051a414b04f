"""The worker itself, as a process of its own beside the database of a test."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from insteg.core import jobs
from tests.worker_app.apps import HANG_ONCE, NOTE

PATIENCE = 60
SETTLED = 3  # longer than a worker needs to start and look in the queue
# On PostgreSQL another process sees only what is committed; on SQLite it gets a copy.
beside_the_worker = pytest.mark.django_db(transaction=connection.vendor == "postgresql")


class Worker:
    """Sees the rows of the test as they were when it first started. Knows the jobs of this folder, and so can we."""

    def __init__(self, folder, monkeypatch, **environment):
        monkeypatch.setattr(jobs, "JOBS", jobs.JOBS | dict.fromkeys((NOTE, HANG_ONCE)))
        self.diary = folder / "dagbok"
        self.diary.touch()
        self.copy = folder / "kopia" if connection.vendor == "sqlite" else None
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.worker_app.settings",
            "TEST_DATABASE": str(self.copy or connection.settings_dict["NAME"]),
            "TEST_DIARY": str(self.diary),
            **environment,
        }

    @contextmanager
    def running(self):
        """Ends by force, with all the worker's processes: the power went."""
        self.copy_rows()
        command = [sys.executable, "-m", "django", "worker"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, env=self.environment, cwd=Path.cwd(), start_new_session=True, **quiet)
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    @contextmanager
    def many(self):
        """Gives a way to start one worker after another: `with many() as worker, worker(): ...`. Each ends by force."""
        self.copy_rows()
        command = [sys.executable, "-m", "tests.worker_app.nursery"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
        nursery = subprocess.Popen(command, env=self.environment, cwd=Path.cwd(), **pipes)

        @contextmanager
        def worker():
            print(file=nursery.stdin, flush=True)
            group = int(nursery.stdout.readline())
            try:
                yield
            finally:
                os.killpg(group, signal.SIGKILL)

        try:
            yield worker
        finally:
            nursery.communicate()

    def copy_rows(self):
        if self.copy and not self.copy.exists():
            self.copy.write_bytes(connection.connection.serialize())

    def writes(self, *lines):
        """Waits until the diary says this and nothing else."""
        until = time.monotonic() + PATIENCE
        while (written := self.diary.read_text().split()) != [*lines]:
            assert time.monotonic() < until, written
            time.sleep(0.05)

    def settles(self, *lines):
        """The diary says this, and says it still when the worker has had time for more."""
        self.writes(*lines)
        time.sleep(SETTLED)
        self.writes(*lines)
