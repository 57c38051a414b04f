"""What each organisation is to be told of a meeting, drafted when its minutes are approved (R33)."""

from collections import defaultdict
from uuid import UUID

from django.utils.translation import override

from insteg.audit.gate import insert
from insteg.core import clock
from insteg.process.models import RuleSet
from insteg.steering.cards.minutes import LANGUAGE
from insteg.steering.models import Agenda, AgendaItem, Decision, Feedback, FeedbackLine
from insteg.steering.next_steps import proposed


def draft_feedback(agenda: Agenda) -> list[Feedback]:
    """One for each organisation, with the decision that stands on each of its points, and a proposed next step."""
    decided = AgendaItem.objects.filter(agenda=agenda, decision__isnull=False)
    items = decided.select_related("decision__planned").order_by("order", "pk")
    by_organisation: dict[UUID, list[Decision]] = defaultdict(list)
    for item in items:
        by_organisation[item.decision.planned.organisation_id].append(item.decision)
    rules, today = RuleSet.objects.in_force(), clock.today()
    drafts = []
    for organisation, decisions in by_organisation.items():
        drafts.append(draft := insert(Feedback(agenda=agenda, organisation_id=organisation)))
        for decision in decisions:
            with override(LANGUAGE):  # it is kept, and read by others than whoever approves
                step = proposed(decision, rules, today)
            insert(FeedbackLine(feedback=draft, decision=decision, next_step=step.text, due_on=step.due_on))
    return drafts
