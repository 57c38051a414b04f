"""The agenda of a meeting (R31): what it holds from the beginning, and what the unit does with it."""

import datetime as dt

import pytest

from insteg.audit.gate import Blocked, Refused
from insteg.core import clock
from insteg.inventory.actions import withdraw
from insteg.mail.models import Message
from insteg.meetings.models import Attendance, Meeting
from insteg.process.models import Visit
from insteg.steering import actions, pack_sections
from insteg.steering.models import Agenda, AgendaItem
from insteg.steering.pack_sections import Passage
from tests.steering.before_the_meeting import (
    another_buyer,
    built,
    by,
    coming,
    held_meeting_with,
    item_of,
    listed,
    meeting_in,
    meeting_to_come,
    titles,
)

LAID = {"town": lambda _ground: meeting_to_come()}
LATER = {"again_from": dt.date(2029, 1, 1), "why": "Omfattningen är inte känd."}
DECISIONS = ["Fönsterputs", "Lokalvård i skolor", "Växtskötsel", "Flyttstädning"]


def step_of(planned):
    return Visit.objects.get(run=planned.run_id, left_at=None).step.key


# --- made from the compilation


def test_it_holds_what_waits_for_the_group_by_proposal_and_start(town):
    assert titles(built(town)) == [*DECISIONS, "outlook"]


def test_the_first_meeting_has_no_follow_up(town):
    built(town)
    assert not AgendaItem.objects.filter(kind="follow_up").exists()


def test_what_was_decided_before_is_followed_up_first(town):
    held_meeting_with(town, "sooner", "later", **LATER)
    assert titles(built(town)) == ["follow_up", *DECISIONS[1:], "outlook"]


@pytest.mark.parametrize("kind", ["reports", "risks"])
def test_reports_and_risks_come_when_a_room_has_any(town, monkeypatch, kind):
    monkeypatch.setitem(pack_sections.SECTIONS, kind, [lambda agenda, actor: Passage("AME", ["Allt går bra."])])
    assert titles(built(town)) == [*DECISIONS, kind, "outlook"]


def test_a_room_with_nothing_to_say_adds_no_point(town, monkeypatch):
    monkeypatch.setitem(pack_sections.SECTIONS, "risks", [lambda agenda, actor: None])
    assert titles(built(town)) == [*DECISIONS, "outlook"]


def test_what_is_withdrawn_is_not_on_it(town):
    withdraw(target=town.planned["suits"], withdrawn_reason="Behovet finns inte.", **by(town))
    assert "Lokalvård i skolor" not in titles(built(town))


def test_what_stands_on_another_meeting_to_come_is_not_on_this_one(town):
    built(town)
    later = actions.build_agenda(target=meeting_in(town, 90), **by(town))
    assert titles(later) == ["outlook"]


def test_what_a_meeting_that_has_been_never_came_to_is_on_the_next(town):
    built(town)
    Meeting.objects.filter(pk=town.meeting.pk).update(starts_at=clock.now() - dt.timedelta(hours=1))
    later = actions.build_agenda(target=meeting_in(town, 90), **by(town))
    assert titles(later) == [*DECISIONS, "outlook"]


def test_what_a_cancelled_meeting_had_is_free_for_another(town):
    built(town)
    reason = {"cancelled_at": clock.now(), "cancelled_reason": "Ingen kunde."}
    Meeting.objects.filter(pk=town.meeting.pk).update(**reason)
    assert titles(actions.build_agenda(target=meeting_in(town, 90), **by(town))) == [*DECISIONS, "outlook"]


def test_a_meeting_has_one_agenda(town):
    built(town)
    with pytest.raises(Refused):
        built(town)


@pytest.mark.parametrize("name", ["styr", "park", "chef", "af", "admin"])
def test_only_the_procurement_unit_makes_it(town, name):
    with pytest.raises(Refused):
        actions.build_agenda(target=town.meeting, **by(town, name))


# --- what comes later


def test_what_has_come_since_is_put_in_its_place(town):
    built(town)
    coming(town, "Park", "Trädvård", facts="sooner")
    actions.update_agenda(target=town.agenda, **by(town))
    assert titles(town.agenda) == ["Fönsterputs", "Trädvård", *DECISIONS[1:], "outlook"]


def test_to_update_without_anything_new_says_so(town):
    built(town)
    with pytest.raises(Blocked, match="Inget nytt har kommit"):
        actions.update_agenda(target=town.agenda, **by(town))


