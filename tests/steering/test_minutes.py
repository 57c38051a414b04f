"""The minutes of the group's meeting: handed over, taken back, approved, and then one file for ever (R32)."""

import re
from io import BytesIO

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.utils.translation import override
from pypdf import PdfReader

from insteg.audit.gate import Blocked, Refused
from insteg.core import clock
from insteg.inventory.actions import withdraw
from insteg.mail.models import Message
from insteg.meetings import actions as meetings
from insteg.meetings.models import Attendance, Meeting
from insteg.organisations.models import User
from insteg.steering import actions
from insteg.steering.cards.minutes import card, seal_of
from insteg.steering.models import AgendaItem, Feedback, Minutes
from insteg.steering.queries.minutes import read, tasks
from tests.steering.after_the_meeting import agenda, approve, hand_over, held, hidden, text_of
from tests.steering.at_the_meeting import NOT, REQUIRE, decide, everyone_stays_away
from tests.town import address

LAID = {"town": lambda _ground: held()}
HERE = "/styrgruppen/underlag/{}/protokoll/"


def page(town):
    return HERE.format(town.agenda.pk)


def told(town):
    return card(read(agenda(town)))


def point(town, name):
    return next(each for each in told(town).points if each.title == town.planned[name].title)


def came(town, **said):
    """What is noted of the attendance, the others as they were."""
    rows = {name: meetings.Came(said.get(name, each.present), "") for name, each in town.came.items()}
    noted = {town.came[name].pk: each for name, each in rows.items()}
    meetings.keep_attendance(actor=town.who["ue"], target=town.meeting, seen=None, came=noted)


# --- handed over


def test_handing_over_closes_the_points_and_writes_to_the_chair(town):
    hand_over(town)
    assert agenda(town).handed_over_at is not None
    with pytest.raises(Refused):
        decide(town, "suits", **NOT)
    item = AgendaItem.objects.get(pk=town.items["own"].pk)
    with pytest.raises(Refused):
        actions.note_item(actor=town.who["styr"], target=item, seen=None, note="Sent")
    [letter] = Message.objects.all()
    assert letter.to == address("styr")
    assert page(town) in letter.body


def test_nobody_hands_over_before_everyones_attendance_is_noted(town):
    came(town, chef=None)
    with pytest.raises(Blocked, match="Chef"):
        hand_over(town)
    assert agenda(town).handed_over_at is None


def test_nobody_hands_over_what_nobody_could_approve(town):
    everyone_stays_away(town)
    with pytest.raises(Blocked, match="Ingen ledamot"):
        hand_over(town)


def test_nobody_hands_over_before_the_meeting(town):
    row = Meeting.objects.get(pk=town.meeting.pk)
    Meeting.objects.filter(pk=row.pk).update(starts_at=row.ends_at, ends_at=row.ends_at + row.length)
    with pytest.raises(Blocked, match="inte börjat"):
        hand_over(town)


@pytest.mark.parametrize("who", ["styr", "park", "admin", "af"])
def test_only_the_unit_hands_over(town, who):
    with pytest.raises(Refused):
        hand_over(town, by=who)


def test_what_is_taken_back_is_open_again(town):
    hand_over(town)
    actions.take_back(actor=town.who["ue"], target=town.agenda, seen=None)
    decide(town, "suits", **NOT)
    with pytest.raises(Refused):
        approve(town)


def test_what_is_approved_is_not_taken_back(town):
    hand_over(town)
    approve(town)
    with pytest.raises(Refused):
        actions.take_back(actor=town.who["ue"], target=town.agenda, seen=None)


# --- approved


def test_the_chair_approves_and_the_file_is_kept(town):
    hand_over(town)
    made = approve(town)
    assert str(made.approved_by_id) == town.who["styr"].id
    text = "".join(each.extract_text() for each in PdfReader(BytesIO(made.file.content.read())).pages)
    for said in ("Lokalvård i skolor", "Växtskötsel", "Enkla uppgifter.", "Godkänt i Insteg av Styr, ordförande"):
        assert said in text, said
    assert not re.findall(r"\b(?:kr|mnkr)\b", text)


@pytest.mark.parametrize("who", ["ue", "styr2", "af", "chef", "park", "admin"])
def test_nobody_else_approves_when_the_chair_was_there(town, who):
    hand_over(town)
    with pytest.raises(Refused):
        approve(town, by=who)
    assert not Minutes.objects.exists()


