"""Right, lock, version, work and log. What holds for every action stands in tests/nets/test_every_action.py."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from insteg.access.actor import SYSTEM
from insteg.access.rules import Rule
from insteg.audit.gate import Stale, action
from insteg.audit.log import record
from insteg.audit.models import Entry, EntrySubject
from insteg.inventory.actions import change, judge_again, report, withdraw
from insteg.inventory.models import PlannedProcurement
from insteg.organisations.actions import change_organisation
from insteg.organisations.models import Organisation
from insteg.process.actions import change_rule_set, discard_rule_set, draft_rule_set, publish_rule_set
from insteg.process.models import RuleSet
from tests.process.cases import TOLD


def row(planned):
    return PlannedProcurement.objects.get(pk=planned.pk)


def test_a_name_is_used_once(db):
    with pytest.raises(ValueError, match="two actions"):
        action("inventory.report", Rule("x", Organisation, {}))(lambda row: None)


def test_what_was_done_is_logged_by_name_with_its_right_and_its_rows(town):
    planned, park = town.planned["p"], town.who["park"]
    change(actor=park, target=planned, seen=1, reason="fel i planen", title="Parkskötsel norra", months=24)
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.reason) == ("inventory.change", "fel i planen")
    assert entry.changed == ["confirmed_at", "missing", "months", "title"]
    assert (entry.actor_kind, entry.actor_id, entry.membership_id) == ("member", park.id, park.membership_id)
    assert [(s.row, s.row_version) for s in entry.subjects.all()] == [(planned.pk, 2)]


def test_a_new_row_is_logged_beside_its_parent(town):
    planned = report(actor=town.who["park"], target=town.org["Park"], seen=None, title="Ny")
    subjects = {(s.model, s.row): s.row_version for s in Entry.objects.latest("pk").subjects.all()}
    assert subjects == {
        ("organisations.Organisation", town.org["Park"].pk): 1,
        ("inventory.PlannedProcurement", planned.pk): 1,
    }


def test_what_followed_is_named_beside_the_row_that_it_followed_from(town):
    planned, park = town.planned["p"], town.who["park"]

    def named_after(**facts):
        change(actor=park, target=planned, seen=None, **facts)
        return {s.model for s in Entry.objects.filter(action="inventory.change").latest("pk").subjects.all()}

    assert named_after(title="Parkskötsel norra") == {"inventory.PlannedProcurement"}
    assert named_after(**TOLD) == {"inventory.PlannedProcurement", "process.Visit"}  # its case went on


def test_the_second_editor_does_not_win_silently(town):
    planned, park = town.planned["p"], town.who["park"]
    for months in (12, 24):
        change(actor=park, target=planned, seen=row(planned).version, months=months)
    with pytest.raises(Stale) as stale:
        change(actor=town.who["ue"], target=planned, seen=1, title="Annat")
    assert stale.value.changed == ["confirmed_at", "missing", "months"]
    assert stale.value.row.months == 24
    assert row(planned).title == "Parkskötsel"
    with pytest.raises(TypeError, match="seen"):
        change(actor=park, target=planned, title="Annat")


def test_a_change_to_what_it_was_is_no_new_version(town):
    organisation = town.org["Park"]
    same = {"name": organisation.name, "kind": organisation.kind, "number": organisation.number}
    change_organisation(actor=town.who["admin"], target=organisation, seen=1, **same)
    organisation.refresh_from_db()
    assert (organisation.version, Entry.objects.latest("pk").changed) == (1, [])


def test_work_that_fails_leaves_no_trace(town):
    planned, logged = town.planned["p"], Entry.objects.count()
    with pytest.raises(ValidationError, match="lägsta värdet"):
        change(actor=town.who["park"], target=planned, seen=None, value_min=5, value_max=4)
    with pytest.raises(ValidationError, match="300"):
        change(actor=town.who["park"], target=planned, seen=None, title="x" * 301)
    with pytest.raises(ValidationError, match="Skriv varför"):
        withdraw(actor=town.who["park"], target=planned, seen=None, withdrawn_reason="")
    assert (row(planned).value_min, row(planned).version, Entry.objects.count()) == (None, 1, logged)


def test_the_caller_s_unsaved_values_are_not_written(town):
    held = town.planned["p"]
    held.title = "osparad"
    change(actor=town.who["park"], target=held, seen=None, months=12)
    assert (row(held).title, row(held).months) == ("Parkskötsel", 12)


def test_only_what_changed_is_written(town):
    """So that two actions on other fields of one row cannot undo each other, whatever database there is."""
    with CaptureQueriesContext(connection) as queries:
        change(actor=town.who["park"], target=town.planned["p"], seen=None, title="Annat")
    updates = [q["sql"] for q in queries if q["sql"].startswith('UPDATE "inventory_plannedprocurement"')]
    assert len(updates) == 1
    assert '"version"' in updates[0]
    assert '"months"' not in updates[0]


@pytest.mark.parametrize("change", [
    lambda: Entry.objects.update(action="x"),
    lambda: Entry.objects.first().save(),
    lambda: Entry.objects.all()._raw_delete("default"),
    lambda: EntrySubject.objects.all().delete(),
    lambda: EntrySubject.objects.update(row_version=9),
    lambda: Entry.objects.bulk_update([Entry.objects.first()], ["reason"]),
])  # fmt: skip
def test_the_log_is_only_added_to(town, change):
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        change()


@pytest.mark.parametrize("change", [
    lambda r: RuleSet.objects.filter(pk=r.pk).update(min_months=1),
    lambda r: RuleSet.objects.filter(pk=r.pk).update(published_at=None),
    lambda r: RuleSet.objects.bulk_update([r], ["note"]),
    lambda r: RuleSet.objects.filter(pk=r.pk)._raw_delete("default"),
    lambda r: r.save(),
])  # fmt: skip
def test_what_is_published_is_frozen(town, change):
    with pytest.raises(DatabaseError, match="published rule set is frozen"), transaction.atomic():
        change(town.rule_set)


def test_a_draft_is_free_until_it_is_published(town):
    admin = town.who["admin"]
    draft = draft_rule_set(actor=admin, target=town.rule_set, seen=None)
    values = {"min_months": 6, "more_than_fte": 2, "framework_extent_known": False, "note": ""}
    with pytest.raises(ValidationError, match="natures"):
        change_rule_set(actor=admin, target=draft, seen=1, natures=[], **values)
    change_rule_set(actor=admin, target=draft, seen=1, natures=["services"], **values)
    publish_rule_set(actor=admin, target=draft, seen=2)
    assert RuleSet.objects.in_force() == draft
    other = draft_rule_set(actor=admin, target=town.rule_set, seen=None)
    discard_rule_set(actor=admin, target=other, seen=None)
    assert RuleSet.objects.count() == 2


def test_a_job_acts_as_the_system_and_says_so(town):
    judge_again(actor=SYSTEM, target=town.rule_set, seen=None)
    entry = Entry.objects.latest("pk")
    assert (entry.actor_kind, entry.actor_id, entry.membership_id) == ("system", "system", None)


def test_many_rows_are_logged_in_few_questions(town):
    rows = [PlannedProcurement(organisation=town.org["Park"], title=str(n)) for n in range(900)]
    with CaptureQueriesContext(connection) as queries:
        entry = record(SYSTEM, "x", rows, [], "")
    assert entry.subjects.count() == 900
    assert len(queries) <= 6