def test_what_is_judged_is_laid_before_the_group_and_its_case_goes_there(town):
    built(town)
    rows = [town.planned["judged"].pk, town.planned["judged_not"].pk]
    actions.put_forward(target=town.agenda, rows=rows, **by(town))
    assert step_of(town.planned["judged"]) == step_of(town.planned["judged_not"]) == "decide"
    assert titles(town.agenda) == [
        "Fönsterputs", "Lokalvård i skolor", "Snöröjning", "Växtskötsel", "Flyttstädning", "Konsultstöd", "outlook",
    ]  # fmt: skip


def test_what_was_taken_off_can_be_laid_before_the_group_again(town):
    built(town)
    actions.remove_item(target=item_of(town, "suits"), **by(town))
    assert "Lokalvård i skolor" not in titles(town.agenda)
    assert step_of(town.planned["suits"]) == "decide"
    actions.put_forward(target=town.agenda, rows=[town.planned["suits"].pk], **by(town))
    assert titles(town.agenda) == [*DECISIONS, "outlook"]


def test_what_has_gone_meanwhile_is_not_laid_before_the_group(town):
    built(town)
    withdraw(target=town.planned["judged"], withdrawn_reason="Behovet finns inte.", **by(town))
    rows = [town.planned["judged"].pk, town.planned["judged_not"].pk]
    with pytest.raises(Blocked, match="går inte längre att lägga fram"):
        actions.put_forward(target=town.agenda, rows=rows, **by(town))
    assert step_of(town.planned["judged_not"]) == "assess"


def test_what_stands_on_it_is_not_laid_there_twice(town):
    built(town)
    with pytest.raises(Blocked):
        actions.put_forward(target=town.agenda, rows=[town.planned["suits"].pk], **by(town))


# --- points, their words and their order


def test_an_own_point_comes_before_what_happens_around_us(town):
    built(town)
    actions.add_item(target=town.agenda, title="Studiebesök", text="Hos en granne.", **by(town))
    assert titles(town.agenda) == [*DECISIONS, "Studiebesök", "outlook"]


def test_the_unit_writes_under_every_point_and_names_its_own(town):
    own = actions.add_item(target=built(town), title="Studiebesök", **by(town))
    actions.change_item(target=own, title="Besök", text="I maj.", **by(town))
    actions.change_item(target=item_of(town, "suits"), title="Något annat", text="Se bilagan.", **by(town))
    own.refresh_from_db()
    assert (own.title, own.text) == ("Besök", "I maj.")
    assert (item_of(town, "suits").title, item_of(town, "suits").text) == ("", "Se bilagan.")


def test_an_own_point_must_have_a_heading(town):
    own = actions.add_item(target=built(town), title="Studiebesök", **by(town))
    with pytest.raises(Exception, match="Skriv en rubrik"):
        actions.change_item(target=own, title="", text="I maj.", **by(town))


def test_what_belongs_to_every_meeting_is_not_taken_off(town):
    built(town)
    outlook = AgendaItem.objects.get(agenda=town.agenda, kind="outlook")
    with pytest.raises(Blocked, match="hör till varje möte"):
        actions.remove_item(target=outlook, **by(town))


def test_what_the_group_has_decided_on_stays(town):
    item = held_meeting_with(town, "sooner", "later", **LATER)
    with pytest.raises(Blocked, match="har beslutat under punkten"):
        actions.remove_item(target=item, **by(town))


@pytest.mark.parametrize(
    ("moved", "to", "then"),
    [
        ("Flyttstädning", 1, ["Flyttstädning", *DECISIONS[:3], "outlook"]),
        ("Fönsterputs", 4, [*DECISIONS[1:], "Fönsterputs", "outlook"]),
        ("Fönsterputs", 2, ["Lokalvård i skolor", "Fönsterputs", *DECISIONS[2:], "outlook"]),
    ],
)
def test_a_point_gets_the_place_that_was_typed(town, moved, to, then):
    built(town)
    shown = {
        title: (place, pk) for place, (title, pk) in enumerate(zip(titles(town.agenda), keys(town), strict=True), 1)
    }
    places = {pk: to if title == moved else place for title, (place, pk) in shown.items()}
    actions.order_agenda(target=town.agenda, places=places, seen_order=keys(town), **by(town))
    assert titles(town.agenda) == then


