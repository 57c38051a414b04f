"""The conditions of the room's rules that the town's own people cannot tell apart: each is the only wall there."""

import pytest

from insteg.access.actor import SYSTEM, Role
from insteg.core import clock
from insteg.inventory import access
from insteg.inventory.actions import report
from insteg.inventory.models import RoundAnswer, RoundRequest
from insteg.organisations.models import Organisation
from tests.town import member


@pytest.fixture
def buyer(house):
    """Somebody who buys for the organisation whose units are asked what they need."""
    return member("inköpare", Role.PROCURING, house.org["Stad"])


@pytest.fixture
def of_the_unit(house):
    request = house.requests["a-now"]
    assert request.unit_id
    return request


@pytest.mark.parametrize("rule", [access.SEE_REQUEST, access.ANSWER, access.LOOK])
def test_a_buyer_does_not_meet_what_a_unit_of_the_same_organisation_is_asked(house, buyer, of_the_unit, rule):
    assert not rule.permits(buyer, of_the_unit.pk)
    RoundRequest.objects.filter(round=of_the_unit.round_id, organisation=house.org["Stad"], unit=None).delete()
    assert not access.SEE_ROUND.permits(buyer, of_the_unit.round_id)


@pytest.mark.parametrize("rule", [access.SEE_ANSWER, access.TAKE_UP])
def test_a_buyer_does_not_read_what_a_unit_of_the_same_organisation_answered(buyer, of_the_unit, rule):
    answer = RoundAnswer.objects.create(request=of_the_unit, number=7, answered_by_id=buyer.id, reopened_at=clock.now())
    assert not rule.permits(buyer, answer.pk)


@pytest.mark.parametrize(("label", "who", "rule"), [
    ("a-now", "ame", access.SEE_REQUEST), ("p-now", "park", access.ANSWER), ("p-now", "ue", access.ANSWER),
    ("p-now", "ue", access.EXTEND),
])  # fmt: skip
def test_nobody_is_asked_before_the_round_is_opened(house, label, who, rule):
    """A request that stands in a draft is nobody's yet: neither to answer, nor to be given more time for."""
    asked = house.requests[label]
    draft = RoundRequest.objects.create(
        round=house.rounds["draft"], organisation_id=asked.organisation_id, unit_id=asked.unit_id
    )
    assert rule.permits(house.who[who], asked.pk)
    assert not rule.permits(house.who[who], draft.pk)


def test_whoever_is_held_back_is_not_reminded(house):
    request = house.requests["p-now"]
    assert access.REMIND.permits(SYSTEM, request.pk)
    RoundRequest.objects.filter(pk=request.pk).update(held_at=clock.now())
    assert not access.REMIND.permits(SYSTEM, request.pk)


def test_nothing_is_reported_for_an_organisation_that_has_closed(house):
    park = house.org["Park"]
    assert access.REPORT.permits(house.who["park"], park.pk)
    Organisation.objects.filter(pk=park.pk).update(closed_on=clock.today())
    assert not access.REPORT.permits(house.who["park"], park.pk)


def test_only_what_is_said_to_be_shared_carries_others(house):
    facts = {"title": "Eget behov", "shared": False}
    own = report(actor=house.who["ue"], target=house.org["Stad"], seen=None, **facts)
    assert not access.JOIN.permits(house.who["ue"], own.pk)
    type(own).objects.filter(pk=own.pk).update(shared=True)
    assert access.JOIN.permits(house.who["ue"], own.pk)
