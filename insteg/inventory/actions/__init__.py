"""The verbs of the room. Importing them fills audit.gate.ACTIONS."""

from insteg.inventory.actions.planned import FACTS, change, judge_again, reinstate, report, withdraw
from insteg.inventory.actions.plans import discard_plan, save_plan, upload

__all__ = ["FACTS", "change", "discard_plan", "judge_again", "reinstate", "report", "save_plan", "upload", "withdraw"]
