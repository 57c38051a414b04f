"""Lengths: written in every style that offices use, and read back the same (R12)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insteg.inventory.plan_reader.durations import Duration, read_duration, read_option

years = st.integers(min_value=1, max_value=8)
steps = st.lists(st.integers(min_value=1, max_value=3), min_size=1, max_size=3)


@given(base=years, options=steps, data=st.data())
def test_a_length_with_options_is_the_same_however_it_is_written(base: int, options: list[int], data: st.DataObject):
    more, parts = sum(options), "+".join(map(str, options))
    months, extra = base * 12, more * 12
    style = data.draw(
        st.sampled_from(
            [
                f"{base}+{parts} år",
                f"{base} + {parts.replace('+', ' + ')} år",
                f"{base} år + {parts} år option",
                f"{base} år med möjlighet till förlängning {extra} månader",
                f"{base} år med option på {parts} år",
                f"{base} år (+{parts})",
                f"{base + more} år ({base}+{parts})",
                f"{base + more} år inkl. option {more} år",
                f"{base + more} år varav {more} år option",
                f"{months} mån + {extra} mån option",
                f"{months}+{extra} mån",
                f"{months} månader, option {extra} månader",
                f"{months + extra} ({months}+{extra}) mån",
                f"{months} mån med rätt till förlängning med högst {extra} mån",
                f"{base}+{parts} ÅR",
            ]
        )
    )
    assert read_duration(style).value == Duration(months, extra)


@given(months=st.integers(min_value=1, max_value=120), data=st.data())
def test_a_plain_length_is_the_same_however_it_is_written(months: int, data: st.DataObject):
    styles = [f"{months} mån", f"{months} månader", f"ca {months} mån.", f"{months}m", f"{months} mån (byggtid)"]
    if months % 12 == 0:
        styles += [f"{months // 12} år", f"{months // 12} års avtal", f"{months // 12}-årigt"]
    if months % 6 == 0:
        styles.append(f"{months / 12:g} år".replace(".", ","))
    assert read_duration(data.draw(st.sampled_from(styles))).value == Duration(months)


@pytest.mark.parametrize(
    ("typed", "months", "option"),
    [
        ("2+1+1", 24, 24),
        ("24+12+12", 24, 24),
        ("en månad", 1, None),
        ("två år", 24, None),
        ("½ år", 6, None),
        ("halvår", 6, None),
        ("1 ½ år", 18, None),
        ("1 år och 6 månader", 18, None),
        ("1,5 år (18 mån)", 18, None),
        ("6 veckor", 1, None),
        ("2 x 12 mån", 24, None),
        ("24 mån + 2x12 mån", 24, 24),
        ("3 år med möjlighet till förlängning 2 gånger 1 år", 36, 24),
        ("4 år utan option", 48, 0),
        ("4 år, ingen option", 48, 0),
        ("2 år med förlängning till totalt högst 4 år", 24, 24),
        ("Två år med möjlighet till två års förlängning", 24, 24),
        ("3 år, option 1 år", 36, 12),
        ("2 år+1år option+1år option", 24, 24),
        ("totalt 4 år varav 2 år option", 24, 24),
        ("max 4 år (inkl. 2 års option)", 24, 24),
    ],
)
def test_lengths_by_hand(typed: str, months: int, option: int | None):
    assert read_duration(typed).value == Duration(months, option)


def test_a_period_is_its_months_and_its_start():
    read = read_duration("1 jan 2027-31 dec 2028")
    assert read.value == Duration(24, start=date(2027, 1, 1), end=date(2028, 12, 31))


@pytest.mark.parametrize(
    "typed", ["max 4 år", "4 år inkl option", "3-4 år", "2027-2029", "2 år, max 4 år", "4", "minst 2 år"]
)
def test_an_ambiguous_length_is_asked(typed: str):
    read = read_duration(typed)
    assert read.value is None
    assert read.question is not None
    assert len(read.question.options) >= 2


def test_a_length_with_an_option_of_no_length_says_so():
    assert read_duration("4 år med option").value == Duration(48, option_unknown=True)


@pytest.mark.parametrize("typed", ["tills vidare", "Tills vidare med 3 mån uppsägning", "löpande"])
def test_an_endless_length_is_not_known(typed: str):
    assert read_duration(typed).unknown


@pytest.mark.parametrize(
    ("typed", "option"),
    [
        ("1+1 år", 24),
        ("12 mån", 12),
        ("Nej", 0),
        ("-", 0),
        ("ingen", 0),
        ("2 x 12 mån", 24),
        ("upp till 24 månader", 24),
        ("1+1", 24),
    ],
)
def test_options_in_a_column_of_their_own(typed: str, option: int):
    assert read_option(typed).value == Duration(None, option)


def test_an_option_that_is_only_affirmed_is_not_known():
    assert read_option("Ja").unknown
