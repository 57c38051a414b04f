import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from insteg.process.models import RuleSet


@dataclass(frozen=True)
class Standing:
    """An edition in its row of editions. `until` is when a later one took over, `earlier` the one before it."""

    rule_set: RuleSet
    state: Literal["draft", "in_force", "replaced"]
    until: dt.datetime | None
    earlier: RuleSet | None


def standings(editions: Iterable[RuleSet]) -> list[Standing]:
    """The draft first, then the published editions, newest first. No query of its own."""
    ordered = sorted(editions, key=lambda each: -each.edition)
    published = [each for each in ordered if each.published_at]
    found = []
    for rule_set in ordered:
        later = [each for each in published if each.edition > rule_set.edition]
        earlier = next((each for each in published if each.edition < rule_set.edition), None)
        state = "draft" if not rule_set.published_at else "replaced" if later else "in_force"
        until = later[-1].published_at if later else None
        found.append(Standing(rule_set, state, until, earlier))
    return found


def standing_of(rule_set: RuleSet) -> Standing:
    editions = {each.pk: each for each in RuleSet.objects.published()} | {rule_set.pk: rule_set}
    return next(each for each in standings(editions.values()) if each.rule_set.pk == rule_set.pk)
