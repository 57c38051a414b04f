from insteg.access.actor import SYSTEM
from insteg.core.jobs import job
from insteg.inventory import actions
from insteg.process.models import RuleSet

JUDGE_AGAIN = "inventory.judge_again"


@job(JUDGE_AGAIN)
def judge_again() -> None:
    """When a rule set comes into force: what waits for a decision is judged by it (R80)."""
    actions.judge_again(actor=SYSTEM, target=RuleSet.objects.in_force(), seen=None)
