"""R80: a new rule set judges everything that waits, however much it is and whenever the worker is killed."""

from decimal import Decimal

import pytest
from django_q.models import OrmQ

from insteg.access.actor import SYSTEM
from insteg.audit.models import Entry
from insteg.core import clock, jobs
from insteg.inventory import actions
from insteg.inventory.actions import planned as verbs
from insteg.inventory.models import PlannedProcurement
from insteg.process.models import RuleSet
from tests.jobs import run_queued

NOW_TOO_SHORT = {
    "nature": "services", "months": 24, "option_months": 0, "fte": Decimal("3"), "value_max": 5, "proposal": "suitable",
}  # fmt: skip


@pytest.fixture
def many(town, monkeypatch):
    """Twelve that suited by the edition before; the new one wants three years. Five are judged at a time."""
    monkeypatch.setattr(verbs, "JUDGED_AT_A_TIME", 5)
    made = [
        PlannedProcurement(organisation=town.org["Park"], title=f"Nr {n}", rule_set=town.rule_set, **NOW_TOO_SHORT)
        for n in range(12)
    ]
    PlannedProcurement.objects.bulk_create(made)
    return made


@pytest.fixture
def strict(many):
    strict = RuleSet.objects.create(edition=9, min_months=36, published_at=clock.now())
    jobs.queue(verbs.JUDGE_AGAIN)
    return strict


def left(strict):
    return PlannedProcurement.objects.current().exclude(rule_set=strict).count()


def run_one():
    """What the worker does with one job: does it, and then takes it off the queue."""
    queued = OrmQ.objects.get()
    jobs.run(*queued.task["args"])
    queued.delete()


def changed_in_the_log():
    entries = Entry.objects.filter(action="inventory.judge_again")
    return [
        key
        for entry in entries
        for key in entry.subjects.filter(model__contains="Planned").values_list("row", flat=True)
    ]


def test_all_are_judged_however_many(many, strict):
    assert len(run_queued()) >= 3
    assert left(strict) == 0
    assert {row.proposal for row in PlannedProcurement.objects.filter(pk__in=[row.pk for row in many])} == {
        "not_suitable"
    }


def test_each_job_takes_a_part_and_leaves_the_next_in_the_queue(strict):
    before = left(strict)
    run_one()
    assert left(strict) == before - 5
    run_one()
    assert left(strict) == before - 10


def test_only_changed_proposals_are_logged_and_each_once(town, many, strict):
    run_queued()
    judged = {str(key) for key in changed_in_the_log()}
    assert len(judged) == len(changed_in_the_log())
    assert {str(row.pk) for row in many} <= judged
    assert str(town.planned["p"].pk) not in judged  # it lacked facts before, and does still


def test_killed_in_the_middle_of_a_part_nothing_of_it_is_done(strict, monkeypatch):
    before, judge = left(strict), verbs.judged
    asked = []

    def killed(*args):
        asked.append(1)
        if len(asked) == 3:
            raise SystemExit
        return judge(*args)

    monkeypatch.setattr(verbs, "judged", killed)
    with pytest.raises(SystemExit):
        run_one()
    assert (left(strict), OrmQ.objects.count()) == (before, 1)  # the worker takes it again
    run_queued()
    assert left(strict) == 0


def test_killed_after_a_part_before_the_queue_knew_it_is_done_twice_and_logged_once(many, strict):
    queued = OrmQ.objects.get()
    jobs.run(*queued.task["args"])  # and its row in the queue stays
    assert OrmQ.objects.count() == 2
    run_queued()
    assert left(strict) == 0
    assert len(changed_in_the_log()) == len(set(changed_in_the_log()))


def test_a_row_saved_by_the_old_edition_meanwhile_is_judged_in_the_end(town, strict):
    run_one()
    first = "00000000-0000-4000-8000-000000000000"  # before all keys that are passed
    PlannedProcurement.objects.create(
        pk=first, organisation=town.org["Hus"], title="Sen", rule_set=town.rule_set, **NOW_TOO_SHORT
    )
    run_queued()
    assert left(strict) == 0


def test_a_newer_edition_meanwhile_is_the_one_that_all_are_judged_by(many, strict):
    run_one()
    newest = RuleSet.objects.create(edition=10, min_months=12, published_at=clock.now())
    jobs.queue(verbs.JUDGE_AGAIN)
    run_queued()
    assert left(newest) == 0
    assert PlannedProcurement.objects.get(pk=many[0].pk).proposal == "suitable"


def test_what_was_judged_is_passed_over_and_nothing_is_queued(many, strict):
    run_queued()
    assert actions.judge_again(actor=SYSTEM, target=strict, seen=None) == []
    assert not OrmQ.objects.exists()
