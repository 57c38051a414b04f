"""R20: a short contract whose option nobody has told is asked about, from the judgement to the box to answer in."""

import re
from decimal import Decimal

import pytest

from insteg.inventory.actions import change, report
from insteg.inventory.models import Assessment, PlannedProcurement

SHORT = {"title": "Sanering av klotter", "nature": "services", "months": 3, "fte": Decimal(3), "value_max": 10**6}


@pytest.fixture
def short(town):
    return report(actor=town.who["park"], target=town.org["Park"], seen=None, **SHORT)


def standing(planned):
    planned = PlannedProcurement.objects.get(pk=planned.pk)
    return planned.proposal, planned.missing


def test_the_page_asks_and_leads_to_the_box(as_, short):
    client = as_("park")
    page = client.get(f"/planerade/{short.pk}/").content.decode()
    assert "3 månader. Går den att förlänga?" in page
    assert "Det som saknas är förlängning." in page
    address, anchor = re.search(r'href="(/planerade/[^"]*/andra/)#(id_option_months)"', page).groups()
    form = client.get(address).content.decode()
    assert f'id="{anchor}"' in form
    assert "Skriv 0 om avtalet inte går att förlänga." in form


@pytest.mark.parametrize(("said", "outcome"), [
    ({"option_months": 0}, ("not_suitable", "")),
    ({"option_months": 12}, ("needs_facts", "months")),  # long enough, but only if it is prolonged
    ({"unknown_fields": ["option_months"]}, ("needs_facts", "option_months")),
    ({"months": 4}, ("suitable", "")),
])  # fmt: skip
def test_each_answer_is_judged_and_kept(town, short, said, outcome):
    assert standing(short) == ("needs_facts", "option_months")
    change(actor=town.who["park"], target=short, seen=None, **said)
    assert standing(short) == outcome
    newest = Assessment.objects.filter(planned=short).latest("number")
    assert newest.proposal == outcome[0]


def test_nothing_is_asked_of_those_who_have_said_that_they_do_not_know(town, as_, short):
    change(actor=town.who["park"], target=short, seen=None, unknown_fields=["option_months"])
    page = as_("park").get(f"/planerade/{short.pk}/").content.decode()
    assert "Organisationen vet inte än om den går att förlänga." in page
    assert "Din tur" not in page
