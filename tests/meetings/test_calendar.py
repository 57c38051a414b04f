"""Calendar files (R30), read back by another library than the one that writes them, and followed by their sequence."""

import datetime as dt
from contextlib import suppress
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
import time_machine
import vobject
from django.core import mail
from django.urls import reverse

from insteg.core import clock
from insteg.mail.actions import release
from insteg.mail.jobs import ServerAway, deliver
from insteg.mail.models import Hold, Message
from insteg.meetings import actions
from insteg.meetings.actions import Invitee
from insteg.meetings.models import Attendance
from insteg.organisations.models import User

FIRST = dt.datetime(2031, 12, 3, 12, tzinfo=dt.UTC)
TWO_HOURS = dt.timedelta(hours=2)
CHAIR, INVITED = Attendance.Capacity.CHAIR, Attendance.Capacity.INVITED


@pytest.fixture
def planned(town):
    """A steering meeting with a chair and somebody from the employment service; nobody is told of it yet."""
    town.user = {name: User.objects.get(pk=town.who[name].id) for name in ("styr", "af", "chef")}
    invited = [Invitee(town.user["styr"], CHAIR, "UE"), Invitee(town.user["af"], INVITED, "Arbetsförmedlingen")]
    town.meeting = actions.plan(
        target=town.org["Stad"], title="Styrgruppens möte; vinter, 2031", starts_at=FIRST, ends_at=FIRST + TWO_HOURS,
        place="Rum 3, Stadshuset", text="Åtta upphandlingar\nväntar på beslut.", invited=invited, **by(town),
    )  # fmt: skip
    return town


def by(town, name="ue"):
    return {"actor": town.who[name], "seen": None}


def called(town):
    actions.call(target=town.meeting, **by(town))


def moved(town, starts_at, place="Rum 4"):
    actions.move(
        target=town.meeting, starts_at=starts_at, ends_at=starts_at + TWO_HOURS, place=place, why="Krock.", **by(town)
    )


def files_to(user):
    """What the person's calendar has been given, in order, each read by the other library: method and event."""
    letters = Message.objects.filter(to=user.email).exclude(calendar="").order_by("created_at")
    read = [vobject.readOne(letter.calendar) for letter in letters]
    return [(file.method.value, file.vevent) for file in read]


def sequence(files):
    return [(method, int(event.sequence.value)) for method, event in files]


def test_a_call_puts_the_meeting_into_the_calendar(planned):
    called(planned)
    [(method, event)] = files_to(planned.user["styr"])
    assert method == "REQUEST"
    assert event.summary.value == "Styrgruppens möte; vinter, 2031"
    assert event.location.value == "Rum 3, Stadshuset"
    assert (event.dtstart.value, event.dtend.value) == (FIRST, FIRST + TWO_HOURS)
    assert event.description.value.startswith("Åtta upphandlingar\nväntar på beslut.")
    assert event.url.value in event.description.value
    assert event.url.value == "http://testserver" + reverse("meetings:meeting", args=[planned.meeting.pk])
    assert event.uid.value == f"{planned.meeting.pk}@testserver"
    assert event.status.value == "CONFIRMED"
    assert event.organizer.value == "mailto:insteg@localhost"
    assert event.organizer.params["CN"] == ["Stad"]
    assert event.dtstamp.value <= clock.now()


def test_nobody_is_told_before_the_call(planned):
    assert files_to(planned.user["styr"]) == []


def test_each_file_names_its_receiver_and_nobody_else(planned):
    called(planned)
    for name in ("styr", "af"):
        [(_method, event)] = files_to(planned.user[name])
        assert [each.value for each in event.contents["attendee"]] == [f"mailto:{planned.user[name].email}"]


def test_called_moved_twice_and_cancelled_is_one_meeting_with_four_numbers(planned):
    called(planned)
    moved(planned, FIRST + dt.timedelta(days=1))
    moved(planned, FIRST + dt.timedelta(days=2), place="Rum 5")
    actions.cancel(target=planned.meeting, why="För få kan komma.", **by(planned))
    for name in ("styr", "af"):
        files = files_to(planned.user[name])
        assert sequence(files) == [("REQUEST", 0), ("REQUEST", 1), ("REQUEST", 2), ("CANCEL", 3)]
        assert len({event.uid.value for _method, event in files}) == 1
        days = [(event.dtstart.value - FIRST).days for _method, event in files]
        assert days == [0, 1, 2, 2]
        assert [event.location.value for _method, event in files][1:3] == ["Rum 4", "Rum 5"]
        assert [event.status.value for _method, event in files] == ["CONFIRMED"] * 3 + ["CANCELLED"]


