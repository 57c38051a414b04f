"""The only place that queues work. A job is queued by a row in the transaction at hand: rolled back, nothing is queued.

A job runs at least once (a worker may be killed just after its work), so every job must bear being run again. What
recurs is queued by the worker itself, from a schedule that it puts in order when it starts.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any
from zlib import crc32

from django.core.management import call_command
from django.db import connections, transaction
from django_q.models import Schedule
from django_q.scheduler import scheduler
from django_q.tasks import async_task

from insteg.core import clock

JOBS: dict[str, Callable[..., None]] = {}
RECURRING: dict[str, int] = {}  # how many minutes there are between two runs
DAILY = 24 * 60
RUN = "insteg.core.jobs.run"

Register = Callable[[Callable[..., None]], Callable[..., None]]


def job(name: str) -> Register:
    """Registers a function under a name that stays the same when code moves, since queued rows hold the name."""

    def register(work: Callable[..., None]) -> Callable[..., None]:
        if name in JOBS:
            raise ValueError(f"two jobs are called {name}")
        JOBS[name] = work
        return work

    return register


def every(name: str, *, minutes: int) -> Register:
    """Registers a job that also recurs, without data. Once a day is at midnight UTC, when the city sleeps.

    What was missed while no worker ran is run once when one starts, never once for each time.
    """
    if minutes < 1:
        raise ValueError(f"{name} recurs every {minutes} minutes")

    def register(work: Callable[..., None]) -> Callable[..., None]:
        job(name)(work)
        RECURRING[name] = minutes
        return work

    return register


def queue(name: str, **data: Any) -> None:
    """Queues a job with plain values (ids, numbers, text). Raises KeyError for a job that no room has registered."""
    JOBS[name]
    async_task(RUN, name, data, task_name=name, save=False)


def run(name: str, data: dict[str, Any]) -> None:
    """What the worker calls."""
    JOBS[name](**data)


def keep_schedule() -> None:
    """Makes the schedule say what RECURRING says: new jobs are added, changed ones moved, and others taken away.

    A row's id is counted from the job's name, so two workers that start at once cannot write it twice. Rows that are
    right are left alone: what fell due while no worker ran is then still due.
    """
    with transaction.atomic():
        wanted = {crc32(name.encode()) >> 1: name for name in RECURRING}  # 31 bits: what the table's id holds
        Schedule.objects.filter(func=RUN).exclude(pk__in=wanted).delete()
        for pk, name in sorted(wanted.items()):
            minutes = RECURRING[name]
            said = {
                "name": name,
                "func": RUN,
                "args": repr((name, {})),
                "kwargs": repr({"q_options": {"task_name": name, "save": False}}),
                "schedule_type": Schedule.MINUTES,
                "minutes": minutes,
            }
            row, new = Schedule.objects.get_or_create(pk=pk, defaults={**said, "next_run": next_turn(minutes)})
            if not new and any(getattr(row, field) != value for field, value in said.items()):
                Schedule.objects.filter(pk=pk).update(**said, next_run=next_turn(minutes))


def next_turn(minutes: int) -> dt.datetime:
    """The next moment that is a whole number of turns from midnight UTC: quarters of an hour fall on the quarter."""
    turn = minutes * 60
    return dt.datetime.fromtimestamp((clock.now().timestamp() // turn + 1) * turn, dt.UTC)


def work() -> None:
    """The worker: puts the schedule in order, queues what fell due while no worker ran, and works until stopped."""
    keep_schedule()
    scheduler()
    connections.close_all()  # the worker's own processes are forked, and must not share a connection
    call_command("qcluster")
