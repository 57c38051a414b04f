from django.utils.timezone import localdate

from insteg.access.actor import SYSTEM
from insteg.audit.gate import Blocked, Refused
from insteg.core import clock
from insteg.core.jobs import every, job
from insteg.inventory import actions, reminders
from insteg.inventory.actions.planned import JUDGE_AGAIN
from insteg.inventory.queries.reminders import due
from insteg.process.models import RuleSet


@job(JUDGE_AGAIN)
def judge_again(after: str | None = None) -> None:
    """When a rule set comes into force: what waits for a decision is judged by it (R80), a batch at a time."""
    actions.judge_again(actor=SYSTEM, target=RuleSet.objects.in_force(), seen=None, after=after)


@every("inventory.remind", minutes=15)
def remind() -> None:
    """Sends the reminders that are due, each in a transaction of its own. Bears being run again, and by two at once.

    One that cannot be sent does not keep the others from it; its fault is raised when all have been tried.
    """
    now, faults = clock.now(), []
    if not reminders.may_go(now):
        return
    for request in due(localdate(now)):
        try:
            actions.remind(actor=SYSTEM, target=request, seen=None)
        except (Blocked, Refused):
            continue  # they answered just now, or there is nobody to write to
        except Exception as fault:
            faults.append(fault)
    if faults:
        raise ExceptionGroup("reminders that could not be sent", faults)
