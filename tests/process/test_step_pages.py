"""R81, R31: the cases that stand in a step, and several of them moved at once."""

import datetime as dt

import pytest

from insteg.core import clock
from insteg.inventory.actions import report
from insteg.process import actions
from insteg.process.models import Step, Visit
from insteg.process.queries.steps import runs_held
from tests.process.cases import TOLD, go, opened, text, visit_of

pytestmark = pytest.mark.one_database

ASSESS = "/arbetsmodellen/steg/planned_procurement/assess/"
SEVERAL = f"{ASSESS}flytta/to_steering/"


def anmald(town, name, organisation, title):
    return report(actor=town.who[name], target=town.org[organisation], seen=None, title=title, **TOLD)


@pytest.fixture
def three(town):
    """Two of Park's and one of Hus's wait to be judged."""
    return [
        anmald(town, "park", "Park", "Lokalvård"),
        anmald(town, "park", "Park", "Markskötsel"),
        anmald(town, "hus", "Hus", "Stambyte"),
    ]


def titles(page):
    return [line.title for line in page.context["page"].rows]


def test_one_sees_ones_own_and_how_many_there_are(as_, three):
    page = as_("ue").get(ASSESS)
    assert "3 ärenden." in text(page)
    assert sorted(titles(page)) == ["Lokalvård", "Markskötsel", "Stambyte"]
    page = as_("hus").get(ASSESS)
    assert "3 ärenden. Du ser 1 av dem. Inget är sent." in text(page)
    assert titles(page) == ["Stambyte"]
    page = as_("mal").get(ASSESS)
    assert "3 ärenden. Du ser inget av dem." in text(page)
    assert "Du ser inget ärende i det här steget" in text(page)
    assert "Lokalvård" not in text(page)


def test_an_empty_step_says_so(as_, town):
    page = text(as_("ue").get("/arbetsmodellen/steg/planned_procurement/decide/"))
    assert "Inget ärende står här nu." in page
    assert "Ärenden kommer hit när steget före är klart." in page


def test_the_late_come_first_and_can_be_had_alone(as_, town, three, monkeypatch):
    late = three[1]
    Visit.objects.filter(run=late.run_id, left_at=None).update(due_on=clock.today() - dt.timedelta(days=1))
    client = as_("ue")
    page = client.get(ASSESS)
    assert titles(page)[0] == "Markskötsel"
    assert [line.late for line in page.context["page"].rows] == [True, False, False]
    page = client.get(f"{ASSESS}?show=sena")
    assert titles(page) == ["Markskötsel"]
    assert "3 ärenden. 1 är sent." in text(page)  # what there is does not depend on the filter


def test_those_that_one_has_taken_can_be_had_alone(as_, town, three):
    client = as_("ue")
    assert "Inga ärenden passar filtret" in text(client.get(f"{ASSESS}?show=mina"))
    actions.take(actor=town.who["ue"], target=three[0].run, seen=None, seen_visit=visit_of(three[0]).pk)
    assert titles(client.get(f"{ASSESS}?show=mina")) == ["Lokalvård"]
    page = as_("ue2").get(ASSESS)
    assert [line.handler for line in page.context["page"].rows if line.title == "Lokalvård"] == ["Ue"]


def test_a_step_that_never_was_is_not_found(as_, town):
    for address in ("planned_procurement/finns-inte/", "nothing/assess/"):
        assert as_("ue").get(f"/arbetsmodellen/steg/{address}").status_code == 404


def test_cases_that_end_are_not_in_the_step(as_, town, three):
    go(town, three[0], "ue", "not_taken_up", "Ingen plats")
    assert sorted(titles(as_("ue").get(ASSESS))) == ["Markskötsel", "Stambyte"]


# --- several at once


def boxes(page):
    return {box.title: box for box in page.context["boxes"]}


def where(rows):
    """The key of each one's step; None when it has ended."""
    stands = dict(Visit.objects.filter(left_at=None).values_list("run", "step__key"))
    return [stands.get(row.run_id) for row in rows]


def chosen(client, *names):
    page = client.get(SEVERAL)
    form, found = page.context["form"], boxes(page)
    hidden = {"version": form["version"].value(), "key": form["key"].value()}
    return hidden | {"cases": [found[name].value for name in names]}


def test_several_are_laid_before_the_steering_group_at_once(as_, three):
    client = as_("ue")
    assert not any(box.ticked for box in boxes(client.get(SEVERAL)).values())
    assert all(box.ticked for box in boxes(client.get(f"{SEVERAL}?alla")).values())
    sent = chosen(client, "Lokalvård", "Stambyte")
    answer = client.post(SEVERAL, sent, follow=True)
    assert "2 ärenden har gått vidare." in text(answer)
    assert where(three) == ["decide", "assess", "decide"]
    assert client.post(SEVERAL, sent).status_code == 302  # a double click
    assert Visit.objects.filter(step__key="decide").count() == 2


