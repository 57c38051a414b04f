"""At once or gathered once a day: every notice arrives once, as its reader wants it."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from insteg.access.actor import Actor, Role
from insteg.audit.gate import Refused
from insteg.core import clock
from insteg.core.jobs import run
from insteg.mail.actions import choose_pace
from insteg.mail.models import Message, Notice, Preference
from insteg.mail.notices import gather, notify
from insteg.organisations import letters
from insteg.organisations.models import Membership, User
from tests.town import address

AT_ONCE, DAILY = Preference.Pace.AT_ONCE, Preference.Pace.DAILY
HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')


@pytest.fixture
def town(town):
    """The clock is moved to before today, and they were there then too."""
    Membership.objects.update(starts_on="2026-01-01")
    return town


@pytest.fixture
def park(town):
    return User.objects.get(email=address("park"))


@pytest.fixture
def daily(park, town):
    choose_pace(actor=town.who["park"], target=park, seen=None, pace=DAILY)
    return park


def tell(user, what="Svara på inventeringen", text="Svara senast 18 november.", path="/inventering/svar/1/"):
    notify(user, subject=what, text=text, path=path)


def subjects():
    return [*Message.objects.order_by("created_at").values_list("subject", flat=True)]


def test_whoever_has_chosen_nothing_is_told_at_once(park):
    tell(park)
    assert subjects() == ["Svara på inventeringen"]
    letter = Message.objects.get()
    assert letter.body == "Hej Park!\n\nSvara senast 18 november.\n\nhttp://testserver/inventering/svar/1/\n"
    assert not Notice.objects.exists()


def test_the_days_notices_come_in_one_letter_at_half_past_seven(daily, time_machine):
    time_machine.move_to("2026-11-18T09:00+01:00", tick=False)
    tell(daily, "Ett")
    time_machine.move_to("2026-11-18T15:00+01:00", tick=False)
    tell(daily, "Två", path="/planerade/")
    for moment in ("2026-11-18T16:00+01:00", "2026-11-19T07:29+01:00"):
        time_machine.move_to(moment, tick=False)
        run("mail.gather", {})
        assert subjects() == []
    time_machine.move_to("2026-11-19T07:30+01:00", tick=False)
    run("mail.gather", {})
    run("mail.gather", {})
    letter = Message.objects.get()
    assert letter.subject == "2 saker från Insteg"
    assert letter.body.index("Ett") < letter.body.index("/inventering/svar/1/") < letter.body.index("Två")
    assert "http://testserver/planerade/" in letter.body
    assert not Notice.objects.exists()


def test_what_comes_after_half_past_seven_waits_for_the_next_working_day(daily, time_machine):
    time_machine.move_to("2026-11-20T07:30:30+01:00", tick=False)  # a Friday
    tell(daily)
    for moment in ("2026-11-20T12:00+01:00", "2026-11-21T08:00+01:00", "2026-11-22T08:00+01:00"):
        time_machine.move_to(moment, tick=False)
        run("mail.gather", {})
        assert subjects() == []
    time_machine.move_to("2026-11-23T08:15+01:00", tick=False)  # the worker was down at half past seven
    run("mail.gather", {})
    assert subjects() == ["Svara på inventeringen"]


def test_whoever_goes_back_to_at_once_is_told_what_has_waited(daily, town):
    tell(daily)
    choose_pace(actor=town.who["park"], target=daily, seen=None, pace=AT_ONCE)
    assert subjects() == ["Svara på inventeringen"]
    tell(daily, "Nästa")
    assert subjects() == ["Svara på inventeringen", "Nästa"]
    assert not Notice.objects.exists()


def test_letters_with_a_secret_link_never_wait(daily):
    letters.password_link(daily, "https://secret/", 2)
    assert subjects() == ["Välj ett nytt lösenord i Insteg"]


def test_what_waits_for_somebody_shut_out_is_dropped(daily, time_machine):
    time_machine.move_to("2026-11-18T09:00+01:00", tick=False)
    tell(daily)
    User.objects.filter(pk=daily.pk).update(is_active=False)
    time_machine.move_to("2026-11-19T07:30+01:00", tick=False)
    run("mail.gather", {})
    assert subjects() == []
    assert not Notice.objects.exists()


def test_more_than_a_letter_holds_becomes_two_and_nothing_is_lost(daily, time_machine):
    time_machine.move_to("2026-11-18T09:00+01:00", tick=False)
    for number in range(12):
        tell(daily, f"Sak {number}.", text="x" * 1500)
    time_machine.move_to("2026-11-19T07:30+01:00", tick=False)
    run("mail.gather", {})
    bodies = [*Message.objects.values_list("body", flat=True)]
    assert len(bodies) == 3
    assert all(sum(f"Sak {number}." in body for body in bodies) == 1 for number in range(12))


def test_the_letter_is_in_the_readers_language(daily, time_machine):
    User.objects.filter(pk=daily.pk).update(language="en")
    time_machine.move_to("2026-11-18T09:00+01:00", tick=False)
    tell(daily)
    tell(daily)
    time_machine.move_to("2026-11-19T07:30+01:00", tick=False)
    run("mail.gather", {})
    assert subjects() == ["2 things from Insteg"]


def test_one_chooses_for_oneself_only(park, town):
    for other in (town.who["hus"], town.who["admin"], Actor("member", str(park.pk), None), Actor("api", str(park.pk))):
        with pytest.raises(Refused):
            choose_pace(actor=other, target=park, seen=None, pace=DAILY)
    assert town.who["park"].role == Role.PROCURING
    choose_pace(actor=town.who["park"], target=park, seen=None, pace=DAILY)
    assert Preference.objects.get().user == park


def test_a_pace_that_there_is_none_of_is_not_kept(park, town):
    with pytest.raises(ValidationError):
        choose_pace(actor=town.who["park"], target=park, seen=None, pace="weekly")
    assert not Preference.objects.exists()


def test_the_page_is_reached_from_the_profile_and_says_what_waits(as_, daily):
    client = as_("park")
    url = reverse("mail:pace")
    assert f'href="{url}"' in client.get("/min-profil/").content.decode()
    tell(daily)
    page = client.get(url).content.decode()
    assert "1 besked väntar på nästa samlade brev" in page
    sent = dict(HIDDEN.findall(page))
    assert client.post(url, sent | {"pace": "varje timme"}).status_code == 422
    assert client.post(url, sent | {"pace": AT_ONCE}).status_code == 302
    assert Preference.objects.get().pace == AT_ONCE
    assert subjects() == ["Svara på inventeringen"]


def test_someone_without_a_membership_only_reads(as_, park):
    park.memberships.update(ended_at=clock.now())
    assert "inget uppdrag" in as_("park").get(reverse("mail:pace")).content.decode()


def test_one_whose_address_is_none_keeps_nobody_from_the_days_letter(town, time_machine):
    time_machine.move_to("2026-11-18T09:00+01:00", tick=False)
    people = [User.objects.get(email=address(name)) for name in ("park", "hus", "ue")]
    for one in people:
        Preference.objects.create(user=one, pace=DAILY)
        tell(one)
    first = min(people, key=lambda one: one.pk)
    User.objects.filter(pk=first.pk).update(email="ingen")
    time_machine.move_to("2026-11-19T07:30+01:00", tick=False)
    with pytest.raises(ExceptionGroup):
        run("mail.gather", {})
    assert set(Message.objects.values_list("to", flat=True)) == {one.email for one in people if one != first}
    assert [notice.user for notice in Notice.objects.all()] == [first]


def end_the_membership(town, park):
    park.memberships.update(ended_at=clock.now())


def close_the_organisation(town, park):
    type(town.org["Park"]).objects.filter(name="Park").update(closed_on=clock.today())


def move_to_another_organisation(town, park):
    park.memberships.update(organisation=town.org["Hus"])


@pytest.mark.parametrize("event", [end_the_membership, close_the_organisation, move_to_another_organisation])
def test_nobody_is_told_in_the_morning_of_what_they_may_no_longer_open(daily, town, event):
    """Other lines still come: those that lead to a page which any of the memberships at hand opens."""
    tell(daily, "Parkens upphandling", path=reverse("inventory:detail", args=[town.planned["p"].pk]))
    tell(daily, "Listan", path=reverse("inventory:list"))
    event(town, daily)
    gather(daily, until=clock.now())
    said = "".join(Message.objects.values_list("subject", flat=True))
    assert said == ("Listan" if event is move_to_another_organisation else "")
    assert not Notice.objects.exists()


def test_who_may_open_both_is_told_of_both(daily, town):
    tell(daily, "Parkens upphandling", path=reverse("inventory:detail", args=[town.planned["p"].pk]))
    tell(daily, "Listan", path=reverse("inventory:list"))
    gather(daily, until=clock.now())
    assert subjects() == ["2 saker från Insteg"]