def test_whoever_is_taken_off_and_called_again_gets_a_higher_number_each_time(planned):
    called(planned)
    af = planned.user["af"]
    actions.take_off(target=Attendance.objects.get(user=af), **by(planned))
    actions.invite_more(target=planned.meeting, user=af, capacity=INVITED, **by(planned))
    files = files_to(af)
    assert sequence(files) == [("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2)]
    taken_off = files[1][1]
    assert "status" not in taken_off.contents  # the meeting stands: only this person is not called
    assert "url" not in taken_off.contents
    assert sequence(files_to(planned.user["styr"])) == [("REQUEST", 0)]
    moved(planned, FIRST + dt.timedelta(days=1))
    assert sequence(files_to(planned.user["styr"])) == [("REQUEST", 0), ("REQUEST", 3)]


def test_one_more_after_the_call_gets_the_meeting_as_it_stands(planned):
    called(planned)
    moved(planned, FIRST + dt.timedelta(days=1))
    actions.invite_more(target=planned.meeting, user=planned.user["chef"], capacity=INVITED, **by(planned))
    [(method, event)] = files_to(planned.user["chef"])
    assert (method, event.location.value) == ("REQUEST", "Rum 4")


@pytest.mark.parametrize("day", [27, 29])
def test_the_moment_is_the_same_on_both_sides_of_summer_time(planned, day):
    starts = dt.datetime(2032, 3, day, 12, tzinfo=ZoneInfo("Europe/Stockholm"))
    called(planned)
    moved(planned, starts)
    assert files_to(planned.user["styr"])[-1][1].dtstart.value == starts


def test_the_words_are_in_the_language_of_the_receiver(planned):
    User.objects.filter(pk=planned.user["af"].pk).update(language="en")
    called(planned)
    said = {name: Message.objects.get(to=planned.user[name].email) for name in ("styr", "af")}
    assert "Svara och läs mer här" in said["styr"].calendar.replace("\r\n ", "")
    assert "Svara" not in said["af"].calendar
    assert "13.00–15.00" in said["styr"].subject
    assert "13:00–15:00" in said["af"].subject


def test_the_letter_carries_the_file_as_calendars_expect_it_and_keeps_it_no_longer(planned):
    called(planned)
    letter = Message.objects.get(to=planned.user["styr"].email)
    deliver(letter)
    [sent] = mail.outbox
    [part] = [part for part in sent.message().walk() if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"
    assert part.get_content_charset() == "utf-8"
    assert vobject.readOne(part.get_payload(decode=True).decode()).vevent.location.value == "Rum 3, Stadshuset"
    letter.refresh_from_db()
    assert (letter.body, letter.calendar) == ("", "")


def test_what_is_given_up_or_thrown_away_keeps_no_file(planned):
    called(planned)
    first, second = Message.objects.exclude(calendar="").order_by("created_at")
    away = patch("insteg.mail.jobs.EmailMultiAlternatives.send", side_effect=ConnectionRefusedError)
    with away, time_machine.travel(clock.now() + dt.timedelta(days=3)), suppress(ServerAway):
        deliver(first)
    hold = Hold.objects.create(backup_from=clock.now())
    release(actor=planned.who["admin"], target=hold, seen=None, waiting_letters="drop")
    for letter in (first, second):
        letter.refresh_from_db()
        assert letter.given_up_at is not None
        assert letter.calendar == ""


def test_a_letter_without_a_file_is_plain_text(town):
    letter = Message.objects.create(to="a@b.example", subject="Hej", body="Hej")
    deliver(letter)
    assert mail.outbox[0].message().get_content_type() == "text/plain"


def test_the_file_on_the_page_is_the_meeting_as_it_stands_and_asks_for_no_answer(planned, as_):
    address = reverse("meetings:calendar", args=[planned.meeting.pk])
    assert as_("ue").get(address).status_code == 404  # not called: nobody is to have it in a calendar yet
    called(planned)
    moved(planned, FIRST + dt.timedelta(days=1))
    answer = as_("af").get(address)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    file = vobject.readOne(answer.content.decode())
    assert (file.method.value, file.vevent.sequence.value) == ("PUBLISH", "1")
    assert file.vevent.uid.value == f"{planned.meeting.pk}@testserver"
    assert "attendee" not in file.vevent.contents
    actions.cancel(target=planned.meeting, why="Krock.", **by(planned))
    assert vobject.readOne(as_("af").get(address).content.decode()).vevent.status.value == "CANCELLED"
