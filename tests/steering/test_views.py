"""What the organisations themselves think (R31): asked before the meeting, answered in their own words."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from insteg.audit.gate import Blocked, Refused
from insteg.core import clock
from insteg.mail.models import Message
from insteg.meetings.models import Meeting
from insteg.organisations.models import Membership
from insteg.steering import actions
from insteg.steering.models import Agenda, AgendaItem
from tests.steering.before_the_meeting import built, by, coming, item_of, meeting_in, meeting_to_come

LAID = {"town": lambda _ground: meeting_to_come()}
SAID = "Det finns gott om enkla uppgifter."


def ask(town, days=20):
    return actions.ask_views(target=town.agenda, views_by=clock.today() + dt.timedelta(days), **by(town))


def answer(town, label="suits", name="park", view=SAID):
    actions.tell_view(target=item_of(town, label), view=view, **by(town, name))


def letters(subject="Vad tycker ni om"):
    return Message.objects.filter(subject__startswith=subject).order_by("to")


@pytest.fixture
def asked(town):
    built(town)
    ask(town)
    return town


def text_of(client, path):
    return " ".join(client.get(path).content.decode().split())


def send(client, path, **typed):
    form = client.get(path).context["form"]
    hidden = {name: form[name].value() for name in ("version", "key")}
    return client.post(path, hidden | typed)


# --- asked


def test_each_organisation_gets_one_letter_about_all_of_its_own(asked):
    assert {each.to for each in letters()} == {asked.user["hus"].email, asked.user["park"].email}
    hus = letters().get(to=asked.user["hus"].email)
    assert hus.subject.startswith("Vad tycker ni om 2 upphandlingar? Svara senast")
    assert "– Fönsterputs\n– Växtskötsel" in hus.body
    assert "Lokalvård" not in hus.body


def test_no_letter_says_what_anything_is_worth(asked):
    assert not any("kr" in each.body.split() or "mnkr" in each.body for each in letters())


def test_the_letter_leads_to_the_first_of_them(asked):
    body = letters().get(to=asked.user["hus"].email).body
    assert f"/styrgruppen/punkt/{item_of(asked, 'sooner').pk}/syn/" in body


def test_those_who_have_answered_are_not_asked_again(asked):
    answer(asked)
    answer(asked, "not")
    Message.objects.all().delete()
    ask(asked)
    assert [each.to for each in letters()] == [asked.user["hus"].email]


def test_when_all_have_answered_there_is_nobody_to_ask(asked):
    for label, name in (("suits", "park"), ("not", "park"), ("sooner", "hus"), ("lacks", "hus")):
        answer(asked, label, name)
    with pytest.raises(Blocked, match="Alla har redan svarat"):
        ask(asked)


@pytest.mark.parametrize(("days", "why"), [(-1, "har passerat"), (60, "är efter mötet")])
def test_the_last_day_is_to_come_and_before_the_meeting(town, days, why):
    built(town)
    with pytest.raises(ValidationError, match=why):
        ask(town, days)


def test_nobody_is_asked_once_the_meeting_has_begun(town):
    built(town)
    Meeting.objects.filter(pk=town.meeting.pk).update(starts_at=clock.now())
    with pytest.raises(Blocked, match="Mötet har börjat"):
        ask(town)


def test_an_organisation_that_nobody_answers_for_is_passed_over(town):
    Membership.objects.filter(organisation=town.org["Park"]).update(ended_at=clock.now())
    built(town)
    ask(town)
    assert item_of(town, "suits").asked_at is None
    assert item_of(town, "sooner").asked_at is not None


def test_when_nobody_can_be_reached_it_says_so(town):
    Membership.objects.filter(role="procuring").update(ended_at=clock.now())
    built(town)
    with pytest.raises(Blocked, match="Ingen har uppdraget att svara för Hus, Park"):
        ask(town)


def test_what_several_share_is_the_units_own_to_answer(town):
    town.planned["joint"] = coming(town, "Stad", "Bevakning")
    built(town)
    ask(town)
    assert not letters().exclude(to__in=[town.user["hus"].email, town.user["park"].email]).exists()
    answer(town, "joint", "ue")
    assert item_of(town, "joint").view == SAID


# --- answered


def test_the_organisation_answers_and_changes_its_answer(asked):
    answer(asked)
    answer(asked, view="Vi har tänkt om.")
    item = item_of(asked, "suits")
    assert (item.view, item.viewed_by) == ("Vi har tänkt om.", asked.user["park"])


@pytest.mark.parametrize("name", ["hus", "ue", "styr", "ame", "af"])
def test_nobody_else_answers_for_it(asked, name):
    with pytest.raises(Refused):
        answer(asked, name=name)


def test_before_it_is_asked_there_is_nothing_to_answer(town):
    built(town)
    with pytest.raises(Refused):
        answer(town)


def test_an_empty_answer_is_none(asked):
    with pytest.raises(ValidationError, match="Skriv vad ni tycker"):
        answer(asked, view="  ")


def test_what_the_group_has_decided_on_is_not_answered(asked):
    Meeting.objects.filter(pk=asked.meeting.pk).update(starts_at=clock.now())
    asked.meeting.attendances.update(present=True)
    item = item_of(asked, "suits")
    seen = item.planned.assessments.latest("number").pk
    actions.decide(target=item, choice="do_not_require", why="Nej.", seen_assessment=seen, **by(asked, "styr"))
    with pytest.raises(Blocked, match="Styrgruppen har beslutat"):
        answer(asked)


@pytest.mark.parametrize("over", ["handed", "cancelled"])
def test_when_the_meeting_is_over_or_cancelled_there_is_nothing_to_answer(asked, over):
    if over == "handed":
        Agenda.objects.update(handed_over_at=clock.now())
    else:
        Meeting.objects.update(cancelled_at=clock.now(), cancelled_reason="Ingen kunde.")
    with pytest.raises(Blocked, match="Mötet är över eller inställt"):
        answer(asked)


def test_an_answer_to_what_was_never_treated_goes_along_to_the_next_meeting(asked):
    answer(asked)
    Meeting.objects.filter(pk=asked.meeting.pk).update(starts_at=clock.now() - dt.timedelta(hours=1))
    later = actions.build_agenda(target=meeting_in(asked, 90), **by(asked))
    again = AgendaItem.objects.get(agenda=later, planned=asked.planned["suits"])
    assert (again.view, again.viewed_by) == (SAID, asked.user["park"])
    silent = AgendaItem.objects.get(agenda=later, planned=asked.planned["sooner"])
    assert (silent.view, silent.viewed_at, silent.asked_at) == ("", None, None)


# --- the page


def test_one_answer_leads_to_the_next_and_the_last_one_home(asked, as_):
    client = as_("hus")
    first, second = item_of(asked, "sooner"), item_of(asked, "lacks")
    answered = send(client, f"/styrgruppen/punkt/{first.pk}/syn/", view=SAID)
    assert answered["Location"] == f"/styrgruppen/punkt/{second.pk}/syn/"
    assert send(client, f"/styrgruppen/punkt/{second.pk}/syn/", view=SAID)["Location"] == "/"


def test_the_page_says_who_decides_and_by_when_to_answer(asked, as_):
    page = text_of(as_("park"), f"/styrgruppen/punkt/{item_of(asked, 'suits').pk}/syn/")
    assert "Vad tycker ni om Lokalvård i skolor?" in page
    assert "Svara senast" in page
    assert "Ni har fått frågan om fler" in page
    assert "Flyttstädning" in page
    assert "Skriv inget om enskilda personer." in page


def test_after_the_decision_the_page_shows_the_answer_and_no_form(asked, as_):
    answer(asked)
    Agenda.objects.update(handed_over_at=clock.now())
    page = text_of(as_("park"), f"/styrgruppen/punkt/{item_of(asked, 'suits').pk}/syn/")
    assert SAID in page
    assert "Mötet är över eller inställt" in page
    assert "Spara svaret" not in page


def test_the_unit_sees_whom_it_asks_before_it_does(town, as_):
    Membership.objects.filter(organisation=town.org["Park"]).update(ended_at=clock.now())
    page = text_of(as_("ue"), f"/styrgruppen/underlag/{built(town).pk}/fraga/")
    assert "En organisation får frågan" in page or "1 organisation får frågan" in page
    assert "Frågas inte" in page
    assert "Fönsterputs, Växtskötsel" in page
