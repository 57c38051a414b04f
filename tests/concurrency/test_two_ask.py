"""R13: two of the procurement unit ask for the same facts at the same moment, and an organisation answers meanwhile."""

import threading
import time

import pytest
from django.db import connection, transaction

from insteg.audit.gate import Blocked, lock
from insteg.audit.models import Entry
from insteg.inventory.actions import ask_for_facts, change, report
from insteg.inventory.models import FactQuestion, PlannedProcurement
from insteg.mail.models import Message
from tests.concurrency.test_two_clerks import signed_in
from tests.concurrency.together import press
from tests.inventory.test_asking_pages import ASK, sent_of

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time: needs PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]
KNOWN = {"nature": "services", "extent_known": True, "fte": 4}


@pytest.fixture
def lacking(town):
    return report(actor=town.who["park"], target=town.org["Park"], seen=None, title="Lokalvård", **KNOWN)


def ask(town, row, who="ue"):
    sent = ask_for_facts(
        actor=town.who[who], target=town.org["Stad"], seen=None, rows=[row.pk], facts=["months"]
    )  # fmt: skip
    return len(sent)


def test_of_two_officers_who_ask_at_once_one_does_and_the_letter_goes_once(town, lacking):
    answers = press(*[lambda who=who: ask(town, lacking, who) for who in ("ue", "ue2")])
    assert answers == {2: 1, Blocked: 1}
    assert (FactQuestion.objects.count(), Message.objects.count()) == (1, 1)


def test_the_button_pressed_eight_times_is_one_question(town, lacking):
    address = f"{ASK}?planerad={lacking.pk}"
    sent, clients = sent_of(signed_in("ue").get(address)), [signed_in("ue") for _ in range(8)]
    answers = press(*[lambda c=client: c.post(address, sent).status_code for client in clients])
    assert answers == {302: 8}
    assert (FactQuestion.objects.count(), Message.objects.count()) == (1, 1)
    assert Entry.objects.filter(action="inventory.ask_for_facts").count() == 1


def test_a_fact_that_is_being_told_is_waited_for_and_not_asked_for(town, lacking):
    held = threading.Event()

    def tell():
        with transaction.atomic():
            change(actor=town.who["park"], target=lacking, seen=None, months=24)
            held.set()
            time.sleep(0.4)

    def ask_meanwhile():
        assert held.wait(10)
        return ask(town, lacking)

    assert press(tell, ask_meanwhile) == {None: 1, Blocked: 1}
    assert Message.objects.count() == 0


def test_who_asks_about_what_is_being_joined_is_told_and_does_not_wait_for_ever(town, lacking):
    joint = report(actor=town.who["ue"], target=town.org["Stad"], seen=None, title="Lokalvård", shared=True, **KNOWN)
    first, last = sorted([lacking, joint], key=lambda row: row.pk)
    held = threading.Event()

    def join():
        """Takes the two in the other order, as when the joint one has the higher key."""
        with transaction.atomic():
            lock(PlannedProcurement, pk=last.pk)
            held.set()
            time.sleep(0.4)
            lock(PlannedProcurement, pk=first.pk)

    def ask_meanwhile():
        assert held.wait(10)
        ask_for_facts(
            actor=town.who["ue"], target=town.org["Stad"], seen=None, rows=[first.pk, last.pk], facts=["months"]
        )  # fmt: skip

    assert press(join, ask_meanwhile) == {None: 1, Blocked: 1}
