import pytest
from django.db import transaction
from django_q.models import OrmQ

from insteg.core import jobs
from insteg.core.jobs import job, queue
from tests.jobs import run_queued
from tests.worker_app.apps import NOTE
from tests.worker_app.process import Worker, beside_the_worker


@pytest.fixture
def done(monkeypatch):
    """A job is known for as long as the test runs; what it is given is collected."""
    monkeypatch.setattr(jobs, "JOBS", {})
    given = []
    job("tests.collect")(lambda **data: given.append(data))
    return given


def test_what_is_queued_is_run_once_with_its_data(db, done):
    queue("tests.collect", plan="1", rows=2)
    assert done == []
    assert run_queued() == ["tests.collect"]
    assert done == [{"plan": "1", "rows": 2}]
    assert run_queued() == []


def test_a_transaction_that_is_rolled_back_queues_nothing(db, done):
    with transaction.atomic():
        queue("tests.collect")
        transaction.set_rollback(True)
    assert not OrmQ.objects.exists()


def test_an_unknown_job_is_refused_when_it_is_queued(db, done):
    with pytest.raises(KeyError):
        queue("tests.unknown")
    assert not OrmQ.objects.exists()


def test_a_job_may_be_run_again(db, done):
    """The worker was killed between the work and its receipt."""
    queue("tests.collect", plan="1")
    task = OrmQ.objects.get().task
    jobs.run(*task["args"])
    run_queued()
    assert done == [{"plan": "1"}] * 2


def test_two_jobs_do_not_share_a_name(done):
    with pytest.raises(ValueError, match=r"two jobs are called tests\.collect"):
        job("tests.collect")(print)


@beside_the_worker
def test_the_worker_does_what_is_queued(tmp_path, monkeypatch):
    worker = Worker(tmp_path, monkeypatch)
    queue(NOTE, text="ett")
    queue(NOTE, text="två")
    with worker.running():
        worker.writes("ett", "två")
