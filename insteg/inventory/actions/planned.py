"""The verbs of planned procurements: report, change, withdraw, reinstate, judge again."""

from typing import Any

from insteg.access.actor import Actor
from insteg.audit.gate import action, insert
from insteg.core import clock
from insteg.inventory import access
from insteg.inventory.judgement import judge
from insteg.inventory.models import PlannedProcurement
from insteg.organisations.models import Organisation
from insteg.process.models import RuleSet

FACTS = (
    "title", "description", "reference", "shared", "nature", "cpv", "framework", "extent_known", "value_min",
    "value_max", "months", "option_months", "fte", "procedure", "start", "unknown_fields",
)  # fmt: skip
BATCH = 500


@action("inventory.report", access.REPORT)
def report(organisation: Organisation, *, actor: Actor, **facts: Any) -> PlannedProcurement:
    """A new planned procurement for the organisation (R12). `facts` are named as in FACTS; only the title is needed."""
    planned = PlannedProcurement(organisation=organisation, contact_id=contact_of(organisation, actor))
    set_facts(planned, facts)
    judged(planned)
    return insert(planned)


@action("inventory.change", access.CHANGE)
def change(planned: PlannedProcurement, *, actor: Actor, **facts: Any) -> None:
    """New facts; the proposal follows them at once (R14)."""
    set_facts(planned, facts)
    planned.confirmed_at = clock.now()
    judged(planned)


@action("inventory.withdraw", access.CHANGE)
def withdraw(
    planned: PlannedProcurement,
    *,
    actor: Actor,
    withdrawn_reason: str,
    withdrawn_as: str = PlannedProcurement.Ending.CANCELLED,
) -> None:
    """Waits no longer: cancelled, advertised already or a mistake (R11). It stays, with its reason."""
    planned.withdrawn_at = clock.now()
    planned.withdrawn_as = withdrawn_as
    planned.withdrawn_reason = withdrawn_reason


@action("inventory.reinstate", access.REINSTATE)
def reinstate(planned: PlannedProcurement, *, actor: Actor) -> None:
    planned.withdrawn_at = None
    planned.withdrawn_as = planned.withdrawn_reason = ""
    judged(planned)


@action("inventory.judge_again", access.JUDGE)
def judge_again(rule_set: RuleSet, *, actor: Actor) -> list[PlannedProcurement]:
    """Judges what is not withdrawn by this edition. Returns those whose proposal changed. Bears being run again."""
    changed = []
    waiting = PlannedProcurement.objects.current().exclude(rule_set=rule_set).select_for_update(of=("self",))
    for planned in waiting.order_by("pk").iterator(chunk_size=BATCH):
        before = planned.proposal
        planned.rule_set, planned.proposal = rule_set, judge(planned, rule_set).proposal
        if planned.proposal != before:
            changed.append(planned)
        PlannedProcurement.objects.filter(pk=planned.pk).update(rule_set=rule_set, proposal=planned.proposal)
    return changed


def set_facts(planned: PlannedProcurement, facts: dict[str, Any]) -> None:
    unknown = facts.keys() - set(FACTS)
    if unknown:
        raise TypeError(f"no facts of a planned procurement: {sorted(unknown)}")
    if facts.get("nature", planned.nature) != planned.nature:
        planned.nature_inferred = False  # from now on somebody has said it
    for name, value in facts.items():
        setattr(planned, name, value)


def judged(planned: PlannedProcurement) -> None:
    planned.rule_set = RuleSet.objects.in_force()
    planned.proposal = judge(planned, planned.rule_set).proposal


def contact_of(organisation: Organisation, actor: Actor) -> str | None:
    """Whom to ask: the one who reports, if that is somebody in the organisation."""
    return actor.id if actor.kind == "member" and actor.organisation_id == organisation.pk else None
