"""R80: who may move a case and by which way, and what stands in the way, in sentences."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from insteg.audit.gate import Blocked, Refused, Stale
from insteg.core import clock
from insteg.core.workdays import shift
from insteg.inventory.models import PlannedProcurement
from insteg.process.actions import advance, answer_item, hand_back, move_due_date, take
from insteg.process.guards import GUARDS, SUBJECTS
from insteg.process.models import Kind, Visit
from tests.process.engine.model import case, do, log_of, standing, visit_of, where


def answered(town, row, *keys):
    for key, name in (("told", "park"), ("heard", "ue")):
        if key in keys:
            do(answer_item, town, name, row, item_key=key, said="done")


def told_wholly(town, row):
    answered(town, row, "told", "heard")
    return row


def blocked(action, town, name, row, **data):
    """The sentences that the person is met with; the case stands where it stood."""
    before = visit_of(row)
    with pytest.raises(Blocked) as error:
        do(action, town, name, row, **data)
    assert visit_of(row).pk == before.pk
    return list(error.value.args)


def test_whoever_does_the_step_moves_the_case_on(town, told):
    left = visit_of(told_wholly(town, told))
    [entered] = do(advance, town, "park", told, move_key="on")
    left.refresh_from_db()
    assert (left.left_how, left.left_by, left.left_move.key, left.reason) == ("move", town.who["park"].id, "on", "")
    assert (entered.step.key, entered.entered_by) == ("weigh", town.who["park"].id)
    assert entered.due_on == shift(clock.today(), 20)
    assert visit_of(told).pk == entered.pk
    assert log_of(told)[-1] == "process.advance"


def test_each_thing_in_the_way_has_a_sentence(town, told):
    assert blocked(advance, town, "park", told, move_key="dated") == [
        "Kvar att besvara: Told.",
        "Kvar att besvara: Heard.",
        "Önskad avtalsstart är inte känd. Fyll i den.",
    ]
    answered(town, told, "told")
    assert blocked(advance, town, "park", told, move_key="on") == ["Kvar att besvara: Heard."]
    answered(town, told, "heard")  # what is only nice to have may be left
    assert blocked(advance, town, "park", told, move_key="dated") == ["Önskad avtalsstart är inte känd. Fyll i den."]
    PlannedProcurement.objects.filter(pk=told.pk).update(start=dt.date(2028, 1, 1))
    do(advance, town, "park", told, move_key="dated")
    assert where(told) == "weigh"


def test_a_guard_asks_the_saved_row_and_not_what_somebody_holds(town, told):
    told_wholly(town, told).start = dt.date(2028, 1, 1)  # in memory only
    assert blocked(advance, town, "park", told, move_key="dated")


def test_a_guard_that_the_code_has_lost_says_no(town, told, monkeypatch):
    told_wholly(town, told)
    PlannedProcurement.objects.filter(pk=told.pk).update(start=dt.date(2028, 1, 1))
    monkeypatch.delitem(GUARDS, "start_told")
    assert blocked(advance, town, "park", told, move_key="dated") == ["Villkoret ”start_told” finns inte längre."]


def test_a_step_is_moved_by_its_own_party(town, told):
    told_wholly(town, told)
    assert blocked(advance, town, "ue", told, move_key="on") == ["Det här gör Förvaltning eller bolag."]
    do(advance, town, "park", told, move_key="on")
    assert blocked(advance, town, "park", told, move_key="put") == ["Det här gör Upphandlingsenheten."]
    do(advance, town, "ue", told, move_key="put")
    assert where(told) == "decide"


def test_an_arrow_may_be_anothers_than_the_step(town, told):
    told_wholly(town, told)
    assert blocked(advance, town, "park", told, move_key="push", why="Nog nu") == ["Det här gör Upphandlingsenheten."]
    do(advance, town, "ue", told, move_key="push", why="Nog nu")
    assert Visit.objects.get(run=told.run_id, left_how="move").reason == "Nog nu"


@pytest.mark.parametrize("name", ["hus", "ame", "af", "bygg", "admin"])
def test_whoever_holds_no_lane_of_the_case_is_refused(town, told, name):
    told_wholly(town, told)
    with pytest.raises(Refused):
        do(advance, town, name, told, move_key="on")
    assert where(told) == "tell"
    do(advance, town, "park", told, move_key="on")


@pytest.mark.parametrize("ended", [{"withdrawn_at": clock.now()}, {"merged_into": True}])
def test_what_is_withdrawn_or_joined_is_nobodys_move(town, told, ended):
    told_wholly(town, told)
    joint = {"merged_into": town.planned["p"]} if "merged_into" in ended else {**ended, "withdrawn_as": "mistake"}
    PlannedProcurement.objects.filter(pk=told.pk).update(
        **joint, withdrawn_reason="" if "merged_into" in ended else "x"
    )
    with pytest.raises(Refused):
        do(advance, town, "park", told, move_key="on")
    assert where(told) == "tell"


def test_a_way_from_another_step_is_no_way(town, told):
    told_wholly(town, told)
    for key in ("put", "yes", "nowhere", ""):
        assert blocked(advance, town, "park", told, move_key=key) == ["Den vägen finns inte härifrån."]


def test_the_end_is_the_end(town, told):
    seen = visit_of(told).pk
    assert do(advance, town, "park", told, move_key="drop", why="Behovet försvann") == []
    assert where(told) is None
    for name, action, data in (
        ("park", advance, {"move_key": "on"}),
        ("park", answer_item, {"item_key": "told", "said": "done"}),
        ("park", take, {}),
        ("park", hand_back, {}),
        ("park", move_due_date, {"due_on": clock.today()}),
    ):
        with pytest.raises(Blocked, match="Ärendet är avslutat"):
            do(action, town, name, told, seen_visit=seen, **data)
    assert Visit.objects.filter(run=told.run_id).count() == 1


@pytest.mark.parametrize(
    ("action", "data"),
    [
        (advance, {"move_key": "drop", "why": "x"}),
        (answer_item, {"item_key": "told", "said": "done"}),
        (take, {}),
        (hand_back, {}),
        (move_due_date, {"due_on": dt.date(2040, 1, 2)}),
    ],
)
def test_what_somebody_saw_before_a_colleague_moved_it_is_not_acted_on(town, told, action, data):
    told_wholly(town, told)
    seen = visit_of(told).pk
    do(advance, town, "park", told, move_key="on")
    do(advance, town, "ue", told, move_key="back")  # the same step, but another stay in it
    now = visit_of(told)
    with pytest.raises(Stale):
        do(action, town, "park", told, seen_visit=seen, **data)
    assert (visit_of(told).pk, visit_of(told).version, now.answers.count()) == (now.pk, 1, 0)
    do(action, town, "park", told, **data)


@pytest.mark.parametrize("why", ["", "  \n "])
def test_a_way_that_asks_why_is_not_taken_in_silence(town, told, why):
    assert blocked(advance, town, "park", told, move_key="drop", why=why) == ["Skriv varför."]
    do(advance, town, "park", told, move_key="drop", why=" Behovet försvann ")
    assert Visit.objects.get(run=told.run_id).reason == "Behovet försvann"


def test_a_reason_that_does_not_fit_is_said_before_anything_is_done(town, told):
    with pytest.raises(ValidationError) as error:
        do(advance, town, "park", told, move_key="drop", why="x" * 501)
    assert [*error.value.message_dict] == ["why"]
    assert where(told) == "tell"
    do(advance, town, "park", told, move_key="drop", why="x" * 500)


def test_to_break_off_one_need_not_finish(town, told):
    assert blocked(advance, town, "park", told, move_key="on")
    do(advance, town, "park", told, move_key="drop", why="Behovet försvann")
    assert where(told) is None


def test_a_case_without_what_it_is_about_goes_nowhere(town, told):
    told_wholly(town, told)
    run = told.run_id
    PlannedProcurement.objects.filter(pk=told.pk).update(run=None)
    with pytest.raises(Refused):
        do(advance, town, "park", told, move_key="on")
    PlannedProcurement.objects.filter(pk=told.pk).update(run=run)
    do(advance, town, "park", told, move_key="on")


def test_whoever_took_it_keeps_it_while_it_is_the_same_partys_move(town, process):
    row = case(town, at="weigh")
    do(take, town, "ue2", row)
    do(advance, town, "ue", row, move_key="price")
    assert visit_of(row).handler_id == town.who["ue2"].membership_id
    do(advance, town, "ue", row, move_key="put")
    assert visit_of(row).handler_id is None
    do(advance, town, "styr", row, move_key="back")
    assert (where(row), visit_of(row).handler_id) == ("weigh", None)


def test_a_case_is_taken_taken_over_and_handed_back_by_those_whose_move_it_is(town, process):
    row = case(town, at="weigh")
    for name in ("ue", "ue2"):
        do(take, town, name, row)
        assert visit_of(row).handler_id == town.who[name].membership_id
    assert blocked(hand_back, town, "styr", row) == blocked(take, town, "park", row)
    assert blocked(take, town, "park", row) == ["Det här gör Upphandlingsenheten."]
    assert visit_of(row).handler_id == town.who["ue2"].membership_id
    do(hand_back, town, "ue", row)
    assert visit_of(row).handler_id is None
    assert log_of(row)[-3:] == ["process.take", "process.take", "process.hand_back"]


def test_a_date_is_moved_by_whoever_does_the_step_and_not_into_the_past(town, told):
    day = clock.today() + dt.timedelta(days=90)
    before = visit_of(told).due_on
    assert blocked(move_due_date, town, "ue", told, due_on=day) == ["Det här gör Förvaltning eller bolag."]
    yesterday = clock.today() - dt.timedelta(days=1)
    assert blocked(move_due_date, town, "park", told, due_on=yesterday) == ["Välj en dag som inte har varit."]
    assert visit_of(told).due_on == before
    do(move_due_date, town, "park", told, due_on=day)
    assert visit_of(told).due_on == day
    do(move_due_date, town, "park", told, due_on=clock.today())
    assert not standing(told, town.who["park"]).late


def test_what_one_can_do_is_what_the_page_says(town, told):
    """`mine` is the actor's lane; obstacles are the same for all."""
    park, ue, hus = (standing(told, town.who[name]) for name in ("park", "ue", "hus"))
    assert (park.mine, ue.mine, hus.mine) == (True, False, False)
    assert {key for key, way in park.ways.items() if way.mine} == {"on", "dated", "drop"}
    assert {key for key, way in ue.ways.items() if way.mine} == {"push"}
    assert {each.item.key for each in park.points if each.mine} == {"told", "nice"}
    assert {each.item.key for each in ue.points if each.mine} == {"heard"}
    assert [way.obstacles for way in park.ways.values()] == [way.obstacles for way in hus.ways.values()]


def test_an_item_is_late_the_day_after_its_working_day_and_a_case_after_its_own(town, told, monkeypatch):
    def seen_on(day):
        monkeypatch.setattr(clock, "today", lambda: day)
        found = standing(told, town.who["park"])
        return {each.item.key for each in found.points if each.late}, found.late

    begun = clock.today()
    nice, others, due = (shift(begun, days) for days in (2, 5, 10))
    assert seen_on(nice) == (set(), False)
    assert seen_on(nice + dt.timedelta(days=1)) == ({"nice"}, False)
    assert seen_on(others + dt.timedelta(days=1)) == ({"nice", "told", "heard"}, False)
    assert seen_on(due) == ({"nice", "told", "heard"}, False)
    assert seen_on(due + dt.timedelta(days=1)) == ({"nice", "told", "heard"}, True)


def test_a_case_that_no_room_answers_for_is_moved_by_nobody(town, told, monkeypatch):
    monkeypatch.delitem(SUBJECTS, Kind.PLANNED_PROCUREMENT)
    with pytest.raises(Refused):
        do(advance, town, "park", told, move_key="on")
