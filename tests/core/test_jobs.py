import pytest
from django.db import transaction
from django_q.models import OrmQ, Schedule
from django_q.scheduler import scheduler

from insteg.core import clock, jobs
from insteg.core.jobs import every, job, keep_schedule, queue
from tests.jobs import run_queued
from tests.worker_app.apps import NOTE, RECURS
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


@pytest.fixture
def recurring(done, monkeypatch):
    """Only what the test says recurs."""
    monkeypatch.setattr(jobs, "RECURRING", {})
    monkeypatch.setattr("django_q.scheduler.close_old_django_connections", lambda: None)  # the test's own is in use
    every("tests.quarterly", minutes=15)(lambda: done.append("quarter"))
    every("tests.daily", minutes=jobs.DAILY)(lambda: done.append("day"))
    return done


def schedule():
    return {row.name: row for row in Schedule.objects.order_by("name")}


def falls_due():
    """The worker's own look at the schedule."""
    scheduler()


def test_a_recurring_job_is_queued_when_its_turn_comes_and_again_the_next_time(db, recurring, time_machine):
    time_machine.move_to("2026-11-23T07:10:00+01:00", tick=False)
    keep_schedule()
    falls_due()
    assert run_queued() == []
    for minute in ("15", "30", "45"):
        time_machine.move_to(f"2026-11-23T07:{minute}:01+01:00", tick=False)
        falls_due()
        falls_due()
        assert run_queued() == ["tests.quarterly"], minute
    time_machine.move_to("2026-11-24T01:00:01+01:00", tick=False)
    falls_due()
    assert sorted(run_queued()) == ["tests.daily", "tests.quarterly"]
    assert sorted(recurring) == ["day", *["quarter"] * 4]


def test_what_was_missed_while_no_worker_ran_is_run_once(db, recurring, time_machine):
    time_machine.move_to("2026-11-23T07:10:00+01:00", tick=False)
    keep_schedule()
    time_machine.move_to("2026-11-26T12:00:01+01:00", tick=False)
    keep_schedule()  # the worker starts again, and nothing is put off
    falls_due()
    assert sorted(run_queued()) == ["tests.daily", "tests.quarterly"]


def test_a_second_start_changes_nothing_and_a_removed_job_disappears(db, recurring):
    keep_schedule()
    first = {name: (row.pk, row.next_run) for name, row in schedule().items()}
    keep_schedule()
    assert {name: (row.pk, row.next_run) for name, row in schedule().items()} == first
    del jobs.RECURRING["tests.daily"]
    jobs.RECURRING["tests.quarterly"] = 5
    keep_schedule()
    assert {name: row.minutes for name, row in schedule().items()} == {"tests.quarterly": 5}


def test_the_queue_keeps_no_row_of_what_went_well(db, recurring):
    keep_schedule()
    Schedule.objects.update(next_run=clock.now())
    falls_due()
    assert [row.task["save"] for row in OrmQ.objects.all()] == [False, False]


def test_a_job_that_never_waits_is_refused(recurring):
    with pytest.raises(ValueError, match="every 0 minutes"):
        every("tests.always", minutes=0)


def test_every_room_says_what_recurs():
    assert {"documents.clean", "audit.forget_form_keys", "organisations.forget_sessions"} <= set(jobs.RECURRING)
    assert set(jobs.RECURRING) <= set(jobs.JOBS)


@beside_the_worker
def test_the_worker_keeps_the_schedule_and_runs_what_fell_due_while_it_was_down(tmp_path, monkeypatch):
    worker = Worker(tmp_path, monkeypatch)
    monkeypatch.setattr(jobs, "RECURRING", {RECURS: jobs.DAILY})
    keep_schedule()
    Schedule.objects.update(next_run=clock.now())
    with worker.running():
        worker.settles("recurs")  # killed before it has told that it is done, it would rightly do it again
    with worker.running(), worker.running():  # the day's turn is taken, whoever starts
        worker.settles("recurs")
