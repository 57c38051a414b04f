"""The worker killed again and again while it reads and saves long plans: each is read and saved wholly, or not at all.

KILLS=3 before the command makes it quick.
"""

import random
import time

import pytest
from django.core.cache import cache
from django.db import connection
from django_q.models import OrmQ

from insteg.audit.models import Entry
from insteg.core.jobs import queue
from insteg.inventory import actions
from insteg.inventory.actions.plans import READ_PLAN, SAVE_PLAN
from insteg.inventory.models import PlannedProcurement, PlanUpload
from tests.journeys.test_killed import KILLS, until
from tests.worker_app.process import Worker

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="the worker's rows are seen on PostgreSQL alone"),
]
ROWS = 1_500
HEADINGS = "Upphandling;Värde (tkr);Avtalstid;Start\r\n"


def sent(town, number):
    """A long plan that nobody has read yet."""
    lines = (f"Objekt {number}-{n};{900 + n};24 mån;2028-03-01\r\n" for n in range(ROWS))
    return actions.upload(
        actor=town.who["park"], target=town.org["Park"], seen=None,
        content=(HEADINGS + "".join(lines)).encode(), filename="lång.csv", reading=None,
    )  # fmt: skip


def saved_rows(plan):
    return PlannedProcurement.objects.filter(upload=plan).count()


def killed_in_the_midst(worker, plan, town):
    """A worker takes up the plan, and dies at some moment of its work. The job is queued anew, so that the next one
    need not wait until the queue gives back what the dead one had in hand."""
    job = READ_PLAN if plan.reading is None else SAVE_PLAN
    queue(job, plan=str(plan.pk), membership=str(town.who["park"].membership_id))
    cache.delete(f"plan-{plan.pk}")
    with worker():
        until(lambda: cache.get(f"plan-{plan.pk}") is not None, lambda: f"{job} was not begun")
        time.sleep(random.random() * 0.8)


def is_whole(plan):
    """Nothing of it, or all of it: never a row without the others, nor rows without their entry in the log."""
    plan.refresh_from_db()
    rows = saved_rows(plan)
    told = Entry.objects.filter(action="inventory.save_plan", subjects__row=plan.pk).count()
    assert plan.reading is None or len(plan.reading["sheets"][0]["rows"]) == ROWS
    assert (rows, told) == ((ROWS, 1) if plan.saved_at else (0, 0))
    return plan.saved_at is not None


@pytest.fixture
def files(settings, tmp_path):
    """A folder that the worker reads too."""
    settings.MEDIA_ROOT = str(tmp_path / "filer")
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    return settings.MEDIA_ROOT


def test_every_plan_is_saved_wholly_or_not_at_all(tmp_path, monkeypatch, files, town):
    plans = [sent(town, 0)]
    with Worker(tmp_path, monkeypatch, TEST_TIMEOUT="60", TEST_FILES=files).many() as worker:
        for _each in range(KILLS):
            killed_in_the_midst(worker, plans[-1], town)
            plan, done = plans[-1], is_whole(plans[-1])
            if done:
                plans.append(sent(town, len(plans)))
            elif plan.reading is not None and plan.saving_since is None:
                actions.begin_saving_plan(actor=town.who["park"], target=plan, seen=None, typed={})
        plan = plans[-1]
        with worker():
            until(lambda: PlanUpload.objects.filter(pk=plan.pk, reading__isnull=False).exists(), OrmQ.objects.count)
        is_whole(plan)
        if plan.saving_since is None and not plan.saved_at:
            actions.begin_saving_plan(actor=town.who["park"], target=plan, seen=None, typed={})
        with worker():
            until(lambda: not OrmQ.objects.exists(), OrmQ.objects.count)
    assert all(is_whole(plan) for plan in plans)
    assert PlannedProcurement.objects.filter(title__startswith="Objekt").count() == ROWS * len(plans)
