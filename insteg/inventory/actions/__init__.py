"""The verbs of the room. Importing them fills audit.gate.ACTIONS."""

from insteg.inventory.actions.answers import confirm_rows, look_at_request, send_answer, take_up_answer
from insteg.inventory.actions.planned import change, judge_again, reinstate, report, withdraw
from insteg.inventory.actions.plans import (
    begin_saving_plan,
    discard_plan,
    keep_plan,
    plan_was_not_done,
    plan_was_read,
    reread_plan,
    upload,
)
from insteg.inventory.actions.reminders import hold_reminders, remind
from insteg.inventory.actions.rounds import (
    ask,
    change_round,
    close_round,
    discard_round,
    draft_round,
    extend,
    open_round,
    reopen_round,
)
from insteg.inventory.actions.saving import save_plan

__all__ = [
    "ask", "begin_saving_plan", "change", "change_round", "close_round", "confirm_rows", "discard_plan",
    "discard_round", "draft_round", "extend", "hold_reminders", "judge_again", "keep_plan", "look_at_request",
    "open_round", "plan_was_not_done", "plan_was_read", "reinstate", "remind", "reopen_round", "report", "reread_plan",
    "save_plan", "send_answer", "take_up_answer", "upload", "withdraw",
]  # fmt: skip
