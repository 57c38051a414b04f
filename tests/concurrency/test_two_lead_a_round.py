"""R10: two of the procurement unit lead a round at the same moment."""

import datetime as dt
import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from insteg.audit.gate import Blocked, Refused
from insteg.audit.models import Entry
from insteg.core import clock
from insteg.inventory import actions
from insteg.inventory.models import InventoryRound, RoundRequest
from insteg.inventory.terms import Term, answer_day, proposed
from insteg.mail.models import Message
from tests.audit.test_forms import form_of
from tests.concurrency.test_two_clerks import signed_in
from tests.concurrency.together import AT_ONCE, press

pytestmark = AT_ONCE


@pytest.fixture
def draft(town):
    return actions.draft_round(actor=town.who["ue"], target=town.org["Stad"], seen=None, **facts())


def facts():
    return proposed(Term(2027, "autumn"), clock.today())


def test_two_who_open_one_draft_open_it_once_and_letters_go_once(town, draft):
    acts = [
        lambda actor=town.who[name]: len(actions.open_round(actor=actor, target=draft, seen=None))
        for name in ("ue", "ue2")
    ]
    assert press(*acts) == {8: 1, Refused: 1}
    assert RoundRequest.objects.count() == 8
    assert sorted(Message.objects.values_list("to", flat=True)) == [
        f"{name}@staden.example" for name in ("chef2", "chef", "hus", "park")
    ]


def test_of_two_rounds_that_are_opened_at_once_one_is(town, draft):
    spring = proposed(Term(2028, "spring"), clock.today())
    other = actions.draft_round(actor=town.who["ue"], target=town.org["Stad"], seen=None, **spring)
    acts = [
        lambda actor=town.who[name], round=round: len(actions.open_round(actor=actor, target=round, seen=None))
        for name, round in (("ue", draft), ("ue2", other))
    ]
    answers = press(*acts)
    assert answers.pop(8) == 1
    assert set(answers) <= {Blocked, IntegrityError, ValidationError}
    assert sum(answers.values()) == 1
    assert InventoryRound.objects.under_way().count() == 1
    assert Message.objects.count() == 4


def test_the_button_pressed_eight_times_is_one_opening(town, draft):
    url = f"/inventering/{draft.pk}/oppna/"
    sent = form_of(signed_in("ue"), url)
    clients = [signed_in("ue") for _ in range(8)]
    answers = press(*[lambda c=client: c.post(url, sent).status_code for client in clients])
    assert answers == {302: 8}
    assert Message.objects.count() == 4
    assert Entry.objects.filter(action="inventory.open_round").count() == 1


def test_two_who_begin_a_round_for_one_term_begin_one(town):
    def begin(name):
        row = actions.draft_round(actor=town.who[name], target=town.org["Stad"], seen=None, **facts())
        return type(row).__name__

    answers = press(lambda: begin("ue"), lambda: begin("ue2"))
    assert answers["InventoryRound"] == 1
    assert answers[ValidationError] + answers[IntegrityError] == 1
    assert InventoryRound.objects.count() == 1


def test_a_round_that_is_moved_while_one_is_given_more_time_waits_for_neither_for_ever(town, draft):
    """Each holds what the other wants to change: the request, and the round."""
    actions.open_round(actor=town.who["ue"], target=draft, seen=None)
    round = InventoryRound.objects.get()
    request = round.requests.get(organisation=town.org["Park"], unit=None)
    held = threading.Event()

    def extend():
        with transaction.atomic():
            later = answer_day(round.closes_on, dt.timedelta(days=1))
            actions.extend(actor=town.who["ue"], target=request, seen=None, extended_to=later, extended_because="x")
            held.set()
            time.sleep(0.4)

    def move_meanwhile():
        held.wait()
        actions.change_round(actor=town.who["ue2"], target=round, seen=None, closes_on=answer_day(round.closes_on))
        actions.close_round(actor=town.who["ue2"], target=round, seen=None, without_all=True)

    assert press(extend, move_meanwhile) == {None: 2}
    assert InventoryRound.objects.get().closed_at
