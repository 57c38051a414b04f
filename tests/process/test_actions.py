"""R80: the criteria are data with editions. An administrator drafts, changes and publishes; what is published stays."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from insteg.audit.gate import Refused
from insteg.audit.models import Entry
from insteg.core import jobs
from insteg.process import actions
from insteg.process.models import TERMS, RuleSet
from tests.jobs import run_queued

NEW = {
    "natures": ["services"], "min_months": 6, "more_than_fte": Decimal("1.5"), "framework_extent_known": True,
    "full_time_months_per_place": 80, "most_percent_of_staffing": 20, "services_value_per_place": 20_000_000,
    "works_value_per_place": 40_000_000, "planning_months": 3, "safe_planning_months": 6, "procurement_months": 3,
    "warn_below_months": 7, "note": "Längre uppdrag",
}  # fmt: skip


@pytest.fixture
def admin(town):
    return town.who["admin"]


@pytest.fixture
def draft(town, admin):
    return actions.draft_rule_set(actor=admin, target=town.rule_set, seen=None)


def test_a_draft_begins_with_the_values_that_hold(town, admin, draft):
    assert (draft.edition, draft.published_at) == (2, None)
    assert (draft.natures, draft.min_months, draft.more_than_fte) == (["services", "works"], 4, 1)
    assert RuleSet.objects.in_force() == town.rule_set
    actions.change_rule_set(actor=admin, target=draft, seen=None, **NEW)
    actions.publish_rule_set(actor=admin, target=draft, seen=None)
    third = actions.draft_rule_set(actor=admin, target=draft, seen=None)
    assert {name: getattr(third, name) for name in TERMS} == {name: NEW[name] for name in TERMS}
    assert third.note == ""  # what was new then is not new now


def test_there_is_one_draft_at_a_time(town, admin, draft):
    with pytest.raises(ValidationError, match="Det finns redan ett utkast"):
        actions.draft_rule_set(actor=admin, target=town.rule_set, seen=None)


def test_a_draft_is_changed_and_published_and_then_holds(town, admin, draft, monkeypatch):
    done = []
    monkeypatch.setattr(jobs, "JOBS", {"judge": lambda: done.append("judged")})
    monkeypatch.setattr(actions.rule_sets, "WHEN_PUBLISHED", ["judge"])
    actions.change_rule_set(actor=admin, target=draft, seen=1, **NEW)
    assert run_queued() == []
    actions.publish_rule_set(actor=admin, target=draft, seen=2)
    assert run_queued() == ["judge"]
    assert done == ["judged"]
    rules = RuleSet.objects.in_force()
    assert {name: getattr(rules, name) for name in NEW} == NEW
    assert [*Entry.objects.order_by("-pk").values_list("action", flat=True)[:2]] == [
        "process.publish_rule_set",
        "process.change_rule_set",
    ]


@pytest.mark.parametrize("wrong", [
    {"natures": []}, {"min_months": 0}, {"min_months": 121}, {"more_than_fte": Decimal("-1")}, {"note": "x" * 1001},
    {"natures": ["leases"]}, {"full_time_months_per_place": 0}, {"most_percent_of_staffing": 101},
    {"services_value_per_place": 0}, {"works_value_per_place": 0}, {"planning_months": 0}, {"procurement_months": 61},
    {"warn_below_months": 121}, {"safe_planning_months": 2},
])  # fmt: skip
def test_values_outside_all_reason_are_refused(admin, draft, wrong):
    with pytest.raises(ValidationError):
        actions.change_rule_set(actor=admin, target=draft, seen=None, **NEW | wrong)


def test_a_rule_set_has_no_other_terms(admin, draft):
    with pytest.raises(TypeError, match="published_at"):
        actions.change_rule_set(actor=admin, target=draft, seen=None, published_at=None, **NEW)


def test_a_draft_can_be_taken_away_and_begun_again(town, admin, draft):
    actions.discard_rule_set(actor=admin, target=draft, seen=None)
    assert RuleSet.objects.count() == 1
    assert actions.draft_rule_set(actor=admin, target=town.rule_set, seen=None).edition == 2


@pytest.mark.parametrize("verb", ["change_rule_set", "publish_rule_set", "discard_rule_set"])
def test_nobody_touches_what_is_published(town, admin, verb):
    data = NEW if verb == "change_rule_set" else {}
    with pytest.raises(Refused):
        getattr(actions, verb)(actor=admin, target=town.rule_set, seen=None, **data)


def by_save(row):
    row.min_months = 1
    row.save()


def by_update(row):
    RuleSet.objects.filter(pk=row.pk).update(min_months=1)


def by_bulk(row):
    row.min_months = 1
    RuleSet.objects.bulk_update([row], ["min_months"])


def by_taking_back(row):
    RuleSet.objects.filter(pk=row.pk).update(published_at=None)


def by_delete(row):
    row.delete()


def by_deleting_all(row):
    RuleSet.objects.all().delete()


def by_sql(row):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE process_ruleset SET min_months = 1 WHERE edition = 1")


@pytest.mark.parametrize("road", [by_save, by_update, by_bulk, by_taking_back, by_delete, by_deleting_all, by_sql])
def test_the_database_keeps_what_is_published(town, road):
    """Assessments point to the edition that they were made by, so no road may lead around."""
    with pytest.raises(IntegrityError), transaction.atomic():
        road(RuleSet.objects.get(edition=1))
    assert RuleSet.objects.get(edition=1).min_months == 4
