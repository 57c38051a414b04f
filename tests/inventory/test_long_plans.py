"""R11: what takes long is done by the worker, wholly or not at all, in the name of whoever asked."""

import datetime as dt

import pytest
from django_q.models import OrmQ

from insteg.audit.gate import Stale
from insteg.core import clock
from insteg.core.jobs import run
from insteg.inventory import actions, plan_jobs
from insteg.inventory.actions import change
from insteg.inventory.models import PlannedProcurement, PlanUpload
from insteg.inventory.plan_reader import Unreadable, read
from insteg.inventory.review import form as review_form
from insteg.inventory.views import plans as views
from insteg.organisations.models import Membership
from tests.inventory.test_import_preview import Clerk
from tests.inventory.test_upload import hidden, send
from tests.jobs import run_queued

HEADINGS = "Upphandling;Värde (tkr);Avtalstid;Start\r\n"
ROWS = 12
LONG_AGO = dt.timedelta(hours=2)


def sheet(rows=ROWS):
    return (HEADINGS + "".join(f"Objekt {n};{900 + n};24 mån;2028-03-01\r\n" for n in range(rows))).encode()


def uploaded(town, content, *, at_once=True):
    reading = read(content, "lång.csv") if at_once else None
    return actions.upload(
        actor=town.who["park"], target=town.org["Park"], seen=None,
        content=content, filename="lång.csv", reading=reading,
    )  # fmt: skip


@pytest.fixture
def everything_is_long(monkeypatch):
    """The limits are lowered, so that a short plan takes the long way."""
    monkeypatch.setattr("insteg.inventory.forms.plans.READ_AT_ONCE", 10)
    monkeypatch.setattr(review_form, "READ_AT_ONCE", 10)
    monkeypatch.setattr(views, "SAVED_AT_ONCE", 5)


@pytest.fixture
def clerk(as_, town):
    return Clerk(as_("park"), town.org["Park"])


def saved():
    return PlannedProcurement.objects.filter(title__startswith="Objekt").count()


def plan_of(address):
    return PlanUpload.objects.get(pk=address.split("/")[3])


def send_long(clerk, content):
    clerk.address = send(clerk.client, clerk.organisation, content, "lång.csv").url
    return clerk


