"""R80: an edition in which cases no longer go on by themselves says so before it is published."""

import pytest

from insteg.inventory.cases import PLANNED, REPORTED
from insteg.process.actions import draft_process
from insteg.process.models import Item, Kind, Lane, Move, Process
from insteg.process.queries.design import faults, warnings
from insteg.process.shipped import shipped
from tests.process.cases import text
from tests.process.design.test_pages import to


@pytest.fixture
def draft(town):
    published = Process.objects.get(kind=Kind.PLANNED_PROCUREMENT, edition=1)
    return draft_process(actor=town.who["admin"], target=published, seen=None)


@pytest.fixture
def arrow(draft):
    return Move.objects.get(source__process=draft, key=REPORTED)


def ask_for_more(arrow):
    Item.objects.create(
        step=arrow.source, key="x", order=10, text="Chefen vet", lane=Lane.BUYER, offset_workdays=1, required=True
    )


def test_the_shipped_model_has_the_arrows_that_cases_take_by_themselves(draft):
    steps = shipped("planned_procurement")["step"]
    assert PLANNED.automatic <= {move["key"] for step in steps for move in step["move"]}
    assert warnings(draft) == []


def change(**said):
    return lambda arrow: Move.objects.filter(pk=arrow.pk).update(**said)


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (lambda arrow: arrow.delete(), "Ärenden går inte längre vidare av sig själva"),
        (change(reason_required=True), "Nu kräver den ett skäl, så någon måste ta den."),
        (ask_for_more, "men inte medan steget har punkter kvar att besvara."),
        (change(target=None), "De avslutas då utan att någon har valt det."),
        (change(guards=[]), "Utan villkor går varje nytt ärende den genast."),
    ],
)
def test_what_cases_no_longer_do_by_themselves_is_told_and_can_be_meant(as_, draft, arrow, done, said):
    done(arrow)
    [warning] = warnings(draft)
    assert said in warning
    assert faults(draft) == []
    assert said in text(as_("admin").get(to("design_publish", draft)))


def test_an_item_that_may_be_left_holds_nothing_up(draft, arrow):
    ask_for_more(arrow)
    Item.objects.filter(step=arrow.source).update(required=False)
    assert warnings(draft) == []


def test_the_list_tells_which_arrow_a_case_takes_by_itself(as_, draft):
    page = text(as_("admin").get(to("process", draft)))
    assert page.count("Ärendet går den av sig självt när det går.") == 1
