"""R11: what the city has agreements on today is proposed as coming procurements when it runs out."""

import datetime as dt
import re
from io import BytesIO

import openpyxl
import pytest

from insteg.audit.gate import Blocked, Refused
from insteg.core import clock
from insteg.inventory.actions import (
    add_agreement,
    end_agreement,
    link_renewal,
    plan_renewal,
    reinstate,
    revive_agreement,
    withdraw,
)
from insteg.inventory.models import InventoryRound, PlannedProcurement, RunningAgreement
from insteg.inventory.queries.agreements import proposals
from tests.audit.test_forms import form_of
from tests.inventory.test_pages import sent
from tests.town import rounds_of_inventory

LIST = "/inventering/avtal/"


def agreement(town, title="Lokalvård", *, organisation="Park", who="park", **facts):
    facts = {"ends_on": day(2, 6, 30), **facts}
    return add_agreement(actor=town.who[who], target=town.org[organisation], seen=None, title=title, **facts)


def day(years, month, number):
    """A day so many years from this."""
    return dt.date(clock.today().year + years, month, number)


@pytest.fixture
def asked(db):
    """A round that asks for services and works from next year on, three years ahead."""
    year = clock.today().year
    return InventoryRound.objects.create(
        year=year, term="autumn", first_year=year + 1, last_year=year + 3, natures=["services", "works"],
        closes_on=clock.today(), value_floor=1_000_000,
    )  # fmt: skip


def proposed(town, asked, organisation="Park"):
    return [proposal.agreement.title for proposal in proposals(town.org[organisation], asked)]


# What a round proposes


def test_what_runs_out_within_the_horizon_is_proposed_in_order_of_its_last_day(town, asked):
    for title, ends_on in {
        "sist": day(3, 12, 30), "för sent": day(3, 12, 31), "först": day(0, 12, 31), "för tidigt": day(0, 12, 30),
        "mitt i": day(2, 6, 30),
    }.items():  # fmt: skip
        agreement(town, title, ends_on=ends_on)
    agreement(town, "någon annans", organisation="Hus", who="hus")
    assert proposed(town, asked) == ["först", "mitt i", "sist"]


def test_both_starts_are_told_with_and_without_the_options(town, asked):
    agreement(town, ends_on=day(1, 1, 31), option_months=13, starts_on=day(-1, 2, 1))
    (proposal,) = proposals(town.org["Park"], asked)
    assert (proposal.start, proposal.latest_start) == (day(1, 2, 1), day(2, 3, 1))
    assert proposal.months == 24


def test_an_option_can_bring_it_into_the_horizon_but_not_hide_it(town, asked):
    agreement(town, "börjar efter option", ends_on=day(-1, 12, 31), option_months=24)
    agreement(town, "kan dröja", ends_on=day(3, 1, 31), option_months=48)
    agreement(town, "utan option", ends_on=day(-1, 12, 31))
    assert proposed(town, asked) == ["börjar efter option", "kan dröja"]
    assert [proposal.latest_start for proposal in proposals(town.org["Park"], asked)] == [day(2, 1, 1), day(7, 2, 1)]


def test_only_what_the_round_asks_for_is_proposed(town, asked):
    agreement(town, "vara", nature="supplies")
    agreement(town, "liten", value=900_000)
    agreement(town, "tjänst", nature="services", value=1_000_000)
    agreement(town, "okänd")
    assert sorted(proposed(town, asked)) == ["okänd", "tjänst"]


def test_once_planned_it_is_proposed_no_more_until_that_is_withdrawn(town, asked):
    park = town.who["park"]
    row = agreement(town)
    planned = plan_renewal(actor=park, target=row, seen=None, title="Lokalvård")
    assert (planned.renews, planned.organisation) == (row, town.org["Park"])
    assert proposed(town, asked) == []
    withdraw(actor=park, target=planned, seen=None, withdrawn_reason="Inga pengar i år.")
    (again,) = proposals(town.org["Park"], asked)
    assert again.withdrawn_reason == "Inga pengar i år."
    plan_renewal(actor=park, target=row, seen=None, title="Lokalvård")
    assert proposed(town, asked) == []


