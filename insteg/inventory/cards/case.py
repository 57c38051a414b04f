"""Where a planned procurement stands, on its own page: the line of stages and the banners follow its case (R80), so
that the page says one thing of whose move it is."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.access.actor import Actor
from insteg.core import clock
from insteg.inventory.cases import FIRST
from insteg.inventory.models import PlannedProcurement
from insteg.process.cards.case import CaseCard, card
from insteg.process.guards import SUBJECTS
from insteg.process.models import Step
from insteg.process.queries.cases import visits_of
from insteg.ui import figures

# Which of the eight stages of the line a step of the shipped model belongs to; a step that an administrator has added
# belongs to that of the step before it.
STAGES = {FIRST: 1, "assess": 2, "decide": 3, "feed_back": 3, "feed_back_no": 3}
DECIDED = {"feed_back": gettext_lazy("krav ska ställas"), "feed_back_no": gettext_lazy("krav ställs inte")}


@dataclass(frozen=True)
class Place:
    """`step` is where the case stands or last stood, empty when there is none. `card` is its panel."""

    step: str = ""
    stage: int = 2
    is_open: bool = False
    due_on: dt.date | None = None
    card: CaseCard | None = None

    @property
    def awaits_facts(self) -> bool:
        """With whoever reported it, who is to tell what the judgement needs."""
        return self.is_open and self.step == FIRST

    @property
    def is_decided(self) -> bool:
        return self.step in DECIDED

    @property
    def has_ended(self) -> bool:
        return self.card is not None and not self.is_open

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < clock.today()

    @property
    def by_when(self) -> str:
        """`Senast tors 3 dec.`; empty when it waits for nobody."""
        if self.due_on is None:
            return ""
        said = _("Det skulle ha varit klart %(day)s.") if self.is_late else _("Senast %(day)s.")
        return said % {"day": figures.due(self.due_on, clock.today())}

    def notes(self, reported: str, proposal: str) -> list[str]:
        """Under the stages: when it was reported, what is proposed, what was decided."""
        return [reported, proposal, str(DECIDED.get(self.step, ""))]


def place_of(planned: PlannedProcurement, actor: Actor) -> Place:
    """As many queries wherever it stands; one more where an administrator has added the step."""
    found = card(planned.run_id, actor)
    if found is None:
        return Place()
    last = visits_of(planned.run_id)[0]
    begun = last.left_move is not None and last.left_move.begins in SUBJECTS
    return Place(
        step=last.step.key,
        stage=stage_of(last.step) + begun,
        is_open=last.left_at is None,
        due_on=last.due_on if last.left_at is None else None,
        card=found,
    )


def stage_of(step: Step) -> int:
    if step.key in STAGES:
        return STAGES[step.key]
    before = Step.objects.filter(process=step.process_id, order__lt=step.order)
    return max((STAGES[key] for key in before.values_list("key", flat=True) if key in STAGES), default=1)