def keys(town):
    return [*AgendaItem.objects.filter(agenda=town.agenda).order_by("order").values_list("pk", flat=True)]


def test_an_order_of_an_agenda_that_has_changed_is_not_kept(town):
    built(town)
    shown = keys(town)
    actions.add_item(target=town.agenda, title="Studiebesök", **by(town))
    places = {pk: place for place, pk in enumerate(reversed(shown), 1)}
    with pytest.raises(Blocked, match="har ändrats sedan sidan öppnades"):
        actions.order_agenda(target=town.agenda, places=places, seen_order=shown, **by(town))
    assert titles(town.agenda) == [*DECISIONS, "Studiebesök", "outlook"]


# --- sent out


def test_those_who_are_called_are_told_and_read_it_from_then_on(town):
    agenda = built(town)
    actions.share_agenda(target=agenda, **by(town))
    letters = {each.to: each for each in Message.objects.filter(subject__startswith="Underlaget finns att läsa")}
    assert letters.keys() == {town.user[name].email for name in ("styr", "styr2", "af")}
    assert f"/styrgruppen/underlag/{agenda.pk}/" in letters[town.user["af"].email].body


def test_a_second_sending_says_that_it_has_changed(town):
    agenda = built(town)
    actions.share_agenda(target=agenda, **by(town))
    actions.share_agenda(target=agenda, **by(town))
    assert Message.objects.filter(subject__startswith="Underlaget är ändrat").count() == 3


def test_it_is_not_sent_before_the_call(town):
    Meeting.objects.update(called_at=None)
    with pytest.raises(Blocked, match="Skicka kallelsen först"):
        actions.share_agenda(target=built(town), **by(town))


def test_it_is_not_sent_to_nobody(town):
    Attendance.objects.all().delete()
    with pytest.raises(Blocked, match="Ingen står på mötets lista"):
        actions.share_agenda(target=built(town), **by(town))


def test_nothing_is_changed_once_the_minutes_are_handed_over(town):
    built(town)
    actions.add_item(target=town.agenda, title="Studiebesök", **by(town))
    Agenda.objects.update(handed_over_at=clock.now())
    with pytest.raises(Refused):
        actions.add_item(target=town.agenda, title="Ett till", **by(town))


# --- files


def test_a_file_lies_by_its_point_until_it_is_taken_away(town):
    built(town)
    item = item_of(town, "suits")
    kept = actions.add_file(target=item, content=b"Ritning", filename="ritning.pdf", **by(town))
    assert (kept.file.name, kept.file.read()) == ("ritning.pdf", b"Ritning")
    actions.remove_file(target=kept, **by(town))
    assert not item.files.exists()


def test_files_go_with_their_point(town):
    item = actions.add_item(target=built(town), title="Studiebesök", **by(town))
    actions.add_file(target=item, content=b"Karta", filename="karta.pdf", **by(town))
    actions.remove_item(target=item, **by(town))
    assert "Studiebesök" not in titles(town.agenda)


def test_what_the_group_saw_is_not_taken_away(town):
    item = held_meeting_with(town, "sooner", "later", **LATER)
    kept = actions.add_file(target=item, content=b"Ritning", filename="ritning.pdf", **by(town))
    with pytest.raises(Blocked, match="hör till det som den såg"):
        actions.remove_file(target=kept, **by(town))


def test_a_point_has_at_most_twenty_files(town, monkeypatch):
    monkeypatch.setattr("insteg.steering.actions.agenda_files.MOST_FILES", 1)
    built(town)
    item = item_of(town, "suits")
    actions.add_file(target=item, content=b"1", filename="1.pdf", **by(town))
    with pytest.raises(Blocked, match="har redan 1 filer"):
        actions.add_file(target=item, content=b"2", filename="2.pdf", **by(town))


def test_only_the_unit_that_called_keeps_the_points(town):
    built(town)
    for name in ("styr", "park", "af"):
        with pytest.raises(Refused):
            actions.change_item(target=item_of(town, "suits"), text="Nej", **by(town, name))
        with pytest.raises(Refused):
            actions.share_agenda(target=town.agenda, **by(town, name))


def test_a_closed_account_gets_no_letter(town):
    gone = another_buyer(town, "Park", "borta")
    listed(town.meeting, gone)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    actions.share_agenda(target=built(town), **by(town))
    assert not Message.objects.filter(to=gone.email).exists()
