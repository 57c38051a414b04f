"""How a meeting goes (R30): planned, called, answered, moved or cancelled, held; and what is refused on the way."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from insteg.audit.gate import Blocked, Refused, Stale
from insteg.core import clock
from insteg.home.queries import waiting
from insteg.mail.models import Message, Notice, Preference
from insteg.meetings import actions
from insteg.meetings.actions import Came, Invitee
from insteg.meetings.models import Attendance, Meeting
from insteg.organisations.models import User

FIRST = dt.datetime(2031, 12, 3, 12, tzinfo=dt.UTC)
TWO_HOURS = dt.timedelta(hours=2)
CAPACITY, ANSWER = Attendance.Capacity, Attendance.Answer


@pytest.fixture
def planned(town):
    town.user = {name: User.objects.get(pk=town.who[name].id) for name in ("styr", "styr2", "af", "chef")}
    invited = [Invitee(town.user["styr"], CAPACITY.CHAIR, "UE"), Invitee(town.user["af"], CAPACITY.INVITED)]
    town.meeting = actions.plan(target=town.org["Stad"], **facts(), invited=invited, **by(town))
    return town


@pytest.fixture
def called(planned):
    actions.call(target=planned.meeting, **by(planned))
    planned.meeting.refresh_from_db()
    return planned


@pytest.fixture
def begun(called):
    with time_machine.travel(FIRST + dt.timedelta(minutes=5)):
        yield called


def facts(starts_at=FIRST, **more):
    return {"title": "Styrgruppens möte", "starts_at": starts_at, "ends_at": starts_at + TWO_HOURS, "place": "Rum 3",
            **more}  # fmt: skip


def by(town, name="ue"):
    return {"actor": town.who[name], "seen": None}


def move(town, starts_at=FIRST + dt.timedelta(days=1), place="Rum 3", name="ue"):
    times = {"starts_at": starts_at, "ends_at": starts_at + TWO_HOURS}
    actions.move(target=town.meeting, **times, place=place, why="Krock med nämnden.", **by(town, name))
    town.meeting.refresh_from_db()


def place_of(town, name):
    return Attendance.objects.get(meeting=town.meeting, user=town.user[name])


def answer(town, name, said=ANSWER.COMING, who=None):
    actions.answer_call(target=place_of(town, name), answer=said, **by(town, who or name))


def subjects_to(town, name):
    return [*Message.objects.filter(to=town.user[name].email).order_by("created_at").values_list("subject", flat=True)]


def tasks(town, name):
    return [task for task in waiting(town.who[name]).mine if task.title.startswith("Svara om du kommer")]


# --- the call


def test_those_on_the_list_get_one_letter_each_when_they_are_called(called):
    assert called.meeting.called_at is not None
    assert {letter.to for letter in Message.objects.exclude(calendar="")} == {
        called.user["styr"].email, called.user["af"].email,
    }  # fmt: skip
    [letter] = Message.objects.filter(to=called.user["af"].email)
    assert letter.subject.startswith("Kallelse: Styrgruppens möte, onsdag 3 december 2031 kl. 13.00–15.00")
    assert "Plats: Rum 3" in letter.body
    assert f"/moten/{called.meeting.pk}/" in letter.body


def test_the_call_does_not_wait_for_the_letter_of_the_day(planned):
    Preference.objects.create(user=planned.user["af"], pace=Preference.Pace.DAILY)
    actions.call(target=planned.meeting, **by(planned))
    assert len(subjects_to(planned, "af")) == 1
    assert not Notice.objects.exists()


def test_a_closed_account_gets_no_letter(planned):
    User.objects.filter(pk=planned.user["af"].pk).update(is_active=False)
    actions.call(target=planned.meeting, **by(planned))
    assert (len(subjects_to(planned, "styr")), subjects_to(planned, "af")) == (1, [])


def test_an_empty_list_cannot_be_called(town):
    meeting = actions.plan(target=town.org["Stad"], **facts(), **by(town))
    with pytest.raises(Blocked, match="Lägg till dem"):
        actions.call(target=meeting, **by(town))


def test_a_time_that_has_passed_is_not_planned_changed_called_or_moved_to(called):
    passed = clock.now() - dt.timedelta(minutes=1)
    with pytest.raises(ValidationError, match="passerat"):
        actions.plan(target=called.org["Stad"], **facts(passed), **by(called))
    with pytest.raises(ValidationError, match="passerat"):
        move(called, passed)
    second = actions.plan(target=called.org["Stad"], **facts(), **by(called))
    with pytest.raises(ValidationError, match="passerat"):
        actions.change(target=second, **facts(passed), **by(called))
    with time_machine.travel(FIRST), pytest.raises(Blocked, match="Ändra mötets tid"):
        actions.call(target=second, **by(called))


def test_it_is_called_once(called):
    with pytest.raises(Refused):
        actions.call(target=called.meeting, **by(called))


def test_a_meeting_is_changed_freely_before_the_call_and_moved_after_it(planned):
    actions.change(target=planned.meeting, **facts(place="Rum 9"), **by(planned))
    with pytest.raises(Refused):
        move(planned)
    actions.call(target=planned.meeting, **by(planned))
    with pytest.raises(Refused):
        actions.change(target=planned.meeting, **facts(), **by(planned))
    move(planned)
    assert planned.meeting.place == "Rum 3"


def test_it_must_end_after_it_starts(planned):
    with pytest.raises(ValidationError, match="sluta efter"):
        actions.plan(target=planned.org["Stad"], **facts() | {"ends_at": FIRST}, **by(planned))
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.update(ends_at=FIRST)


# --- moved and cancelled


def test_all_are_told_when_it_moves_and_asked_again_at_another_time(called):
    answer(called, "styr")
    move(called, place="Rum 4", starts_at=FIRST)
    assert place_of(called, "styr").answer == ANSWER.COMING  # another room only
    move(called, place="Rum 4")
    assert (place_of(called, "styr").answer, place_of(called, "styr").answered_at) == ("", None)
    assert [said.split(":")[0] for said in subjects_to(called, "styr")] == ["Kallelse", "Ändrat möte", "Ändrat möte"]
    assert "Krock med nämnden." in Message.objects.filter(to=called.user["styr"].email).latest("created_at").body
    assert called.meeting.sequence == 2


def test_an_answer_that_was_opened_before_the_move_is_stale(called):
    seen = place_of(called, "styr").version
    move(called)
    with pytest.raises(Stale):
        actions.answer_call(actor=called.who["styr"], target=place_of(called, "styr"), seen=seen, answer=ANSWER.COMING)


def test_to_move_to_the_same_place_and_time_says_so(called):
    with pytest.raises(Blocked, match="desamma"):
        move(called, FIRST)
    assert called.meeting.sequence == 0


def test_a_meeting_that_has_begun_is_not_moved_or_cancelled_and_nobody_is_taken_off(begun):
    with pytest.raises(Blocked, match="kan inte flyttas"):
        move(begun, FIRST + dt.timedelta(days=1))
    with pytest.raises(Blocked, match="kan inte ställas in"):
        actions.cancel(target=begun.meeting, why="Ingen kom.", **by(begun))
    with pytest.raises(Blocked, match="inte var med"):
        actions.take_off(target=place_of(begun, "af"), **by(begun))
    with pytest.raises(Blocked, match="har börjat"):
        answer(begun, "af")


def test_a_cancelled_meeting_keeps_its_reason_and_nothing_more_is_done_with_it(called):
    actions.cancel(target=called.meeting, why="För få kan komma.", **by(called))
    called.meeting.refresh_from_db()
    assert called.meeting.cancelled_reason == "För få kan komma."
    assert subjects_to(called, "af")[-1].startswith("Inställt möte")
    for act in (
        lambda: move(called),
        lambda: actions.cancel(target=called.meeting, why="Igen.", **by(called)),
        lambda: actions.take_off(target=place_of(called, "af"), **by(called)),
        lambda: answer(called, "af"),
        lambda: actions.invite_more(
            target=called.meeting, user=called.user["chef"], capacity=CAPACITY.MEMBER, **by(called)
        ),
    ):
        with pytest.raises(Refused):
            act()


def test_it_is_not_cancelled_without_a_reason(called):
    with pytest.raises(ValidationError, match="varför"):
        actions.cancel(target=called.meeting, why="", **by(called))
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.update(cancelled_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.update(cancelled_reason="Utan dag")


def test_nobody_is_written_to_when_a_meeting_that_was_never_called_is_cancelled(planned):
    actions.cancel(target=planned.meeting, why="Det behövs inte.", **by(planned))
    assert not Message.objects.exclude(calendar="").exists()


# --- who is on the list


def test_a_person_stands_once_on_the_list_and_there_is_one_chair(called):
    for user, capacity, said in (("af", CAPACITY.MEMBER, "redan"), ("chef", CAPACITY.CHAIR, "ordförande")):
        with pytest.raises(ValidationError, match=said):
            actions.invite_more(target=called.meeting, user=called.user[user], capacity=capacity, **by(called))


def test_one_more_is_told_alone(called):
    actions.invite_more(target=called.meeting, user=called.user["chef"], capacity=CAPACITY.INVITED, **by(called))
    assert len(subjects_to(called, "chef")) == 1
    assert len(subjects_to(called, "styr")) == 1


def test_whoever_turned_up_unasked_is_put_on_the_list_without_a_letter(begun):
    actions.invite_more(target=begun.meeting, user=begun.user["chef"], capacity=CAPACITY.INVITED, **by(begun))
    assert subjects_to(begun, "chef") == []
    begun.meeting.refresh_from_db()
    assert begun.meeting.sequence == 0


def test_whoever_is_taken_off_is_told_and_no_longer_sees_the_meeting(called, as_):
    actions.take_off(target=place_of(called, "af"), **by(called))
    assert subjects_to(called, "af")[-1].startswith("Du är inte längre kallad")
    [letter] = Message.objects.filter(to=called.user["af"].email, subject__startswith="Du är inte")
    assert "/moten/" not in letter.body
    assert as_("af").get(f"/moten/{called.meeting.pk}/").status_code == 404
    assert len(subjects_to(called, "styr")) == 1


def test_before_the_call_the_list_changes_in_silence(planned):
    actions.take_off(target=place_of(planned, "af"), **by(planned))
    actions.invite_more(target=planned.meeting, user=planned.user["chef"], capacity=CAPACITY.MEMBER, **by(planned))
    assert not Message.objects.exclude(calendar="").exists()
    planned.meeting.refresh_from_db()
    assert planned.meeting.sequence == 0


# --- answers, and who came


def test_each_answers_for_themselves_and_may_change_their_mind(called):
    answer(called, "styr")
    answer(called, "styr", ANSWER.DECLINED)
    assert place_of(called, "styr").answer == ANSWER.DECLINED
    for who in ("af", "ue", "styr2"):
        with pytest.raises(Refused):
            answer(called, "styr", who=who)


def test_what_is_no_answer_is_refused(called):
    with pytest.raises(ValidationError):
        answer(called, "styr", "kanske")


def test_whoever_has_not_answered_has_it_among_their_tasks(called):
    [task] = tasks(called, "styr")
    assert task.due_on == dt.date(2031, 12, 3)
    assert "13.00–15.00, Rum 3" in task.about
    answer(called, "styr")
    assert tasks(called, "styr") == []
    move(called)
    assert len(tasks(called, "styr")) == 1
    actions.cancel(target=called.meeting, why="Krock.", **by(called))
    assert tasks(called, "styr") == []


def test_nobody_has_a_task_of_a_meeting_that_is_not_called_or_has_begun(planned):
    assert tasks(planned, "styr") == []
    actions.call(target=planned.meeting, **by(planned))
    with time_machine.travel(FIRST):
        assert tasks(planned, "styr") == []


def test_attendance_is_kept_for_all_at_once_with_notes(begun):
    styr, af = place_of(begun, "styr"), place_of(begun, "af")
    came = {styr.pk: Came(True, "kom kl. 13.10"), af.pk: Came(False)}
    actions.keep_attendance(target=begun.meeting, came=came, notes="Vi gick igenom våren.", **by(begun))
    assert (place_of(begun, "styr").present, place_of(begun, "styr").note) == (True, "kom kl. 13.10")
    assert place_of(begun, "af").present is False
    begun.meeting.refresh_from_db()
    assert begun.meeting.notes == "Vi gick igenom våren."


def test_attendance_is_not_kept_of_a_list_that_was_another(begun):
    with pytest.raises(Blocked, match="Listan har ändrats"):
        actions.keep_attendance(target=begun.meeting, came={place_of(begun, "af").pk: Came(True)}, **by(begun))


def test_attendance_is_not_kept_before_it_begins(called):
    came = {row.pk: Came(True) for row in called.meeting.attendances.all()}
    with pytest.raises(Blocked, match="har inte börjat"):
        actions.keep_attendance(target=called.meeting, came=came, **by(called))


@pytest.mark.parametrize("name", ["styr", "styr2", "af", "admin", "park"])
def test_only_the_unit_that_calls_keeps_the_meeting(called, name):
    with pytest.raises(Refused):
        move(called, name=name)
    with pytest.raises(Refused):
        actions.cancel(target=called.meeting, why="Krock.", **by(called, name))
    move(called)
    assert called.meeting.sequence == 1
