"""R80: what rooms above decide on a case, inside actions of their own, and nobody by hand."""

import pytest
from django.db import transaction

from insteg.audit.gate import Blocked
from insteg.process import flow
from tests.process.cases import answer_as, go, text, visit_of
from tests.process.engine.model import log_of


def test_a_room_above_takes_the_way_that_nobody_takes_by_hand(town, planned):
    go(town, planned, "ue", "to_steering")
    [visit] = taken(town, planned, "require", "Många platser")
    assert (visit.step.key, planned.run.visits.get(left_move__key="require").reason) == ("feed_back", "Många platser")
    assert log_of(planned)[-1] == "steering.decide"


@pytest.mark.parametrize("key", ["require", "no_such_way"])
def test_a_way_that_does_not_lead_from_where_it_stands_is_blocked(town, planned, key):
    with pytest.raises(Blocked, match="Ärendet står i ”Sammanställ och bedöm”"):
        taken(town, planned, key)
    assert visit_of(planned).step.key == "assess"


def test_a_way_that_asks_for_a_reason_is_blocked_without_one(town, planned):
    go(town, planned, "ue", "to_steering")
    with pytest.raises(flow.ReasonWanted):
        taken(town, planned, "later")
    assert visit_of(planned).step.key == "decide"


def test_what_has_ended_is_not_taken_further(town, planned):
    go(town, planned, "ue", "not_taken_up", "För liten")
    with pytest.raises(Blocked, match="Ärendet är avslutat"):
        taken(town, planned, "require")


def test_a_case_is_brought_to_a_step_from_wherever_a_way_leads_there(town, planned, decided):
    assert [visit.step.key for visit in brought(town, planned)] == ["decide"]  # back from the feedback
    assert brought(town, planned) == []
    taken(town, planned, "later", "Nästa gång")
    assert [visit.step.key for visit in brought(town, planned)] == ["decide"]  # once more from the judgement


def test_a_case_is_not_brought_to_where_no_way_leads(town):
    with pytest.raises(Blocked, match="leder ingen väg hit"):
        brought(town, town.planned["p"])


def test_points_that_a_room_above_did_are_answered_and_those_answered_before_stay(town, decided):
    answer_as(town, decided, "decision_told", name="ue2")
    with transaction.atomic():
        made = flow.answer(decided.run, ["decision_told", "next_step_told", "no_such_point"], actor=town.who["ue"])
    assert [(each.item.key, each.said, each.by) for each in made] == [("next_step_told", "done", town.who["ue"].id)]
    go(town, decided, "ue", "start")


def taken(town, row, key, reason=""):
    with transaction.atomic():
        return flow.take(row.run, key, actor=town.who["styr"], because="steering.decide", reason=reason)


def brought(town, row):
    with transaction.atomic():
        return flow.bring_to(row.run, "decide", actor=town.who["ue"], because="steering.lay_before")


def test_several_are_not_taken_that_way_by_hand_either(as_, town, planned):
    go(town, planned, "ue", "to_steering")
    address = "/arbetsmodellen/steg/planned_procurement/decide/flytta/require/"
    assert as_("styr").get(address).status_code == 403
    assert "Flytta flera" not in text(as_("styr").get("/arbetsmodellen/steg/planned_procurement/decide/"))
