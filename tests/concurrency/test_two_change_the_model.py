"""Two administrators who change the same draft of the model at the same moment (R80)."""

import pytest

from insteg.audit.gate import Blocked, Refused
from insteg.process import actions
from insteg.process.models import Item, Kind, Process
from tests.concurrency.together import AT_ONCE, press

pytestmark = AT_ONCE
WORDS = {"title": "Nytt namn", "text": "", "lane": "procurement_unit", "lead_workdays": 5}


@pytest.fixture
def draft(town):
    published = Process.objects.get(kind=Kind.PROCUREMENT, edition=1)
    return actions.draft_process(actor=town.who["admin"], target=published, seen=None)


def does(town, verb, target, **said):
    return lambda: getattr(actions, verb)(actor=town.who["admin"], target=target, seen=None, **said)


def put_first(town, part):
    words = {**WORDS, "phase": part.phase}
    return does(town, "change_step", part, after=None, **words)


def test_all_steps_are_put_first_and_none_waits_for_ever(town, draft):
    """Each gives the others new numbers."""
    steps = [*draft.steps.order_by("order", "key")]
    answers = press(*(put_first(town, each) for each in steps[1:7]))
    assert answers == {None: 6}
    assert draft.steps.filter(title="Nytt namn").count() == 6


@pytest.mark.parametrize("round", range(5))
def test_points_are_changed_while_the_step_is_taken_away(town, draft, round):
    step = draft.steps.filter(items__isnull=False).order_by("key").first()
    said = {"text": "Nytt", "lane": "procurement_unit", "offset_workdays": 1, "required": True, "after": None}
    changing = [does(town, "change_item", item, **said) for item in step.items.order_by("key")[:4]]
    answers = press(does(town, "remove_step", step), *changing)
    assert set(answers) <= {None, Refused, Blocked}
    assert not Item.objects.filter(step=step.pk).exists()
