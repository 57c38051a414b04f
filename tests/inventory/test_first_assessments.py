"""R20: what was reported before assessments were kept has one that says what its page says."""

from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps

from insteg.inventory.actions.judging import assessment_of, outcome
from insteg.inventory.judgement import judge
from insteg.inventory.models import PlannedProcurement
from insteg.organisations.models import Organisation
from insteg.process.models import RuleSet

SERVICE = {"nature": "services", "fte": Decimal("24.0"), "value_max": 10**7}


@pytest.fixture
def before_assessments(db):
    whose = {"organisation": Organisation.objects.create(name="Park", kind="department")}
    whose["rule_set"] = RuleSet.objects.in_force()
    return [
        PlannedProcurement.objects.create(title=title, proposal=proposal, **whose, **facts)
        for title, proposal, facts in (
            ("Lokalvård", "suitable", SERVICE | {"months": 36}),
            ("Reception", "needs_facts", {"nature": "services"}),
            ("Möbler", "not_suitable", SERVICE | {"nature": "supplies", "months": 36}),
            # Judged as it was before an option that is not told became a question.
            ("Sanering", "not_suitable", SERVICE | {"months": 3}),
        )
    ]


def test_each_row_gets_one_that_agrees_with_what_it_shows(before_assessments):
    import_module("insteg.inventory.migrations.0013_first_assessments").assess(apps, None)
    found = PlannedProcurement.objects.select_related("rule_set").order_by("pk")
    for row in found:
        assert row.proposal == judge(row, row.rule_set).proposal
        assert outcome(row.assessments.get()) == outcome(assessment_of(row, 1))
    assert {row.title: row.missing for row in found} == {
        "Lokalvård": "", "Reception": "extent_known,months,fte", "Möbler": "", "Sanering": "option_months",
    }  # fmt: skip
