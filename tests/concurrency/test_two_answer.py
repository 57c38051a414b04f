"""Two people answer for the same organisation at once: nothing is lost and nothing doubled (R11)."""

import threading
import time
import uuid

import pytest
from django.db import transaction

from insteg.audit.gate import Blocked
from insteg.audit.models import Entry
from insteg.inventory.actions import change, confirm_rows, report, send_answer, take_up_answer
from insteg.inventory.models import AnsweredRow, PlannedProcurement, RoundAnswer, RoundRequest
from insteg.inventory.queries.answers import Sorted
from tests.committed import laid
from tests.concurrency.test_two_clerks import signed_in
from tests.concurrency.together import AT_ONCE, press
from tests.inventory.answering import carried, confirm_all, fields, page_of, rounds, seen, send
from tests.town import build

pytestmark = AT_ONCE


def lay_city():
    """Park has nine rows from before; park and ue answer for it."""
    town = build()
    town.round = rounds(town)
    town.asked = town.round.asked["Park-new"]
    town.rows = [PlannedProcurement.objects.get(pk=town.planned["p"].pk)]
    town.rows += [carried(town, f"Rad {number}") for number in range(8)]
    return town


@pytest.fixture
def city(transactional_db):
    return laid(lay_city)


def versions(rows):
    return {row.pk: row.version for row in rows}


def test_both_add_rows_and_all_are_there(city):
    def add(name, number):
        actor = city.who[name]
        report(actor=actor, target=city.org["Park"], seen=None, title=f"{name} {number}")
        return name

    answers = press(*[lambda name=name, n=n: add(name, n) for n in range(4) for name in ("park", "ue")])
    assert answers == {"park": 4, "ue": 4}
    assert len(Sorted.of(city.asked).rows) == 17


def test_both_confirm_rows_that_overlap_in_either_order(city):
    def confirm(name, rows):
        done = confirm_rows(actor=city.who[name], target=city.asked, seen=None, rows=versions(rows))
        return len(done)

    answers = press(
        lambda: confirm("park", city.rows[:6]),
        lambda: confirm("ue", [*reversed(city.rows[3:])]),
        lambda: confirm("ue2", city.rows),
        lambda: confirm("park", [*reversed(city.rows)]),
    )
    assert answers == {6: 2, 9: 2}
    assert Sorted.of(city.asked).unsettled == []
    assert {row.version for row in Sorted.of(city.asked).rows} == {1}


def test_a_row_is_confirmed_as_it_was_read_or_not_at_all(city):
    """One changes it while the other has it ticked: the change stands, whoever was first."""
    held, planned = threading.Event(), city.rows[1]

    def change_it():
        with transaction.atomic():
            change(actor=city.who["ue"], target=planned, seen=1, months=24)
            held.set()
            time.sleep(0.4)
        return "changed"

    def confirm_meanwhile():
        held.wait()
        rows = versions(city.rows)
        return len(confirm_rows(actor=city.who["park"], target=city.asked, seen=None, rows=rows))

    assert press(change_it, confirm_meanwhile) == {"changed": 1, 8: 1}
    row = PlannedProcurement.objects.get(pk=planned.pk)
    assert (row.months, row.version) == (24, 2)


def test_one_sends_while_the_other_changes_and_the_answer_is_the_list_that_was_read(city):
    confirm_all(city, city.asked)
    read, planned = seen(city.asked), city.rows[1]
    answers = press(
        lambda: str(send_answer(actor=city.who["park"], target=city.asked, seen=None, rows_seen=read).number),
        lambda: change(actor=city.who["ue"], target=planned, seen=None, months=24),
        lambda: report(actor=city.who["ue"], target=city.org["Park"], seen=None, title="Ny").title,
    )
    assert (answers[None], answers["Ny"]) == (1, 1)
    assert answers["1"] + answers[Blocked] == 1
    assert PlannedProcurement.objects.get(pk=planned.pk).months == 24
    if answers["1"]:  # sent as it was read: neither the change nor the new row is in it
        kept = AnsweredRow.objects.filter(answer__request=city.asked)
        assert kept.count() == 9
        assert kept.get(planned=planned).facts["months"] is None


def test_of_two_who_send_one_answer_stands_and_the_other_is_told_by_whom(city):
    confirm_all(city, city.asked)
    answers = press(*[lambda name=name: send(city, city.asked, name=name).number for name in ("park", "ue")])
    assert answers == {1: 1, Blocked: 1}
    assert RoundAnswer.objects.filter(request=city.asked).count() == 1
    assert AnsweredRow.objects.filter(answer__request=city.asked).count() == 9


def test_eight_clicks_on_send_are_one_answer(city):
    confirm_all(city, city.asked)
    client = signed_in("park")
    html = client.get(page_of(city.asked)).content.decode()
    typed = dict(fields(html, page_of(city.asked)))
    clients = [signed_in("park") for _ in range(8)]
    answers = press(*[lambda c=c: c.post(page_of(city.asked), typed).headers["Location"] for c in clients])
    made = RoundAnswer.objects.get(request=city.asked)
    assert answers == {f"/inventering/skickat/{made.pk}/": 8}
    assert Entry.objects.filter(action="inventory.send_answer").count() == 1


def test_eight_people_with_the_page_open_send_one_answer_and_seven_are_told(city):
    confirm_all(city, city.asked)
    typed = dict(fields(signed_in("ue").get(page_of(city.asked)).content.decode(), page_of(city.asked)))

    def click(client):
        answer = client.post(page_of(city.asked), typed | {"key": str(uuid.uuid4())})
        return answer.status_code, "skickade svaret" in answer.content.decode()

    clients = [signed_in(name) for name in ("ue", "park", "ue2", "ue", "park", "ue2", "ue", "park")]
    assert press(*[lambda c=client: click(c) for client in clients]) == {(302, False): 1, (422, True): 7}


def test_two_who_take_an_answer_up_take_it_up_once(city):
    confirm_all(city, city.asked)
    made = send(city, city.asked)
    acts = [lambda n=name: take_up_answer(actor=city.who[n], target=made, seen=None) for name in ("park", "ue")]
    assert press(*acts) == {None: 1, Blocked: 1}


def test_the_first_look_is_stamped_once(city):
    clients = [signed_in("park") for _ in range(4)]
    assert press(*[lambda c=client: c.get(page_of(city.asked)).status_code for client in clients]) == {200: 4}
    asked = RoundRequest.objects.get(pk=city.asked.pk)
    assert asked.looked_at is not None
    assert asked.version == 2