def test_what_is_advertised_already_is_not_proposed_again(town, asked):
    park = town.who["park"]
    planned = plan_renewal(actor=park, target=agreement(town), seen=None, title="Lokalvård")
    withdraw(actor=park, target=planned, seen=None, withdrawn_reason="Annonserad", withdrawn_as="advertised")
    assert proposed(town, asked) == []


def test_what_is_not_bought_again_is_left_out_until_that_is_taken_back(town, asked):
    row = agreement(town)
    end_agreement(actor=town.who["park"], target=row, seen=None, ended_reason="Vi gör det själva.")
    assert proposed(town, asked) == []
    revive_agreement(actor=town.who["park"], target=row, seen=None)
    assert proposed(town, asked) == ["Lokalvård"]


def test_a_second_renewal_is_refused_in_words(town):
    row = agreement(town)
    plan_renewal(actor=town.who["park"], target=row, seen=None, title="Lokalvård")
    with pytest.raises(Blocked, match="redan en planerad upphandling"):
        plan_renewal(actor=town.who["ue"], target=row, seen=None, title="Lokalvård")
    assert PlannedProcurement.objects.filter(renews=row).count() == 1


def test_what_is_taken_back_leaves_the_agreement_to_what_follows_on_it_by_now(town):
    park, row = town.who["park"], agreement(town)
    first = plan_renewal(actor=park, target=row, seen=None, title="Lokalvård")
    withdraw(actor=park, target=first, seen=None, withdrawn_reason="Skjuts upp")
    reinstate(actor=park, target=first, seen=None)
    assert [*row.renewals.all()] == [first]
    withdraw(actor=park, target=first, seen=None, withdrawn_reason="Skjuts upp")
    second = plan_renewal(actor=park, target=row, seen=None, title="Städning")
    reinstate(actor=park, target=first, seen=None)
    assert [*row.renewals.all()] == [second]


def test_the_page_of_the_request_proposes_and_one_comes_back_there(as_, town):
    """R11: to answer is to say yes or no to what runs out."""
    rounds_of_inventory(town)
    request, row = town.requests["p-now"], agreement(town, "Taxi", supplier="Bil AB", ends_on=day(1, 6, 30))
    client, page = as_("park"), f"/inventering/svar/{town.requests['p-now'].pk}/"
    assert "1 avtal löper ut" in client.get(page).content.decode()
    links = set(re.findall(rf'href="({LIST}{row.pk}/[a-z-]+/\?svar={request.pk})"', client.get(page).content.decode()))
    assert len(links) == 3
    (end,) = [link for link in links if "inte-igen" in link]
    assert sent(client, end, ended_reason="Vi kör själva.").url == page
    assert "löper ut. Ska" not in client.get(page).content.decode()


def test_others_plan_nothing_on_our_agreement(town):
    row = agreement(town)
    for name in ("hus", "ame", "styr", "bygg", "admin"):
        with pytest.raises(Refused):
            plan_renewal(actor=town.who[name], target=row, seen=None, title="Lokalvård")


def test_an_organisation_that_is_closed_plans_nothing_new(town):
    row = agreement(town)
    town.org["Park"].closed_on = clock.today()
    town.org["Park"].save()
    with pytest.raises(Blocked, match="upphört"):
        plan_renewal(actor=town.who["ue"], target=row, seen=None, title="Lokalvård")


def test_what_is_planned_already_is_linked_and_unlinked(as_, town, asked):
    client, row = as_("park"), agreement(town, "Parkskötsel och renhållning")
    page = f"{LIST}{row.pk}/redan-anmald/"
    choices = re.findall(r'<option value="[^"]+">([^<]+)', client.get(page).content.decode())
    assert choices[0] == "Parkskötsel"  # of ours, the likeliest first
    assert "Fasadrenovering" not in choices
    of_hus = town.planned["h"]
    assert sent(client, page, planned=of_hus.pk).status_code == 422
    assert sent(client, page, planned=town.planned["p"].pk).status_code == 302
    assert proposed(town, asked) == []
    assert PlannedProcurement.objects.get(renews=row) == town.planned["p"]
    unlink = f"{LIST}koppling/{town.planned['p'].pk}/bort/"
    twice = form_of(client, unlink)
    answers = [client.post(unlink, twice) for _click in range(2)]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, f"{LIST}{row.pk}/")] * 2
    assert proposed(town, asked) == ["Parkskötsel och renhållning"]


