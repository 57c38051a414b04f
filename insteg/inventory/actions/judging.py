"""Judging what was reported, and keeping every judgement (R20, R21). No verb of its own: those that change call it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from insteg.audit.gate import insert
from insteg.inventory.judgement import judge
from insteg.inventory.models import Assessment, PlannedProcurement
from insteg.inventory.reckoning import by_extent
from insteg.process.models import RuleSet

JUDGED = ("nature", "extent_known", "framework", "value_min", "value_max", "months", "option_months", "fte")
OF_A_JUDGEMENT = ("rule_set", "proposal", "missing", "places")  # what `judged` puts on a row
BATCH = 500


def judged(planned: PlannedProcurement, rules: RuleSet) -> None:
    """Puts the proposal, what it lacks and its places on the row by this rule set, unsaved."""
    judgement = judge(planned, rules)
    planned.rule_set = rules
    planned.proposal = judgement.proposal
    planned.missing = ",".join(judgement.missing)
    planned.places = by_extent(planned, rules).places


def insert_judged(planned: PlannedProcurement) -> PlannedProcurement:
    """Judges a new row by the rule set in force and saves it, with its first assessment."""
    judged(planned, RuleSet.objects.in_force())
    insert(planned)
    keep_first_assessments([planned])
    return planned


def judge_now(planned: PlannedProcurement) -> None:
    """Judges a row that is locked by the rule set in force, and keeps the assessment; the gate saves the row."""
    judged(planned, RuleSet.objects.in_force())
    keep_assessments([planned])


def keep_first_assessments(rows: Sequence[PlannedProcurement]) -> None:
    """Writes down how each was judged, of rows that were made in this transaction."""
    Assessment.objects.bulk_create([assessment_of(row, 1) for row in rows], batch_size=BATCH)


def keep_assessments(rows: Sequence[PlannedProcurement]) -> None:
    """Writes down how each was judged, of rows that are locked; one that was judged just so before is not repeated."""
    newest = newest_assessments(rows)
    made = []
    for row in rows:
        before = newest.get(row.pk)
        now = assessment_of(row, before.number + 1 if before else 1)
        if before is None or outcome(before) != outcome(now):
            made.append(now)
    Assessment.objects.bulk_create(made, batch_size=BATCH)


def newest_assessments(rows: Sequence[PlannedProcurement]) -> dict[UUID, Assessment]:
    """{planned procurement: its newest assessment}, in one query."""
    later = Assessment.objects.filter(planned=OuterRef("planned"), number__gt=OuterRef("number"))
    found = Assessment.objects.filter(~Exists(later), planned__in=[row.pk for row in rows])
    return {each.planned_id: each for each in found.order_by("pk")}


def assessment_of(row: PlannedProcurement, number: int) -> Assessment:
    criteria = judge(row, row.rule_set).criteria
    return Assessment(
        planned=row, number=number, rule_set=row.rule_set,
        facts={name: as_json(getattr(row, name)) for name in JUDGED},
        answers={each.key: each.answer for each in criteria}, proposal=row.proposal, places=row.places,
    )  # fmt: skip


def as_json(value: Any) -> Any:
    """A decimal as text, the same however many places it was written with."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def outcome(assessment: Assessment) -> tuple[Any, ...]:
    return (
        assessment.rule_set_id, assessment.facts, assessment.answers, assessment.proposal, assessment.places,
    )  # fmt: skip