def test_a_member_who_was_there_approves_when_the_chair_was_not(town):
    came(town, styr=False)
    hand_over(town)
    for who in ("styr", "af", "chef"):
        with pytest.raises(Refused):
            approve(town, by=who)
    assert approve(town, by="styr2").pk


def test_what_has_changed_since_it_was_read_is_not_approved(town):
    hand_over(town)
    read_by_the_chair = seal_of(read(agenda(town)))
    came(town, chef=True)
    with pytest.raises(Blocked, match="ändrats"):
        approve(town, seen_words=read_by_the_chair)
    assert not Minutes.objects.exists()
    assert not Feedback.objects.exists()


def test_the_seal_is_the_same_in_every_language(town):
    with override("sv"):
        swedish = seal_of(read(agenda(town)))
    with override("en"):
        assert seal_of(read(agenda(town))) == swedish


def test_minutes_never_change(town):
    hand_over(town)
    made = approve(town)
    for change in (
        lambda: Minutes.objects.filter(pk=made.pk).update(approved_by_id=town.who["ue"].id),
        lambda: Minutes.objects.filter(pk=made.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_approving_drafts_what_each_organisation_is_told(town):
    hand_over(town)
    assert not Feedback.objects.exists()
    approve(town)
    drafts = {each.organisation.name: each for each in Feedback.objects.all()}
    assert {*drafts} == {"Park", "Hus"}
    assert all(each.sent_at is None for each in drafts.values())
    assert drafts["Park"].lines.count() == 2


# --- what they say


def test_each_decision_tells_its_reason_and_what_it_serves(town):
    said = point(town, "suits")
    assert said.outcome == "Ställ krav: praktik, fem platser."
    assert {(fact.term, fact.value) for fact in said.facts} == {
        ("Social hänsyn", "Sysselsättning"), ("Modellens förslag", "Lämplig"), ("Skäl", "Enkla uppgifter."),
    }  # fmt: skip


def test_what_was_not_treated_says_so(town):
    AgendaItem.objects.filter(pk=town.items["lacks"].pk).update(decision=None)
    said = point(town, "lacks")
    assert said.is_left
    assert said.outcome == "Punkten behandlades inte. Den tas upp på nästa möte."
    assert told(town).lead.endswith("En upphandling är inte behandlad och tas upp på nästa möte.")


def test_what_was_withdrawn_meanwhile_is_not_said_to_come_again(town):
    AgendaItem.objects.filter(pk=town.items["lacks"].pk).update(decision=None)
    row = town.planned["lacks"]
    row.refresh_from_db()
    withdraw(actor=town.who["ue"], target=row, seen=None, withdrawn_reason="Behovet finns inte.")
    said = point(town, "lacks")
    assert not said.is_left
    assert said.outcome == "Upphandlingen har dragits tillbaka."


def test_a_decision_that_follows_another_says_which(town):
    decide(town, "suits", **NOT)
    [fact] = [each for each in point(town, "suits").facts if each.term.startswith("Ersätter")]
    assert fact.value == "Ställ krav: praktik, fem platser."


def test_a_decision_against_the_proposal_says_so(town):
    decide(town, "not", **REQUIRE, why="Vi prövar.")
    assert "Inte lämplig. Beslutet går emot förslaget." in [fact.value for fact in point(town, "not").facts]


def test_who_was_there_for_a_decision_is_told_where_it_was_others(town):
    came(town, chef=True)
    [fact] = [each for each in point(town, "suits").facts if each.term == "Närvarande vid beslutet"]
    assert "Chef" not in fact.value
    assert "Styr2" in fact.value


def test_why_somebody_was_away_stays_out(town):
    Attendance.objects.filter(pk=town.came["chef"].pk).update(note="sjuk")
    Attendance.objects.filter(pk=town.came["af"].pk).update(note="kom kl. 13.10")
    said = told(town)
    assert [each.note for each in said.absent] == [""]
    assert "kom kl. 13.10" in [each.note for each in said.present]


# --- the pages


def test_the_page_says_whose_move_it_is(as_, town):
    assert "Mötet pågår" in text_of(as_("ue").get(page(town)))
    Meeting.objects.filter(pk=town.meeting.pk).update(ends_at=clock.now())
    assert "Din tur: lämna protokollet för godkännande" in text_of(as_("ue").get(page(town)))
    assert "Upphandlingsenheten lämnar det" in text_of(as_("styr").get(page(town)))
    came(town, chef=None)
    assert "Din tur: anteckna vilka som var med" in text_of(as_("ue").get(page(town)))
    came(town)
    hand_over(town)
    assert "Väntar på Styr" in text_of(as_("ue").get(page(town)))
    assert "Din tur: läs och godkänn protokollet" in text_of(as_("styr").get(page(town)))
    assert "Väntar på Styr" in text_of(as_("af").get(page(town)))
    approve(town)
    assert "Protokollet är godkänt" in text_of(as_("af").get(page(town)))


def test_a_meeting_that_was_cancelled_or_is_to_come_has_no_minutes(as_, town):
    rows, row = Meeting.objects.filter(pk=town.meeting.pk), Meeting.objects.get(pk=town.meeting.pk)
    rows.update(starts_at=row.ends_at, ends_at=row.ends_at + row.length)
    shown = text_of(as_("ue").get(page(town)))
    assert "Mötet har inte börjat" in shown
    assert "Lokalvård i skolor" not in shown
    rows.update(cancelled_at=clock.now(), cancelled_reason="Ingen kunde.")
    assert "Mötet är inställt" in text_of(as_("ue").get(page(town)))


def test_when_they_are_approved_the_page_tells_the_decisions_and_leaves_the_rest_to_the_file(as_, town):
    item = AgendaItem.objects.get(pk=town.items["own"].pk)
    actions.note_item(actor=town.who["styr"], target=item, seen=None, note="Vi besökte Lund.")
    assert "Vi besökte Lund." in text_of(as_("styr").get(page(town)))
    hand_over(town)
    approve(town)
    shown = text_of(as_("styr").get(page(town)))
    assert "Ställ krav: praktik, fem platser." in shown
    assert "Vi besökte Lund." not in shown


def test_the_file_is_there_when_they_are_approved(as_, town):
    assert as_("af").get(page(town) + "fil/").status_code == 404
    hand_over(town)
    approve(town)
    answer = as_("af").get(page(town) + "fil/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert as_("park").get(page(town) + "fil/").status_code == 404


def test_a_meeting_goes_from_draft_to_approved_by_hand(as_, town):
    for who, where, button in (("ue", "lamna/", "Lämna"), ("ue", "ta-tillbaka/", "Ta tillbaka"), ("ue", "lamna/", "")):
        form = as_(who).get(page(town) + where)
        assert button in text_of(form)
        assert as_(who).post(page(town) + where, hidden(form)).status_code == 302
    form = as_("styr").get(page(town) + "godkann/")
    assert "Lokalvård i skolor" in text_of(form)
    answer = as_("styr").post(page(town) + "godkann/", hidden(form), follow=True)
    assert "Protokollet är godkänt och ändras inte mer." in text_of(answer)


def test_what_changed_under_the_chairs_eyes_is_shown_and_can_then_be_approved(as_, town):
    hand_over(town)
    form = as_("styr").get(page(town) + "godkann/")
    came(town, chef=True)
    answer = as_("styr").post(page(town) + "godkann/", hidden(form))
    assert answer.status_code == 422
    assert "Protokollet har ändrats sedan du öppnade sidan." in text_of(answer)
    assert as_("styr").post(page(town) + "godkann/", hidden(answer)).status_code == 302


# --- what waits


def waiting(town, who):
    return [(task.title, task.whose.value) for task in tasks(town.who[who])]


def test_each_is_told_when_it_is_their_move(town):
    assert waiting(town, "ue") == []  # the meeting goes on
    row = Meeting.objects.get(pk=town.meeting.pk)
    Meeting.objects.filter(pk=row.pk).update(ends_at=row.starts_at + row.length / 4)
    assert waiting(town, "ue") == [("Lämna protokollet för godkännande", "mine")]
    assert waiting(town, "styr") == []
    hand_over(town)
    assert waiting(town, "ue") == [("Godkänn protokollet", "others")]
    assert waiting(town, "styr") == [("Godkänn protokollet", "mine")]
    assert waiting(town, "styr2") == []
    approve(town)
    assert waiting(town, "ue") == waiting(town, "styr") == []


def test_a_closed_account_is_written_no_letter(town):
    User.objects.filter(pk=town.who["styr"].id).update(is_active=False)
    hand_over(town)
    assert not Message.objects.exists()