def test_what_follows_on_one_agreement_follows_on_no_other(town):
    park, planned = town.who["park"], town.planned["p"]
    link_renewal(actor=park, target=agreement(town), seen=None, planned=planned)
    with pytest.raises(Blocked, match="kan inte följa"):
        link_renewal(actor=park, target=agreement(town, "Taxi"), seen=None, planned=planned)


# The pages


def titles(response):
    return re.findall(r'rowheader">\s*<a class="ds-link" href="[^"]+">([^<]+)<', response.content.decode())


def test_each_sees_their_own_agreements_and_ue_all(as_, town):
    agreement(town, "Parkens")
    agreement(town, "Husets", organisation="Hus", who="hus")
    assert titles(as_("park").get(LIST)) == ["Parkens"]
    assert titles(as_("hus").get(LIST)) == ["Husets"]
    assert sorted(titles(as_("ue").get(LIST))) == ["Husets", "Parkens"]
    for name in ("ame", "sia", "styr", "bygg", "af", "admin", "mal"):
        assert as_(name).get(LIST).status_code == 403


def test_the_empty_list_says_what_to_do(as_, town):
    html = as_("park").get(LIST).content.decode()
    assert "Inga avtal är inlagda än" in html
    assert f"/inventering/avtal/las-in/{town.org['Park'].pk}/" in html


def test_the_filter_lives_in_the_address(as_, town):
    park = town.who["park"]
    waits = agreement(town, "Väntar", ends_on=day(1, 6, 30))
    planned = agreement(town, "Planerad", ends_on=day(2, 6, 30))
    ended = agreement(town, "Inte igen", ends_on=day(3, 6, 30))
    over = agreement(town, "Över", ends_on=day(-1, 6, 30))
    plan_renewal(actor=park, target=planned, seen=None, title="Ny")
    for row in (ended, over):
        end_agreement(actor=park, target=row, seen=None, ended_reason="Nej.")
    client = as_("park")
    assert titles(client.get(LIST)) == ["Väntar", "Planerad", "Inte igen"]
    assert titles(client.get(LIST, {"state": "waiting"})) == ["Väntar"]
    assert titles(client.get(LIST, {"state": "renewed"})) == ["Planerad"]
    assert titles(client.get(LIST, {"state": "ended"})) == ["Över", "Inte igen"]
    assert titles(client.get(LIST, {"state": "all"})) == ["Över", "Väntar", "Planerad", "Inte igen"]
    assert titles(client.get(LIST, {"year": waits.ends_on.year})) == ["Väntar"]
    assert titles(client.get(LIST, {"organisation": town.org["Hus"].pk})) == ["Väntar", "Planerad", "Inte igen"]
    assert titles(client.get(LIST, {"year": "2150"})) == ["Väntar", "Planerad", "Inte igen"]  # said, and passed over


def test_the_list_says_what_runs_out_with_nothing_planned(as_, town):
    agreement(town, "Snart", ends_on=day(1, 6, 30))
    agreement(town, "Långt bort", ends_on=day(5, 6, 30))
    html = as_("park").get(LIST).content.decode()
    assert "1 av dem löper ut inom två år utan att någon ny upphandling är anmäld." in html


def test_nobody_is_hurried_while_it_runs_long(as_, town):
    for years, said in ((5, "Det är långt kvar"), (1, "Din tur: ska det upphandlas igen?")):
        row = agreement(town, ends_on=day(years, 6, 30))
        html = as_("park").get(f"{LIST}{row.pk}/").content.decode()
        assert said in html
        assert f"{LIST}{row.pk}/planera/" in html  # whoever wants to may plan it already
        assert f"{LIST}{row.pk}/planera/" in as_("ue").get(f"{LIST}{row.pk}/").content.decode()


