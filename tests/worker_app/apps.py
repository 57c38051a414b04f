"""Jobs that tell in a diary what they do."""

import datetime as dt
import os
import time
from pathlib import Path
from types import SimpleNamespace

from django.apps import AppConfig

NOTE, HANG_ONCE, RECURS = "tests.note", "tests.hang_once", "tests.recurs"


class WorkerApp(AppConfig):
    name = "tests.worker_app"

    def ready(self):
        from insteg.core.jobs import DAILY, every, job

        job(NOTE)(note)
        job(HANG_ONCE)(hang_once)
        every(RECURS, minutes=DAILY)(recurs)
        if "TEST_SECONDS_AHEAD" in os.environ:
            put_the_clock_on(dt.timedelta(seconds=int(os.environ["TEST_SECONDS_AHEAD"])))


def put_the_clock_on(ahead):
    """For the house alone: the queue, which looks at the machine's own clock, must not see its locks as old."""
    from django.utils import timezone

    from insteg.core import clock

    # Under `clock.now` and not in its place: the tables hold on to that very function.
    clock.timezone = SimpleNamespace(now=lambda: timezone.now() + ahead, localdate=timezone.localdate)


def note(text):
    with Path(os.environ["TEST_DIARY"]).open("a") as diary:
        diary.write(f"{text}\n")


def recurs():
    note("recurs")


def hang_once():
    """The first time it never ends; the second time it does."""
    first = "begun" not in Path(os.environ["TEST_DIARY"]).read_text()
    note("begun")
    if first:
        time.sleep(60)
    note("done")
