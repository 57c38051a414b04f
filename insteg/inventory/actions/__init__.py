"""The verbs of the room. Importing them fills audit.gate.ACTIONS.

Locks are taken in this order, and several of one kind in the order of their keys, so that no two wait for one another:
answer or upload, round, request, organisation or unit, agreement, planned procurement or need, and what it carries.
Only `join` and `ask_for_facts` may meet another on the way back, and say so in words.
"""

from insteg.inventory.actions.agreements import (
    add_agreement,
    change_agreement,
    discard_register,
    end_agreement,
    link_renewal,
    plan_renewal,
    revive_agreement,
    save_register,
    unlink_renewal,
    upload_register,
)
from insteg.inventory.actions.answers import confirm_rows, look_at_request, send_answer, take_up_answer
from insteg.inventory.actions.needs_answers import send_needs
from insteg.inventory.actions.occupations import (
    add_cpv_occupation,
    confirm_occupations,
    remove_cpv_occupation,
    restore_cpv_occupation,
    unconfirm_occupations,
)
from insteg.inventory.actions.places import follow_reckoning, set_places
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
from insteg.inventory.actions.questions import ask_for_facts
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
from insteg.inventory.actions.shared import begin_joint, join, separate

__all__ = [
    "add_agreement",
    "add_cpv_occupation",
    "ask",
    "ask_for_facts",
    "begin_joint",
    "begin_saving_plan",
    "change",
    "change_agreement",
    "change_round",
    "close_round",
    "confirm_occupations",
    "confirm_rows",
    "discard_plan",
    "discard_register",
    "discard_round",
    "draft_round",
    "end_agreement",
    "extend",
    "follow_reckoning",
    "hold_reminders",
    "join",
    "judge_again",
    "keep_plan",
    "link_renewal",
    "look_at_request",
    "open_round",
    "plan_renewal",
    "plan_was_not_done",
    "plan_was_read",
    "reinstate",
    "remind",
    "remove_cpv_occupation",
    "reopen_round",
    "report",
    "reread_plan",
    "restore_cpv_occupation",
    "revive_agreement",
    "save_plan",
    "save_register",
    "send_answer",
    "send_needs",
    "separate",
    "set_places",
    "take_up_answer",
    "unconfirm_occupations",
    "unlink_renewal",
    "upload",
    "upload_register",
    "withdraw",
]  # fmt: skip
