"""The pages of planned procurements as people meet them: list, judged detail, edit, withdraw, export."""

import datetime as dt
import re
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from insteg.codes.models import Cpv
from insteg.inventory.actions import change, report, withdraw
from insteg.inventory.models import PlannedProcurement

LIST = "/planerade/"


@pytest.fixture
def many(town):
    """Ten at Park, of which one is suitable and one is named as a formula."""
    made = {}
    for number in range(10):
        title = "=1+1" if number == 3 else f"Upphandling {number}"
        start = dt.date(2027 + number % 3, 1 + number, 1)
        made[number] = report(actor=town.who["park"], target=town.org["Park"], seen=None, title=title, start=start)
    facts = {"nature": "works", "months": 24, "fte": Decimal("2.5"), "value_min": 10**6, "value_max": 3 * 10**6}
    change(actor=town.who["park"], target=made[5], seen=None, cpv="45233140", **facts)
    return made


def titles(response):
    return re.findall(r'rowheader">\s*<a class="ds-link" href="/planerade/[^"]+">([^<]+)<', response.content.decode())


def sent(client, url, **typed):
    """What a browser would send back: the page's own hidden fields and what was typed."""
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', client.get(url).content.decode()))
    return client.post(url, hidden | typed)


def test_each_sees_what_is_theirs(as_, many):
    assert len(titles(as_("park").get(LIST))) == 11
    assert titles(as_("hus").get(LIST)) == ["Fasadrenovering"]
    assert len(titles(as_("ue").get(LIST))) == 12
    assert as_("bygg").get(LIST).status_code == 403


def test_the_filter_lives_in_the_address(as_, many, town):
    Cpv.objects.create(code="45000000", title_sv="Anläggningsarbete")
    client = as_("ue")
    assert titles(client.get(LIST, {"proposal": "suitable"})) == ["Upphandling 5"]
    assert titles(client.get(LIST, {"nature": "works"})) == ["Upphandling 5"]
    assert titles(client.get(LIST, {"cpv": "45"})) == ["Upphandling 5"]
    assert titles(client.get(LIST, {"organisation": town.org["Hus"].pk})) == ["Fasadrenovering"]
    assert titles(client.get(LIST, {"q": "fasad"})) == ["Fasadrenovering"]
    assert len(titles(client.get(LIST, {"year": "2028"}))) == 3
    assert titles(client.get(LIST, {"show": "withdrawn"})) == []


def test_a_filter_that_does_not_exist_is_said_and_changes_nothing(as_, many):
    answer = as_("ue").get(LIST, {"proposal": "x", "year": "abc", "organisation": "1"})
    assert answer.status_code == 200
    assert len(titles(answer)) == 12


def test_the_finding_comes_first_in_words(as_, many):
    html = as_("park").get(LIST).content.decode()
    assert "1 av 11 planerade upphandlingar lämpar sig för sociala krav. 10 behöver fler uppgifter." in html
    html = as_("park").get(LIST, {"proposal": "needs_facts"}).content.decode()
    assert "Alla 10 planerade upphandlingar behöver fler uppgifter innan de kan bedömas." in html


def test_long_lists_have_pages(as_, town):
    rule_set, organisation = town.rule_set, town.org["Park"]
    PlannedProcurement.objects.bulk_create(
        PlannedProcurement(organisation=organisation, title=f"N {n}", rule_set=rule_set, proposal="needs_facts")
        for n in range(120)
    )
    client, url, seen = as_("park"), LIST, []
    for rows in (50, 50, 21):
        html = client.get(url).content.decode()
        found = titles(client.get(url))
        assert len(found) == rows
        seen += found
        following = re.search(r'rel="next" href="([^"]+)"', html)
        url = LIST + following[1].replace("&amp;", "&") if following else ""
    assert not url
    assert len(set(seen)) == 121


def test_the_page_says_what_is_missing_and_whose_move_it_is(as_, town):
    address = f"{LIST}{town.planned['p'].pk}/"
    ours = as_("park").get(address).content.decode()
    assert "Din tur: fyll i det som saknas" in ours
    assert "Avtalstiden är inte angiven." in ours
    theirs = as_("styr").get(address).content.decode()
    assert "Väntar på uppgifter från Park" in theirs
    assert "Fyll i" not in theirs
    assert as_("hus").get(address).status_code == 404


