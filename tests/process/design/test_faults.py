"""R80: what is published can be walked to its end, by people who are there. Each refusal is a sentence of its own."""

import pytest

from insteg.core import clock
from insteg.organisations.models import Membership
from insteg.process.guards import GUARDS, Guard
from insteg.process.models import Item, Kind, Lane, Move, Phase, Process, Step
from insteg.process.queries.design import edition, faults, faults_of, warnings

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def draft(town):
    """Two steps of the procurement unit's, from the first to the second and out."""
    process = Process.objects.create(kind=Kind.PROCUREMENT, edition=2)
    Phase.objects.create(process=process, key="all", title="Allt", order=10)
    step(process, "write", "Skriv kravet", order=10)
    step(process, "sign", "Skriv avtal", order=20)
    arrow(process, "write", "sign", title="Skrivet")
    arrow(process, "sign", None, title="Klart", begins=Kind.CONTRACT)
    return process


def step(process, key, title, *, lane=Lane.PROCUREMENT_UNIT, order=99, days=90):
    return Step.objects.create(
        process=process, phase=process.phases.get(), key=key, title=title, lane=lane, order=order, lead_workdays=days
    )


def arrow(process, source, target, *, title="Vidare", **more):
    steps = {each.key: each for each in process.steps.all()} | {None: None}
    return Move.objects.create(
        source=steps[source], target=steps[target], key=f"{source}_{target}", title=title, order=10, **more
    )


def point(process, of, text, *, lane=Lane.PROCUREMENT_UNIT, days=5, **more):
    return Item.objects.create(
        step=process.steps.get(key=of), key="x", order=10, text=text, lane=lane, offset_workdays=days, **more
    )


def gone(*roles):
    Membership.objects.filter(role__in=roles).update(ended_at=clock.now())


@pytest.mark.parametrize("kind", Kind)
def test_the_model_as_it_is_shipped_can_be_published(kind):
    shipped = Process.objects.get(kind=kind, edition=1)
    assert faults(shipped) == []
    assert all("Deltagaren" in said for said in warnings(shipped))  # who never have accounts of their own


def test_what_can_be_walked_to_its_end_has_no_faults(draft):
    assert faults(draft) == []
    assert warnings(draft) == []


def test_a_process_has_a_step(draft):
    draft.steps.all().delete()
    assert faults(draft) == ["Processen har inget steg. Lägg till ett."]


def test_nobody_reaches_a_step_without_an_arrow_to_it(draft):
    step(draft, "ask", "Fråga marknaden")
    arrow(draft, "ask", "sign")
    assert faults(draft) == [
        "Inget ärende kan komma till steget ”Fråga marknaden”. Led en pil dit, eller ta bort steget."
    ]


def test_two_that_only_reach_each_other_are_not_reached(draft):
    step(draft, "a", "A", order=30)
    step(draft, "b", "B", order=40)
    arrow(draft, "a", "b")
    arrow(draft, "b", "a")
    arrow(draft, "b", None)
    assert [said[:39] for said in faults(draft)] == [
        "Inget ärende kan komma till steget ”A”.",
        "Inget ärende kan komma till steget ”B”.",
    ]


def test_a_case_begins_in_the_first_by_order_and_not_elsewhere(draft):
    step(draft, "early", "Tidig kontakt", order=5)
    arrow(draft, "early", None)
    assert [said.split("”")[1] for said in faults(draft)] == ["Skriv kravet", "Skriv avtal"]


def test_every_step_has_a_way_out(draft):
    step(draft, "wait", "Vänta")
    arrow(draft, "write", "wait")
    assert faults(draft) == ["Steget ”Vänta” har ingen väg ut. Lägg till en pil."]


def test_no_case_goes_round_for_ever(draft):
    step(draft, "ask", "Fråga", order=30)
    step(draft, "answer", "Svara", order=40)
    arrow(draft, "write", "ask")
    arrow(draft, "ask", "answer")
    arrow(draft, "answer", "ask")
    assert faults(draft) == [
        f"Från steget ”{title}” kan inget ärende bli klart. Led en pil vidare till ett slut."
        for title in ("Fråga", "Svara")
    ]


def test_a_guard_is_one_that_the_code_knows(draft):
    arrow(draft, "sign", "write", title="Börja om", guards=["gone_since_long"])
    assert faults(draft) == [
        "Pilen ”Börja om” från ”Skriv avtal” har villkoret ”gone_since_long”, som inte finns. Ta bort det."
    ]


def test_a_guard_is_about_the_same_kind_of_case(draft, monkeypatch):
    other = Guard("facts", Kind.PLANNED_PROCUREMENT, None, "Uppgifterna är lämnade", "")
    monkeypatch.setitem(GUARDS, "facts", other)
    arrow(draft, "sign", "write", title="Börja om", guards=["facts"])
    assert faults(draft) == [
        "Pilen ”Börja om” från ”Skriv avtal” har villkoret ”Uppgifterna är lämnade”, som gäller ett annat slags ärende "
        "(planerad upphandling). Ta bort det."
    ]


