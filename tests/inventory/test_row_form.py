"""The form of a planned procurement, opened from the page of an answer: quick, and back again (R11)."""

import pytest

from insteg.inventory.actions import change, report
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries import answering
from insteg.inventory.queries.answers import Sorted
from tests.inventory.answering import HIDDEN, page_of, rounds


@pytest.fixture
def city(town):
    """The town with rounds; Park has one row from before, `p`."""
    town.round = rounds(town)
    town.asked = town.round.asked["Park-new"]
    return town


def fresh(planned):
    return PlannedProcurement.objects.get(pk=planned.pk)


def test_a_change_and_a_form_saved_as_it_stood_both_settle_a_row(city, as_):
    client, planned = as_("park"), city.planned["p"]
    address = f"/planerade/{planned.pk}/andra/?svar={city.asked.pk}"
    typed = dict(HIDDEN.findall(client.get(address).content.decode())) | {"title": planned.title}
    answer = client.post(address, typed)
    assert answer.url == page_of(city.asked)
    assert "Inget ändrades. Uppgifterna är bekräftade" in client.get(answer.url).content.decode()
    assert Sorted.of(city.asked).unsettled == []
    events = client.get(f"/planerade/{planned.pk}/").content.decode()
    assert "Bekräftad" in events
    assert "Ändrad:" not in events


def test_one_saves_and_begins_another_and_comes_back_to_the_answer(city, as_):
    client = as_("park")
    address = f"/planerade/ny/{city.org['Park'].pk}/?svar={city.asked.pk}"
    typed = dict(HIDDEN.findall(client.get(address).content.decode())) | {"title": "Den första"}
    assert client.post(address, typed | {"more": "1"}).url == address
    typed = dict(HIDDEN.findall(client.get(address).content.decode())) | {"title": "Den andra"}
    assert client.post(address, typed).url == page_of(city.asked)


@pytest.mark.parametrize("where", ["https://exempel.se/", "//exempel.se", "../../", "0", "hus"])
def test_where_to_return_is_a_request_of_one_s_own_or_nowhere(city, as_, where):
    client = as_("park")
    where = city.round.asked["Hus-new"].pk if where == "hus" else where
    address = f"/planerade/{city.planned['p'].pk}/andra/?svar={where}"
    html = client.get(address).content.decode()
    assert "exempel.se" not in html.split("<main")[1].replace(address, "")
    typed = dict(HIDDEN.findall(html)) | {"title": "Nytt namn"}
    assert client.post(address, typed).url == f"/planerade/{city.planned['p'].pk}/"


def test_a_copy_is_a_new_row_that_begins_with_the_same_facts(city, as_):
    change(actor=city.who["park"], target=city.planned["p"], seen=None, months=36, nature="works")
    client = as_("park")
    address = f"/planerade/ny/{city.org['Park'].pk}/?svar={city.asked.pk}&kopia={city.planned['p'].pk}"
    html = client.get(address).content.decode()
    assert 'value="Parkskötsel (kopia)"' in html
    assert 'value="36"' in html
    hus = as_("hus").get(f"/planerade/ny/{city.org['Hus'].pk}/?kopia={city.planned['p'].pk}").content.decode()
    assert "Parkskötsel" not in hus


def test_the_five_facts_come_first_and_the_rest_is_folded_until_it_is_filled(city, as_):
    address = f"/planerade/{city.planned['p'].pk}/andra/"
    html = as_("park").get(address).content.decode()
    first, folded = html.split("<details")
    assert all(f'name="{name}"' in first for name in ("title", "nature", "value_max", "months", "fte", "start"))
    assert 'name="description"' in folded
    assert " open" not in folded.split(">")[0]
    change(actor=city.who["park"], target=city.planned["p"], seen=None, reference="PN 2027/1")
    assert " open" in as_("park").get(address).content.decode().split("<details")[1].split(">")[0]


def test_a_withdrawal_says_what_happened_and_leads_back(city, as_):
    client = as_("park")
    address = f"/planerade/{city.planned['p'].pk}/dra-tillbaka/?svar={city.asked.pk}"
    typed = dict(HIDDEN.findall(client.get(address).content.decode()))
    assert client.post(address, typed | {"withdrawn_reason": "Annonserad"}).status_code == 422
    answer = client.post(address, typed | {"withdrawn_as": "advertised", "withdrawn_reason": "Annonserad i maj"})
    assert answer.url == page_of(city.asked)
    assert fresh(city.planned["p"]).withdrawn_as == "advertised"
    assert "Är redan annonserad. Annonserad i maj" in client.get(f"/planerade/{city.planned['p'].pk}/").content.decode()


def test_the_task_does_not_ask_for_what_is_said_to_be_unknown(city, as_):
    assert "Fyll i uppgifter för 1 upphandling" in as_("park").get("/").content.decode()
    facts = {"nature": "services", "value_max": 10**6, "unknown_fields": ["months", "fte"]}
    change(actor=city.who["park"], target=city.planned["p"], seen=None, **facts)
    assert "Fyll i uppgifter" not in as_("park").get("/").content.decode()


def test_the_task_reads_no_more_rows_than_a_first_page_can_wait_for(city, as_, monkeypatch):
    monkeypatch.setattr(answering, "COUNTED", 2)
    for number in range(2):
        report(actor=city.who["park"], target=city.org["Park"], seen=None, title=f"Rad {number}")
    assert "Fyll i uppgifter för fler än 2 upphandlingar" in as_("park").get("/").content.decode()