def test_a_need_is_added_by_hand(as_, town):
    client = as_("park")
    address = f"{LIST}ny/{town.org['Park'].pk}/"
    answer = sent(client, address, title="Lokalvård", value_min="3,5 mkr", value_max="4 mkr", months="2 år",
                  fte="2,5", nature="services", start="1 mars 2028", option_months_unknown="on")  # fmt: skip
    planned = PlannedProcurement.objects.get(title="Lokalvård")
    assert answer.url == f"{LIST}{planned.pk}/"
    assert (planned.value_min, planned.value_max, planned.months) == (3_500_000, 4_000_000, 24)
    assert (planned.fte, planned.start) == (Decimal("2.5"), dt.date(2028, 3, 1))
    assert (planned.option_months, planned.unknown_fields) == (None, ["option_months"])
    assert planned.proposal == "suitable"


def test_bad_input_is_said_keeps_what_was_typed_and_changes_nothing(as_, town):
    address = f"{LIST}ny/{town.org['Park'].pk}/"
    before = PlannedProcurement.objects.count()
    answer = sent(as_("park"), address, title="Lokalvård", value_min="många", start="31/2 2028")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Februari har 29 dagar 2028" in html
    assert 'value="många"' in html
    assert PlannedProcurement.objects.count() == before


def test_the_database_s_own_words_land_in_the_form(as_, town):
    address = f"{LIST}ny/{town.org['Park'].pk}/"
    answer = sent(as_("park"), address, title="Lokalvård", value_min="5 mkr", value_max="4 mkr")
    assert answer.status_code == 422
    assert "Det lägsta värdet kan inte vara större än det högsta." in answer.content.decode()


def test_a_stale_edit_keeps_the_words_and_tells_what_the_other_changed(as_, town):
    client, address = as_("park"), f"{LIST}{town.planned['p'].pk}/andra/"
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', client.get(address).content.decode()))
    change(actor=town.who["ue"], target=town.planned["p"], seen=None, months=36)
    answer = client.post(address, hidden | {"title": "Parkskötsel Norr", "months": "12 mån"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Parkskötsel Norr"' in html
    assert "Ändrat under tiden till: 36" in html
    again = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', html))
    assert client.post(address, again | {"title": "Parkskötsel Norr", "months": "12 mån"}).status_code == 302
    assert PlannedProcurement.objects.get(pk=town.planned["p"].pk).months == 12


def test_withdraw_and_take_back(as_, town):
    client, address = as_("park"), f"{LIST}{town.planned['p'].pk}/"
    assert sent(client, f"{address}dra-tillbaka/", withdrawn_reason="").status_code == 422
    typed = {"withdrawn_as": "cancelled", "withdrawn_reason": "Behovet finns inte."}
    assert sent(client, f"{address}dra-tillbaka/", **typed).status_code == 302
    assert titles(client.get(LIST)) == []
    assert titles(client.get(LIST, {"show": "withdrawn"})) == ["Parkskötsel"]
    assert "1 upphandling är tillbakadragen." in client.get(LIST, {"show": "withdrawn"}).content.decode()
    assert "Behovet finns inte." in client.get(address).content.decode()
    assert client.get(f"{address}andra/").status_code == 403
    assert sent(client, f"{address}aterta/").status_code == 302
    assert titles(client.get(LIST)) == ["Parkskötsel"]


def test_the_second_click_on_withdraw_gets_the_first_one_s_answer(as_, town):
    client, address = as_("park"), f"{LIST}{town.planned['p'].pk}/dra-tillbaka/"
    typed = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', client.get(address).content.decode()))
    typed |= {"withdrawn_as": "mistake", "withdrawn_reason": "Behovet finns inte."}
    assert [client.post(address, typed).status_code for _ in range(2)] == [302, 302]
    assert as_("hus").post(address, typed).status_code == 404  # another's key opens nothing


def test_the_export_has_the_list_s_rule_and_filter(as_, many, town):
    withdraw(actor=town.who["park"], target=many[1], seen=None, withdrawn_reason="Nej")

    def exported(name, query=""):
        sheet = openpyxl.load_workbook(BytesIO(as_(name).get(f"{LIST}hamta.xlsx{query}").content)).active
        return [row[1].value for row in list(sheet.rows)[1:]]

    assert exported("hus") == ["Fasadrenovering"]
    assert len(exported("park")) == 10
    assert exported("park", "?proposal=suitable") == ["Upphandling 5"]
    assert exported("park", "?show=withdrawn") == ["Upphandling 1"]
    assert as_("bygg").get(f"{LIST}hamta.csv").status_code == 403
    assert as_("park").get(f"{LIST}hamta.exe").status_code == 404


def test_text_never_becomes_a_formula(as_, many):
    client = as_("park")
    book = openpyxl.load_workbook(BytesIO(client.get(f"{LIST}hamta.xlsx").content))
    cell = next(cell for row in book.active.rows for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"
    assert "\r\nPark;'=1+1;" in client.get(f"{LIST}hamta.csv").content.decode("utf-8-sig")
