import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from insteg.codes import loading
from insteg.codes.annex_2 import in_annex_2
from insteg.codes.beginnings import beginning_of, beginnings, whole_code
from insteg.codes.check_digit import cpv_check_digit
from insteg.codes.loading import Report, load_short_lists, store
from insteg.codes.models import Cpv, CpvOccupation, Occupation, Threshold
from insteg.codes.nature import NATURE_OF_DIVISION, nature_of_cpv
from insteg.codes.queries import division_choices, occupation_of, title_of
from insteg.codes.short_lists.cpv import COMMON, DIVISIONS
from insteg.codes.short_lists.cpv_occupations import CPV_OCCUPATIONS
from insteg.codes.short_lists.occupations import OCCUPATIONS
from insteg.codes.short_lists.thresholds import THRESHOLDS


@pytest.fixture
def loaded(db):
    return load_short_lists()


def test_the_lists_are_whole_and_each_code_stands_once():
    assert {code[:2] for code, _sv, _en in DIVISIONS} == NATURE_OF_DIVISION.keys()
    cpv, ssyk = [code for code, *_ in (*DIVISIONS, *COMMON)], [code for code, *_ in OCCUPATIONS]
    assert len(cpv) == len({*cpv}) > 165
    assert len(ssyk) == len({*ssyk}) >= 60
    assert all(nature_of_cpv(code) for code in cpv)


def test_every_row_is_one_that_the_tables_take(loaded):
    for row in (*Cpv.objects.all(), *Occupation.objects.all(), *Threshold.objects.all()):
        row.full_clean(validate_unique=False)
        assert getattr(row, "title_en", "x")


def test_loading_again_changes_nothing(loaded):
    assert loaded["Cpv"] == Report(len(DIVISIONS) + len(COMMON), 0, 0, 0)
    assert loaded["Threshold"].new == len(THRESHOLDS)
    again = load_short_lists()
    assert {(report.new, report.changed) for report in again.values()} == {(0, 0)}
    assert again["Occupation"].same == len(OCCUPATIONS)


def test_our_own_words_are_put_right_and_official_ones_are_left(loaded):
    Cpv.objects.filter(code="90910000").update(title_sv="Städ")
    Cpv.objects.filter(code="77310000").update(title_sv="Officiellt", official=True)
    Threshold.objects.filter(kind="lou_direct").update(amount=1)
    again = load_short_lists()
    assert (again["Cpv"].changed, again["Threshold"].changed) == (1, 1)
    assert title_of(["90910000", "77310000"]) == {"90910000": "Städning", "77310000": "Officiellt"}


def test_all_or_nothing(db, monkeypatch):
    monkeypatch.setattr(loading, "store_thresholds", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        load_short_lists()
    assert not Cpv.objects.exists()


def test_a_code_in_use_is_never_taken_away(loaded):
    assert store(Occupation, []) == Report(0, 0, 0, len(OCCUPATIONS))
    assert Occupation.objects.count() == len(OCCUPATIONS)


@pytest.mark.parametrize(
    "printed",
    [
        "45000000-7", "90910000-9", "77310000-6", "55520000-1", "79710000-4", "98513310-8", "85000000-9", "03000000-1",
        "50116510-9", "73120000-9",
    ],
)  # fmt: skip
def test_check_digits_are_those_that_the_law_prints(printed):
    code, digit = printed.split("-")
    assert cpv_check_digit(code) == digit


@pytest.mark.parametrize(
    ("code", "inside"),
    [
        ("85000000", True), ("85311100", True), ("85323000", True), ("98513310", True), ("79713000", True),
        ("55523100", True), ("55524000", True), ("80530000", True), ("92600000", True), ("79100000", True),
        ("77310000", False), ("90910000", False), ("45000000", False), ("79800000", False), ("98310000", False),
    ],
)  # fmt: skip
def test_services_of_annex_2(code, inside):
    assert in_annex_2(code) is inside
    assert Cpv(code=code).social_service is inside


def test_titles_are_the_reader_s(loaded, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert title_of(["90910000", "45000000", "90910000", "99999999", ""]) == {
            "90910000": "Städning",
            "45000000": "Bygg- och anläggningsarbeten",
        }
        assert occupation_of(["9111"]) == {"9111": "Städare"}
    with override("en"):
        assert title_of(["90910000"]) == {"90910000": "Cleaning services"}
        assert Cpv(title_sv="Bara svenska").title == "Bara svenska"
        assert ("45", "Construction work") in division_choices()
    assert len(division_choices()) == 45
    assert str(Cpv.objects.get(code="45000000")) == "45000000-7 Bygg- och anläggningsarbeten"


def test_the_amount_in_force_is_that_of_the_day(loaded):
    on = Threshold.objects.in_force
    assert on("lou_goods_services", dt.date(2023, 12, 31)).amount == 2_236_731
    assert on("lou_goods_services", dt.date(2024, 1, 1)).amount == 2_389_585
    assert on("lou_goods_services", dt.date(2021, 12, 31)) is None
    assert on("lou_direct", dt.date(2026, 11, 22)).amount == 700_000


def test_what_nobody_has_read_for_the_day_must_be_checked(loaded):
    def checked(kind, day):
        return not Threshold.objects.in_force(kind, day).must_be_checked(day)

    assert checked("lou_works", dt.date(2025, 12, 31))
    assert not checked("lou_works", dt.date(2026, 1, 1))
    assert not checked("lou_works", dt.date(2023, 1, 1))
    assert checked("lou_direct", dt.date(2026, 1, 1))


def test_two_amounts_of_a_kind_cannot_begin_the_same_day(loaded):
    row = Threshold.objects.first()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_every_code_of_the_occupations_by_cpv_is_in_the_lists():
    cpv, ssyk = {code for code, *_ in (*DIVISIONS, *COMMON)}, {code for code, *_ in OCCUPATIONS}
    assert {whole_code(beginning) for beginning in CPV_OCCUPATIONS} <= cpv
    assert {occupation for occupations in CPV_OCCUPATIONS.values() for occupation in occupations} <= ssyk
    assert all(beginning == beginning_of(beginning) for beginning in CPV_OCCUPATIONS)
    assert all(len({*occupations}) == len(occupations) > 0 for occupations in CPV_OCCUPATIONS.values())
    assert all(nature_of_cpv(beginning) != "supplies" for beginning in CPV_OCCUPATIONS)


def test_a_pair_that_was_removed_is_not_brought_back(loaded):
    assert loaded["CpvOccupation"].new == CpvOccupation.objects.count() > 100
    removed = CpvOccupation.objects.get(cpv="909", occupation="9111")
    CpvOccupation.objects.filter(pk=removed.pk).update(removed_at=removed.created_at)
    own = CpvOccupation.objects.create(cpv="909", occupation_id="9622")
    assert load_short_lists()["CpvOccupation"] == Report(0, 0, loaded["CpvOccupation"].new, 1)
    assert set(CpvOccupation.objects.current().filter(cpv="909")) == {own}
    CpvOccupation.objects.filter(cpv="909113").delete()
    assert load_short_lists()["CpvOccupation"].new == 1


@pytest.mark.parametrize(
    ("code", "beginning"), [("90910000", "9091"), ("30000000", "30"), ("45233220", "4523322"), ("90", "90")]
)
def test_the_beginning_of_a_code_is_that_of_its_group(code, beginning):
    assert beginning_of(code) == beginning
    assert whole_code(beginning).startswith(code)
    assert beginning in beginnings(whole_code(beginning))
    assert beginnings("9091") == ["9091", "909", "90"]
