"""What an organisation does when it has been told what the group decided, and whom that waits for (R33)."""

import datetime as dt

import pytest

from insteg.audit.gate import Blocked, Refused
from insteg.core import clock
from insteg.inventory.actions import report, withdraw
from insteg.mail.models import Message
from insteg.process import flow
from insteg.process.actions import advance
from insteg.process.models import Visit
from insteg.steering.queries.feedback import tasks
from tests.steering.after_the_meeting import (
    adjust,
    approved,
    decided_anew,
    feedback,
    finish,
    hidden,
    line,
    look,
    planned,
    send,
    start,
    text_of,
)
from tests.steering.at_the_meeting import SUITABLE, brought, step_of
from tests.town import address

LAID = {"town": lambda _ground: approved()}


# --- what comes next


def test_the_organisation_starts_its_procurement_and_the_unit_is_told(town):
    send(town)
    Message.objects.all().delete()
    start(town)
    assert step_of(planned(town)) == ""
    assert Visit.objects.get(run=planned(town).run_id, left_move__begins="procurement").left_by == town.who["park"].id
    assert str(line(town).done_by_id) == town.who["park"].id
    assert {each.to for each in Message.objects.all()} == {address("ue"), address("ue2")}
    with pytest.raises(Blocked, match="redan gjort"):
        start(town)


def test_whoever_starts_it_is_not_told_of_it(town):
    send(town)
    Message.objects.all().delete()
    start(town, "ue")
    assert {each.to for each in Message.objects.all()} == {address("ue2")}


def test_nobody_starts_before_it_is_sent_or_for_another(town):
    with pytest.raises(Refused):
        start(town)
    send(town)
    for who in ("hus", "styr", "admin"):
        with pytest.raises(Refused):
            start(town, who)


def test_what_the_group_decided_anew_is_not_started(town):
    send(town)
    decided_anew(town)
    with pytest.raises(Blocked, match="beslutat på nytt"):
        start(town)
    assert step_of(planned(town)) == "feed_back"


def test_what_is_withdrawn_is_not_started(town):
    send(town)
    withdraw(actor=town.who["park"], target=planned(town), seen=None, withdrawn_reason="Behovet finns inte.")
    with pytest.raises(Blocked, match="dragits tillbaka"):
        start(town)


def test_what_a_requirement_asks_is_not_just_ticked_off(town):
    send(town)
    with pytest.raises(Blocked, match="Starta upphandlingen"):
        finish(town, "park", "suits")


def test_what_the_case_has_begun_by_hand_can_be_ticked_off(town):
    send(town)
    visit = Visit.objects.get(run=planned(town).run_id, left_at=None)
    advance(actor=town.who["ue"], target=visit.run, seen=None, move_key="start", seen_visit=visit.pk)
    assert titles(town, "park", mine=True) == ["Läs vad styrgruppen beslutade"]
    finish(town, "park", "suits")
    assert line(town).done_at is not None


def test_the_organisation_says_when_the_facts_are_told(town):
    send(town, "Hus")
    with pytest.raises(Refused):
        finish(town, "park")
    finish(town)
    assert line(town, "lacks").done_at is not None
    with pytest.raises(Blocked, match="redan gjort"):
        finish(town)


def test_where_there_is_nothing_to_do_nothing_is_done(town):
    send(town)
    with pytest.raises(Refused):
        finish(town, "park", "not")


# --- what waits


def titles(town, who, *, mine):
    return [task.title for task in tasks(town.who[who]) if (task.whose.value == "mine") == mine]


def test_the_unit_sends_then_waits_for_who_has_not_read(town):
    assert titles(town, "ue", mine=True) == ["Skicka återkopplingen till 2 organisationer"]
    send(town)
    assert titles(town, "ue", mine=True) == ["Skicka återkopplingen till 1 organisation"]
    send(town, "Hus")
    assert titles(town, "ue", mine=True) == []
    assert [task.who for task in tasks(town.who["ue"])] == ["Park", "Hus"]
    look(town)
    assert [task.who for task in tasks(town.who["ue"])] == ["Hus"]


def test_the_organisation_reads_and_then_does(town):
    assert titles(town, "park", mine=True) == []
    send(town)
    assert titles(town, "park", mine=True) == [
        "Läs vad styrgruppen beslutade", "Starta upphandlingen ”Lokalvård i skolor”",
    ]  # fmt: skip
    look(town)
    assert titles(town, "park", mine=True) == ["Starta upphandlingen ”Lokalvård i skolor”"]
    assert titles(town, "hus", mine=True) == []
    start(town)
    assert titles(town, "park", mine=True) == []


@pytest.mark.parametrize("what", ["anew", "withdrawn"])
def test_what_is_over_is_no_task(town, what):
    send(town)
    look(town)
    if what == "anew":
        decided_anew(town)
    else:
        withdraw(actor=town.who["park"], target=planned(town), seen=None, withdrawn_reason="Behovet finns inte.")
    assert titles(town, "park", mine=True) == []


def test_the_unit_waits_for_who_is_late(town):
    adjust(town, suits=("Starta den.", clock.today() - dt.timedelta(days=1)))
    send(town)
    look(town)
    [late] = [task for task in tasks(town.who["ue"]) if task.who == "Park"]
    assert late.title == "Gör nästa steg efter styrgruppens beslut"


def test_the_organisation_reads_starts_and_finishes_by_hand(as_, town):
    send(town)
    shown = as_("park").get(f"/aterkoppling/{feedback(town).pk}/")
    assert "Ställ krav: praktik, fem platser." in text_of(shown)
    assert "Din tur" not in text_of(shown)
    where = f"/aterkoppling/rad/{line(town).pk}/starta/"
    assert where in shown.content.decode()
    answer = as_("park").post(where, hidden(as_("park").get(where)), follow=True)
    assert "Upphandlingen har startat." in text_of(answer)
    assert "Allt är gjort" in text_of(answer)


def test_what_was_decided_before_there_were_meetings_is_told_by_hand(town):
    row = report(actor=town.who["ue"], target=town.org["Hus"], seen=None, title="Takbyte", **SUITABLE)
    brought(town, row.run)
    flow.take(row.run, "do_not_require", actor=town.who["styr"], because="test")
    [task] = [each for each in tasks(town.who["ue"]) if "tiden före" in each.title]
    assert task.title == "Återkoppla 1 beslut från tiden före mötena i Insteg"
    assert task.url == "/arbetsmodellen/steg/planned_procurement/feed_back_no/"
    assert not [each for each in tasks(town.who["hus"]) if "tiden före" in each.title]
