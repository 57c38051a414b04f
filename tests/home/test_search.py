"""Sök: what one may see, by name, register number and organisation, and nothing else (R82)."""

import re

import pytest

from insteg.access.catalogues import MOST_HITS
from insteg.home import search
from insteg.inventory.models import PlannedProcurement, RunningAgreement
from tests.town import PEOPLE


def found(town, name, typed):
    """{group: titles} of what a person finds."""
    return {
        group.title: [hit.title for hit in group.hits]
        for group in search.search(town.who[name], search.words_of(typed))
    }


@pytest.fixture
def gardening(town):
    """Park and Hus plan the same thing, each with a register number of its own; Park's is in an agreement too."""
    for name, key, reference in (("Park", "p", "TN 2026/151"), ("Hus", "h", "EB 2026/7")):
        rows = PlannedProcurement.objects.filter(pk=town.planned[key].pk)
        rows.update(title=f"Häckklippning {name}", reference=reference, description="Med ljudsvag utrustning")
    RunningAgreement.objects.create(
        organisation=town.org["Park"], title="Häckklippning gamla", supplier="Sax AB", ends_on="2027-05-01"
    )
    return town


def test_everything_with_the_words_is_found_whoever_reported_it(gardening):
    both = sorted(found(gardening, "ue", "häckklippning")["Planerade upphandlingar"])
    assert both == ["Häckklippning Hus", "Häckklippning Park"]
    assert found(gardening, "ue", "HÄCKKLIPPNING ljudsvag hus")["Planerade upphandlingar"] == ["Häckklippning Hus"]
    assert found(gardening, "ue", "sax ab")["Löpande avtal"] == ["Häckklippning gamla"]


def test_a_register_number_finds_its_procurement(gardening):
    assert found(gardening, "ue", "TN 2026/151") == {"Planerade upphandlingar": ["Häckklippning Park"]}


def test_a_department_finds_its_own_and_not_another_s(gardening):
    assert found(gardening, "park", "häckklippning")["Planerade upphandlingar"] == ["Häckklippning Park"]
    assert found(gardening, "hus", "häckklippning") == {"Planerade upphandlingar": ["Häckklippning Hus"]}
    assert found(gardening, "hus", "2026/151") == {}


def test_who_sees_no_procurements_finds_none(gardening):
    for name in ("bygg", "af", "mal", "admin", "bistand"):
        assert found(gardening, name, "häckklippning") == {}


def test_every_hit_can_be_opened_by_the_one_who_found_it(gardening, as_):
    for name in PEOPLE:
        client = as_(name)
        for typed in ("häckklippning", "park", "2026", "inventering"):
            page = client.get("/sok/", {"q": typed}).content.decode()
            for url in set(re.findall(r'<div class="app-what">\s*<a href="([^"]+)"', page)):
                assert client.get(url.replace("&amp;", "&")).status_code == 200, (name, typed, url)


def test_an_organisation_leads_to_what_it_plans_and_for_the_administrator_to_itself(gardening):
    assert found(gardening, "ue", "park")["Organisationer"] == ["Vad Park planerar"]
    assert found(gardening, "admin", "park")["Organisationer"] == ["Park"]
    assert "Organisationer" not in found(gardening, "hus", "park")


def test_what_has_ended_is_found_and_says_so(house):
    PlannedProcurement.objects.filter(pk=house.planned["pw"].pk).update(title="Häckklippning förr")
    [group] = [g for g in search.search(house.who["ue"], ["förr"]) if g.title == "Planerade upphandlingar"]
    assert [hit.about.endswith("tillbakadragen") for hit in group.hits] == [True]


def test_the_manual_is_searched_by_headings(town):
    assert found(town, "bygg", "påminnelser")["Hjälp"]


def test_more_than_can_be_shown_leads_to_the_list_with_the_same_words(gardening, as_):
    row = gardening.planned["p"]
    PlannedProcurement.objects.bulk_create(
        PlannedProcurement(
            organisation=row.organisation, rule_set=row.rule_set, title=f"Lövsug {n}", proposal=row.proposal
        )
        for n in range(MOST_HITS + 2)
    )
    page = as_("ue").get("/sok/", {"q": "lövsug"})
    assert page.content.decode().count("Lövsug ") == MOST_HITS
    assert "/planerade/?q=l%C3%B6vsug" in page.content.decode()


@pytest.mark.parametrize(("typed", "says"), [
    ("", "Skriv minst två tecken"),
    ("a", "Skriv minst två tecken"),
    ("finns inte alls", "Inget hittades"),
    ("%_", "Inget hittades"),
    ("\0\0ab\\", "Inget hittades"),
    ("<script>alert(1)</script>", "Inget hittades"),
    ("x" * 5000, "Inget hittades"),
])  # fmt: skip
def test_what_cannot_be_found_is_said_plainly(town, as_, typed, says):
    page = as_("ue").get("/sok/", {"q": typed})
    assert page.status_code == 200
    assert says in page.content.decode()
    assert "<script>alert" not in page.content.decode()


def test_every_page_has_the_field_and_the_search_keeps_what_was_typed(gardening, as_):
    assert 'action="/sok/"' in as_("ue").get("/").content.decode()
    assert 'value="häckklippning"' in as_("ue").get("/sok/", {"q": "häckklippning"}).content.decode()
