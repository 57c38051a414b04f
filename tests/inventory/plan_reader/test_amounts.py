"""Amounts: written in every style that offices use, and read back the same (R12)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insteg.inventory.plan_reader.amounts import Amount, read_amount

kronor = st.integers(min_value=1, max_value=400_000).map(lambda thousands: thousands * 10_000)
spaces = st.sampled_from([" ", "\u00a0", "\u202f", "\u2009"])
about = st.sampled_from(["", "ca ", "c:a ", "cirka ", "~", "Ca. ", "uppskattningsvis "])


@st.composite
def written_number(draw: st.DrawFn, number: Decimal) -> str:
    """12500000 as "12 500 000", "12.500.000" or "12500000"; 1.15 as "1,15" or "1.15"."""
    text = f"{number.normalize():f}"
    if "." in text:
        # Three figures after a point could be thousands: that is a question, tried below.
        return (
            text.replace(".", ",")
            if len(text.partition(".")[2]) == 3
            else text.replace(".", draw(st.sampled_from(",.")))
        )
    if len(text) < 4:
        return text
    grouped = f"{int(text):,}"
    signs = ["", *draw(st.lists(spaces, min_size=1, max_size=1))] + (["."] if len(text) > 6 else [])
    return grouped.replace(",", draw(st.sampled_from(signs)))


@st.composite
def written_amount(draw: st.DrawFn, amount: int) -> tuple[str, str | None]:
    """An amount with its unit in the cell, or without it and the unit of its column."""
    unit = draw(st.sampled_from(["kr", "tkr", "mkr"]))
    factor = {"kr": 1, "tkr": 1_000, "mkr": 1_000_000}[unit]
    number = draw(written_number(Decimal(amount) / factor))
    signs = {
        "kr": ["kr", "SEK", "kronor", ":-"],
        "tkr": ["tkr", "kkr", "KSEK", "tusen kr"],
        "mkr": ["mkr", "Mkr", "mnkr", "MSEK", "miljoner", "milj. kr", "miljoner kronor"],
    }[unit]
    sign = draw(st.sampled_from([None, *signs]))
    gap = draw(st.sampled_from(["", " ", "\u00a0"]))
    return (number, unit) if sign is None else (number + gap + sign, None)


@given(amount=kronor, data=st.data())
def test_an_amount_is_the_same_however_it_is_written(amount: int, data: st.DataObject):
    text, unit = data.draw(written_amount(amount))
    read = read_amount(data.draw(about) + text, unit)
    assert read.value == Amount(amount, amount)


@given(low=kronor, more=kronor, data=st.data())
def test_a_span_keeps_both_its_ends(low: int, more: int, data: st.DataObject):
    high = low + more
    first, second = (f"{Decimal(end) / 1_000_000:f}".replace(".", ",") for end in (low, high))
    joined = data.draw(
        st.sampled_from(
            ["{}-{}", "{} – {}", "{} till {}", "mellan {} och {}", "{} - {} mkr", "ca {}-{}", "minst {}, högst {}"]
        )
    )
    read = read_amount(joined.format(first, second), "mkr")
    assert read.question or read.value == Amount(low, high)
    if second.replace(",", "").rstrip("0") != first.replace(",", "").rstrip("0"):
        assert read.value == Amount(low, high)


@given(amount=kronor, word=st.sampled_from(["<", "< ", "högst ", "max ", "upp till ", "under ", "≤"]))
def test_a_ceiling_says_nothing_of_the_least(amount: int, word: str):
    assert read_amount(f"{word}{amount} kr").value == Amount(None, amount)


@given(amount=kronor, word=st.sampled_from([">", "> ", "minst ", "över ", "mer än ", "från ", "≥"]))
def test_a_floor_says_nothing_of_the_most(amount: int, word: str):
    assert read_amount(f"{word}{amount} kr").value == Amount(amount, None)


@pytest.mark.parametrize(
    ("typed", "unit", "choices"),
    [
        ("3,8-38", "mkr", [(3_800_000, 38_000_000), (38_000_000, 38_000_000), (3_800_000, 3_800_000)]),
        ("50-10", "mkr", [(10_000_000, 50_000_000), (10_000_000, 10_000_000), (50_000_000, 50_000_000)]),
        ("1.150", "mkr", [(1_150_000, 1_150_000), (1_150_000_000, 1_150_000_000)]),
        ("1460", "kr", [(1460, 1460), (1_460_000, 1_460_000), (1_460_000_000, 1_460_000_000)]),
        ("1 153 220", "mkr", [(1_153_220, 1_153_220), (1_153_220_000, 1_153_220_000)]),
        ("5+5 mkr", None, [(10_000_000, 10_000_000), (5_000_000, 5_000_000)]),
    ],
)
def test_an_ambiguous_amount_is_asked(typed: str, unit: str | None, choices: list[tuple[int, int]]):
    read = read_amount(typed, unit)
    assert read.value is None
    assert read.question is not None
    assert [(o.values.get("value_min"), o.values.get("value_max")) for o in read.question.options[:-1]] == choices
    assert read.question.options[-1].key == "unknown"


@pytest.mark.parametrize("typed", ["1460 kr/tim", "850 kr per timme", "12 000 kr/st", "3 tkr / månad"])
def test_a_price_is_not_the_value_of_the_agreement(typed: str):
    read = read_amount(typed)
    assert read.question
    assert read.value == Amount(None, None, "piece")


@pytest.mark.parametrize("typed", ["10 apor", "1/2 av 3", "12 EUR", "-5", True, date(2026, 3, 2)])
def test_what_is_no_amount_is_said_to_be_none(typed: object):
    assert read_amount(typed, "mkr").fault