def test_an_arrow_stays_within_its_edition(draft):
    """The database refuses it too, so it is asked of rows that are not saved."""
    found = edition(draft)
    [move] = found.moves[found.steps[1].pk]
    move.target = Step.objects.get(process__kind=Kind.PROCUREMENT, process__edition=1, key="dialogue")
    assert faults_of(found)[-1] == (
        "Pilen ”Klart” från ”Skriv avtal” leder ut ur versionen. Välj ett av dess egna steg."
    )


def test_a_step_lies_in_a_phase_of_its_own_edition(draft):
    found = edition(draft)
    found.steps[1].phase = Phase.objects.get(process__kind=Kind.PROCUREMENT, process__edition=1, key="dialogue")
    assert faults_of(found) == ["Steget ”Skriv avtal” ligger i en annan versions fas. Välj en fas."]


def test_a_party_of_the_city_has_somebody_in_it(draft):
    step(draft, "need", "Berätta om behovet", lane=Lane.MATCHING)
    arrow(draft, "write", "need")
    arrow(draft, "need", None, title="Avstå", lane=Lane.STEERING)
    point(draft, "need", "Behovet är sagt", lane=Lane.MATCHING)
    assert faults(draft) == []
    gone("coach")
    assert faults(draft) == []  # the managers are left
    gone("unit_manager", "steering")
    assert faults(draft) == [
        "Steget ”Berätta om behovet” görs av AME och SIA, där ingen har ett uppdrag i dag. Ge någon uppdraget först.",
        "Punkten ”Behovet är sagt” i ”Berätta om behovet” görs av AME och SIA, där ingen har ett uppdrag i dag.",
        "Pilen ”Avstå” från ”Berätta om behovet” tas av Styrgruppen, där ingen har ett uppdrag i dag.",
    ]
    Item.objects.filter(step__process=draft).update(required=False)
    assert len(faults(draft)) == 2


def test_those_outside_may_be_without_an_account(draft):
    step(draft, "tender", "Lämna anbud", lane=Lane.SUPPLIER)
    arrow(draft, "write", "tender")
    arrow(draft, "tender", "sign")
    assert warnings(draft) == []
    gone("supplier")
    assert faults(draft) == []
    assert warnings(draft) == [
        "Leverantören har inget konto i dag. Det som de ska göra blir stående tills någon har ett."
    ]


@pytest.mark.parametrize(("lane", "is_fault"), [(Lane.MATCHING, True), (Lane.BUYER, False)])
@pytest.mark.parametrize("what", ["step", "arrow", "point"])
def test_nothing_is_left_to_a_party_without_a_part_in_such_cases(draft, what, lane, is_fault):
    """AME and SIA hold no planned procurement; whoever buys does."""
    Process.objects.filter(pk=draft.pk).update(kind=Kind.PLANNED_PROCUREMENT)
    draft.refresh_from_db()
    if what == "step":
        draft.steps.filter(key="sign").update(lane=lane)
    elif what == "arrow":
        arrow(draft, "sign", "write", lane=lane)
    else:
        point(draft, "sign", "Läs igenom", lane=lane, required=True)
    assert any("som inte har någon del i ärenden av slaget" in said for said in faults(draft)) is is_fault


def test_an_item_is_due_before_its_step(draft):
    point(draft, "sign", "Underskrivet", days=90)
    assert warnings(draft) == []
    Item.objects.filter(step__process=draft).update(offset_workdays=91)
    assert faults(draft) == []
    assert warnings(draft) == [
        "Punkten ”Underskrivet” ska vara klar efter 91 arbetsdagar, men steget ”Skriv avtal” redan efter 90."
    ]


def test_two_steps_of_one_name_are_told_apart(draft):
    draft.steps.filter(key="sign").update(title="skriv kravet")
    assert warnings(draft) == ["Flera steg heter ”skriv kravet”. Ge dem olika namn."]


@pytest.mark.parametrize(("days", "months"), [(10, "ungefär 1 månader"), (400, "ungefär 38 månader")])
def test_a_procurement_takes_some_eight_to_twelve_months(draft, days, months):
    draft.steps.update(lead_workdays=days)
    [said] = warnings(draft)
    assert months in said
    assert "Arbetsmodellen räknar med 8–12." in said


def test_the_questions_are_as_many_for_a_large_model(draft, django_assert_num_queries):
    for n in range(30):
        step(draft, f"s{n}", f"Steg {n}")
        arrow(draft, "write", f"s{n}")
        arrow(draft, f"s{n}", None)
    with django_assert_num_queries(5):
        assert faults(draft) == []
    with django_assert_num_queries(5):
        warnings(draft)
