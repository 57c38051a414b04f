"""R82: the procurement unit sees what it has asked organisations for and waits for."""

import datetime as dt
from decimal import Decimal

import pytest

from insteg.access.catalogues import Whose
from insteg.core import clock
from insteg.inventory.actions import change
from insteg.inventory.queries.answering import answers_awaited
from tests.inventory.test_asking import LACKING, ask, lacking

__all__ = ["lacking"]
LAID = LACKING
TWO_WEEKS = dt.timedelta(days=14)


@pytest.fixture
def asked(town, lacking):
    ask(town, lacking.values(), wanted_by=clock.today() + TWO_WEEKS)
    return lacking


def test_one_line_tells_whose_answers_are_awaited_since_when_and_by_when(town, asked):
    for name in ("ue", "ue2"):
        [task] = answers_awaited(town.who[name])
        assert (task.title, task.whose, task.who) == (
            "Svara på frågor om 3 upphandlingar",
            Whose.OTHERS,
            "Två organisationer",
        )
        assert (task.due_on, task.url) == (clock.today() + TWO_WEEKS, "/planerade/?show=asked")
        assert task.since is not None


def test_it_is_gone_when_the_answer_is_there(town, asked):
    change(actor=town.who["hus"], target=asked["staffing"], seen=None, fte=Decimal(4))
    [task] = answers_awaited(town.who["ue"])
    assert (task.title, task.who) == ("Svara på frågor om 2 upphandlingar", "Park")


def test_nobody_else_waits_for_them_and_nothing_waits_when_nothing_is_asked(town, lacking):
    assert answers_awaited(town.who["ue"]) == []
    ask(town, lacking.values())
    assert {name for name in town.who if answers_awaited(town.who[name])} == {"ue", "ue2"}
