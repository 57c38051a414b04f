"""The verbs of this room."""

from insteg.steering.actions.goals import (
    add_goal,
    add_occasion,
    add_vision,
    change_goal,
    change_occasion,
    change_target,
    end_goal,
    remove_occasion,
    remove_target,
    reopen_occasion,
    report_occasion,
    revive_goal,
    set_target,
)
from insteg.steering.actions.group import add_seat, change_seat, end_seat

__all__ = [
    "add_goal",
    "add_occasion",
    "add_seat",
    "add_vision",
    "change_goal",
    "change_occasion",
    "change_seat",
    "change_target",
    "end_goal",
    "end_seat",
    "remove_occasion",
    "remove_target",
    "reopen_occasion",
    "report_occasion",
    "revive_goal",
    "set_target",
]
