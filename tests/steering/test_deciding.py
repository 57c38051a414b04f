"""What the steering group decides on a planned procurement at its meeting (R32)."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from insteg.audit.gate import Blocked, Refused, Stale
from insteg.audit.models import Entry
from insteg.core import clock
from insteg.inventory.actions import change, join, report, withdraw
from insteg.inventory.terms import Term
from insteg.meetings import actions as meetings
from insteg.meetings.models import Attendance, Meeting
from insteg.process import flow
from insteg.process.models import Visit
from insteg.steering import actions
from insteg.steering.models import Agenda, AgendaItem, Decision
from insteg.steering.models.decisions import first_day
from tests.steering.at_the_meeting import (
    LATER,
    NOT,
    REQUIRE,
    decide,
    everyone_stays_away,
    meeting_that_has_begun,
    standing,
    step_of,
)

LAID = {"town": lambda _ground: meeting_that_has_begun()}


def planned(town, name="suits"):
    town.planned[name].refresh_from_db()
    return town.planned[name]


# --- what is decided, and what it keeps


def test_a_requirement_is_decided_with_its_kind_places_and_consideration(town):
    made = decide(town, **REQUIRE, requirement="internship", places=5, why="Enkla uppgifter.")
    assert (made.choice, made.requirement, made.places, made.consideration) == (
        "require", "internship", 5, "employment",
    )  # fmt: skip
    assert made.reason == "Enkla uppgifter."
    assert AgendaItem.objects.get(pk=town.items["suits"].pk).decision == made


def test_it_keeps_the_judgement_that_the_group_saw_and_who_was_there(town):
    seen = planned(town).assessments.latest("number")
    made = decide(town)
    assert made.assessment == seen
    assert set(made.present) == {str(town.came[name].pk) for name in ("styr", "styr2", "af")}
    assert str(made.decided_by_id) == town.who["styr"].id


@pytest.mark.parametrize(("said", "step"), [(REQUIRE, "feed_back"), (NOT, "feed_back_no"), (LATER, "assess")])
def test_the_case_goes_the_way_of_the_choice(town, said, step):
    decide(town, **said)
    assert step_of(planned(town)) == step


def test_the_reason_stands_on_the_case_too(town):
    decide(town, **LATER)
    left = Visit.objects.filter(run=planned(town).run_id, left_at__isnull=False).latest("entered_at", "left_at")
    assert left.reason == "Omfattningen är inte känd."


def test_whoever_keeps_the_papers_enters_what_the_group_decided(town):
    made = decide(town, by="ue")
    assert str(made.decided_by_id) == town.who["ue"].id


# --- a reason against the proposal, and nothing by halves


@pytest.mark.parametrize(("name", "said"), [("suits", NOT), ("not", REQUIRE)])
def test_a_decision_against_the_proposal_needs_a_reason(town, name, said):
    with pytest.raises(ValidationError) as error:
        decide(town, name, **said | {"why": "  "})
    assert error.value.message_dict == {"why": ["Beslutet går emot förslaget. Skriv varför."]}
    assert not Decision.objects.exists()
    assert step_of(planned(town, name)) == "decide"
    made = decide(town, name, **said | {"why": "Ändå."})
    assert made.is_against_the_proposal


@pytest.mark.parametrize(("name", "said"), [
    ("suits", REQUIRE), ("not", NOT | {"why": ""}), ("lacks", REQUIRE), ("lacks", NOT | {"why": ""}),
])  # fmt: skip
def test_with_the_proposal_or_where_nothing_is_proposed_it_needs_none(town, name, said):
    assert not decide(town, name, **said).is_against_the_proposal


def test_to_look_again_says_when_and_why(town):
    with pytest.raises(ValidationError) as error:
        decide(town, **LATER | {"why": ""})
    assert error.value.message_dict == {"why": ["Skriv varför."]}
    with pytest.raises(ValidationError, match="Välj när gruppen tar upp det igen"):
        decide(town, **LATER | {"again_from": None})
    assert decide(town, **LATER).again == Term(2029, "spring")
    assert first_day(Term(2029, "autumn")) == dt.date(2029, 7, 1)


def test_a_requirement_says_which_consideration_it_serves(town):
    with pytest.raises(ValidationError, match="Välj vilken social hänsyn kravet tjänar"):
        decide(town, choice="require")
    assert step_of(planned(town)) == "decide"


@pytest.mark.parametrize("extra", [{"places": 3}, {"requirement": "talks"}, {"consideration": "equality"}])
def test_only_a_requirement_has_a_kind_and_places(town, extra):
    with pytest.raises(ValidationError):
        decide(town, **NOT, **extra)


# --- when it cannot be


def test_before_the_meeting_nothing_is_decided(town):
    Meeting.objects.filter(pk=town.meeting.pk).update(
        starts_at=clock.now() + dt.timedelta(hours=1), ends_at=clock.now() + dt.timedelta(hours=2)
    )
    with pytest.raises(Blocked, match="Mötet har inte börjat"):
        decide(town)


def test_somebody_who_may_decide_is_noted_as_present(town):
    everyone_stays_away(town)
    with pytest.raises(Blocked, match="Ingen ledamot är antecknad som närvarande"):
        decide(town)
    Attendance.objects.filter(pk=town.came["af"].pk).update(present=True)
    with pytest.raises(Blocked, match="Ingen ledamot är antecknad som närvarande"):
        decide(town)  # the invited do not decide
    Attendance.objects.filter(pk=town.came["chef"].pk).update(present=True)
    assert decide(town)


def test_what_was_withdrawn_meanwhile_says_so(town):
    withdraw(actor=town.who["park"], target=planned(town), seen=None, withdrawn_reason="Vi gör det själva.")
    with pytest.raises(Blocked) as error:
        decide(town)
    assert error.value.args == (
        "Upphandlingen har dragits tillbaka: Vi gör det själva. Gå vidare till nästa punkt.",
    )  # fmt: skip
    assert not Decision.objects.exists()


def test_what_was_joined_into_another_meanwhile_says_so(town):
    joint = report(actor=town.who["ue"], target=town.org["Stad"], seen=None, title="All lokalvård", shared=True)
    change(actor=town.who["park"], target=planned(town), seen=None, shared=True)
    join(actor=town.who["ue"], target=joint, seen=None, rows=[(planned(town).pk, planned(town).version)])
    with pytest.raises(Blocked, match="görs numera gemensamt i ”All lokalvård”"):
        decide(town)


def test_what_was_judged_anew_meanwhile_is_read_again(town):
    saw = planned(town).assessments.latest("number").pk
    change(actor=town.who["park"], target=planned(town), seen=None, months=2)
    with pytest.raises(Blocked, match="bedömningen är en annan"):
        decide(town, seen_assessment=saw, **REQUIRE)
    assert decide(town, **REQUIRE | {"why": "Ändå."}).assessment.number == 2


@pytest.mark.parametrize("name", ["outlook", "own"])
def test_nothing_is_decided_under_a_point_without_a_procurement(town, name):
    with pytest.raises(Blocked, match="ingen upphandling att besluta om"):
        actions.decide(
            actor=town.who["styr"], target=town.items[name], seen=None, seen_assessment=town.meeting.pk, **REQUIRE
        )


def test_a_procurement_that_has_started_is_not_decided_on_again(town):
    """Feedback is given, and the case of the procurement has begun: there is nothing left to decide on here."""
    decide(town)
    run = planned(town).run
    flow.answer(run, ["decision_told", "next_step_told"], actor=town.who["ue"])
    flow.take(run, "start", actor=town.who["ue"], because="steering.start")
    with pytest.raises(Blocked, match="Ärendet är avslutat"):
        decide(town, **NOT)
    assert standing(planned(town)).choice == "require"


@pytest.mark.parametrize("how", [{"handed_over_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, {"cancelled": True}])
def test_when_the_minutes_are_with_the_chair_or_the_meeting_is_cancelled_nobody_decides(town, how):
    if how.pop("cancelled", False):
        Meeting.objects.update(cancelled_at=clock.now(), cancelled_reason="Strömavbrott.")
    Agenda.objects.update(**how)
    for name in ("styr", "ue"):
        with pytest.raises(Refused):
            decide(town, by=name)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("name", ["park", "ame", "chef", "af", "mal", "admin", "bygg"])
def test_nobody_else_enters_decisions(town, name):
    with pytest.raises(Refused):
        decide(town, by=name)


# --- two at once, and a new decision after an old


def test_of_two_who_had_the_point_open_the_second_is_told(town):
    seen = town.items["suits"].version
    decide(town, seen=seen)
    with pytest.raises(Stale):
        decide(town, by="ue", seen=seen, **NOT)
    assert Decision.objects.count() == 1


def test_a_new_decision_follows_the_old_which_stays(town):
    first = decide(town, **NOT)
    second = decide(town)
    assert second.follows == first
    assert standing(planned(town)) == second
    assert step_of(planned(town)) == "feed_back"
    assert AgendaItem.objects.get(pk=town.items["suits"].pk).decision == second
    first.refresh_from_db()
    assert (first.choice, first.reason) == ("do_not_require", NOT["why"])


def test_after_looking_again_the_group_decides_at_the_same_meeting(town):
    decide(town, **LATER)
    decide(town, **NOT)
    assert step_of(planned(town)) == "feed_back_no"


def test_the_database_lets_no_decision_fork_change_or_vanish(town):
    first = decide(town, **LATER)
    last = decide(town)
    again = {name: getattr(first, name) for name in ("planned", "item", "assessment", "present", "decided_by")}
    for follows in (None, first):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(**again, follows=follows, choice="do_not_require", reason="Nej.")
    with pytest.raises(DatabaseError, match="A decision stands"), transaction.atomic():
        Decision.objects.filter(pk=first.pk).update(reason="Annat.")
    with pytest.raises(DatabaseError, match="A decision stands"), transaction.atomic():
        Decision.objects.filter(pk=last.pk)._raw_delete("default")


def test_the_log_names_the_point_the_procurement_and_the_move_of_the_case(town):
    made = decide(town)
    named = {
        subject.row
        for entry in Entry.objects.filter(action="steering.decide")
        for subject in entry.subjects.all()
    }  # fmt: skip
    assert {made.pk, town.items["suits"].pk, planned(town).pk, planned(town).run_id} <= named


# --- notes


def test_what_the_minutes_say_of_a_point_is_noted_and_taken_away(town):
    for note in ("Gruppen vill göra ett studiebesök i vår.", ""):
        actions.note_item(actor=town.who["styr2"], target=town.items["outlook"], seen=None, note=note)
        assert AgendaItem.objects.get(pk=town.items["outlook"].pk).note == note


def test_a_note_does_not_touch_the_decision(town):
    made = decide(town)
    actions.note_item(actor=town.who["ue"], target=town.items["suits"], seen=None, note="Diskuterades länge.")
    item = AgendaItem.objects.get(pk=town.items["suits"].pk)
    assert (item.decision, item.note) == (made, "Diskuterades länge.")


def test_a_meeting_that_somebody_joins_late_keeps_who_was_there_when_it_was_decided(town):
    before = decide(town)
    meetings.keep_attendance(
        actor=town.who["ue"], target=town.meeting, seen=None,
        came={each.pk: meetings.Came(True) for each in town.came.values()},
    )  # fmt: skip
    after = decide(town, "lacks")
    assert (len(before.present), len(after.present)) == (3, 4)
