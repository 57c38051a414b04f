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
    ({"months": 3, "option_months": None}, "length", "unknown"),  # nobody has said that it cannot be prolonged
    ({"months": 4, "option_months": None}, "length", "yes"),
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


def test_a_short_one_whose_option_nobody_has_told_is_asked_about():
    def length(**facts):
        return judge(planned(months=3, option_months=None, **facts), MODEL).criteria[2]

    assert (length().reason, length().missing) == ("3 månader. Går den att förlänga?", "option_months")
    said = length(unknown_fields=["option_months"]).reason
    assert said == "3 månader. Organisationen vet inte än om den går att förlänga."
    assert missing_words(judge(planned(months=3, option_months=None), MODEL)) == "förlängning"


def test_the_names_of_all_that_can_be_missing_have_room_on_the_row():
    nothing_told = judge(
        planned(nature="", months=3, option_months=None, fte=None, value_min=None, value_max=None), MODEL
    )
    names = ",".join(nothing_told.missing)
    assert names == "nature,extent_known,option_months,fte"
    assert len(names) <= PlannedProcurement._meta.get_field("missing").max_length


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


TOLD = st.fixed_dictionaries({
    "nature": st.sampled_from(["services", "works", "supplies"]),
    "months": st.integers(0, 60),
    "option_months": st.integers(0, 60),
    "fte": st.decimals(0, 20, places=1),
    "value_max": st.integers(0, 10**9),
    "extent_known": st.just(True),
})  # fmt: skip


@given(FACTS, TOLD, st.sets(st.sampled_from(["nature", "months", "option_months", "fte", "value_max", "extent_known"])))
def test_more_knowledge_never_makes_anything_unknown(facts, told, learned):
    """Knowledge is a fact that takes the place of silence.

    That it is a framework, or that the organisation itself does not know the extent, is no such knowledge: both say
    that the figures which stand there are not to be relied on.
    """
    more = facts | {name: told[name] for name in learned if facts[name] in (None, "")}
    before, after = judge(planned(**facts), MODEL), judge(planned(**more), MODEL)
    for known, then in zip(after.criteria, before.criteria, strict=True):
        assert known.answer != "unknown" or then.answer == "unknown"
        assert then.answer in ("unknown", known.answer)  # and what was settled stays settled
    assert after.proposal != "needs_facts" or before.proposal == "needs_facts"
    assert set(after.missing) - {"months", "option_months"} <= set(before.missing)


RULES = st.builds(
    RuleSet,
    edition=st.just(2),
    natures=st.lists(st.sampled_from(["services", "works", "supplies"]), min_size=1, unique=True),
    min_months=st.integers(1, 24),
    more_than_fte=st.decimals(0, 5, places=1),
    framework_extent_known=st.booleans(),
)


@given(FACTS, RULES, RULES)
def test_stricter_rules_never_make_more_suitable(facts, one, other):
    strict = RuleSet(
        edition=3,
        natures=[nature for nature in one.natures if nature in other.natures],
        min_months=max(one.min_months, other.min_months),
        more_than_fte=max(one.more_than_fte, other.more_than_fte),
        framework_extent_known=one.framework_extent_known and other.framework_extent_known,
    )
    by_strict, by_one = judge(planned(**facts), strict), judge(planned(**facts), one)
    for tight, loose in zip(by_strict.criteria, by_one.criteria, strict=True):
        assert tight.answer != "yes" or loose.answer == "yes"
    assert by_strict.proposal != "suitable" or by_one.proposal == "suitable"


@given(FACTS)
def test_four_answers_each_with_a_reason(facts):
    criteria = judge(planned(**facts), MODEL).criteria
    assert len(criteria) == 4
    assert all(c.reason and (bool(c.missing) == (c.answer == "unknown")) for c in criteria)
