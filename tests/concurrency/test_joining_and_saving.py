"""The unit joins reports of its own organisation while somebody saves that organisation's plan (R11, R12)."""

import threading
import time

import pytest

from insteg.inventory import actions
from insteg.inventory.actions import shared as joining
from insteg.inventory.comparison import Decisions
from insteg.inventory.models import PlannedProcurement, PlanUpload
from tests.concurrency.together import AT_ONCE, press
from tests.town import plan

pytestmark = AT_ONCE


@pytest.fixture
def own(town):
    """A report and a joint procurement of the unit's own organisation; the report comes first by its key."""
    rows = [
        actions.report(actor=town.who["ue"], target=town.org["Stad"], seen=None, title=f"Nummer {n}", shared=True)
        for n in range(2)
    ]
    return sorted(rows, key=lambda row: row.pk)


def test_who_joins_and_who_saves_do_not_wait_for_one_another_for_ever(town, own, monkeypatch):
    """Joining had the joint procurement and wanted the report; saving had the report and wanted the joint one."""
    report, joint = own
    made = plan(town, "ue", "Stad")
    held, lock = threading.Event(), joining.carry

    def carry_slowly(*args):
        """With the joint procurement locked, and the report not looked at yet."""
        held.set()
        time.sleep(0.6)
        return lock(*args)

    monkeypatch.setattr(joining, "carry", carry_slowly)

    def join():
        rows = [(report.pk, report.version)]
        return len(actions.join(actor=town.who["ue"], target=joint, seen=None, rows=rows))

    def save_meanwhile():
        assert held.wait(10)
        actions.save_plan(actor=town.who["ue"], target=made, seen=None, decisions=Decisions())
        return "saved"

    assert press(join, save_meanwhile) == {1: 1, "saved": 1}
    assert PlannedProcurement.objects.get(pk=report.pk).merged_into == joint
    assert PlanUpload.objects.get(pk=made.pk).saved_at
