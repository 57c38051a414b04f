"""R22 in a picture: every day at its place, every word to be read, wherever today is and whatever the model says."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from insteg.inventory.cards.lead_line import BETWEEN, LEFT, RIGHT, ROW, WIDTH, Moment, line_of

FIRST = dt.date(2026, 3, 2)
KINDS = ("safe", "latest", "documents", "start")
NAMES = ("Trygg start", "Senaste start", "Dokumenten klara", "Avtalet börjar")
# The gaps between the four days, from a model that leaves none to one of two years; and today, from long before.
GAPS = st.lists(st.integers(0, 700), min_size=3, max_size=3)
TODAY = st.integers(-2000, 4000)


def line(gaps, today):
    days = [FIRST]
    for gap in gaps:
        days.append(days[-1] + dt.timedelta(days=gap))
    moments = [
        Moment(day, kind, name, "30 sep 2027") for day, kind, name in zip(days, KINDS, NAMES, strict=True)
    ]  # fmt: skip
    return line_of(moments, FIRST + dt.timedelta(days=today))


@given(GAPS, TODAY)
def test_the_days_stand_in_their_order_within_the_picture(gaps, today):
    drawn = line(gaps, today)
    xs = [point.x for point in drawn.points]
    assert xs == sorted(xs)
    assert all(LEFT <= x <= RIGHT for x in [*xs, drawn.today_x])


@given(GAPS, TODAY)
def test_today_stands_before_what_is_to_come_and_after_what_has_been(gaps, today):
    drawn, day = line(gaps, today), FIRST + dt.timedelta(days=today)
    assert all(point.x <= drawn.today_x for point in drawn.points if point.moment.day < day)
    assert all(point.x >= drawn.today_x for point in drawn.points if point.moment.day > day)


@given(GAPS, TODAY)
def test_a_today_far_off_stands_apart_from_the_line(gaps, today):
    drawn = line(gaps, today)
    before, after = today < 0, today > sum(gaps)
    assert (drawn.today_x < drawn.first_x, drawn.today_x > drawn.last_x) == (before, after)


@given(GAPS, TODAY)
def test_no_words_lie_over_others_or_outside_the_picture(gaps, today):
    drawn = line(gaps, today)
    boxes = [(p.label_x - p.moment.length / 2, p.label_x + p.moment.length / 2, p.label_y) for p in drawn.points]
    assert all(left >= -0.1 and right <= WIDTH + 0.1 for left, right, _y in boxes)
    for number, (left, _right, y) in enumerate(boxes):
        for _left, right, other in boxes[:number]:
            assert left >= right + BETWEEN - 0.1 or abs(other - y) >= ROW
    assert drawn.height >= max(point.note_y for point in drawn.points)


def test_it_is_late_the_day_after_the_latest_and_not_that_day():
    assert [line([120, 120, 120], today).late for today in (119, 120, 121)] == [False, False, True]
