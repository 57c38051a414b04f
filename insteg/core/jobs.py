"""The only place that queues work. A job is queued by a row in the transaction at hand: rolled back, nothing is queued.

A job runs at least once (a worker may be killed just after its work), so every job must bear being run again.
"""

from collections.abc import Callable
from typing import Any

from django_q.tasks import async_task

JOBS: dict[str, Callable[..., None]] = {}


def job(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Registers a function under a name that stays the same when code moves, since queued rows hold the name."""

    def register(work: Callable[..., None]) -> Callable[..., None]:
        if name in JOBS:
            raise ValueError(f"two jobs are called {name}")
        JOBS[name] = work
        return work

    return register


def queue(name: str, **data: Any) -> None:
    """Queues a job with plain values (ids, numbers, text). Raises KeyError for a job that no room has registered."""
    JOBS[name]
    async_task("insteg.core.jobs.run", name, data, task_name=name, save=False)


def run(name: str, data: dict[str, Any]) -> None:
    """What the worker calls."""
    JOBS[name](**data)
