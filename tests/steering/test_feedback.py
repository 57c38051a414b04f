"""What each organisation is told after a meeting, and that it has come and been read (R33)."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from insteg.audit.gate import Blocked, Refused, Stale
from insteg.core import clock
from insteg.core.workdays import is_workday
from insteg.inventory.actions import withdraw
from insteg.inventory.lead_times import lead_times
from insteg.mail.models import Message
from insteg.organisations.models import User
from insteg.process.models import ItemAnswer, RuleSet, Visit
from insteg.steering import actions
from insteg.steering.models import Feedback, FeedbackLetter
from insteg.steering.next_steps import proposed
from tests.steering.after_the_meeting import (
    adjust,
    approved,
    decided_anew,
    feedback,
    hidden,
    line,
    look,
    planned,
    send,
    text_of,
)
from tests.steering.at_the_meeting import step_of
from tests.town import address

LAID = {"town": lambda _ground: approved()}


# --- what is proposed


def test_a_requirement_is_to_be_started_by_the_last_day_for_the_first_dialogue(town):
    latest = lead_times(planned(town).start, RuleSet.objects.in_force()).latest_dialogue
    assert line(town).due_on == latest
    assert line(town).next_step.startswith("Starta upphandlingen")


def test_a_start_that_is_near_or_unknown_gives_a_day_all_the_same(town):
    decision, rules, today = line(town).decision, RuleSet.objects.in_force(), clock.today()
    for start in (today + dt.timedelta(days=60), None):
        decision.planned.start = start
        step = proposed(decision, rules, today)
        assert step.due_on > today
        assert is_workday(step.due_on)
        assert ("Ta reda på när" in step.text) == (start is None)


def test_what_is_looked_at_again_is_to_tell_what_is_missing_before_the_term(town):
    row = line(town, "lacks")
    assert row.next_step == "Ta reda på årsarbetare, och fyll i det i Insteg."
    assert row.due_on < row.decision.again_from
    row.decision.planned.missing = ""
    assert proposed(row.decision, RuleSet.objects.in_force(), clock.today()).text == ""


def test_nothing_is_asked_where_nothing_is_required_or_left(town):
    assert (line(town, "not").next_step, line(town, "not").due_on) == ("", None)
    decision = line(town).decision
    decision.planned.withdrawn_at = clock.now()
    assert proposed(decision, RuleSet.objects.in_force(), clock.today()).text == ""


# --- adjusted


def test_the_unit_adjusts_text_step_and_day(town):
    day = clock.today() + dt.timedelta(days=40)
    adjust(town, text="Bra plan.", suits=("Kalla till dialog.", day))
    assert feedback(town).text == "Bra plan."
    assert (line(town).next_step, line(town).due_on) == ("Kalla till dialog.", day)
    assert line(town, "not").next_step == ""


def test_two_who_adjust_are_told_of_each_other_also_when_only_a_line_changed(town):
    seen = feedback(town).version
    adjust(town, seen=seen, suits=("Kalla till dialog.", clock.today()))
    with pytest.raises(Stale):
        adjust(town, seen=seen, text="Bra plan.")


def test_a_day_needs_something_to_do(town):
    with pytest.raises(ValidationError) as error:
        adjust(town, suits=("", clock.today()))
    assert [*error.value.message_dict] == [f"step_{line(town).pk}"]


def test_lines_of_others_are_left_alone(town):
    adjust(town, "Hus", suits=("Något annat.", None))
    assert line(town).next_step.startswith("Starta upphandlingen")


@pytest.mark.parametrize("who", ["park", "styr", "admin"])
def test_only_the_unit_adjusts_and_sends(town, who):
    with pytest.raises(Refused):
        send(town, by=who)
    with pytest.raises(Refused):
        actions.adjust_feedback(actor=town.who[who], target=feedback(town), seen=None, text="", lines={})


def test_what_is_sent_is_not_adjusted_or_sent_again(town):
    send(town)
    for again in (lambda: send(town), lambda: adjust(town, text="Glömde")):
        with pytest.raises(Refused):
            again()


# --- sent


def test_everyone_who_procures_there_gets_a_letter_with_each_decision(town):
    send(town)
    [letter] = FeedbackLetter.objects.all()
    assert letter.message.to == address("park")
    assert "– Lokalvård i skolor: Ställ krav: praktik, fem platser." in letter.message.body
    assert "– Flyttstädning: Ställ inte krav." in letter.message.body
    assert "Växtskötsel" not in letter.message.body
    assert f"/aterkoppling/{feedback(town).pk}/" in letter.message.body


def test_the_case_with_a_requirement_is_told_and_waits_to_be_started(town):
    send(town)
    assert step_of(planned(town)) == "feed_back"
    visit = Visit.objects.get(run=planned(town).run_id, left_at=None)
    assert {each.item.key for each in ItemAnswer.objects.filter(visit=visit)} == {"decision_told", "next_step_told"}


def test_the_case_without_a_requirement_ends(town):
    assert step_of(planned(town, "not")) == "feed_back_no"
    send(town)
    assert step_of(planned(town, "not")) == ""
    assert Visit.objects.filter(run=planned(town, "not").run_id, left_move__key="told").exists()


def test_a_case_that_has_gone_elsewhere_is_left_there(town):
    row = planned(town, "not")
    withdraw(actor=town.who["ue"], target=row, seen=None, withdrawn_reason="Behovet finns inte.")
    decided_anew(town)
    send(town)
    assert not ItemAnswer.objects.filter(visit__run=planned(town).run_id, item__key="decision_told").exists()
    assert feedback(town).sent_at is not None


def test_nobody_is_told_when_nobody_would_get_it(town):
    User.objects.filter(pk=town.who["park"].id).update(is_active=False)
    with pytest.raises(Blocked, match="Ingen på Park"):
        send(town)
    assert step_of(planned(town, "not")) == "feed_back_no"


@pytest.mark.parametrize("said", [("", None), ("Starta den.", None)])
def test_a_requirement_says_what_to_do_and_by_when(town, said):
    adjust(town, suits=said)
    with pytest.raises(Blocked, match="Lokalvård i skolor"):
        send(town)
    assert not Message.objects.filter(to=address("park")).exists()


def test_what_the_unit_buys_itself_is_told_to_the_unit(town):
    Feedback.objects.filter(pk=feedback(town).pk).update(organisation=town.org["Stad"])
    row = Feedback.objects.get(organisation=town.org["Stad"])
    actions.send_feedback(actor=town.who["ue"], target=row, seen=None)
    assert {each.user.name for each in FeedbackLetter.objects.select_related("user")} == {"Ue", "Ue2"}


def test_all_are_sent_at_once_but_for_what_something_is_lacking_in(town):
    adjust(town, suits=("", None))
    actions.send_all_feedback(actor=town.who["ue"], target=town.agenda, seen=None)
    assert feedback(town).sent_at is None
    assert feedback(town, "Hus").sent_at is not None
    with pytest.raises(Blocked, match="klar att skicka"):
        actions.send_all_feedback(actor=town.who["ue"], target=town.agenda, seen=None)
    adjust(town, suits=("Starta den.", clock.today()))
    actions.send_all_feedback(actor=town.who["ue"], target=town.agenda, seen=None)
    with pytest.raises(Blocked, match="redan skickad"):
        actions.send_all_feedback(actor=town.who["ue"], target=town.agenda, seen=None)


# --- read


def test_the_first_who_opens_it_has_read_it(as_, town):
    where = f"/aterkoppling/{feedback(town).pk}/"
    assert as_("park").get(where).status_code == 404  # a draft
    send(town)
    for who in ("ue", "styr"):
        as_(who).get(where)
        assert feedback(town).read_at is None
    assert as_("hus").get(where).status_code == 404
    as_("park").get(where)
    read = feedback(town)
    assert str(read.read_by_id) == town.who["park"].id
    as_("park").get(where)
    assert feedback(town).read_at == read.read_at
    assert "Läst" in text_of(as_("ue").get(where))


def test_only_whom_it_is_for_reads_it(town):
    send(town)
    for who in ("ue", "hus", "styr"):
        with pytest.raises(Refused):
            look(town, who)


# --- the pages


def test_the_unit_sees_all_of_a_meeting(as_, town):
    where = f"/styrgruppen/underlag/{town.agenda.pk}/aterkoppling/"
    assert "Din tur: skicka två återkopplingar" in text_of(as_("ue").get(where))
    answer = as_("ue").post(where + "skicka/", hidden(as_("ue").get(where + "skicka/")), follow=True)
    assert "All återkoppling är skickad." in text_of(answer)
    assert "Väntar på att bli läst av Hus, Park." in text_of(answer)
    assert as_("styr").get(where).status_code == 403
    assert as_("park").get(where).status_code == 404


def test_the_unit_sees_that_a_letter_did_not_come(as_, town):
    send(town)
    where = f"/aterkoppling/{feedback(town).pk}/"
    assert "På väg" in text_of(as_("ue").get(where))
    letter = FeedbackLetter.objects.get()
    Message.objects.filter(pk=letter.message_id).update(given_up_at=clock.now(), body="")
    assert "Kom inte fram" in text_of(as_("ue").get(where))
    Message.objects.filter(pk=letter.message_id).update(given_up_at=None, sent_at=clock.now())
    assert "Framme i dag" in text_of(as_("ue").get(where))
    assert "Framme" not in text_of(as_("park").get(where))


def test_the_unit_adjusts_and_sends_by_hand(as_, town):
    where = f"/aterkoppling/{feedback(town).pk}/"
    form = hidden(as_("ue").get(where + "andra/"))
    form |= {"text": "Vi hörs om datum.", f"due_{line(town).pk}": "2028-05-02"}
    assert "Vi hörs om datum." in text_of(as_("ue").post(where + "andra/", form, follow=True))
    assert line(town).due_on == dt.date(2028, 5, 2)
    form[f"step_{line(town).pk}"] = ""
    answer = as_("ue").post(where + "andra/", form | hidden(as_("ue").get(where + "andra/")) | {
        f"step_{line(town).pk}": ""})  # fmt: skip
    assert answer.status_code == 422
    assert "Skriv vad organisationen ska göra, eller ta bort dagen." in text_of(answer)
    answer = as_("ue").post(where + "skicka/", hidden(as_("ue").get(where + "skicka/")), follow=True)
    assert "Återkopplingen är skickad." in text_of(answer)


def test_each_lists_what_is_theirs(as_, town):
    assert "Ingen återkoppling än" in text_of(as_("park").get("/aterkoppling/"))
    send(town)
    assert len(as_("park").get("/aterkoppling/").context["rows"]) == 1
    assert "Ingen återkoppling än" in text_of(as_("hus").get("/aterkoppling/"))
    assert len(as_("ue").get("/aterkoppling/").context["rows"]) == 2
    assert len(as_("styr").get("/aterkoppling/").context["rows"]) == 1
    assert as_("chef").get("/aterkoppling/").status_code == 403
