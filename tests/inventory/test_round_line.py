"""The line of days on the page of a round: in order, and no label over another (R10)."""

import datetime as dt
from itertools import pairwise

import pytest

from insteg.inventory.cards.round_line import Event, line_of

NEXT_DAY = dt.date(2026, 11, 19)


def event(day, name="Påminnelse 1", note="4 nov"):
    return Event(dt.date.fromisoformat(day), name, note, coming=dt.date.fromisoformat(day) > NEXT_DAY)


DAYS = ["2026-10-05", "2026-11-04", "2026-11-18", "2026-11-20", "2026-11-27", "2026-11-30", "2026-12-03"]


def test_the_days_lie_in_order_and_no_two_meet():
    line = line_of([event(day) for day in DAYS], NEXT_DAY)
    xs = [point.x for point in line.points]
    assert xs == sorted(xs)
    assert min(b - a for a, b in pairwise(xs)) >= 70
    assert (xs[0], xs[-1]) == (44, 892)
    assert xs[2] < line.today_x < xs[3]


def test_labels_on_the_same_side_do_not_meet():
    line = line_of([event(day, "Förlängd svarsdag") for day in DAYS], NEXT_DAY)
    for below in (False, True):
        row = [point.label_x for point in line.points if point.below is below]
        assert all(b - a >= 17 * 7 for a, b in pairwise(row))


@pytest.mark.parametrize("days", [["2026-11-19"], ["2026-11-20"], ["2026-11-18"], ["2026-11-19"] * 3, DAYS * 3])
def test_any_days_can_be_drawn(days):
    line = line_of([event(day) for day in days], NEXT_DAY)
    assert all(44 <= point.x <= 892 for point in line.points)
    assert 44 <= line.today_x <= 892
