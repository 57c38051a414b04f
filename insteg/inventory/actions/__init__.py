"""The verbs of the room. Importing them fills audit.gate.ACTIONS."""

from insteg.inventory.actions.planned import FACTS, change, judge_again, reinstate, report, withdraw
from insteg.inventory.actions.plans import discard_plan, save_plan, upload
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

__all__ = [
    "FACTS", "ask", "change", "change_round", "close_round", "discard_plan", "discard_round", "draft_round", "extend",
    "judge_again", "open_round", "reinstate", "reopen_round", "report", "save_plan", "upload", "withdraw",
]  # fmt: skip
