"""Two who change the table of occupations, or say what one procurement needs, at the same moment (R13)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from insteg.audit.gate import Blocked, Stale
from insteg.codes.models import CpvOccupation, Occupation
from insteg.core import clock
from insteg.inventory.actions import add_cpv_occupation, confirm_occupations
from tests.concurrency.together import AT_ONCE, press

pytestmark = AT_ONCE


@pytest.fixture
def cleaner(town):
    return Occupation.objects.create(code="9111", title_sv="Städare")


def adding(town, who, where, occupation):
    target = town.org[where]
    return lambda: (
        add_cpv_occupation(actor=town.who[who], target=target, seen=None, cpv="9091", occupation=occupation).cpv
    )


def test_of_six_who_add_the_same_pair_one_does(town, cleaner):
    """In one organisation they wait for one another; in two the database says no."""
    acts = [adding(town, *who, cleaner) for who in (("ue", "Stad"), ("ue2", "Stad"), ("admin2", "Vård")) * 2]
    answers = press(*acts)
    assert answers["9091"] == CpvOccupation.objects.count() == 1
    assert answers[Blocked] + answers[IntegrityError] + answers[ValidationError] == 5


def test_a_removed_pair_is_put_back_once(town, cleaner):
    pair = CpvOccupation.objects.create(cpv="9091", occupation=cleaner, removed_at=clock.now())
    answers = press(*(adding(town, *who, cleaner) for who in (("ue", "Stad"), ("admin2", "Vård")) * 2))
    pair.refresh_from_db()
    assert (pair.removed_at, pair.version) == (None, 2)
    assert (answers["9091"], answers[Blocked]) == (1, 3)


def test_of_two_who_say_what_one_needs_the_second_is_told(town, cleaner):
    other = Occupation.objects.create(code="9120", title_sv="Fönsterputsare")
    row = town.planned["p"]

    def saying(who, *occupations):
        return lambda: confirm_occupations(
            actor=town.who[who], target=row, seen=row.version, occupations=[*occupations]
        )

    answers = press(saying("park", cleaner), saying("ue", other))
    assert (answers[None], answers[Stale]) == (1, 1)
    assert row.occupations.count() == 1
