"""R80-R82: the panel of a case, and the pages on which one does something with it."""

import datetime as dt

import pytest
from django.apps import apps
from django.urls import reverse

from insteg.audit.models import Entry
from insteg.core import clock
from insteg.inventory.actions import report, withdraw
from insteg.process import actions
from insteg.process.cards.case import card
from insteg.process.models import ItemAnswer, Kind, Process, Visit
from insteg.process.shipped import shipped, write

TOLD = {
    "nature": "services", "value_min": 30_000_000, "value_max": 30_000_000, "months": 24, "extent_known": True,
    "fte": 12, "start": dt.date(2029, 1, 1), "framework": False,
}  # fmt: skip


def text(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def visit_of(planned):
    return Visit.objects.select_related("step", "handler").get(run=planned.run_id, left_at=None)


def to(name, planned, *more):
    return reverse(f"process:{name}", args=[planned.run_id, *more])


def opened(client, address):
    """What the form carries hidden, as a browser has it."""
    form = client.get(address).context["form"]
    return {field.name: field.value() for field in form.hidden_fields() if field.value() is not None}


def send(client, address, **typed):
    return client.post(address, opened(client, address) | typed)


def go(town, planned, name, key, why=""):
    actions.advance(
        actor=town.who[name], target=planned.run, seen=None, move_key=key, seen_visit=visit_of(planned).pk, why=why
    )


@pytest.fixture
def planned(town):
    """Park has told what it buys; it waits for the procurement unit to judge it."""
    return report(actor=town.who["park"], target=town.org["Park"], seen=None, title="Lokalvård", **TOLD)


@pytest.fixture
def decided(town, planned):
    """The steering group requires something, and the procurement unit is to tell Park."""
    go(town, planned, "ue", "to_steering")
    go(town, planned, "styr", "require", "Många platser")
    return planned


@pytest.fixture
def newer(town):
    """A second edition: a step is renamed, one point is new, one is gone and one is worded anew."""
    model = shipped("planned_procurement")
    step = next(each for each in model["step"] if each["key"] == "feed_back")
    step["title"], step["lead_workdays"] = "Berätta vad som beslutades", 3
    step["item"][0]["text"] = "Organisationen har läst beslutet"
    step["item"][1] = {"key": "diary", "text": "Diariet är fört", "lane": "procurement_unit", "offset": 2}
    return publish(model)


def publish(model):
    process = Process.objects.create(kind=Kind.PLANNED_PROCUREMENT, edition=2)
    write(model, process, lambda name: apps.get_model("process", name))
    process.published_at = clock.now()
    process.save(update_fields=["published_at"])
    return process


# --- the panel


def test_the_panel_is_for_those_who_see_the_case(town, planned):
    for name in ("ue", "park", "styr", "ame"):
        assert card(planned.run_id, town.who[name]).step == "Sammanställ och bedöm"
    for name in ("hus", "bygg", "af", "mal", "admin"):
        assert card(planned.run_id, town.who[name]) is None
    assert card(None, town.who["ue"]) is None


def test_it_says_whose_move_it_is(town, planned):
    own, theirs = card(planned.run_id, town.who["ue"]), card(planned.run_id, town.who["styr"])
    assert (own.banner.color, own.banner.title) == ("accent", "Din tur: Sammanställ och bedöm")
    assert own.primary.title == "Lägg fram för styrgruppen"
    assert own.primary.leads_to == "Leder till ”Besluta om krav”. Då är det styrgruppens tur."
    assert (theirs.banner.color, theirs.banner.title) == (
        "neutral",
        "Upphandlingsenhetens tur: Sammanställ och bedöm",
    )
    assert theirs.primary is None
    assert [(way.href, way.who) for way in theirs.ways] == [("", "Upphandlingsenheten")] * 2
    assert (theirs.take_url, theirs.due_date_url) == ("", "")


def test_what_is_in_the_way_is_said_and_the_way_is_no_button(town):
    p = town.planned["p"]  # nothing is told of it
    found = card(p.run_id, town.who["park"])
    sentence = "Uppgifter saknas som bedömningen behöver. Fyll i dem, eller säg att de inte är kända."
    assert (found.banner.color, found.banner.sentences) == ("warning", [sentence])
    assert found.primary is None
    reported, as_it_is = found.ways
    assert (reported.href, reported.obstacles) == ("", [sentence])
    assert (as_it_is.href, as_it_is.obstacles, as_it_is.who) == ("", [], "Upphandlingsenheten")


def test_points_are_counted_and_the_late_ones_named(town, decided, monkeypatch):
    later = clock.now() + dt.timedelta(days=12)
    monkeypatch.setattr(clock, "now", lambda: later)
    found = card(decided.run_id, town.who["ue"])
    assert found.points_in_words == "0 av 2 besvarade, 1 sen"
    assert [point.late for point in found.points] == [True, False]
    assert found.banner.sentences == ["2 punkter är kvar att besvara."]
    assert found.banner.color == "accent"
    assert found.ways[0].obstacles == [f"Kvar att besvara: {point.title}." for point in found.points]


def test_a_late_case_says_so(town, planned, monkeypatch):
    later = clock.now() + dt.timedelta(days=90)
    monkeypatch.setattr(clock, "now", lambda: later)
    found = card(planned.run_id, town.who["styr"])
    assert found.banner.late
    assert found.banner.due_note.endswith("arbetsdagar sedan")


def test_the_way_here_is_told_with_names_and_reasons(town, decided):
    what = [(event.who, event.what) for event in card(decided.run_id, town.who["park"]).events]
    assert what == [
        ("Styr", "Till ”Återkoppla att krav ska ställas”: Ställ krav. Skäl: Många platser"),
        ("Ue", "Till ”Besluta om krav”: Lägg fram för styrgruppen."),
        ("Park", "Till ”Sammanställ och bedöm”: Anmälan är klar."),
        ("Park", "Till ”Anmäl det som kommer”"),
    ]


def test_a_closed_case_says_how_it_ended(town, planned):
    go(town, planned, "ue", "not_taken_up", "Ingen plats")
    found = card(planned.run_id, town.who["park"])
    assert found.banner.title.startswith("Ärendet avslutades ")
    assert found.banner.sentences == ["I steget ”Sammanställ och bedöm” valdes ”Lägg inte fram”."]
    assert found.events[0].what == "Avslutades: Lägg inte fram. Skäl: Ingen plats"
    assert (found.ways, found.points, found.take_url) == ([], [], "")


def test_a_case_that_ended_with_what_it_is_about_says_that(town, planned):
    withdraw(actor=town.who["park"], target=planned, seen=None, withdrawn_reason="Behovet finns inte.")
    found = card(planned.run_id, town.who["park"])
    assert found.banner.icon == "archive"
    assert found.events[0].what == "Avslutades: Avslutades med det som det gäller."


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
    go(town, planned, "ue", "to_steering")
    client, address = as_("styr"), to("move", planned, "later")
    assert "Skriv varför." in text(send(client, address, why=" "), 422)
    assert send(client, address, why="Vi vill se fler yrken").status_code == 302
    left = Visit.objects.get(run=planned.run_id, left_move__key="later")
    assert left.reason == "Vi vill se fler yrken"


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


def answer_as(town, planned, key, said="done", name="ue"):
    seen = visit_of(planned)
    before = ItemAnswer.objects.filter(visit=seen, item__key=key).first()
    actions.answer_item(
        actor=town.who[name], target=planned.run, seen=None, item_key=key, seen_visit=seen.pk, said=said,
        seen_answer=before.pk if before else None,
    )  # fmt: skip


def test_whoever_is_overtaken_keeps_what_was_typed(as_, town, planned):
    client, address = as_("ue"), to("move", planned, "not_taken_up")
    typed = opened(client, address) | {"why": "För liten"}
    go(town, planned, "ue2", "to_steering")
    go(town, planned, "styr", "later", "Tänk igen")
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
    assert "Skriv varför punkten inte behövs." in text(send(client, address, said="not_needed"), 422)
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


# --- a newer edition


def test_a_newer_edition_is_offered_to_whose_move_it_is(town, decided, newer):
    own, theirs = card(decided.run_id, town.who["ue"]), card(decided.run_id, town.who["park"])
    assert own.process == "Planerad upphandling, version 1"
    assert own.newer == "Planerad upphandling, version 2"
    assert own.change_edition_url == to("change_edition", decided)
    assert (theirs.newer, theirs.change_edition_url) == (own.newer, "")


def test_what_changes_is_shown_before_it_is_done(as_, town, decided, newer):
    answer_as(town, decided, "decision_told")
    preview = as_("ue").get(to("change_edition", decided)).context["preview"]
    assert [(each.term, each.before, each.after) for each in preview.changes] == [
        ("Steg", "Återkoppla att krav ska ställas", "Berätta vad som beslutades"),
        ("Ska vara klart inom", "10 arbetsdagar", "3 arbetsdagar"),
    ]
    assert [point.text for point in preview.new] == ["Diariet är fört"]
    assert [(point.text, point.note) for point in preview.carried] == [
        (
            "Organisationen har läst beslutet (hette: Organisationen vet vad styrgruppen beslutade och varför)",
            "besvarad",
        )
    ]
    gone = ("Organisationen vet vad den ska göra härnäst och senast när", "inte besvarad")
    assert [tuple(point) for point in preview.gone] == [gone]
    assert preview.due_on == visit_of(decided).due_on


def test_a_new_condition_and_a_point_not_answered_are_told_before(as_, decided):
    model = shipped("planned_procurement")
    step = next(each for each in model["step"] if each["key"] == "feed_back")
    step["move"][0]["guards"] = ["start_told"]
    publish(model)
    preview = as_("ue").get(to("change_edition", decided)).context["preview"]
    assert [(each.term, each.after) for each in preview.changes] == [
        ("Vägar vidare", "Upphandlingen kan starta (Villkor: Önskad avtalsstart är känd.)")
    ]
    assert [point.note.startswith("senast ") for point in preview.carried] == [True, True]


def test_the_edition_is_changed_as_it_was_shown(as_, town, decided, newer):
    answer_as(town, decided, "decision_told")
    client, address, due_on = as_("ue"), to("change_edition", decided), visit_of(decided).due_on
    assert send(client, address).status_code == 302
    now = visit_of(decided)
    assert (now.step.title, now.step.process_id, now.due_on) == ("Berätta vad som beslutades", newer.pk, due_on)
    assert ItemAnswer.objects.get(visit=now).item.key == "decision_told"
    assert "Ärendet följer redan den version som gäller." in text(client.get(address, follow=True))


def test_where_the_step_is_gone_one_says_where_it_goes(as_, town, planned):
    model = shipped("planned_procurement")
    for step in model["step"]:
        step["key"] = step["key"].replace("assess", "weigh")
        for move in step.get("move", []):
            if "to" in move:
                move["to"] = move["to"].replace("assess", "weigh")
    publish(model)
    client, address = as_("ue"), to("change_edition", planned)
    assert "Välj var ärendet ska stå." in text(client.get(address))
    assert send(client, f"{address}?steg=weigh").status_code == 302
    assert visit_of(planned).step.key == "weigh"
