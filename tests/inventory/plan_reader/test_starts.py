"""Starts: written in every style that offices use, and read back the same (R12)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insteg.inventory.plan_reader.dates import read_start

MONTHS = [
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
]  # fmt: skip


days = st.dates(min_value=date(2020, 1, 1), max_value=date(2059, 12, 31))


@given(day=days, data=st.data())
def test_a_day_is_the_same_however_it_is_written(day: date, data: st.DataObject):
    name = MONTHS[day.month - 1]
    style = data.draw(
        st.sampled_from(
            [
                day,
                day.isoformat(),
                f"{day:%Y%m%d}",
                f"{day} 00:00:00",
                f"{day.day}/{day.month} {day.year}",
                f"{day:%d.%m.%Y}",
                f"{day.day}/{day.month}-{day:%y}",
                f"{day.day} {name} {day.year}",
                f"den {day.day} {name} {day.year}",
                f"{day.day} {name[:3]} -{day:%y}",
                f"prel. {day.isoformat()}",
                float((day - date(1899, 12, 30)).days),
            ]
        )
    )
    assert read_start(style).value == day


def periods(year: int, month: int) -> list[tuple[int, list[str | float]]]:
    """The periods that the month lies in, each with its first month and the styles that offices write it in."""
    name, short = MONTHS[month - 1], year % 100
    quarter, half, third = (month - 1) // 3 + 1, (month - 1) // 6 + 1, (month - 1) // 4 + 1
    return [
        (
            month,
            [
                f"{year}-{month:02}",
                f"{name} {year}",
                f"{name[:3]}-{short:02}",
                f"{name.upper()} {year}",
                f"{year} {name}",
                f"{month:02}/{year}",
                f"början av {name} {year}",
            ],
        ),
        (
            quarter * 3 - 2,
            [
                f"Q{quarter} {year}",
                f"Q{quarter}-{short:02}",
                f"kv {quarter} -{short:02}",
                f"kvartal {quarter} {year}",
                f"{year} kv {quarter}",
                f"{year}Q{quarter}",
                f"kv.{quarter} {year}",
                f"{quarter}:e kvartalet {year}",
            ],
        ),
        (
            half * 6 - 5,
            [
                f"H{half} {year}",
                f"halvår {half} {year}",
                f"{['första', 'andra'][half - 1]} halvåret {year}",
                f"{['våren', 'hösten'][half - 1]} {year}",
                f"{['vt', 'ht'][half - 1]} {year}",
                f"{['vår', 'höst'][half - 1]} -{short:02}",
            ],
        ),
        (third * 4 - 3, [f"T{third} {year}", f"tertial {third} {year}"]),
        (1, [f"{year}", f"början av {year}", float(year)]),
    ]


@given(year=st.integers(2020, 2059), month=st.integers(1, 12), data=st.data())
def test_a_period_begins_on_its_first_day(year: int, month: int, data: st.DataObject):
    first, written = data.draw(st.sampled_from(periods(year, month)))
    assert read_start(data.draw(st.sampled_from(written))).value == date(year, first, 1)


@given(day=days)
def test_a_week_begins_on_monday(day: date):
    year, week, _day = day.isocalendar()
    monday = day - timedelta(days=day.weekday())
    if monday.year >= 2020:
        assert read_start(f"v. {week} {year}").value == read_start(f"{year}-W{week:02}").value == monday


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        ("årsskiftet 2027/2028", date(2028, 1, 1)),
        ("aug-sept 2027", date(2027, 8, 1)),
        ("kv 3-4 2027", date(2027, 7, 1)),
        ("sommaren 2027", date(2027, 6, 1)),
        ("2027-10-01 - 2029-09-30", date(2027, 10, 1)),
        ("27-10-01", date(2027, 10, 1)),
        ("270315", date(2027, 3, 15)),
        ("Fr o m 1 sept 2027", date(2027, 9, 1)),
        ("v36 -27", date(2027, 9, 6)),
        ("v. 36-38 2027", date(2027, 9, 6)),
        ("2027-09-01?", date(2027, 9, 1)),
    ],
)
def test_starts_by_hand(typed: str, start: date):
    assert read_start(typed).value == start


@pytest.mark.parametrize(
    "typed", ["2027/2028", "vid årsskiftet 2027", "slutet av 2027", "28-03-27", "höst 2027/vår 2028", "vintern 2027"]
)
def test_an_ambiguous_start_is_asked(typed: str):
    read = read_start(typed)
    assert read.value is None
    assert read.question is not None
    assert len([o for o in read.question.options if o.values]) == 2


@pytest.mark.parametrize("typed", ["snarast", "löpande", "pågår", "klart", "när nuvarande avtal löper ut"])
def test_what_names_no_day_says_nothing(typed: str):
    read = read_start(typed)
    assert (read.value, read.unknown, read.question, read.fault) == (None, False, None, None)


def test_a_day_that_does_not_exist_is_named_with_its_month():
    fault = read_start("31/2 2028").fault
    assert fault is not None
    assert str(fault.text) == "”31/2 2028” är inget datum"
    assert str(fault.help) == "Februari har 29 dagar 2028. Skriv till exempel 1 mars 2028."


def test_a_start_without_year_takes_the_year_of_the_plan():
    assert read_start("kv 3").fault
    assert read_start("kv 3", 2027).value == date(2027, 7, 1)
