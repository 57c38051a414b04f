"""The pages of meetings (R30): what each reader is told, whose move it is, and what a form does with what was typed."""

import datetime as dt

import pytest
import time_machine

from insteg.mail.models import Message
from insteg.meetings import actions
from insteg.meetings.actions import Invitee
from insteg.meetings.models import Attendance, Meeting
from insteg.organisations.models import User

FIRST = dt.datetime(2031, 12, 3, 12, tzinfo=dt.UTC)
TWO_HOURS = dt.timedelta(hours=2)
TYPED = {"day": "2031-12-04", "starts_at": "kl. 9", "ends_at": "10.30", "place": "Rum 9", "why": "Krock."}


@pytest.fixture
def planned(town):
    town.user = {name: User.objects.get(pk=town.who[name].id) for name in ("styr", "af", "park")}
    invited = [Invitee(town.user["styr"], "chair", "UE"), Invitee(town.user["af"], "invited", "Arbetsförmedlingen")]
    town.meeting = actions.plan(
        actor=town.who["ue"], target=town.org["Stad"], seen=None, title="Styrgruppens möte", starts_at=FIRST,
        ends_at=FIRST + TWO_HOURS, place="Rum 3", invited=invited,
    )  # fmt: skip
    town.path = f"/moten/{town.meeting.pk}/"
    return town


@pytest.fixture
def called(planned):
    actions.call(actor=planned.who["ue"], target=planned.meeting, seen=None)
    return planned


def text_of(client, path):
    return " ".join(client.get(path).content.decode().split())


def send(client, path, **typed):
    """Opens the form and sends it with these words."""
    form = client.get(path).context["form"]
    hidden = {name: form[name].value() for name in ("version", "key")}
    return client.post(path, hidden | typed)


def test_before_the_call_it_is_the_units_move(planned, as_):
    assert "2 personer får var sitt brev med mötet som kalenderfil." in text_of(as_("ue"), planned.path)
    page = text_of(as_("styr"), planned.path)
    assert "Den som kallar förbereder mötet." in page
    assert "Kalla till mötet" not in page


def test_an_empty_list_says_what_to_do(planned, as_):
    Attendance.objects.all().delete()
    assert "Lägg till dem som ska vara med. Sedan skickar du kallelsen." in text_of(as_("ue"), planned.path)


def test_a_time_that_went_by_without_a_call_says_what_to_do(planned, as_):
    with time_machine.travel(FIRST + TWO_HOURS):
        assert "Ändra tiden, eller ställ in mötet." in text_of(as_("ue"), planned.path)


def test_the_call_is_sent_from_the_page(planned, as_):
    answer = send(as_("ue"), f"{planned.path}kalla/")
    assert answer.url == planned.path
    assert Message.objects.exclude(calendar="").count() == 2


def test_whoever_is_called_is_asked_and_the_others_see_who_is_waited_for(called, as_):
    assert "Kommer du?" in text_of(as_("styr"), called.path)
    assert "Väntar på svar från Styr, Af." in text_of(as_("ue"), called.path)
    place = Attendance.objects.get(user=called.user["styr"])
    assert send(as_("styr"), f"/moten/svar/{place.pk}/", answer="coming").url == called.path
    page = text_of(as_("styr"), called.path)
    assert "Kommer du?" not in page
    assert "1 av 2 kommer." in page
    assert "Ändra ditt svar" in page


def test_the_list_says_what_waits_for_the_reader(called, as_):
    assert "Väntar på ditt svar" in text_of(as_("styr"), "/moten/")
    assert "Väntar på ditt svar" not in text_of(as_("ue"), "/moten/")
    assert "Inga möten är på väg" in text_of(as_("park"), "/moten/")


def test_a_meeting_is_moved_from_the_page_in_swedish_time(called, as_):
    assert send(as_("ue"), f"{called.path}flytta/", **TYPED).url == called.path
    called.meeting.refresh_from_db()
    assert called.meeting.starts_at == dt.datetime(2031, 12, 4, 8, tzinfo=dt.UTC)
    assert called.meeting.ends_at == dt.datetime(2031, 12, 4, 9, 30, tzinfo=dt.UTC)
    assert "ändrad 1 gång sedan dess" in text_of(as_("ue"), called.path)


