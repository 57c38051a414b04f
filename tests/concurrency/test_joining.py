"""Two officers of the procurement unit join at the same moment: each report ends in one joint procurement (R12)."""

import threading
import time

import pytest
from django.db import transaction

from insteg.audit.gate import Blocked, Refused
from insteg.audit.models import Entry
from insteg.inventory.actions import change, join, report, separate, withdraw
from insteg.inventory.models import PlannedProcurement
from tests.concurrency.together import AT_ONCE, press

pytestmark = AT_ONCE


@pytest.fixture
def shared(town):
    """Two joint ones of the unit's own organisation, and three reports."""

    def of(where, title):
        return report(actor=town.who["ue"], target=town.org[where], seen=None, title=title, shared=True)

    return {name: of(where, name) for name, where in zip(
        ("one", "other", "a", "b", "c"), ("Stad", "Stad", "Park", "Hus", "Skola"), strict=True)}  # fmt: skip


def joining(town, shared, who, joint, *names):
    rows = [(shared[name].pk, 1) for name in names]
    return lambda: len(join(actor=town.who[who], target=shared[joint], seen=None, rows=rows))


def carried(row):
    return set(PlannedProcurement.objects.filter(merged_into=row).values_list("title", flat=True))


def test_overlapping_reports_are_joined_by_one_of_two_and_wholly(town, shared):
    """The rows are given in opposite orders: they are locked in one."""
    answers = press(joining(town, shared, "ue", "one", "a", "b"), joining(town, shared, "ue2", "other", "c", "b", "a"))
    assert (answers[2], answers[3], answers[Blocked]) in ((1, 0, 1), (0, 1, 1))
    assert (carried(shared["one"]), carried(shared["other"])) in (({"a", "b"}, set()), (set(), {"a", "b", "c"}))
    joints = [shared["one"].pk, shared["other"].pk]
    assert Entry.objects.filter(action="inventory.join", subjects__row__in=joints).count() == 1


def test_of_eight_who_join_the_same_one_does(town, shared):
    acts = [joining(town, shared, ("ue", "ue2")[n % 2], ("one", "other")[n % 2], "a", "b", "c") for n in range(8)]
    assert press(*acts) == {3: 1, Blocked: 7}


def test_two_joint_ones_that_are_joined_into_one_another_make_no_ring(town, shared):
    """Each has locked its own and waits for the other's: the database breaks it, and one is told in words."""
    answers = press(joining(town, shared, "ue", "one", "other"), joining(town, shared, "ue2", "other", "one"))
    assert answers[1] == 1
    assert answers[Blocked] + answers[Refused] == 1
    assert PlannedProcurement.objects.exclude(merged_into=None).count() == 1


def test_no_chain_is_made_while_another_waits(town, shared):
    held = threading.Event()

    def first():
        with transaction.atomic():
            done = joining(town, shared, "ue", "other", "a")()
            held.set()
            time.sleep(0.4)
        return done

    def second():
        held.wait()
        return joining(town, shared, "ue2", "one", "other")()

    assert press(first, second) == {1: 1, Blocked: 1}
    assert carried(shared["one"]) == set()


def test_a_report_that_its_sender_changes_meanwhile_is_read_again_before_it_is_joined(town, shared):
    answers = press(
        joining(town, shared, "ue", "one", "a"),
        lambda: change(actor=town.who["park"], target=shared["a"], seen=1, months=12),
    )
    assert answers[Blocked] + (answers[1] and 1) == 1
    shared["a"].refresh_from_db()
    assert shared["a"].merged_into is None or shared["a"].months is None


def test_what_is_withdrawn_carries_nothing_whoever_comes_first(town, shared):
    joining(town, shared, "ue", "one", "a")()
    press(
        joining(town, shared, "ue2", "one", "b"),
        lambda: withdraw(actor=town.who["ue"], target=shared["one"], seen=None, withdrawn_reason="Utgår"),
    )
    assert carried(shared["one"]) == set()


def test_a_report_is_parted_once(town, shared):
    joining(town, shared, "ue", "one", "a")()
    acts = [lambda who=who: bool(separate(actor=town.who[who], target=shared["a"], seen=2)) for who in ("ue", "ue2")]
    assert press(*acts) == {True: 1, Refused: 1}
