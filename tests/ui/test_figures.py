import datetime as dt

import pytest
from django.utils.translation import override

from insteg.ui import figures
from insteg.ui.templatetags import insteg_ui

TODAY = dt.date(2026, 11, 19)


def plain(text):
    return str(text).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("amount", "swedish", "english"),
    [
        (48_000_000, "48,0 mnkr", "SEK 48.0 m"),
        (1_000_000, "1,0 mnkr", "SEK 1.0 m"),
        (3_250_000, "3,3 mnkr", "SEK 3.3 m"),
        (1_250_000_000, "1 250,0 mnkr", "SEK 1,250.0 m"),
        (999_999, "999 999 kr", "SEK 999,999"),
        (250_000, "250 000 kr", "SEK 250,000"),
        (0, "0 kr", "SEK 0"),
    ],
)
def test_money_in_millions_and_below_a_million_in_kronor(amount, swedish, english):
    assert plain(figures.money(amount)) == swedish
    with override("en"):
        assert plain(figures.money(amount)) == english


def test_what_nobody_has_said_is_a_word_and_neither_nought_nor_a_dash():
    for said in (figures.money(None), figures.months(None), insteg_ui.day(None), insteg_ui.figure(None)):
        assert said == "okänd"


def test_a_figure_never_breaks_over_two_lines():
    for text in (figures.money(48_000_000), figures.months(24, 12), figures.day(TODAY, TODAY), figures.grouped(1200)):
        assert " " not in text


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (10_000_000, 50_000_000, "10,0–50,0 mnkr"),
        (250_000, 500_000, "250 000–500 000 kr"),
        (250_000, 3_500_000, "0,3–3,5 mnkr"),
        (4_000_000, 4_000_000, "4,0 mnkr"),
        (None, 1_000_000, "högst 1,0 mnkr"),
        (500_000_000, None, "minst 500,0 mnkr"),
        (None, None, "okänd"),
    ],
)
def test_an_amount_with_two_ends(low, high, said):
    assert plain(figures.money_range(low, high)) == said


@pytest.mark.parametrize(
    ("base", "options", "said"),
    [
        (24, None, "24 mån"),
        (24, 12, "24 + 12 mån"),
        (24, [12, 12], "24 + 12 + 12 mån"),
        (24, 0, "24 mån"),
        (0, 0, "0 mån"),
    ],
)
def test_a_length_with_its_options(base, options, said):
    assert plain(figures.months(base, options)) == said


def test_days_this_year_leave_the_year_out():
    assert plain(figures.day(TODAY, TODAY)) == "19 nov"
    assert plain(figures.day(dt.date(2027, 10, 1), TODAY)) == "1 okt 2027"
    assert plain(figures.day_with_weekday(dt.date(2026, 11, 20), TODAY)) == "fre 20 nov"
    assert plain(figures.day_long(dt.date(2026, 12, 16), TODAY)) == "onsdag 16 december"
    assert plain(figures.month(dt.date(2027, 3, 1))) == "mars 2027"
    with override("en"):
        assert plain(figures.day(dt.date(2027, 10, 1), TODAY)) == "1 Oct 2027"


@pytest.mark.parametrize(
    ("distance", "near", "due"),
    [
        (-2, "17 nov", "tis 17 nov"),
        (-1, "i går", "i går, 18 nov"),
        (0, "i dag", "i dag"),
        (1, "i morgon", "fre 20 nov"),
    ],
)
def test_near_days_are_said_as_people_say_them(distance, near, due):
    day = TODAY + dt.timedelta(days=distance)
    assert plain(figures.day_near(day, TODAY)) == near
    assert plain(figures.due(day, TODAY)) == due


def test_a_day_is_there_for_machines_too():
    assert insteg_ui.month(dt.date(2027, 10, 1)) == '<time datetime="2027-10-01">okt\u00a02027</time>'


def test_a_moment_is_told_in_the_time_of_sweden():
    late = dt.datetime(2026, 11, 18, 23, 30, tzinfo=dt.UTC)
    assert plain(figures.moment(late, TODAY)) == "i dag kl. 00.30"
    assert '"2026-11-19T00:30+01:00"' in insteg_ui.moment(late)


def test_counts_in_words_up_to_twelve():
    assert [insteg_ui.in_words(count) for count in (2, 12, 13)] == ["två", "tolv", "13"]
    with override("en"):
        assert insteg_ui.in_words(3) == "three"
