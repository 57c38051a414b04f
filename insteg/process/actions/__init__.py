"""The verbs of this room, and what rooms above call inside their own."""

from insteg.process.actions.cases import (
    advance,
    answer_item,
    change_edition,
    hand_back,
    move_due_date,
    take,
)
from insteg.process.actions.rule_sets import (
    WHEN_PUBLISHED,
    change_rule_set,
    discard_rule_set,
    draft_rule_set,
    publish_rule_set,
)

__all__ = [
    "WHEN_PUBLISHED",
    "advance",
    "answer_item",
    "change_edition",
    "change_rule_set",
    "discard_rule_set",
    "draft_rule_set",
    "hand_back",
    "move_due_date",
    "publish_rule_set",
    "take",
]
