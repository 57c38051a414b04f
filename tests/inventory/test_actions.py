"""R11, R12, R14: report, change, withdraw; and rule sets that come into force (R80)."""

from decimal import Decimal

import pytest

from insteg.access.actor import SYSTEM
from insteg.audit.gate import Refused
from insteg.core import clock
from insteg.inventory import actions
from insteg.inventory.jobs import judge_again
from insteg.inventory.models import PlannedProcurement
from insteg.organisations.models import Organisation
from insteg.process.models import RuleSet

SUITABLE = {
    "nature": "services", "months": 24, "option_months": 0, "fte": Decimal("3"), "value_min": 5_000_000,
    "value_max": 5_000_000,
}  # fmt: skip


def row(planned):
    return PlannedProcurement.objects.get(pk=planned.pk)


def test_a_need_is_judged_when_it_is_reported(town):
    planned = actions.report(actor=town.who["park"], target=town.org["Park"], seen=None, title="Lokalvård", **SUITABLE)
    assert row(planned).proposal == "suitable"
    assert row(planned).rule_set == town.rule_set
    assert str(row(planned).contact_id) == town.who["park"].id


def test_one_does_not_report_for_others_and_the_procurement_unit_does(town):
    with pytest.raises(Refused):
        actions.report(actor=town.who["park"], target=town.org["Hus"], seen=None, title="Lokalvård")
    planned = actions.report(actor=town.who["ue"], target=town.org["Hus"], seen=None, title="Lokalvård")
    assert row(planned).contact is None  # nobody in the organisation said it


def test_nobody_reports_for_a_supplier_or_a_closed_organisation(town):
    with pytest.raises(Refused):
        actions.report(actor=town.who["ue"], target=town.org["Bygg"], seen=None, title="Lokalvård")
    Organisation.objects.filter(pk=town.org["Hus"].pk).update(closed_on=clock.today())
    with pytest.raises(Refused):
        actions.report(actor=town.who["ue"], target=town.org["Hus"], seen=None, title="Lokalvård")


def test_a_change_is_judged_at_once(town):
    planned = town.planned["p"]
    assert row(planned).proposal == "needs_facts"
    actions.change(actor=town.who["park"], target=planned, seen=None, **SUITABLE)
    assert row(planned).proposal == "suitable"
    actions.change(actor=town.who["ue"], target=planned, seen=None, months=2)
    assert row(planned).proposal == "not_suitable"


def test_a_nature_that_somebody_says_is_no_longer_inferred(town):
    PlannedProcurement.objects.filter(pk=town.planned["p"].pk).update(nature="services", nature_inferred=True)
    actions.change(actor=town.who["park"], target=town.planned["p"], seen=None, nature="services")
    assert row(town.planned["p"]).nature_inferred
    actions.change(actor=town.who["park"], target=town.planned["p"], seen=None, nature="works")
    assert not row(town.planned["p"]).nature_inferred


def test_withdrawn_cannot_be_changed_until_it_is_reinstated(town):
    planned, park = town.planned["p"], town.who["park"]
    actions.withdraw(actor=park, target=planned, seen=None, withdrawn_reason="Behovet finns inte längre.")
    with pytest.raises(Refused):
        actions.change(actor=park, target=planned, seen=None, title="Nytt")
    actions.reinstate(actor=park, target=planned, seen=None)
    actions.change(actor=park, target=planned, seen=None, title="Nytt")
    assert (row(planned).title, row(planned).withdrawn_reason) == ("Nytt", "")


def test_facts_have_names(town):
    with pytest.raises(TypeError, match="proposal"):
        actions.change(actor=town.who["park"], target=town.planned["p"], seen=None, proposal="suitable")


def test_a_new_rule_set_judges_what_waits_again(town):
    actions.change(actor=town.who["park"], target=town.planned["p"], seen=None, **SUITABLE)
    actions.withdraw(actor=town.who["hus"], target=town.planned["h"], seen=None, withdrawn_reason="Nej")
    before = row(town.planned["p"]).version
    strict = RuleSet.objects.create(edition=2, min_months=36, published_at=clock.now())
    judge_again()
    assert row(town.planned["p"]).proposal == "not_suitable"
    assert row(town.planned["p"]).rule_set == strict
    assert row(town.planned["p"]).version == before  # nobody's open form becomes stale by it
    assert row(town.planned["h"]).rule_set == town.rule_set  # withdrawn keeps the one it was judged by
    judge_again()  # a job may run twice
    with pytest.raises(Refused):
        actions.judge_again(actor=town.who["admin"], target=strict, seen=None)
    assert SYSTEM.role
