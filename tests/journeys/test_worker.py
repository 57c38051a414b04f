"""No browser, but a journey all the same: the power goes while a job is under way."""

from insteg.core.jobs import queue
from tests.worker_app.apps import HANG_ONCE
from tests.worker_app.process import Worker, beside_the_worker


@beside_the_worker
def test_a_job_that_was_killed_half_way_is_run_again(tmp_path, monkeypatch):
    worker = Worker(tmp_path, monkeypatch)
    queue(HANG_ONCE)
    with worker.running():
        worker.writes("begun")
    with worker.running():
        worker.writes("begun", "begun", "done")
