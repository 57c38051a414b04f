from collections.abc import Sequence
from decimal import Decimal

from insteg.access.actor import Actor
from insteg.audit.gate import action, insert
from insteg.core import clock
from insteg.core.jobs import queue
from insteg.process import access
from insteg.process.models import RuleSet

WHEN_PUBLISHED: list[str] = []  # names of jobs that upper rooms want run when a rule set comes into force


@action("process.draft_rule_set", access.COPY)
def draft_rule_set(rule_set: RuleSet, *, actor: Actor) -> RuleSet:
    """A new draft with the values of an older edition (R80)."""
    copied = ("natures", "min_months", "more_than_fte", "framework_extent_known")
    newest = RuleSet.objects.latest("edition").edition
    return insert(RuleSet(edition=newest + 1, **{name: getattr(rule_set, name) for name in copied}))


@action("process.change_rule_set", access.EDIT)
def change_rule_set(
    rule_set: RuleSet,
    *,
    actor: Actor,
    natures: Sequence[str],
    min_months: int,
    more_than_fte: Decimal,
    framework_extent_known: bool,
    note: str,
) -> None:
    rule_set.natures = list(natures)
    rule_set.min_months = min_months
    rule_set.more_than_fte = more_than_fte
    rule_set.framework_extent_known = framework_extent_known
    rule_set.note = note


@action("process.publish_rule_set", access.EDIT)
def publish_rule_set(rule_set: RuleSet, *, actor: Actor) -> None:
    """From now on new judgements follow this edition, and jobs judge again what waits for a decision."""
    rule_set.published_at = clock.now()
    for name in WHEN_PUBLISHED:
        queue(name)


@action("process.discard_rule_set", access.EDIT)
def discard_rule_set(rule_set: RuleSet, *, actor: Actor) -> None:
    """Takes a draft away. A published edition cannot be taken away."""
    RuleSet.objects.filter(pk=rule_set.pk).delete()