def test_a_long_file_is_read_and_saved_by_the_worker_and_the_page_says_how_far_it_has_come(
    clerk, town, everything_is_long
):
    send_long(clerk, sheet())
    progress = f"{clerk.address}lage/"
    assert clerk.client.get(clerk.address).url == progress
    html = clerk.client.get(progress).content.decode()
    assert "Står i kö" in html
    assert "Du kan lämna sidan" in html
    assert '<noscript><meta http-equiv="refresh"' in html
    part = clerk.client.get(progress, headers={"HX-Request": "true"}).content.decode()
    assert "Står i kö" in part
    assert "<html" not in part
    assert run_queued() == ["inventory.read_plan"]
    assert clerk.client.get(progress).url == clerk.address
    assert clerk.client.get(progress, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"

    clerk.opens()
    assert clerk.answers().url == progress
    assert saved() == 0
    assert clerk.client.get(clerk.address).url == progress
    assert run_queued() == ["inventory.save_plan"]
    assert saved() == ROWS
    done = clerk.client.get(progress, follow=True).content.decode()
    assert f"{ROWS} nya upphandlingar" in done


def test_saving_is_not_begun_twice(clerk, everything_is_long):
    send_long(clerk, sheet())
    run_queued()
    clerk.opens()
    sent = clerk.fields | {"do": "save"}
    assert [clerk.client.post(clerk.address, sent).status_code for _ in range(2)] == [302, 302]
    assert OrmQ.objects.count() == 1
    page = f"{clerk.address}avbryt/"
    refused = clerk.client.post(page, hidden(clerk.client.get(page).content.decode()))
    assert "håller redan på att sparas" in refused.content.decode()
    run_queued()
    assert saved() == ROWS


def test_a_file_that_cannot_be_read_says_so_on_its_page(clerk, everything_is_long):
    send_long(clerk, b"bara;ord\r\noch;fler\r\n" * 20)
    run_queued()
    answer = clerk.client.get(clerk.address)
    assert answer.status_code == 200
    assert "Vi hittar ingen rubrikrad" in answer.content.decode()
    again = clerk.client.post(clerk.address, hidden(answer.content.decode()))
    assert again.status_code == 302
    assert run_queued() == ["inventory.read_plan"]


def test_what_changed_since_the_page_was_shown_is_said_before_the_worker_is_asked(clerk, town, everything_is_long):
    send_long(clerk, sheet())
    run_queued()
    clerk.opens()
    change(actor=town.who["ue"], target=town.planned["p"], seen=None, months=36)
    assert clerk.answers().status_code == 409
    assert "Någon har ändrat ”Parkskötsel”" in clerk.html
    assert run_queued() == []
    assert clerk.answers().status_code == 302  # shown anew, and sent again
    run_queued()
    assert saved() == ROWS


def test_what_changed_before_the_worker_came_to_it_comes_back_to_the_page(clerk, town, everything_is_long):
    send_long(clerk, sheet())
    run_queued()
    clerk.opens().answers()
    change(actor=town.who["ue"], target=town.planned["p"], seen=None, months=36)
    run_queued()
    assert saved() == 0
    html = clerk.client.get(clerk.address).content.decode()
    assert "Planen blev inte sparad" in html
    assert "Någon har ändrat ”Parkskötsel”" in html
    clerk.opens().answers()
    run_queued()
    assert saved() == ROWS


def test_who_has_lost_the_right_does_not_save_through_the_worker(clerk, town, everything_is_long):
    send_long(clerk, sheet())
    run_queued()
    clerk.opens().answers()
    Membership.objects.filter(pk=town.who["park"].membership_id).update(ended_at=clock.now())
    run_queued()
    plan = plan_of(clerk.address)
    assert (saved(), plan.saving_since) == (0, None)
    assert "inte längre rätt" in plan.not_saved


def test_who_has_lost_the_right_does_not_read_through_the_worker(town):
    plan = uploaded(town, sheet(), at_once=False)
    Membership.objects.filter(pk=town.who["park"].membership_id).update(ended_at=clock.now())
    run_queued()
    plan.refresh_from_db()
    assert plan.reading is None
    assert "inte längre rätt" in plan.unreadable


def test_a_membership_of_somebody_else_opens_nothing(town):
    plan = uploaded(town, sheet())
    actions.begin_saving_plan(actor=town.who["park"], target=plan, seen=None, typed={})
    plan_jobs.save_plan(str(plan.pk), str(town.who["hus"].membership_id))
    assert saved() == 0


def test_both_jobs_bear_being_run_again(town):
    plan = uploaded(town, sheet(), at_once=False)
    read_again = OrmQ.objects.get().task["args"]
    run_queued()
    run(*read_again)
    plan.refresh_from_db()
    actions.begin_saving_plan(actor=town.who["park"], target=plan, seen=None, typed={})
    save_again = OrmQ.objects.get().task["args"]
    run_queued()
    before = PlanUpload.objects.get(pk=plan.pk).version
    run(*save_again)
    run(*read_again)
    assert saved() == ROWS
    assert PlanUpload.objects.get(pk=plan.pk).version == before


def test_a_job_that_breaks_leaves_nothing_half_saved_and_can_be_taken_again(town, monkeypatch):
    plan = uploaded(town, sheet())
    actions.begin_saving_plan(actor=town.who["park"], target=plan, seen=None, typed={})
    task = OrmQ.objects.get().task["args"]
    with monkeypatch.context() as broken:
        broken.setattr("insteg.inventory.actions.saving.remember_columns", lambda upload: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(*task)
    assert saved() == 0
    run(*task)
    assert saved() == ROWS


def test_a_job_that_was_given_up_can_be_begun_anew(clerk, everything_is_long):
    send_long(clerk, sheet())
    run_queued()
    clerk.opens().answers()
    OrmQ.objects.all().delete()  # the worker gave up
    plan = plan_of(clerk.address)
    PlanUpload.objects.filter(pk=plan.pk).update(saving_since=clock.now() - LONG_AGO)
    clerk.opens()
    assert clerk.answers().status_code == 302
    run_queued()
    assert saved() == ROWS


@pytest.mark.parametrize("unreadable", [False, True])
def test_what_is_chosen_while_the_worker_reads_is_not_lost(town, monkeypatch, unreadable):
    """The worker read by the columns of before: it takes the job anew, and what it found then is not kept."""
    plan = uploaded(town, sheet(), at_once=False)
    task = OrmQ.objects.get().task["args"]

    def slowly(*args):
        chosen = {"chosen_columns": {"Start": ""}, "typed": {}, "reading": None}
        actions.reread_plan(actor=town.who["park"], target=plan, seen=None, **chosen)
        if unreadable:
            raise Unreadable("Filen är tom.")
        return read(sheet(), "lång.csv")

    monkeypatch.setattr(plan_jobs, "read_plan_apart", slowly)
    with pytest.raises(Stale):
        run(*task)
    plan.refresh_from_db()
    assert (plan.reading, plan.unreadable, plan.chosen_columns) == (None, "", {"Start": ""})
