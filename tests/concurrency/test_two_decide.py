"""Two at the steering group's meeting who decide at the same moment, and what happens beside a decision (R32)."""

import pytest

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, Refused, Stale
from insteg.core import clock
from insteg.inventory.actions import change, withdraw
from insteg.meetings.models import Attendance, Meeting
from insteg.process.models import Visit
from insteg.steering import actions
from insteg.steering.models import Agenda, AgendaItem, Decision
from tests.committed import laid
from tests.concurrency.together import AT_ONCE, press
from tests.steering.at_the_meeting import NOT, REQUIRE, decide, meeting_that_has_begun, standing, step_of

pytestmark = AT_ONCE
ROUNDS = range(6)


@pytest.fixture
def town(transactional_db):
    return laid(meeting_that_has_begun)


def deciding(town, who, seen, **said):
    def go():
        decide(town, by=who, seen=seen, **said)
        return said["choice"]

    return go


def stands_whole(planned):
    """One decision stands, every other is followed by exactly one, and the case stands where the standing one leads."""
    made = [*Decision.objects.filter(planned=planned)]
    assert len([each for each in made if not hasattr(each, "followed_by")]) == 1
    assert len({each.follows_id for each in made}) == len(made)
    leads_to = {"require": "feed_back", "do_not_require": "feed_back_no"}[standing(planned).choice]
    assert step_of(planned) == leads_to
    assert Visit.objects.filter(run=planned.run_id, left_at=None).count() == 1


@pytest.mark.parametrize("round", ROUNDS)
def test_of_two_who_decide_the_same_point_one_does_and_the_other_is_told(town, round):
    seen, planned = town.items["suits"].version, town.planned["suits"]
    answers = press(deciding(town, "styr", seen, **REQUIRE), deciding(town, "ue", seen, **NOT))
    assert answers[Stale] == 1
    made = Decision.objects.get()
    assert answers[made.choice] == 1
    assert AgendaItem.objects.get(pk=town.items["suits"].pk).decision == made
    stands_whole(planned)


def test_of_twelve_who_decide_it_one_does(town):
    seen = town.items["suits"].version
    acts = [deciding(town, ("styr", "styr2", "ue", "ue2")[n % 4], seen, **(REQUIRE, NOT)[n % 2]) for n in range(12)]
    answers = press(*acts)
    assert (answers[Stale], Decision.objects.count()) == (11, 1)


@pytest.mark.parametrize("round", ROUNDS)
def test_those_who_overwrite_unseen_make_a_chain_and_no_fork(town, round):
    press(*(deciding(town, who, None, **said) for who, said in (("styr", REQUIRE), ("ue", NOT), ("styr2", REQUIRE))))
    assert Decision.objects.count() == 3
    stands_whole(town.planned["suits"])


@pytest.mark.parametrize("round", ROUNDS)
def test_under_two_agendas_at_once_the_decisions_follow_one_another(town, round):
    planned, now = town.planned["suits"], clock.now()
    extra = Meeting.objects.create(
        kind=Meeting.Kind.STEERING, organisation=town.org["Stad"], title="Extra möte", place="Rum 4",
        starts_at=town.meeting.starts_at, ends_at=town.meeting.ends_at, called_at=town.meeting.called_at,
    )  # fmt: skip
    chair = {"capacity": Attendance.Capacity.CHAIR, "present": True}
    Attendance.objects.create(meeting=extra, user_id=town.who["styr2"].id, **chair)
    agenda = Agenda.objects.create(meeting=extra, shared_at=now)
    other = AgendaItem.objects.create(agenda=agenda, kind=AgendaItem.Kind.DECISION, order=1, planned=planned)
    saw = planned.assessments.latest("number").pk

    def there():
        actions.decide(actor=town.who["styr2"], target=other, seen=None, seen_assessment=saw, **NOT)
        return "there"

    assert press(deciding(town, "styr", None, **REQUIRE), there) == {"require": 1, "there": 1}
    stands_whole(planned)


@pytest.mark.parametrize("round", ROUNDS)
def test_beside_a_withdrawal_it_is_decided_before_or_refused_in_words(town, round):
    planned = town.planned["suits"]

    def withdraws():
        withdraw(actor=town.who["park"], target=planned, seen=None, withdrawn_reason="Vi gör det själva.")
        return "withdrawn"

    answers = press(deciding(town, "styr", None, **REQUIRE), withdraws)
    assert answers["withdrawn"] == 1
    assert answers["require"] + answers[Blocked] == 1
    assert Decision.objects.count() == answers["require"]
    assert not Visit.objects.filter(run=planned.run_id, left_at=None).exists()


@pytest.mark.parametrize("round", ROUNDS)
def test_beside_a_change_of_facts_it_keeps_the_judgement_that_was_seen_or_is_not_made(town, round):
    planned = town.planned["suits"]
    saw = planned.assessments.latest("number")

    def changes():
        change(actor=town.who["park"], target=planned, seen=None, months=2)
        return "changed"

    answers = press(deciding(town, "styr", None, **REQUIRE | {"seen_assessment": saw.pk}), changes)
    assert answers["changed"] == 1
    assert answers["require"] + answers[Blocked] == 1
    assert {each.assessment for each in Decision.objects.all()} <= {saw}


@pytest.mark.parametrize("round", ROUNDS)
def test_when_the_minutes_are_left_at_the_same_moment_no_decision_comes_after(town, round):
    def leaves():
        actions.hand_over(actor=town.who["ue"], target=town.agenda, seen=None)
        return "left"

    answers = press(leaves, *(deciding(town, "styr", None, **REQUIRE) for _each in range(3)))
    assert answers["left"] == 1
    handed = Agenda.objects.get().handed_over_at
    assert all(each.created_at <= handed for each in Decision.objects.all())
    assert answers["require"] + answers[Refused] == 3


def test_one_who_notes_while_another_decides_loses_nothing_of_either(town):
    """Of two who have the point open the later is told; whoever writes again has both."""
    seen, item = town.items["suits"].version, town.items["suits"]

    def notes(actor: Actor, version):
        return lambda: actions.note_item(actor=actor, target=item, seen=version, note="Diskuterades länge.")

    answers = press(deciding(town, "styr", seen, **REQUIRE), notes(town.who["ue"], seen))
    assert answers[Stale] == 1
    fresh = AgendaItem.objects.get(pk=item.pk)
    if answers["require"]:
        notes(town.who["ue"], fresh.version)()
    else:
        decide(town, seen=fresh.version)
    fresh.refresh_from_db()
    assert fresh.note
    assert fresh.decision
