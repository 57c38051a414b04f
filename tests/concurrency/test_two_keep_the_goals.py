"""Two who end and revive goals at the same moment (R1)."""

import pytest

from insteg.audit.gate import Blocked
from insteg.steering.actions import end_goal, revive_goal
from insteg.steering.models import Goal
from tests.concurrency.together import AT_ONCE, press

pytestmark = AT_ONCE


@pytest.mark.parametrize("round", range(6))
def test_nothing_that_stands_is_left_under_what_has_ended(town, round):
    admin = town.who["admin"]
    vision = Goal.objects.create(level=Goal.Level.VISION, title="Alla med")
    goal = Goal.objects.create(level=Goal.Level.GOAL, title="Fler i arbete", parent=vision)
    end_goal(actor=admin, target=goal, seen=None)
    answers = press(
        lambda: revive_goal(actor=admin, target=goal, seen=None),
        lambda: end_goal(actor=admin, target=vision, seen=None),
    )
    assert answers == {None: 1, Blocked: 1}
    goal.refresh_from_db()
    vision.refresh_from_db()
    assert (goal.ended_at is None) == (vision.ended_at is None)
