"""R20: of several who judge the same rows at the same moment each keeps its assessment, numbered after one another."""

from decimal import Decimal
from itertools import pairwise

import pytest

from insteg.access.actor import SYSTEM
from insteg.core import clock
from insteg.inventory import actions
from insteg.inventory.actions.judging import assessment_of, outcome
from insteg.inventory.comparison import Decisions
from insteg.inventory.models import Assessment, PlannedProcurement
from insteg.inventory.plan_reader import read
from insteg.process.models import RuleSet
from tests.concurrency.together import AT_ONCE, press

pytestmark = AT_ONCE
SUITS = {"nature": "services", "months": 36, "option_months": 0, "value_max": 10**7}


@pytest.fixture
def made(town):
    report = {"actor": town.who["park"], "target": town.org["Park"], "seen": None}
    return [actions.report(**report, title=f"Nr {n}", fte=Decimal(20), **SUITS) for n in range(3)]


def each_is_kept_once():
    for row in PlannedProcurement.objects.select_related("rule_set").order_by("pk"):
        kept = [*row.assessments.select_related("rule_set").order_by("number")]
        assert [each.number for each in kept] == list(range(1, len(kept) + 1))
        assert outcome(kept[-1]) == outcome(assessment_of(row, 1))
        told = [outcome(each) for each in kept]
        assert all(before != after for before, after in pairwise(told))
    return Assessment.objects.count()


def test_changes_at_once_are_each_kept(town, made):
    before = Assessment.objects.count()
    acts = [
        lambda row=row, fte=fte: actions.change(actor=town.who["ue"], target=row, seen=None, fte=Decimal(fte))
        for row in made
        for fte in (30, 40)
    ]
    assert press(*acts) == {None: 6}
    assert each_is_kept_once() == before + 6


def test_a_new_rule_set_and_a_change_at_once_are_both_kept(town, made):
    strict = RuleSet.objects.create(edition=9, min_months=48, published_at=clock.now())
    acts = [lambda: len(actions.judge_again(actor=SYSTEM, target=strict, seen=None))] * 2
    acts += [
        lambda row=row: actions.change(actor=town.who["ue"], target=row, seen=None, fte=Decimal(30)) for row in made
    ]
    answers = press(*acts)
    assert answers[None] == 3
    each_is_kept_once()
    waiting = PlannedProcurement.objects.current()
    assert {row.proposal for row in waiting.filter(title__startswith="Nr")} == {"not_suitable"}


def test_a_plan_that_is_saved_while_its_rows_are_changed_keeps_both_or_says_no(town, made):
    content = "Upphandling;Avtalstid\r\n" + "".join(f"{row.title};48 mån\r\n" for row in made)
    upload = actions.upload(
        actor=town.who["park"], target=town.org["Park"], seen=None, content=content.encode(), filename="plan.csv",
        reading=read(content.encode(), "plan.csv"),
    )  # fmt: skip
    save = {"actor": town.who["park"], "target": upload, "seen": None, "decisions": Decisions()}
    acts = [lambda: len(actions.save_plan(**save))]
    acts += [
        lambda row=row: actions.change(actor=town.who["ue"], target=row, seen=None, fte=Decimal(30)) for row in made
    ]
    before = Assessment.objects.count()
    assert press(*acts) == {0: 1, None: 3}
    assert each_is_kept_once() == before + 6
    rows = PlannedProcurement.objects.filter(title__startswith="Nr")
    assert {(row.months, row.fte) for row in rows} == {(48, 30)}
