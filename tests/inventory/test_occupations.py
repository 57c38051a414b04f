"""Which occupations a planned procurement is expected to need: what the table says, and what people say."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insteg.codes.models import CpvOccupation, Occupation
from insteg.inventory.actions import confirm_occupations, report, unconfirm_occupations
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries import occupations as queries
from insteg.inventory.queries.compilation import Tally
from insteg.inventory.queries.occupations import NONE, Table

IN_TIME_FROM = dt.date(2027, 6, 1)
TABLE = Table({"90": ["9610"], "9091": ["9111"], "909113": ["9120", "9111"], "45": ["9310"]})


@pytest.mark.parametrize(
    ("codes", "proposed"),
    [
        (["90910000"], ["9111"]),
        (["90911200"], ["9111"]),
        (["90911300"], ["9120", "9111"]),
        (["90620000"], ["9610"]),
        (["77310000"], []),
        ([], []),
        (["45000000", "90911300", "90910000"], ["9310", "9120", "9111"]),
        (["77310000", "90620000"], ["9610"]),
    ],
)
def test_the_longest_beginning_that_fits_speaks(codes, proposed):
    assert TABLE.proposed_for(codes) == proposed


cpv_codes = st.text("0123", min_size=8, max_size=8)
tables = st.dictionaries(st.text("0123", min_size=2, max_size=5), st.lists(st.sampled_from("ABC"), min_size=1))


@given(said=tables, code=cpv_codes)
def test_the_pattern_finds_what_the_table_proposes(said, code):
    table = Table(said)
    for occupation in "ABC":
        found = bool(pattern) and re.search(pattern, f'"{code}"[]') if (pattern := table.pattern(occupation)) else None
        assert bool(found) == (occupation in table.proposed_for([code]))
    whole = table.pattern()
    assert bool(whole and re.search(whole, f'"{code}"[]')) == bool(table.proposed_for([code]))


@pytest.fixture
def occupations(db):
    made = Occupation.objects.bulk_create(
        Occupation(code=code, title_sv=title)
        for code, title in (
            ("9111", "Städare"),
            ("9120", "Fönsterputsare"),
            ("9610", "Renhållare"),
            ("9310", "Byggare"),
        )
    )
    return {row.code: row for row in made}


@pytest.fixture
def table(occupations):
    CpvOccupation.objects.bulk_create(
        CpvOccupation(cpv=cpv, occupation_id=code) for cpv, codes in TABLE.said.items() for code in codes
    )
    CpvOccupation.objects.create(cpv="90911", occupation_id="9310", removed_at=dt.datetime(2026, 1, 2, tzinfo=dt.UTC))


@pytest.fixture
def reported(town, table):
    """reported("Trappstädning", "90911200") is a procurement of Park's."""

    def make(title, cpv="", **facts):
        more = facts.pop("more_cpvs", [])
        row = report(actor=town.who["park"], target=town.org["Park"], seen=None, title=title, cpv=cpv, **facts)
        PlannedProcurement.objects.filter(pk=row.pk).update(more_cpvs=more)
        return PlannedProcurement.objects.get(pk=row.pk)

    return make


@pytest.fixture
def confirmed(town, occupations):
    def confirm(row, *codes):
        confirm_occupations(
            actor=town.who["park"], target=row, seen=None, occupations=[occupations[code] for code in codes]
        )
        row.refresh_from_db()
        return row

    return confirm


def titles(expected):
    return [occupation.title_sv for occupation in expected.occupations]


def test_a_removed_pair_proposes_nothing(table):
    assert queries.proposed_for(["90911200"]) == ["9111"]


def test_what_people_have_said_stands_instead_of_the_table(reported, confirmed):
    stairs = reported("Trappstädning", "90911200", more_cpvs=["45450000", "77310000"])
    windows = confirmed(reported("Fönsterputs", "90911300"), "9120")
    neither = confirmed(reported("Köksutrustning", "90910000"))
    found = queries.occupations_of([stairs, windows, neither])
    assert titles(found[stairs.pk]) == ["Städare", "Byggare"]
    assert found[stairs.pk].because == ["90911200", "45450000"]
    assert titles(found[windows.pk]) == ["Fönsterputsare"]
    assert (found[windows.pk].because, found[windows.pk].confirmed_at) == ([], windows.occupations_confirmed_at)
    assert titles(found[neither.pk]) == []
    assert found[neither.pk].confirmed_at


def test_any_number_of_procurements_costs_three_queries(reported, confirmed, django_assert_num_queries):
    rows = [reported(f"Städning {n}", "90910000") for n in range(8)]
    confirmed(rows[0], "9120", "9310")
    rows[0].refresh_from_db()
    with django_assert_num_queries(3):
        queries.occupations_of(rows)


