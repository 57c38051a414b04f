"""What an organisation is proposed to do after a decision, and by when (R33). The unit adjusts it before it is sent."""

import datetime as dt
from typing import NamedTuple

from django.utils.translation import gettext as _

from insteg.core.workdays import last_workday, shift
from insteg.inventory.judgement import facts_in_words
from insteg.inventory.lead_times import lead_times
from insteg.inventory.models import PlannedProcurement
from insteg.process.models import RuleSet
from insteg.steering.models import Decision

# The model's own choice, in working days: how soon something that hurries should be done, and how long before the term
# in which the group looks again the facts should be told, so that they are judged and in its pack.
SOON, BEFORE_THE_TERM = 10, 20


class Step(NamedTuple):
    """Both empty when there is nothing to do."""

    text: str = ""
    due_on: dt.date | None = None


def proposed(decision: Decision, rules: RuleSet, today: dt.date) -> Step:
    """In the language in force. Of a procurement that is withdrawn or joined nothing is asked."""
    planned = decision.planned
    if planned.withdrawn_at is not None or planned.merged_into_id is not None:
        return Step()
    if decision.choice == Decision.Choice.REQUIRE:
        return to_start(planned.start, rules, today)
    if decision.choice == Decision.Choice.LATER and decision.again_from is not None:
        return to_tell(planned, decision.again_from, today)
    return Step()


def to_start(start: dt.date | None, rules: RuleSet, today: dt.date) -> Step:
    """By the last day for the first dialogue (R22), or soon when that has passed or nobody knows the start."""
    soon = shift(today, SOON)
    if start is None:
        said = _("Ta reda på när avtalet ska börja, fyll i det, och starta upphandlingen i Insteg.")
        return Step(said, soon)
    latest = lead_times(start, rules).latest_dialogue
    if latest <= today:
        said = _("Starta upphandlingen i Insteg så snart det går. Det är ont om tid till önskad avtalsstart.")
        return Step(said, soon)
    return Step(_("Starta upphandlingen i Insteg, så att dialogen om kravet hinner hållas i tid."), latest)


def to_tell(planned: PlannedProcurement, again_from: dt.date, today: dt.date) -> Step:
    """The facts that the judgement lacks, in time for the next look; nothing where none are lacking."""
    if not planned.missing:
        return Step()
    facts = facts_in_words(planned.missing.split(","))
    by = last_workday(shift(again_from, -BEFORE_THE_TERM))
    text = _("Ta reda på %(facts)s, och fyll i det i Insteg.") % {"facts": facts}
    return Step(text, max(by, shift(today, SOON)))
