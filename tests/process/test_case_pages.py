"""R80-R82: the pages on which one does something with a case."""

import datetime as dt

import pytest
from django.urls import reverse

from insteg.audit.gate import Blocked
from insteg.audit.models import Entry
from insteg.process.cards.case import card
from insteg.process.models import ItemAnswer, Visit
from tests.process.cases import answer_as, decide, go, opened, send, text, to, visit_of

pytestmark = pytest.mark.one_database

# --- to move it


def test_it_is_moved_on_from_its_page(as_, town, planned):
    client, address = as_("ue"), to("move", planned, "to_steering")
    assert "Då är det styrgruppens tur." in text(client.get(address))
    answer = send(client, address)
    assert answer.status_code == 302
    assert visit_of(planned).step.key == "decide"


def test_a_double_click_moves_it_once(as_, planned):
    client, address = as_("ue"), to("move", planned, "to_steering")
    typed = opened(client, address)
    first, second = client.post(address, typed), client.post(address, typed)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Visit.objects.filter(run=planned.run_id).count() == 3


def test_a_reason_that_is_needed_is_asked_for_and_kept(as_, town, planned):
    client, address = as_("ue"), to("move", planned, "not_taken_up")
    assert "Skriv varför." in text(send(client, address, why=" "), 422)
    assert send(client, address, why="Vi vill se fler yrken").status_code == 302
    left = Visit.objects.get(run=planned.run_id, left_move__key="not_taken_up")
    assert left.reason == "Vi vill se fler yrken"


def test_what_the_group_decides_is_not_taken_by_hand(as_, town, planned):
    go(town, planned, "ue", "to_steering")
    with pytest.raises(Blocked, match="Styrgruppen beslutar vid sitt möte"):
        go(town, planned, "styr", "require", "Många platser")
    client = as_("styr")
    assert "Skriv varför" not in text(client.get(to("move", planned, "require")))
    assert visit_of(planned).step.key == "decide"


def test_what_is_in_the_way_is_said_instead_of_a_form(as_, town):
    page = text(as_("park").get(to("move", town.planned["p"], "reported")))
    assert "Uppgifter saknas som bedömningen behöver." in page
    assert "Tillbaka till ärendet" in page


def test_what_came_in_the_way_meanwhile_is_said_in_the_form(as_, town, decided):
    for key in ("decision_told", "next_step_told"):
        answer_as(town, decided, key)
    client, address = as_("ue"), to("move", decided, "start")
    typed = opened(client, address)
    answer_as(town, decided, "next_step_told", said="")
    page = text(client.post(address, typed), 422)
    assert "Kvar att besvara: Organisationen vet vad den ska göra härnäst och senast när." in page


def test_whoever_is_overtaken_keeps_what_was_typed(as_, town, planned):
    client, address = as_("ue"), to("move", planned, "not_taken_up")
    typed = opened(client, address) | {"why": "För liten"}
    go(town, planned, "ue2", "to_steering")
    decide(town, planned, "later", "Tänk igen")
    page = client.post(address, typed)
    assert "För liten" in text(page, 409)
    assert "Någon annan hann före" in text(page, 409)
    assert visit_of(planned).step.key == "assess"
    again = {field.name: field.value() for field in page.context["form"].hidden_fields()}
    assert client.post(address, again | {"why": "För liten"}).status_code == 302  # it has been seen now
    assert not Visit.objects.filter(run=planned.run_id, left_at=None).exists()


def test_a_way_that_is_gone_leads_to_where_the_case_stands(as_, town, planned):
    client, address = as_("ue"), to("move", planned, "not_taken_up")
    typed = opened(client, address)
    go(town, planned, "ue2", "to_steering")
    assert client.post(address, typed | {"why": "För liten"}).status_code == 409
    answer = client.get(address, follow=True)
    assert "Ärendet har redan gått vidare. Här står det nu." in text(answer)
    assert answer.redirect_chain[0][0] == reverse("inventory:detail", args=[planned.pk])


def test_another_partys_way_is_refused(as_, town, planned):
    address = to("move", planned, "to_steering")
    assert as_("ue").get(address).status_code == 200
    for name, status in (("park", 403), ("styr", 403), ("ame", 403), ("hus", 404), ("bygg", 404)):
        assert as_(name).get(address).status_code == status
    typed = opened(as_("ue"), address)
    assert as_("styr").post(address, typed).status_code == 403
    assert visit_of(planned).step.key == "assess"


# --- points


def test_a_point_is_answered_changed_and_taken_back(as_, town, decided):
    client, address = as_("ue"), to("answer_item", decided, "decision_told")
    assert send(client, address, said="done").status_code == 302
    found = card(decided.run_id, town.who["park"]).points[0]
    assert (found.said, found.by, found.answer_url) == ("done", "Ue", "")
    assert send(client, address, said="not_needed", note="Var med på mötet").status_code == 302
    assert ItemAnswer.objects.get().note == "Var med på mötet"
    assert send(client, address, said="").status_code == 302
    assert not ItemAnswer.objects.exists()


def test_not_needed_wants_a_reason_and_an_answer_is_chosen(as_, decided):
    client, address = as_("ue"), to("answer_item", decided, "decision_told")
    refused = send(client, address, said="not_needed")
    assert "Skriv varför punkten inte behövs." in text(refused, 422)
    assert [*refused.context["form"].errors] == ["note"]  # where it is to be written
    assert "Välj ett svar." in text(send(client, address), 422)
    assert "Välj ett svar." in text(send(client, address, said=""), 422)  # there is none to take back
    assert not ItemAnswer.objects.exists()