def tallies(rows):
    return {row.code: row.tally for row in rows}


def ours():
    return PlannedProcurement.objects.current().exclude(title__in=["Parkskötsel", "Fasadrenovering"])


def test_the_compilation_by_occupation_is_what_each_row_is_expected_to_need(
    reported, confirmed, django_assert_num_queries
):
    suits = {"nature": "services", "extent_known": True, "months": 36, "fte": Decimal(8), "start": dt.date(2028, 1, 1)}
    reported("Trappstädning", "90911200", **suits)
    reported("Lokalvård", "77310000", more_cpvs=["90910000"], **suits | {"start": dt.date(2027, 1, 1)})
    confirmed(reported("Fönsterputs", "90911300", **suits | {"months": 2, "option_months": 0}), "9111", "9120")
    confirmed(reported("Okänt", "90910000"))
    reported("Utan kod")
    with django_assert_num_queries(4):
        rows = queries.by_occupation(ours(), IN_TIME_FROM)
    stairs = PlannedProcurement.objects.get(title="Trappstädning")
    assert stairs.places
    assert tallies(rows) == {
        "9111": Tally(total=3, suitable=2, not_suitable=1, places=2 * stairs.places, late=1, first=stairs.start),
        "9120": Tally(total=1, not_suitable=1),
        NONE: Tally(total=2, needs_facts=2),
    }
    assert [row.code for row in rows] == ["9111", "9120", NONE]
    assert [row.title for row in rows] == ["Städare", "Fönsterputsare", ""]


def test_the_filter_finds_what_the_compilation_counts(reported, confirmed):
    """The same rows by regular expression in the database as by the table in Python, also through further codes."""
    reported("Trappstädning", "90911200")
    reported("Fönsterputs", "90911300")
    reported("Snöröjning", "90620000", more_cpvs=["90911300", "45112000"])
    reported("Sopning och fönster", "90911300", more_cpvs=["90610000"])
    reported("Park", "77310000", more_cpvs=["03000000"])
    confirmed(reported("Fasad", "90910000"), "9310")
    confirmed(reported("Möbler", "90910000"))
    reported("Utan kod")
    counted = tallies(queries.by_occupation(ours(), IN_TIME_FROM))
    assert set(counted) == {"9111", "9120", "9610", "9310", NONE}
    for code, tally in counted.items():
        assert queries.having_occupation(ours(), code).count() == tally.total, code
    assert set(queries.having_occupation(ours(), "9610").values_list("title", flat=True)) == {
        "Snöröjning", "Sopning och fönster",
    }  # fmt: skip
    assert set(queries.having_occupation(ours(), NONE).values_list("title", flat=True)) == {
        "Park", "Möbler", "Utan kod",
    }  # fmt: skip
    assert not queries.having_occupation(ours(), "1111").exists()


def test_an_empty_table_proposes_nothing_and_everything_has_none(town, occupations):
    row = report(actor=town.who["park"], target=town.org["Park"], seen=None, title="Städning", cpv="90910000")
    assert queries.proposed_for(["90910000"]) == []
    assert queries.having_occupation(PlannedProcurement.objects.filter(pk=row.pk), NONE).exists()
    assert not queries.having_occupation(PlannedProcurement.objects.filter(pk=row.pk), "9111").exists()


def test_the_table_says_how_many_each_beginning_speaks_for(reported, confirmed):
    reported("Trappstädning", "90911200")
    reported("Fönsterputs", "90911300", more_cpvs=["90910000", "90911300"])
    confirmed(reported("Sagt", "90910000"), "9120")
    reported("Park", "77310000", more_cpvs=["77340000"])
    reported("Vitvaror", "39710000")
    found = queries.reach(ours(), Table.read())
    assert found.by_beginning == {"9091": 2, "909113": 1}
    assert (found.proposed, found.said, found.without, found.goods) == (2, 1, 2, 1)
    assert found.unknown == {"77310000": 1, "77340000": 1}


def test_to_confirm_again_replaces_and_to_take_it_back_follows_the_table(town, reported, confirmed):
    row = confirmed(reported("Städning", "90910000"), "9111", "9120")
    kept = row.occupations.get(occupation="9120")
    confirmed(row, "9120", "9310")
    assert set(row.occupations.values_list("occupation", flat=True)) == {"9120", "9310"}
    assert row.occupations.get(occupation="9120") == kept
    unconfirm_occupations(actor=town.who["park"], target=row, seen=row.version)
    row.refresh_from_db()
    assert row.occupations_confirmed_at is None
    assert titles(queries.occupations_of([row])[row.pk]) == ["Städare"]
    assert not row.occupations.exists()
