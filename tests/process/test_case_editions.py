"""R80: a case goes over to a newer edition on purpose, with a preview."""

from insteg.process.cards.case import card
from insteg.process.models import ItemAnswer
from insteg.process.shipped import shipped
from tests.process.cases import answer_as, publish, send, text, to, visit_of


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
        (
            "Vägar vidare",
            "Upphandlingen kan starta (villkor: Önskad avtalsstart är känd), "
            "Styrgruppen beslutar igen (tas av Styrgruppen; får tas fast punkter är kvar)",
        )
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
