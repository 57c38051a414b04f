"""R80: whoever publishes reads everything that is another than before, in words, and nothing that is not."""

import pytest

from insteg.process import actions
from insteg.process.design_wording import differences
from insteg.process.models import Item, Kind, Lane, Move, Phase, Process, Step
from insteg.process.queries.design import edition


@pytest.fixture
def published(town):
    return Process.objects.get(kind=Kind.PLANNED_PROCUREMENT)


@pytest.fixture
def draft(town, published):
    return actions.draft_process(actor=town.who["admin"], target=published, seen=None)


def said(published, draft):
    return [sentence for change in differences(edition(published), edition(draft)) for sentence in change.said]


def step(process, key):
    return process.steps.get(key=key)


def part(process, model, key):
    return {
        Phase: lambda: process.phases.get(),
        Step: lambda: step(process, key),
        Item: lambda: Item.objects.get(step__process=process, step__key=key, key="decision_told"),
        Move: lambda: Move.objects.get(source__process=process, source__key=key, key="to_steering"),
    }[model]()


OTHERWISE = [
    (Phase, "", "title", "Det som kommer", "Fasen ”Framförhållning” heter nu ”Det som kommer”."),
    (Phase, "", "order", 11, "Fasen ”Framförhållning” har nu nummer 11 i bilden, förut 10."),
    (Step, "assess", "title", "Bedöm", "Steget ”Sammanställ och bedöm” heter nu ”Bedöm”."),
    (Step, "assess", "lane", Lane.STEERING, "Görs nu av Styrgruppen, förut av Upphandlingsenheten."),
    (Step, "assess", "lead_workdays", 1, "Ska nu vara klart inom 1 arbetsdag, förut 30 arbetsdagar."),
    (Step, "assess", "text", "", "Texten är nu: ”ingen text” Förut: ”Upphandlingsenheten ser vilka"),
    (Item, "feed_back", "text", "De vet varför", "beslutade och varför” lyder nu ”De vet varför”."),
    (Item, "feed_back", "lane", Lane.BUYER, "Förvaltning eller bolag, inom 5 arbetsdagar. Förut: Upphandlingsenheten"),
    (Item, "feed_back", "offset_workdays", 7, "inom 7 arbetsdagar. Förut: Upphandlingsenheten, inom 5 arbetsdagar."),
    (Item, "feed_back", "required", False, "inom 5 arbetsdagar, frivillig. Förut:"),
    (Move, "assess", "title", "Lägg fram", "Pilen ”Lägg fram för styrgruppen” heter nu ”Lägg fram”."),
    (Move, "assess", "begins", "contract", "Då börjar: avtal. Förut: Leder till ”Besluta om krav”."),
    (Move, "assess", "lane", Lane.BUYER, "Tas av Förvaltning eller bolag. Förut: Inget särskilt."),
    (Move, "assess", "guards", ["start_told"], "på pilen ”Lägg fram för styrgruppen”: Önskad avtalsstart är känd."),
    (Move, "assess", "reason_required", True, "för styrgruppen”: Kräver ett skäl. Förut: Inget särskilt."),
    (Move, "assess", "skips_items", True, "Får tas fast punkter är kvar. Förut: Inget särskilt."),
]  # fmt: skip
# What a part hangs on and which place it has in its list have tests of their own; a key is what makes it another.
ELSEWHERE = {"process", "phase", "step", "source", "target", "key", "order"}


def test_nothing_differs_in_a_fresh_draft(published, draft):
    assert differences(edition(published), edition(draft)) == []


@pytest.mark.parametrize(("model", "key", "name", "value", "sentence"), OTHERWISE)
def test_each_thing_is_told(published, draft, model, key, name, value, sentence):
    model._base_manager.filter(pk=part(draft, model, key).pk).update(**{name: value})
    [told] = said(published, draft)
    assert sentence in told


@pytest.mark.parametrize("model", [Phase, Step, Item, Move])
def test_no_field_is_forgotten(model):
    told = {name for each, _key, name, _value, _sentence in OTHERWISE if each is model}
    assert told | ELSEWHERE >= model.Privacy.plain