def test_others_cases_do_not_crowd_out_those_that_one_may_move(as_, town, monkeypatch):
    """The unit moves any report on with a reason, but says that it is complete for its own organisation alone."""
    own = report(actor=town.who["ue"], target=town.org["Stad"], seen=None, title="Stadens egen")
    Visit.objects.filter(run=own.run_id).update(due_on=clock.today() + dt.timedelta(days=300))
    monkeypatch.setattr("insteg.process.views.steps.MOST_AT_ONCE", 1)
    reports = "/arbetsmodellen/steg/planned_procurement/report/"
    assert "Stadens egen" not in boxes(as_("ue").get(f"{reports}flytta/as_it_is/"))
    page = as_("ue").get(f"{reports}flytta/reported/")
    assert [*boxes(page)] == ["Stadens egen"]
    assert "som ska vara klara först visas" not in text(page)


def test_all_are_moved_or_none_is(as_, town, three):
    client = as_("ue")
    sent = chosen(client, "Lokalvård", "Markskötsel", "Stambyte")
    go(town, three[1], "ue2", "not_taken_up", "Ingen plats")
    page = text(client.post(SEVERAL, sent), 422)
    assert "Markskötsel: Ärendet är avslutat." in page
    assert [visit_of(three[0]).step.key, visit_of(three[2]).step.key] == ["assess", "assess"]
    assert page.count("checked") == 2  # the others are still ticked


def test_one_that_has_moved_on_is_named(as_, town, three):
    client = as_("ue")
    sent = chosen(client, "Lokalvård", "Stambyte")
    go(town, three[2], "ue2", "to_steering")
    assert "Stambyte: har gått vidare sedan du öppnade sidan." in text(client.post(SEVERAL, sent), 422)
    assert where(three) == ["assess", "assess", "decide"]


def test_a_reason_that_is_needed_is_said_of_each(as_, town, three):
    client, address = as_("ue"), "/arbetsmodellen/steg/planned_procurement/assess/flytta/not_taken_up/"
    page = client.get(address)
    sent = opened(client, address) | {"cases": [box.value for box in boxes(page).values()]}
    assert "Skriv varför." in text(client.post(address, sent), 422)
    assert client.post(address, sent | {"why": "Många platser"}).status_code == 302
    assert set(Visit.objects.filter(left_move__key="not_taken_up").values_list("reason", flat=True)) == {
        "Många platser"
    }
    assert where(three) == [None] * 3


def test_none_ticked_too_many_and_nonsense_are_refused(as_, three):
    client = as_("ue")
    sent = chosen(client)
    assert "Kryssa i minst ett ärende." in text(client.post(SEVERAL, sent), 422)
    many = [f"00000000-0000-0000-0000-{n:012}:00000000-0000-0000-0000-000000000000" for n in range(201)]
    assert "Välj högst 200 ärenden." in text(client.post(SEVERAL, sent | {"cases": many}), 422)
    assert "Ladda om sidan och välj igen." in text(client.post(SEVERAL, sent | {"cases": ["x"]}), 422)
    assert "Ett av ärendena finns inte kvar." in text(client.post(SEVERAL, sent | {"cases": many[:1]}), 422)


def test_what_is_in_the_way_of_one_keeps_its_box_shut(as_, town):
    page = as_("park").get("/arbetsmodellen/steg/planned_procurement/report/flytta/reported/")
    [box] = [each for each in page.context["boxes"] if each.title == "Parkskötsel"]
    assert (len(box.obstacles), box.ticked) == (1, False)


def test_nobody_moves_what_is_anothers(as_, three):
    sent = chosen(as_("ue"), "Lokalvård")
    for name in ("park", "styr", "ame", "bygg", "mal"):
        assert as_(name).get(SEVERAL).status_code == 403
        assert as_(name).post(SEVERAL, sent).status_code == 403
    report_step = "/arbetsmodellen/steg/planned_procurement/report/flytta/reported/"
    assert "Fasadrenovering" not in text(as_("park").get(report_step))
    assert where(three) == ["assess"] * 3


def test_a_case_that_one_may_not_move_stops_them_all(as_, town):
    """Hus sends Park's case along with its own."""
    address = "/arbetsmodellen/steg/planned_procurement/report/flytta/reported/"
    client, own, theirs = as_("hus"), town.planned["h"], town.planned["p"]
    values = [f"{row.run_id}:{visit_of(row).pk}" for row in (own, theirs)]
    page = text(client.post(address, opened(client, address) | {"cases": values}), 422)
    assert "Ett av ärendena får du inte flytta." in page
    assert "Parkskötsel" not in page
    assert where([own, theirs]) == ["report", "report"]


def test_whoever_holds_no_lane_of_an_arrow_moves_no_case_by_it(town, three):
    steps = list(Step.objects.filter(key="assess"))
    assert steps
    assert not runs_held(steps, "no_such_arrow", town.who["ue"]).exists()
