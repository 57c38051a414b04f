"""R13: the picture of the coming years. Marks stand at the start, bands are as long as the contract, and all fits."""

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insteg.inventory.cards.timeline import Timeline, Words, timeline_svg
from insteg.inventory.timeline import MOST_UNITS, NARROW, WIDE, Axis, Item, Stack, draw

LIMIT = dt.date(2027, 7, 23)


def three_years(**counts):
    """Every quarter of 2027-2029; `q2027_2=(1, 0, 3)` says how many of each kind begin in it."""
    quarters = [(year, number) for year in (2027, 2028, 2029) for number in (1, 2, 3, 4)]
    return [Stack(year, number, counts.get(f"q{year}_{number}", (0, 0, 0))) for year, number in quarters]


def item(title="Lokalvård", start=dt.date(2028, 1, 1), months=12, option_months=0, kind="yes", group="Park"):
    return Item(title, "/planerade/1/", kind, f"{title}: lämplig", group, start, months, option_months)


def only_row(**facts):
    return draw(three_years(), [item(**facts)], LIMIT).groups[0].rows[0]


def test_a_mark_stands_at_the_wanted_start_and_the_band_is_as_long_as_the_contract():
    row = only_row(start=dt.date(2028, 1, 1), months=12)
    assert row.x == 300 + 636 / 3  # a third of the three years has passed
    assert row.bar == (row.x, 300 + 636 * 2 / 3)
    assert row.option is None
    assert row.asks is None


def test_what_may_be_prolonged_is_told_apart():
    row = only_row(start=dt.date(2027, 1, 1), months=12, option_months=6)
    assert row.bar == (300, 512)
    assert row.option == (512, 512 + 106)


def test_a_band_ends_where_the_picture_ends():
    row = only_row(start=dt.date(2029, 7, 1), months=48, option_months=24)
    assert row.bar == (830, 936)
    assert row.option is None


def test_a_length_that_nobody_knows_is_a_question_mark():
    row = only_row(months=None, option_months=12)
    assert (row.bar, row.option) == (None, None)
    assert row.asks > row.x


def test_those_without_a_start_stand_before_the_time_and_in_the_strip():
    drawn = draw([Stack(0, 0, (1, 0, 0)), *three_years()], [item(start=None), item()], LIMIT)
    without, with_start = drawn.groups[0].rows
    assert without.x == drawn.lane.x < drawn.left < with_start.x
    assert without.bar is None
    assert [mark.kind for mark in drawn.lane.marks] == ["yes"]


def test_the_limit_is_the_first_start_that_is_in_time():
    drawn = draw(three_years(), [], LIMIT)
    before, after = (Axis(2027, 300, 936, 36).x(day) for day in (dt.date(2027, 7, 1), dt.date(2027, 8, 1)))
    assert before < drawn.limit_x == drawn.late_to < after


@pytest.mark.parametrize(
    ("limit", "line", "late_to"), [(dt.date(2026, 5, 1), None, None), (dt.date(2031, 5, 1), None, 936)]
)
def test_a_limit_outside_the_years_is_no_line(limit, line, late_to):
    drawn = draw(three_years(), [], limit)
    assert (drawn.limit_x, drawn.late_to) == (line, late_to)


def test_the_marks_of_a_quarter_are_stacked_with_those_that_suit_lowest():
    column = draw(three_years(q2027_2=(2, 1, 1)), [], LIMIT).columns[1]
    assert [mark.kind for mark in sorted(column.marks, key=lambda mark: -mark.y)] == ["yes", "yes", "unknown", "no"]
    assert column.total == 4
    assert column.total_y < min(mark.y for mark in column.marks)


def test_many_are_told_in_figures():
    drawn = draw(three_years(q2027_2=(MOST_UNITS, 1, 0), q2028_1=(1, 0, 0)), [], LIMIT)
    busy, quiet = drawn.columns[1], drawn.columns[4]
    assert [figure.text for figure in busy.figures] == [str(MOST_UNITS), "1"]
    assert [figure.text for figure in quiet.figures] == ["1"]
    assert not busy.marks + quiet.marks
    assert [mark.kind for mark in drawn.key] == ["yes", "unknown", "no"]


def test_a_name_is_cut_before_it_reaches_the_time():
    long = only_row(title="Ombyggnad av särskilt boende för äldre i centrala och östra delen")
    assert long.title.endswith("…")
    assert only_row(title="Lokalvård").title == "Lokalvård"


STARTS = st.one_of(st.none(), st.dates(dt.date(2027, 1, 1), dt.date(2029, 12, 31)))
ITEMS = st.builds(
    item, start=STARTS, months=st.one_of(st.none(), st.integers(1, 600)), option_months=st.integers(0, 600)
)


@given(st.lists(ITEMS, max_size=60), st.tuples(*[st.integers(0, 300)] * 3), st.dates(), st.sampled_from([WIDE, NARROW]))
def test_everything_lies_inside_the_picture(items, counts, limit, frame):
    drawn = draw([Stack(0, 0, counts), *three_years(q2028_3=counts)], items, limit, frame=frame)
    xs = [column.x for column in drawn.columns] + [mark.x for mark in drawn.key]
    ys = [mark.y for column in drawn.columns for mark in column.marks] + [mark.y for mark in drawn.key]
    ys += [column.total_y for column in drawn.columns]
    for row in (row for group in drawn.groups for row in group.rows):
        xs += [row.x, *(row.bar or ()), *(row.option or ())]
        ys.append(row.y)
    assert all(0 <= x <= drawn.width for x in xs)
    assert all(drawn.head <= y <= drawn.height for y in ys)


@given(st.lists(st.dates(dt.date(2027, 1, 1), dt.date(2029, 12, 31)), min_size=2))
def test_a_later_start_never_stands_before_an_earlier_one(days):
    axis = Axis(2027, 300, 936, 36)
    xs = [axis.x(day) for day in sorted(days)]
    assert xs == sorted(xs)


def test_rows_of_a_group_follow_each_other_and_groups_do_not_overlap():
    items = [item("A"), item("B"), item("C", group="Hus")]
    park, hus = draw(three_years(), items, LIMIT).groups
    assert (park.name, park.count, hus.name, hus.count) == ("Park", 2, "Hus", 1)
    assert park.y < park.rows[0].y < park.rows[1].y < hus.y < hus.rows[0].y


def test_the_picture_for_files_needs_nothing_outside_itself():
    drawn = draw(three_years(q2028_1=(1, 0, 0)), [item("Vård & omsorg <1>")], LIMIT)
    svg = timeline_svg(Timeline(Words("Titel", "Beskrivning"), drawn, drawn, True))
    root = ElementTree.fromstring(svg)  # well-formed, whatever it is called
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("width") == "936"
    assert "href" not in svg
    styled = set(re.findall(r"\.([a-z-]+)", root.find("{*}style").text))
    drawn_with = {name for each in root.iter() for name in (each.get("class") or "").split()}
    assert drawn_with - {"t-name", "t-link"} <= styled
