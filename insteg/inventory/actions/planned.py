"""The verbs of planned procurements: report, change, withdraw, reinstate, judge again."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action
from insteg.core import clock
from insteg.core.jobs import queue
from insteg.inventory import access
from insteg.inventory.actions import cases
from insteg.inventory.actions.joined import release
from insteg.inventory.actions.judging import judge_now, judged, keep_assessments
from insteg.inventory.models import FACTS, PlannedProcurement
from insteg.inventory.queries.agreements import standing_renewals
from insteg.organisations.models import Organisation
from insteg.process.models import RuleSet

BATCH = 500
JUDGE_AGAIN = "inventory.judge_again"  # the job, registered in jobs.py
JUDGED_AT_A_TIME = 5_000  # some seconds of the 300 that a job may take, and as long as the rows are locked


@action("inventory.report", access.REPORT)
def report(organisation: Organisation, *, actor: Actor, **facts: Any) -> PlannedProcurement:
    """A new planned procurement for the organisation (R12). `facts` are named as in FACTS; only the title is needed."""
    planned = PlannedProcurement(organisation=organisation, contact_id=contact_of(organisation, actor))
    set_facts(planned, facts)
    return cases.insert_new(planned, actor, "inventory.report")


@action("inventory.change", access.CHANGE, then=cases.goes_on("inventory.change"))
def change(planned: PlannedProcurement, *, actor: Actor, **facts: Any) -> None:
    """New facts; the proposal follows them at once (R14), and the case goes on when they are all told.

    Blocked when what carries others would not be shared.
    """
    was_shared = planned.shared
    set_facts(planned, facts)
    if was_shared and not planned.shared and planned.merged.exists():
        raise Blocked(_("Andra anmälningar är ihopslagna med den. Skilj dem från den först."))
    planned.confirmed_at = clock.now()
    judge_now(planned)


@action("inventory.withdraw", access.CHANGE)
def withdraw(
    planned: PlannedProcurement,
    *,
    actor: Actor,
    withdrawn_reason: str,
    withdrawn_as: str = PlannedProcurement.Ending.CANCELLED,
) -> None:
    """Waits no longer: cancelled, advertised already or a mistake (R11). It stays, with its reason.

    What is joined into another leaves it; what is joined into this one stands by itself again (R12).
    """
    release([planned], actor)
    cases.end([planned], actor, "inventory.withdraw")
    planned.merged_into = None
    planned.withdrawn_at = clock.now()
    planned.withdrawn_as = withdrawn_as
    planned.withdrawn_reason = withdrawn_reason


@action("inventory.reinstate", access.REINSTATE, then=cases.stands_again("inventory.reinstate"))
def reinstate(planned: PlannedProcurement, *, actor: Actor) -> None:
    """It waits again, where it stood. An agreement that another has come to follow on meanwhile is left to that one."""
    others = standing_renewals().exclude(pk=planned.pk)
    if planned.renews_id and others.filter(renews=planned.renews_id).exists():
        planned.renews = None
    planned.withdrawn_at = None
    planned.withdrawn_as = planned.withdrawn_reason = ""
    planned.confirmed_at = clock.now()
    judge_now(planned)


@action("inventory.judge_again", access.JUDGE)
def judge_again(rule_set: RuleSet, *, actor: Actor, after: str | None = None) -> list[PlannedProcurement]:
    """Judges the next of what waits for a decision by this edition (R80), and queues the job that goes on from there.

    `after` is the key that the batch before ended with. Returns those whose proposal changed. Bears being run again:
    what is judged is passed over, and it begins anew until a whole round finds none, since a row may be saved by the
    edition before while this one is published. No case goes on by it: it is nobody's move to publish a rule set.
    """
    waiting = PlannedProcurement.objects.current().exclude(rule_set=rule_set).order_by("pk")
    if after:
        waiting = waiting.filter(pk__gt=after)
    batch = list(waiting.select_for_update(of=("self",), no_key=True)[:JUDGED_AT_A_TIME])
    changed, same = [], defaultdict(list)
    for planned in batch:
        before = planned.proposal
        judged(planned, rule_set)
        same[planned.proposal, planned.missing, planned.places].append(planned.pk)
        if planned.proposal != before:
            changed.append(planned)
    for (proposal, missing, places), keys in same.items():
        alike = PlannedProcurement.objects.filter(pk__in=keys)
        alike.update(rule_set=rule_set, proposal=proposal, missing=missing, places=places)
    keep_assessments(batch)
    if len(batch) == JUDGED_AT_A_TIME:
        queue(JUDGE_AGAIN, after=str(batch[-1].pk))
    elif batch or after:
        queue(JUDGE_AGAIN)
    return changed


def set_facts(planned: PlannedProcurement, facts: dict[str, Any]) -> None:
    unknown = facts.keys() - set(FACTS)
    if unknown:
        raise TypeError(f"no facts of a planned procurement: {sorted(unknown)}")
    if facts.get("nature", planned.nature) != planned.nature:
        planned.nature_inferred = False  # from now on somebody has said it
    for name, value in facts.items():
        setattr(planned, name, value)


def contact_of(organisation: Organisation, actor: Actor) -> str | None:
    """Whom to ask: the one who reports, if that is somebody in the organisation."""
    return actor.id if actor.kind == "member" and actor.organisation_id == organisation.pk else None