def test_the_button_of_the_panel_answers_at_once(as_, town, decided):
    client, found = as_("ue"), card(decided.run_id, town.who["ue"])
    point = found.points[0]
    sent = {"key": point.key, "version": found.version, "seen_visit": found.visit, "said": "done"}
    for _click in range(2):
        assert client.post(point.answer_url, sent).status_code == 302
    assert ItemAnswer.objects.get().said == "done"


def test_a_colleagues_answer_is_not_overwritten_unseen(as_, town, decided):
    client, address = as_("ue"), to("answer_item", decided, "decision_told")
    typed = opened(client, address) | {"said": "not_needed", "note": "Vi sa det i telefon"}
    answer_as(town, decided, "decision_told", name="ue2")
    page = client.post(address, typed)
    assert "Vi sa det i telefon" in text(page, 409)
    assert ItemAnswer.objects.get().said == "done"
    again = {field.name: field.value() for field in page.context["form"].hidden_fields()}
    assert client.post(address, typed | again).status_code == 302
    assert ItemAnswer.objects.get().said == "not_needed"


def test_another_partys_point_is_refused(as_, decided):
    address = to("answer_item", decided, "decision_told")
    assert as_("ue").get(address).status_code == 200
    assert as_("park").get(address).status_code == 403
    assert as_("styr").get(address).status_code == 403


# --- who has it, and by when


def test_it_is_taken_and_handed_back(as_, town, planned):
    client = as_("ue")
    assert send(client, to("take", planned)).status_code == 302
    assert visit_of(planned).handler_id == town.who["ue"].membership_id
    assert "Du har tagit det." in card(planned.run_id, town.who["ue"]).banner.sentences
    assert "Ue har tagit det." in card(planned.run_id, town.who["styr"]).banner.sentences
    assert send(client, to("hand_back", planned)).status_code == 302
    assert visit_of(planned).handler is None


def test_only_whose_move_it_is_takes_it(as_, planned):
    assert as_("ue").get(to("take", planned)).status_code == 200
    for name, status in (("park", 403), ("styr", 403), ("hus", 404)):
        assert as_(name).get(to("take", planned)).status_code == status


def test_the_day_is_moved_with_a_reason(as_, town, planned):
    client, address, before = as_("ue"), to("due_date", planned), visit_of(planned).due_on
    page = text(client.get(address))
    assert "Modellen ger steget ”Sammanställ och bedöm” 30 arbetsdagar." in page
    assert "Skriv varför datumet flyttas." in text(send(client, address, due_on="2031-03-03"), 422)
    assert "Välj en dag som inte har varit." in text(send(client, address, due_on="2020-03-03", reason="x"), 422)
    assert visit_of(planned).due_on == before
    assert send(client, address, due_on="2031-03-03", reason="Fler ska svara").status_code == 302
    assert visit_of(planned).due_on == dt.date(2031, 3, 3)
    entry = Entry.objects.get(action="process.move_due_date")
    assert (entry.reason, entry.actor_id) == ("Fler ska svara", town.who["ue"].id)


def test_the_reason_is_no_longer_than_the_log_holds(as_, planned):
    """Twice as much was asked for, and PostgreSQL answered with a fault."""
    client, address = as_("ue"), to("due_date", planned)
    assert send(client, address, due_on="2031-03-03", reason="x" * 201).status_code == 422
    assert send(client, address, due_on="2031-03-03", reason="x" * 200).status_code == 302


def test_a_day_far_away_is_mistyped(as_, planned):
    page = text(send(as_("ue"), to("due_date", planned), due_on="9999-12-31", reason="Sedan"), 422)
    assert "Dagen ligger mer än femton år bort." in page
    assert 'value="9999-12-31"' in page


def test_nobody_takes_unawares_what_a_colleague_just_took(as_, town, planned):
    """Also from the panel's button: whoever pressed first has it, and the other is told and may take it over."""
    seen = opened(as_("ue2"), to("take", planned))
    assert send(as_("ue"), to("take", planned)).status_code == 302
    answer = as_("ue2").post(to("take", planned), seen)
    assert "Ue har tagit det." in text(answer, 409)
    assert visit_of(planned).handler_id == town.who["ue"].membership_id
    again = {field.name: field.value() for field in answer.context["form"].hidden_fields()}
    assert as_("ue2").post(to("take", planned), again).status_code == 302
    assert visit_of(planned).handler_id == town.who["ue2"].membership_id


def test_the_panels_button_carries_what_was_seen(as_, town, planned):
    page = text(as_("ue").get(reverse("inventory:detail", args=[planned.pk])))
    assert f'name="seen_version" value="{visit_of(planned).version}"' in page


def test_of_two_who_move_the_day_the_second_is_told(as_, planned):
    seen = opened(as_("ue2"), to("due_date", planned))
    send(as_("ue"), to("due_date", planned), due_on="2031-03-03", reason="Fler ska svara")
    page = text(as_("ue2").post(to("due_date", planned), seen | {"due_on": "2030-02-02", "reason": "Bråttom"}), 409)
    assert "Någon annan hann före" in page
    assert 'value="2030-02-02"' in page
    assert "Bråttom" in page
    assert visit_of(planned).due_on == dt.date(2031, 3, 3)


def test_only_whose_move_it_is_moves_the_day_or_changes_the_edition(as_, decided, newer):
    for name in ("due_date", "change_edition"):
        assert as_("ue").get(to(name, decided)).status_code == 200
        for who, status in (("park", 403), ("styr", 403), ("ame", 403), ("hus", 404), ("admin", 404)):
            assert as_(who).get(to(name, decided)).status_code == status


def test_a_closed_case_is_left_alone(as_, town, planned):
    go(town, planned, "ue", "not_taken_up", "Ingen plats")
    client = as_("ue")
    for name in ("take", "hand_back", "due_date", "change_edition"):
        assert "Ärendet är avslutat." in text(client.get(to(name, planned), follow=True))