def test_the_export_is_the_filtered_list(as_, town):
    agreement(town, "=1+1", supplier="Städ AB", ends_on=day(1, 6, 30), option_months=12, value=2_000_000)
    agreement(town, "Annat år", ends_on=day(2, 6, 30))
    answer = as_("park").get(f"{LIST}hamta.xlsx", {"year": day(1, 1, 1).year})
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)
    assert len(rows) == 2
    told = dict(zip(rows[0], rows[1], strict=True))
    assert told["Leverantör"] == "Städ AB"
    assert told["Med förlängning"].date() == day(2, 7, 1)
    assert "Annat år" not in as_("park").get(f"{LIST}hamta.csv", {"year": day(1, 1, 1).year}).content.decode()


def test_an_agreement_is_added_changed_and_shown(as_, town):
    client = as_("park")
    address = f"{LIST}nytt/{town.org['Park'].pk}/"
    wrong = sent(client, address, title="Taxi", starts_on="2027-01-01", ends_on="2026-01-01")
    assert wrong.status_code == 422
    assert "Sista dagen kan inte vara före första dagen." in wrong.content.decode()
    done = sent(client, address, title="Taxi", reference="A-1", ends_on="31 december 2027", value="2 000 000")
    row = RunningAgreement.objects.get(title="Taxi")
    assert done.url == f"{LIST}{row.pk}/"
    assert row.ends_on == dt.date(2027, 12, 31)
    again = sent(client, address, title="Taxi igen", reference="A-1", ends_on="2027-12-31")
    assert "redan ett avtal med det numret" in again.content.decode()
    changed = {"title": "Taxi", "ends_on": "2028-12-31", "supplier": "Bil AB"}
    assert sent(client, f"{LIST}{row.pk}/andra/", **changed).status_code == 302
    html = client.get(f"{LIST}{row.pk}/").content.decode()
    assert "Bil AB" in html
    assert "Ändrat: " in html


def test_it_is_ended_with_a_reason_and_taken_back(as_, town):
    client, row = as_("park"), agreement(town)
    assert sent(client, f"{LIST}{row.pk}/inte-igen/").status_code == 422
    assert sent(client, f"{LIST}{row.pk}/inte-igen/", ended_reason="Vi gör det själva.").status_code == 302
    assert "Vi gör det själva." in client.get(f"{LIST}{row.pk}/").content.decode()
    assert client.get(f"{LIST}{row.pk}/planera/").status_code == 403
    assert sent(client, f"{LIST}{row.pk}/igen/").status_code == 302
    row.refresh_from_db()
    assert (row.ended_at, row.ended_reason) == (None, "")


def test_the_form_of_a_renewal_is_filled_from_the_agreement_and_a_double_click_makes_one(as_, town):
    client = as_("park")
    row = agreement(town, "Lokalvård", nature="services", cpv="90919300", value=4_000_000, starts_on=day(0, 7, 1))
    page = f"{LIST}{row.pk}/planera/"
    html = client.get(page).content.decode()
    typed = dict(re.findall(r'name="(\w+)" value="([^"]*)"', html)) | {"title": "Lokalvård", "nature": "services"}
    assert typed["cpv"] == "90919300"
    assert typed["start"] == day(2, 7, 1).isoformat()
    assert typed["months"] == "24"
    typed = {name: value for name, value in typed.items() if not name.endswith("_unknown")}
    first, second = (client.post(page, typed) for _ in range(2))
    assert first.url == second.url
    made = PlannedProcurement.objects.get(renews=row)
    assert (made.value_max, made.months, made.start) == (4_000_000, 24, day(2, 7, 1))
    html = client.get(first.url).content.decode()
    assert "Följer på avtalet" in html
    assert f"{LIST}{row.pk}/" in html
    assert "Följer på avtalet" not in as_("ame").get(first.url).content.decode()  # sees the need, not the agreement
