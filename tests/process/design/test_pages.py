"""The administrator's pages for the model, as a browser meets them."""

import pytest
from django.urls import reverse

from insteg.process import actions, flow
from insteg.process.models import Item, Kind, Lane, Move, Process
from insteg.process.queries.standing import standings

pytestmark = pytest.mark.one_database

PROCESSES = "/arbetsmodellen/processer/"


def to(name, row):
    return reverse(f"process:{name}", args=[row.pk])


def text(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def send(client, address, **typed):
    """Fetches the form and sends it with its own version, key and first words, as a browser does."""
    form = client.get(address).context["form"]
    shown = {name: field.value() for name, field in ((each.name, each) for each in form)}
    said = {name: getattr(value, "pk", value) for name, value in shown.items() if value not in (None, False)}
    return client.post(address, {**said, **typed})


@pytest.fixture
def published(town):
    return Process.objects.get(kind=Kind.PLANNED_PROCUREMENT)


@pytest.fixture
def draft(town, published):
    return actions.draft_process(actor=town.who["admin"], target=published, seen=None)


def step(process, key):
    return process.steps.get(key=key)


def test_everyone_reads_how_the_work_is_done(as_, published):
    for name in ("ue", "park", "styr", "af", "bygg", "mal", "admin"):
        page = text(as_(name).get(PROCESSES))
        assert "Planerad upphandling" in page
        assert ("Gör ett utkast" in page) == (name == "admin")
        page = text(as_(name).get(to("process", published)))
        for words in (
            "1. Anmäl det som kommer", "här börjar nya ärenden", "Upphandlingsenheten · inom 30 arbetsdagar",
            "Leder till ”Sammanställ och bedöm”. Villkor: Det som bedömningen behöver är sagt.", "Kräver ett skäl.",
            "Ärendet slutar. Då börjar: upphandling.", "Organisationen vet vad styrgruppen beslutade och varför",
        ):  # fmt: skip
            assert words in page
        assert "Ändra" not in page
        assert ("Gör ett nytt utkast av den här" in page) == (name == "admin")


def test_an_administrator_changes_the_model_and_new_cases_follow_it(as_, town, published):
    """It shows 1: a new item, a longer lead time, a renamed step, a new guard on an arrow."""
    ue, client = town.who["ue"], as_("admin")
    [old] = flow.start(Kind.PLANNED_PROCUREMENT, actor=ue)
    send(client, to("design_draft", published))
    draft = Process.objects.get(edition=2)
    report = step(draft, "report")
    page = text(client.get(to("process", draft)))
    assert "Utkastet gäller inte än" in page
    assert "Inget. Processen är densamma." in page
    there = f"{to('process', draft)}#steg-planned_procurement-report"
    assert send(client, to("design_step", report), title="Berätta vad som kommer", lead_workdays="15").url == there
    typed = {"text": "Facken har svarat", "lane": Lane.BUYER, "offset_workdays": "10", "required": "on"}
    assert send(client, to("design_item_add", report), **typed).url == there
    arrow = step(draft, "assess").exits.get(key="to_steering")
    assert send(client, to("design_arrow", arrow), guards=["start_told"]).status_code == 302
    send(client, to("design_note", draft), note="Facken får svara.")
    differs = (
        "Steget ”Anmäl det som kommer” heter nu ”Berätta vad som kommer”.",
        "Ska nu vara klart inom 15 arbetsdagar, förut 10 arbetsdagar.",
        "Ny punkt: ”Facken har svarat”. Förvaltning eller bolag, inom 10 arbetsdagar.",
        "Nytt villkor på pilen ”Lägg fram för styrgruppen”: Önskad avtalsstart är känd.",
    )
    for address in (to("process", draft), to("design_publish", draft)):
        page = text(client.get(address))
        assert all(words in page for words in differs)
    assert "3 ärenden pågår. De följer den version de började med" in page
    assert send(client, to("design_publish", draft)).url == to("process", draft)
    assert "Version 2 gäller nu för nya ärenden." in text(client.get(to("process", draft)))
    [new] = flow.start(Kind.PLANNED_PROCUREMENT, actor=ue)
    found = standings([old.pk, new.pk], ue)
    assert (found[old.pk].step.title, found[old.pk].points) == ("Anmäl det som kommer", [])
    assert (found[new.pk].step.title, len(found[new.pk].points)) == ("Berätta vad som kommer", 1)
    page = text(client.get(PROCESSES))
    assert "version 2" in page
    assert "3 ärenden enligt" in page
    assert "Ersatt av en nyare version" in text(client.get(to("process", published)))


def test_the_picture_is_of_the_edition_on_the_page(as_, draft):
    client = as_("admin")
    send(client, to("design_step", step(draft, "report")), title="Berätta")
    boxes = client.get(to("process", draft)).context["board"].steps.values()
    assert "Berätta" in [box.title for box in boxes]
    older = Process.objects.get(kind=Kind.PLANNED_PROCUREMENT, edition=1)
    boxes = client.get(to("process", older)).context["board"].steps.values()
    assert "Anmäl det som kommer" in [box.title for box in boxes]


def test_steps_phases_and_arrows_are_added_and_taken_away(as_, draft):
    client = as_("admin")
    send(client, to("design_phase_add", draft), title="Samråd", order="15")
    phase = draft.phases.get(key="samrad")
    typed = {"title": "Fråga facken", "phase": phase.pk, "lane": Lane.BUYER, "lead_workdays": "1 000"}
    send(client, to("design_step_add", draft), after=step(draft, "assess").pk, **typed)
    made = step(draft, "fraga_facken")
    assert [*draft.steps.order_by("order").values_list("key", flat=True)][:3] == ["report", "assess", "fraga_facken"]
    page = text(client.get(to("process", draft)))
    assert "Inget ärende kan komma till steget ”Fråga facken”." in page
    assert "Steget ”Fråga facken” har ingen väg ut." in page
    assert "Läs igenom och publicera" not in page
    send(client, to("design_arrow_add", made), title="De har svarat", to=step(draft, "decide").pk)
    send(client, to("design_arrow_add", step(draft, "assess")), title="Fråga", to=made.pk)
    assert "Läs igenom och publicera" in text(client.get(to("process", draft)))
    page = text(client.get(to("design_step_remove", made)))
    assert "Pilen ”Fråga” från ”Sammanställ och bedöm”" in page
    assert "De har svarat" not in page  # its own arrow goes without saying
    send(client, to("design_step_remove", made))
    assert not Move.objects.filter(source__process=draft, title="Fråga").exists()
    send(client, to("design_phase_remove", phase))
    assert not draft.phases.filter(key="samrad").exists()


def test_a_phase_with_steps_stays_and_says_why(as_, draft):
    page = text(send(as_("admin"), to("design_phase_remove", draft.phases.get())), 422)
    assert "Det finns steg i fasen. Flytta dem till en annan fas eller ta bort dem först." in page


def test_what_is_not_meant_to_be_is_asked_about(as_, draft):
    client = as_("admin")
    send(client, to("design_item", Item.objects.get(step__process=draft, key="next_step_told")), offset_workdays="40")
    page = text(client.get(to("design_publish", draft)))
    assert "Se efter om det här är meningen" in page
    assert "ska vara klar efter 40 arbetsdagar, men steget" in page
    assert "Publicera nu" in page


def test_a_draft_with_faults_is_not_published(as_, draft):
    client = as_("admin")
    form = client.get(to("design_publish", draft)).context["form"]
    step(draft, "decide").exits.all().delete()
    page = text(client.get(to("design_publish", draft)))
    assert "Rätta det här innan du publicerar" in page
    assert "Publicera nu" not in page
    page = text(client.post(to("design_publish", draft), form.initial), 422)
    assert "Utkastet har ändrats sedan sidan visades." in page
    shown = client.get(to("design_publish", draft)).context["form"].initial
    page = text(client.post(to("design_publish", draft), shown), 422)
    assert (
        page.count("Steget ”Besluta om krav” har ingen väg ut. Lägg till en pil.") == 2
    )  # beside the button, and above


def test_what_somebody_else_changed_is_read_before_it_is_published(as_, draft):
    first = as_("admin").get(to("design_publish", draft)).context["form"].initial
    send(as_("admin2"), to("design_step", step(draft, "report")), title="Berätta")
    client = as_("admin")
    answer = client.post(to("design_publish", draft), first)
    assert "heter nu ”Berätta”" in text(answer, 422)
    again = {**first, "shown": answer.context["form"]["shown"].value()}
    assert client.post(to("design_publish", draft), again).status_code == 302


def test_two_at_once_keep_what_was_typed(as_, draft):
    report = step(draft, "report")
    other = draft.phases.create(key="x", title="En annan fas", order=90)
    form = as_("admin").get(to("design_step", report)).context["form"]
    send(as_("admin2"), to("design_step", report), title="Berätta", phase=other.pk)
    typed = {
        **{name: getattr(value, "pk", value) for name, value in form.initial.items() if value is not None},
        "title": "Säg till",
    }
    page = text(as_("admin").post(to("design_step", report), typed), 409)
    assert "Någon annan hann före" in page
    assert 'value="Säg till"' in page
    assert "Ändrat under tiden till: Berätta" in page
    assert "Ändrat under tiden till: En annan fas" in page


def test_a_double_click_adds_one(as_, draft):
    client, address = as_("admin"), to("design_item_add", step(draft, "report"))
    form = client.get(address).context["form"]
    typed = {**form.initial, "text": "Facken har svarat", "lane": Lane.BUYER, "offset_workdays": "10"}
    typed = {name: value for name, value in typed.items() if value is not None}
    assert [client.post(address, typed).status_code for _ in range(2)] == [302, 302]
    assert Item.objects.filter(step__process=draft, text="Facken har svarat").count() == 1


@pytest.mark.parametrize(("name", "said"), [
    ("title", ""), ("title", "x" * 81), ("lead_workdays", "tio"), ("lead_workdays", "-1"), ("lead_workdays", "1501"),
    ("lane", "mayor"), ("phase", "00000000-0000-0000-0000-000000000000"), ("text", "x" * 1001),
])  # fmt: skip
def test_a_step_that_cannot_be_is_refused_at_its_field(as_, draft, name, said):
    answer = send(as_("admin"), to("design_step", step(draft, "report")), **{name: said})
    assert answer.status_code == 422
    assert [*answer.context["form"].errors] == [name]


def test_an_unknown_guard_can_be_taken_away(as_, draft):
    arrow = step(draft, "report").exits.get(key="reported")
    Move.objects.filter(pk=arrow.pk).update(guards=["facts_told", "long_gone"])
    client = as_("admin")
    assert "har villkoret ”long_gone”, som inte finns. Ta bort det." in text(client.get(to("process", draft)))
    assert "long_gone" in text(client.get(to("design_arrow", arrow)))
    send(client, to("design_arrow", arrow), guards=["facts_told"])
    arrow.refresh_from_db()
    assert arrow.guards == ["facts_told"]


def test_a_draft_is_for_administrators_alone(as_, draft, published):
    assert "Öppna utkastet" in text(as_("admin2").get(PROCESSES))
    assert "Utkast" not in text(as_("ue").get(PROCESSES))
    assert "Version 2" not in text(as_("ue").get(to("process", published)))
    assert as_("ue").get(to("process", draft)).status_code == 404
    send(as_("admin"), to("design_discard", draft))
    assert not Process.objects.filter(edition=2).exists()
    assert "Öppna utkastet" not in text(as_("admin").get(PROCESSES))


def test_only_those_with_a_part_in_the_case_are_offered(as_, draft):
    """A supplier does nothing with a planned procurement; of a contract no room has said yet who does what."""
    choices = as_("admin").get(to("design_step_add", draft)).context["form"].fields["lane"].choices
    assert [lane for lane, _label in choices] == [Lane.STEERING, Lane.PROCUREMENT_UNIT, Lane.BUYER]
