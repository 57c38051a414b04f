from typing import Any

from insteg.access.actor import Actor
from insteg.audit.gate import action, insert
from insteg.core import clock
from insteg.core.jobs import queue
from insteg.process import access
from insteg.process.models import TERMS, RuleSet

WHEN_PUBLISHED: list[str] = []  # names of jobs that upper rooms want run when a rule set comes into force


@action("process.draft_rule_set", access.COPY)
def draft_rule_set(rule_set: RuleSet, *, actor: Actor) -> RuleSet:
    """A new draft with the values of an older edition (R80)."""
    newest = RuleSet.objects.latest("edition").edition
    return insert(RuleSet(edition=newest + 1, **{name: getattr(rule_set, name) for name in TERMS}))


@action("process.change_rule_set", access.EDIT)
def change_rule_set(rule_set: RuleSet, *, actor: Actor, note: str, **terms: Any) -> None:
    """Those of the TERMS that are given; the others stay as they are."""
    unknown = terms.keys() - set(TERMS)
    if unknown:
        raise TypeError(f"no terms of a rule set: {sorted(unknown)}")
    for name, value in terms.items():
        setattr(rule_set, name, value)
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
