"""R10: a round is closed or moved while those it asks are at it; nobody is told what is not so, and nothing waits for
ever. The order of the locks stands in inventory/actions/__init__.py."""

import datetime as dt
import threading
import time

import pytest
from django.db import transaction

from insteg.audit.gate import Blocked
from insteg.inventory import actions
from insteg.inventory.comparison import Decisions
from insteg.inventory.models import InventoryRound, PlannedProcurement, RoundAnswer, RoundRequest
from insteg.mail.models import Message
from insteg.needs import actions as needs
from insteg.needs.models import PublishedNeed
from insteg.needs.queries import of_unit, seal_of
from tests.committed import laid
from tests.concurrency.together import AT_ONCE, press
from tests.inventory.answering import confirm_all, rounds, send
from tests.town import build, plan

pytestmark = AT_ONCE
DAY, PAST = dt.timedelta(days=1), dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def lay_city():
    town = build()
    town.round = rounds(town)
    town.asked = town.round.asked["Park-new"]
    confirm_all(town, town.asked)
    return town


@pytest.fixture
def city(transactional_db):
    return laid(lay_city)


def first_then(first, second):
    """The second begins while the first has done its work and not said so yet."""
    held = threading.Event()

    def one():
        with transaction.atomic():
            answer = first()
            held.set()
            time.sleep(0.4)
        return f"first {answer}"

    def other():
        held.wait()
        return f"second {second()}"

    return press(one, other)


def close(city, **more):
    done = actions.close_round(actor=city.who["ue"], target=city.round.new, seen=None, **more)
    return sorted(str(each) for each in done)


def letters_to(name):
    return Message.objects.filter(to__startswith=f"{name}@", subject__endswith="är stängd").count()


def test_whoever_answers_while_the_round_is_closed_is_not_told_that_no_answer_came(city):
    answers = first_then(lambda: send(city, city.asked).number, lambda: close(city, without_all=True))
    assert answers == {"first 1": 1, "second ['AME', 'Hus']": 1}
    assert (letters_to("park"), letters_to("hus")) == (0, 1)


def test_a_round_is_not_closed_unasked_while_an_answer_is_taken_up(city):
    made = send(city, city.asked)
    answer_nothing(city, city.round.asked["Hus-new"])
    answer_nothing(city, city.round.unit)

    def take_up():
        actions.take_up_answer(actor=city.who["park"], target=made, seen=None)

    assert first_then(take_up, lambda: close(city)) == {"first None": 1, Blocked: 1}
    assert InventoryRound.objects.get(pk=city.round.new.pk).closed_at is None


def test_an_answer_is_not_taken_up_while_the_round_is_closed(city):
    made = send(city, city.asked)

    def take_up():
        actions.take_up_answer(actor=city.who["park"], target=made, seen=None)

    answers = first_then(lambda: len(close(city, without_all=True)), take_up)
    assert answers == {"first 2": 1, Blocked: 1}
    assert RoundAnswer.objects.get(pk=made.pk).reopened_at is None


def answer_nothing(city, asked):
    RoundAnswer.objects.create(request=asked, number=1, nothing_to_report=True, answered_by_id=city.who["ue"].id)


def test_more_time_that_is_given_while_the_round_is_moved_further_is_taken_back(city):
    day = city.round.new.closes_on

    def extend():
        actions.extend(
            actor=city.who["ue"], target=city.asked, seen=None, extended_to=day + 5 * DAY, extended_because="Sjukdom"
        )

    def move():
        done = actions.change_round(actor=city.who["ue2"], target=city.round.new, seen=None, closes_on=day + 14 * DAY)
        return [str(each) for each in done]

    assert first_then(extend, move) == {"first None": 1, "second ['Park']": 1}
    assert RoundRequest.objects.get(pk=city.asked.pk).extended_to is None


def test_a_need_that_is_added_while_the_unit_answers_is_not_sent_unseen(city):
    unit = city.units["ame"]
    facts = {"form": "internship", "places": 2, "people": 3}
    needs.publish(actor=city.who["ame"], target=unit, seen=None, other_occupation="Lots", **facts)
    shown = seal_of(of_unit(unit))

    def publish():
        needs.publish(actor=city.who["ame"], target=unit, seen=None, other_occupation="Smed", **facts)

    def answer():
        actions.send_needs(actor=city.who["ame"], target=city.round.unit, seen=None, shown=shown)

    assert first_then(publish, answer) == {"first None": 1, Blocked: 1}
    assert PublishedNeed.objects.current().filter(unit=unit, other_occupation="Smed").exists()


def test_a_plan_is_saved_while_somebody_confirms_the_same_rows_and_neither_waits_for_ever(city):
    """The row with the first key was reported last: whoever locks by age and whoever locks by key would meet."""
    rows = [
        actions.report(actor=city.who["park"], target=city.org["Park"], seen=None, title=f"Rad {n}") for n in range(4)
    ]
    keys = sorted(row.pk for row in rows)
    for age, key in enumerate(keys):
        PlannedProcurement.objects.filter(pk=key).update(created_at=PAST - age * DAY)
    made = plan(city, "park", "Park")
    held = threading.Event()

    def by_key():
        with transaction.atomic():
            lock(keys[0])
            held.set()
            time.sleep(0.4)
            lock(keys[-1])
        return "confirmed"

    def save():
        held.wait()
        actions.save_plan(actor=city.who["park"], target=made, seen=None, decisions=Decisions())
        return "saved"

    assert press(by_key, save) == {"confirmed": 1, "saved": 1}


def lock(key):
    return list(PlannedProcurement.objects.select_for_update(no_key=True).filter(pk=key).order_by("pk"))
