"""R20: which coming procurements suit, each criterion with its reason. Pure: no database."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insteg.inventory.judgement import judge, missing_words
from insteg.inventory.models import PlannedProcurement
from insteg.process.models import RuleSet

MODEL = RuleSet(edition=1)
SUITABLE = {"nature": "services", "months": 24, "option_months": 0, "fte": Decimal("2"), "value_min": 5, "value_max": 5}


def planned(**facts):
    return PlannedProcurement(**{"title": "x", **SUITABLE, **facts})


def answers(rules=MODEL, **facts):
    return {c.key: c.answer for c in judge(planned(**facts), rules).criteria}


@pytest.mark.parametrize(("facts", "criterion", "answer"), [
    ({}, "nature", "yes"),
    ({"nature": "works"}, "nature", "yes"),
    ({"nature": "supplies"}, "nature", "no"),
    ({"nature": ""}, "nature", "unknown"),
    ({"months": 4}, "length", "yes"),
    ({"months": 3}, "length", "no"),
    ({"months": 3, "option_months": 12}, "length", "unknown"),  # long enough only if it is prolonged
    ({"months": 1, "option_months": 2}, "length", "no"),
    ({"months": None}, "length", "unknown"),
    ({"months": None, "option_months": 12}, "length", "unknown"),
    ({"fte": Decimal("1.1")}, "staffing", "yes"),
    ({"fte": Decimal("1.0")}, "staffing", "no"),  # more than one, not one
    ({"fte": Decimal("0")}, "staffing", "no"),  # nought is known
    ({"fte": None}, "staffing", "unknown"),
    ({}, "extent", "yes"),
    ({"framework": True}, "extent", "unknown"),
    ({"framework": True, "extent_known": True}, "extent", "yes"),
    ({"extent_known": False}, "extent", "unknown"),
    ({"fte": None, "value_min": None, "value_max": None}, "extent", "unknown"),
    ({"fte": None, "value_min": None}, "extent", "yes"),
    ({"value_min": None, "value_max": None}, "extent", "yes"),
])  # fmt: skip
def test_each_criterion(facts, criterion, answer):
    assert answers(**facts)[criterion] == answer


@pytest.mark.parametrize(("facts", "proposal"), [
    ({}, "suitable"),
    ({"fte": None}, "needs_facts"),
    ({"fte": None, "nature": "supplies"}, "not_suitable"),  # one no is enough, whatever is missing
    ({"months": 2}, "not_suitable"),
])  # fmt: skip
def test_the_whole_is_a_proposal(facts, proposal):
    assert judge(planned(**facts), MODEL).proposal == proposal


def test_each_reason_says_why():
    said = {c.key: c.reason for c in judge(planned(months=None, unknown_fields=["months"]), MODEL).criteria}
    assert said["length"] == "Organisationen vet inte avtalstiden än."
    said = {c.key: c.reason for c in judge(planned(months=None), MODEL).criteria}
    assert said["length"] == "Avtalstiden är inte angiven."
    said = {c.key: c.reason for c in judge(planned(nature_inferred=True, cpv="77310000"), MODEL).criteria}
    assert said["nature"] == "Tjänst, härlett ur CPV-kod 77310000."


def test_what_is_missing_is_named():
    assert missing_words(judge(planned(months=None, fte=None), MODEL)) == "avtalstid och årsarbetare"
    assert missing_words(judge(planned(), MODEL)) == ""


def test_another_rule_set_judges_otherwise():
    rules = RuleSet(edition=2, natures=["supplies"], min_months=30, more_than_fte=Decimal("2.5"))
    assert answers(rules) == {"nature": "no", "extent": "yes", "length": "no", "staffing": "no"}
    assert answers(RuleSet(edition=3, framework_extent_known=True), framework=True)["extent"] == "yes"


def test_the_question_is_that_of_the_rule_set():
    goods = RuleSet(edition=4, natures=["supplies", "services"])
    assert judge(planned(), MODEL).criteria[0].question == "Tjänst eller entreprenad"
    assert judge(planned(), goods).criteria[0].question == "Vara eller tjänst"


FACTS = st.fixed_dictionaries({
    "nature": st.sampled_from(["services", "works", "supplies", ""]),
    "months": st.none() | st.integers(0, 60),
    "option_months": st.none() | st.integers(0, 60),
    "fte": st.none() | st.decimals(0, 20, places=1),
    "framework": st.sampled_from([None, True, False]),
    "extent_known": st.sampled_from([None, True, False]),
    "value_max": st.none() | st.integers(0, 10**9),
})  # fmt: skip


@given(FACTS, st.integers(1, 24), st.decimals(0, 5, places=1), st.integers(0, 12), st.decimals(0, 5, places=1))
def test_stricter_rules_never_make_more_suitable(facts, months, fte, more_months, more_fte):
    loose = RuleSet(edition=1, min_months=months, more_than_fte=fte)
    strict = RuleSet(edition=2, min_months=months + more_months, more_than_fte=fte + more_fte)
    if judge(planned(**facts), strict).proposal == "suitable":
        assert judge(planned(**facts), loose).proposal == "suitable"


@given(FACTS)
def test_four_answers_each_with_a_reason(facts):
    criteria = judge(planned(**facts), MODEL).criteria
    assert len(criteria) == 4
    assert all(c.reason and (bool(c.missing) == (c.answer == "unknown")) for c in criteria)