def test_a_guard_that_is_taken_away_is_told(published, draft):
    Move.objects.filter(source__process=draft, key="reported").update(guards=[])
    assert said(published, draft) == [
        "Pilen ”Anmälan är klar” har inte längre villkoret: Det som bedömningen behöver är sagt."
    ]


def test_where_an_arrow_leads_is_told(published, draft):
    Move.objects.filter(source__process=draft, key="to_steering").update(target=None)
    assert said(published, draft) == [
        "Pilen ”Lägg fram för styrgruppen”: Ärendet slutar. Förut: Leder till ”Besluta om krav”."
    ]


def test_the_phase_of_a_step_is_told(published, draft):
    other = Phase.objects.create(process=draft, key="later", title="Senare", order=20)
    draft.steps.filter(key="decide").update(phase=other)
    assert said(published, draft) == [
        "Ny fas: ”Senare”, nummer 20 i bilden.",
        "Ligger nu i fasen ”Senare”, förut i ”Framförhållning”.",
    ]
    assert said(draft, published)[0] == "Fasen ”Senare” är borttagen."


def test_only_what_has_moved_is_said_to_have_moved(published, draft):
    draft.steps.filter(key="report").update(order=35)
    changes = differences(edition(published), edition(draft))
    assert [(change.about, change.said) for change in changes] == [
        ("Anmäl det som kommer", ["Kommer nu efter ”Besluta om krav”."])
    ]
    draft.steps.filter(key="report").update(order=9)
    assert said(published, draft) == []  # another number, but the same order
    draft.steps.filter(key="feed_back").update(order=1)
    assert said(published, draft) == ["Kommer nu först: här börjar nya ärenden."]


@pytest.mark.parametrize(
    ("model", "keys"), [(Item, ("decision_told", "next_step_told")), (Move, ("reported", "as_it_is"))]
)
def test_another_place_in_the_list_is_told(published, draft, model, keys):
    hangs = "source" if model is Move else "step"
    found = model.objects.filter(**{f"{hangs}__process": draft, "key__in": keys}).exclude(
        **{f"{hangs}__key": "feed_back_no"}
    )
    found.filter(key=keys[0]).update(order=99)
    [told] = said(published, draft)
    assert told.endswith("har en annan plats i listan.")


def test_what_is_new_is_told_whole_and_what_is_gone_by_name(town, published, draft):
    admin = town.who["admin"]
    made = actions.add_step(
        actor=admin, target=draft, seen=None, after=step(draft, "report"), phase=draft.phases.get(),
        title="Samråd", text="De har tio dagar.", lane=Lane.BUYER, lead_workdays=15,
    )  # fmt: skip
    actions.add_item(
        actor=admin, target=made, seen=None, after=None, text="Facken har svarat", lane=Lane.BUYER, offset_workdays=10,
        required=False,
    )  # fmt: skip
    actions.add_move(
        actor=admin, target=made, seen=None, after=None, title="Samrått", to=step(draft, "assess"), begins="",
        lane=Lane.STEERING, guards=["facts_told"], reason_required=True, skips_items=False,
    )  # fmt: skip
    changes = {change.about: change.said for change in differences(edition(published), edition(draft))}
    assert changes == {
        "Samråd": [
            "Nytt steg i fasen ”Framförhållning”. Görs av Förvaltning eller bolag inom 15 arbetsdagar.",
            "Texten är: ”De har tio dagar.”",
            "Ny punkt: ”Facken har svarat”. Förvaltning eller bolag, inom 10 arbetsdagar, frivillig.",
            "Ny pil: ”Samrått”. Leder till ”Sammanställ och bedöm”. Tas av Styrgruppen. Kräver ett skäl. Villkor: Det "
            "som bedömningen behöver är sagt.",
        ]
    }
    back = differences(edition(draft), edition(published))
    assert [(change.about, change.said) for change in back] == [("Samråd", ["Steget är borttaget."])]


def test_what_is_gone_from_a_step_is_told_by_name(published, draft):
    Item.objects.filter(step__process=draft, key="next_step_told").delete()
    Move.objects.filter(source__process=draft, key="as_it_is").delete()
    assert said(published, draft) == [
        "Pilen ”Gå vidare ändå” är borttagen.",
        "Punkten ”Organisationen vet vad den ska göra härnäst och senast när” är borttagen.",
    ]
