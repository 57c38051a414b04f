"""R21: two reckonings of how many places are reasonable, each with its working. Pure: no database."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insteg.inventory.models import PlannedProcurement
from insteg.inventory.reckoning import Extent, Value, by_extent, by_value
from insteg.process.models import RuleSet

MODEL = RuleSet(edition=1)
FTE = st.decimals(0, 10_000, places=1)
MONTHS = st.integers(0, 600)
KRONOR = st.integers(0, 10**11)
RULES = st.builds(
    RuleSet,
    edition=st.just(2),
    full_time_months_per_place=st.integers(1, 10_000),
    most_percent_of_staffing=st.integers(1, 100),
    services_value_per_place=st.integers(1, 10**10),
    works_value_per_place=st.integers(1, 10**10),
)


def extent(fte, months, rules=MODEL, **more):
    return by_extent(PlannedProcurement(fte=fte, months=months, **more), rules)


def value(high, nature="services", rules=MODEL, low=None):
    return by_value(PlannedProcurement(nature=nature, value_min=low, value_max=high), rules)


def test_the_working_is_shown():
    assert extent(Decimal("24"), 36) == Extent(2, Decimal("24"), 36, Decimal("864"), 8, 2)
    assert value(48_000_000) == Value(1, 48_000_000, 25_000_000)


@pytest.mark.parametrize(("fte", "months"), [(None, 24), (Decimal(3), None), (None, None)])
def test_what_is_not_told_is_not_reckoned(fte, months):
    assert extent(fte, months) == Extent(None)


def test_nought_is_known_and_gives_none():
    assert (extent(Decimal(0), 24).places, extent(Decimal(3), 0).places) == (0, 0)


@pytest.mark.parametrize("nature", ["supplies", ""])
def test_a_kind_without_a_scale_is_not_reckoned_by_value(nature):
    assert value(10**9, nature) == Value(None)


def test_another_edition_reckons_otherwise():
    rules = RuleSet(
        edition=2, full_time_months_per_place=50, most_percent_of_staffing=20, services_value_per_place=10_000_000,
        works_value_per_place=20_000_000,
    )  # fmt: skip
    assert extent(Decimal(20), 12, rules).places == 4
    assert (value(45_000_000, "services", rules).places, value(45_000_000, "works", rules).places) == (4, 2)


@given(FTE, MONTHS, RULES)
def test_at_least_one_and_at_most_the_share(fte, months, rules):
    found = extent(fte, months, rules)
    if fte and months:
        assert 1 <= found.places <= max(1, fte * rules.most_percent_of_staffing / 100)
        assert found.places <= max(1, fte * months / rules.full_time_months_per_place)
    else:
        assert found.places == 0


@given(FTE, FTE, MONTHS, MONTHS, RULES)
def test_more_people_or_a_longer_time_never_gives_fewer_places(fte, more_fte, months, more_months, rules):
    few = extent(fte, months, rules).places
    assert few <= extent(min(fte + more_fte, Decimal(10_000)), months + more_months, rules).places


@given(FTE, MONTHS, st.none() | MONTHS)
def test_an_option_gives_no_place(fte, months, options):
    assert extent(fte, months, option_months=options) == extent(fte, months)


@given(FTE, MONTHS, RULES)
def test_the_row_has_room_for_what_it_comes_to(fte, months, rules):
    assert extent(fte, months, rules).places <= 32_767


@given(KRONOR, KRONOR, st.sampled_from(["services", "works"]), RULES)
def test_a_higher_value_never_gives_fewer_places(one, other, nature, rules):
    low, high = sorted([one, other])
    assert value(low, nature, rules).places <= value(high, nature, rules).places
    assert value(high, nature, rules, low=low) == value(high, nature, rules)  # the upper end of a range counts
    assert value(None, nature, rules, low=low) == value(low, nature, rules)  # or the only one that is told