@pytest.mark.parametrize(("wrong", "said"), [
    ({"starts_at": "halv ett"}, "är inget klockslag"), ({"ends_at": "25.00"}, "är inget klockslag"),
    ({"ends_at": "8.30"}, "sluta efter att det börjar"), ({"day": "2020-01-01"}, "Tiden har passerat"),
    ({"why": ""}, "Fyll i det här"),
])  # fmt: skip
def test_what_cannot_be_is_said_and_what_was_typed_stays(called, as_, wrong, said):
    answer = send(as_("ue"), f"{called.path}flytta/", **TYPED | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'value="Rum 9"' in page
    assert Meeting.objects.get().sequence == 0


def test_two_who_move_it_at_once_are_told_apart(called, as_):
    client = as_("ue")
    hidden = {name: client.get(f"{called.path}flytta/").context["form"][name].value() for name in ("version", "key")}
    send(client, f"{called.path}flytta/", **TYPED | {"place": "Rum 4"})
    answer = client.post(f"{called.path}flytta/", hidden | TYPED)
    assert answer.status_code == 409
    assert 'value="Rum 9"' in answer.content.decode()
    assert Meeting.objects.get().place == "Rum 4"


def test_a_double_click_sends_one_letter_each(called, as_):
    client = as_("ue")
    hidden = {name: client.get(f"{called.path}stall-in/").context["form"][name].value() for name in ("version", "key")}
    for _click in range(2):
        assert client.post(f"{called.path}stall-in/", hidden | {"why": "Krock."}).url == called.path
    assert Message.objects.filter(subject__startswith="Inställt").count() == 2
    assert "Skäl: Krock." in text_of(client, called.path)


@pytest.mark.parametrize("typed", ["park@staden.example", "PARK@staden.example", "Park"])
def test_one_more_is_found_by_address_or_name(called, as_, typed):
    send(as_("ue"), f"{called.path}lagg-till/", user=typed, capacity="invited", represents="Park")
    assert Attendance.objects.get(user=called.user["park"]).represents == "Park"
    assert as_("park").get(called.path).status_code == 200


def test_nobody_is_guessed(called, as_):
    nobody = send(as_("ue"), f"{called.path}lagg-till/", user="Ingen Alls", capacity="invited")
    assert "be administratören bjuda in personen" in nobody.content.decode()
    User.objects.filter(email="hus@staden.example").update(name="Park")
    several = send(as_("ue"), f"{called.path}lagg-till/", user="Park", capacity="invited")
    assert "Skriv e-postadressen i stället." in several.content.decode()
    User.objects.filter(pk=called.user["park"].pk).update(is_active=False)
    assert (
        send(as_("ue"), f"{called.path}lagg-till/", user="park@staden.example", capacity="invited").status_code == 422
    )


def test_whoever_is_taken_off_twice_is_taken_off_once(called, as_):
    client, place = as_("ue"), Attendance.objects.get(user=called.user["af"])
    path = f"/moten/deltagare/{place.pk}/ta-bort/"
    hidden = {name: client.get(path).context["form"][name].value() for name in ("version", "key")}
    for _click in range(2):
        assert client.post(path, hidden).url == called.path
    assert Meeting.objects.get().sequence == 1


def test_attendance_is_noted_when_it_has_begun_and_read_by_those_who_were_called(called, as_):
    styr, af = (Attendance.objects.get(user=called.user[name]) for name in ("styr", "af"))
    with time_machine.travel(FIRST + TWO_HOURS):
        assert "2 personer är inte antecknade." in text_of(as_("ue"), called.path)
        typed = {f"came_{styr.pk}": "yes", f"came_{af.pk}": "no", f"note_{styr.pk}": "kom kl. 13.10", "notes": "Kort."}
        assert send(as_("ue"), f"{called.path}narvaro/", **typed).url == called.path
        page = text_of(as_("af"), called.path)
    assert "1 av 2 var med." in page
    assert "kom kl. 13.10" in page
    assert "Kort." in page
    assert "Ställ in" not in page
