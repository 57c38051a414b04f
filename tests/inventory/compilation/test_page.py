"""R13, R14: the compilation is of the rows as they are now, counts them and narrows them; each sees what is theirs."""

import datetime as dt
import re
from collections import Counter

import pytest

from insteg.codes.models import Occupation
from insteg.inventory import actions
from insteg.inventory.judgement import judge
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.reckoning import by_extent
from insteg.inventory.terms import Term, proposed
from tests.inventory.compilation.rows import (
    LAYERS,
    PAGE,
    TODAY,
    close,
    in_years,
    open_round,
    plan,
    text_of,
    titles,
)

LAID = LAYERS


def table_of(response, key):
    return next(table for table in response.context["tables"] if table.key == key)


def lines_of(response, key):
    return {line.name: line.tally for line in table_of(response, key).lines}


# --- who


def test_those_who_see_the_city_see_all_of_it(as_, coming):
    for name in ("ue", "styr", "ame", "chef2"):
        assert set(titles(as_(name).get(PAGE))) >= {"Lokalvård", "Fasader"}
        assert response_title(as_(name).get(PAGE)) == "Sammanställning"


def test_a_buyer_sees_its_own_and_is_told_so(as_, coming):
    response = as_("hus").get(PAGE)
    assert titles(response) == ["Fasader"]
    assert response_title(response) == "Er sammanställning"
    assert "Lokalvård" not in response.content.decode()
    assert [value for value, _name in response.context["form"].fields["organisation"].choices] == [
        "", str(coming.org["Hus"].pk)
    ]  # fmt: skip


def test_a_buyer_learns_nothing_of_anothers_from_what_can_be_chosen(as_, coming):
    others = PlannedProcurement.objects.get(title="Lokalvård")
    occupation = Occupation.objects.create(code="6113", title_sv="Trädgårdsodlare")
    actions.confirm_occupations(actor=coming.who["park"], target=others, seen=None, occupations=[occupation])
    for name, offered in (("park", True), ("ue", True), ("hus", False)):
        assert ("Trädgårdsodlare" in as_(name).get(PAGE).content.decode()) is offered


def test_a_buyer_cannot_ask_for_anothers(as_, coming):
    response = as_("hus").get(PAGE, {"organisation": coming.org["Park"].pk})
    assert "Lokalvård" not in response.content.decode()
    assert "utelämnat: Organisation" in text_of(response)


@pytest.mark.parametrize("name", ["bygg", "af", "bistand", "mal", "admin"])
def test_nobody_outside_sees_it(as_, coming, name):
    assert as_(name).get(PAGE).status_code == 403


def response_title(response):
    return re.search(r"<h1[^>]*>([^<]+)</h1>", response.content.decode())[1]


# --- of what


def test_without_a_round_it_is_of_the_coming_three_years(as_, coming):
    response = as_("ue").get(PAGE)
    assert re.search("börjar 2026–2028 · .* är inte med · ingen inventering är öppnad än", text_of(response))
    assert set(titles(response)) == {row.title for row in in_years(2026, 2028)}


def test_the_newest_opened_round_says_which_years(as_, coming):
    open_round(coming)
    response = as_("ue").get(PAGE)
    assert response_title(response) == "Sammanställning hösten 2026"
    told = text_of(response)
    assert "Upphandlingar som börjar 2027–2029" in told
    assert re.search(r"0 av \d+ har svarat", told)
    assert set(titles(response)) == {row.title for row in in_years(2027, 2029)}


def test_what_begins_in_other_years_is_counted_and_said_to_be_left_out(as_, coming):
    open_round(coming)
    said = "2 som börjar tidigare eller senare är inte med"
    for number, start in enumerate((dt.date(2026, 12, 31), dt.date(2030, 1, 1))):
        plan(coming, f"Utanför {number}", start=start, nature="works")
    PlannedProcurement.objects.filter(title="Efter tiden").update(start=None)
    assert f"börjar 2027–2029 · {said}" in text_of(as_("ue").get(PAGE))
    assert f"börjar 2027–2029 · {said}" in text_of(as_("ue").get(PAGE, {"nature": "works"}))
    assert said in text_of(as_("ue").get(PAGE, {"organisation": coming.org["Park"].pk}))
    for name, chosen in (("hus", {}), ("ue", {"nature": "supplies"}), ("ue", {"year": "2028"})):
        assert "tidigare eller senare" not in text_of(as_(name).get(PAGE, chosen))


def test_a_buyer_is_told_how_many_of_its_own_are_counted_elsewhere(as_, coming):
    report = PlannedProcurement.objects.get(title="Fasader")
    actions.begin_joint(
        actor=coming.who["ue"], target=coming.org["Stad"], seen=None, rows=[(report.pk, report.version)],
        also_not_shared=True, title="Fasader för alla", start=report.start,
    )  # fmt: skip
    said = "1 upphandlas gemensamt och räknas hos upphandlingsenheten"
    assert said in text_of(as_("hus").get(PAGE))
    assert said in text_of(as_("ue").get(PAGE, {"organisation": coming.org["Hus"].pk}))
    for name, chosen in (("ue", {}), ("park", {}), ("hus", {"year": "2027"})):
        assert "upphandlas gemensamt" not in text_of(as_(name).get(PAGE, chosen))


def test_a_buyer_is_not_told_how_the_others_answer(as_, coming):
    open_round(coming)
    assert "har svarat" not in text_of(as_("hus").get(PAGE))


def test_another_round_is_chosen_in_the_address(as_, coming):
    earlier = open_round(coming, first_year=2030, last_year=2030)
    close(earlier)
    open_round(coming, 2027, "spring")
    assert "Lokalvård" in titles(as_("ue").get(PAGE))
    response = as_("ue").get(PAGE, {"runda": earlier.pk})
    assert [title for title in titles(response) if title != "Reception"] == ["Efter tiden"]
    assert response_title(response) == "Sammanställning hösten 2026"


def test_a_draft_of_a_round_is_none(as_, coming):
    draft = actions.draft_round(
        actor=coming.who["ue"], target=coming.org["Stad"], seen=None, **proposed(Term(2027, "spring"), TODAY)
    )
    response = as_("ue").get(PAGE, {"runda": draft.pk})
    assert response_title(response) == "Sammanställning"
    assert "utelämnat: Inventering" in text_of(response)


def test_the_rows_are_those_of_now(as_, coming):
    """R14: what is withdrawn after the answer is gone, and the page says that it is of now."""
    open_round(coming)
    gone = PlannedProcurement.objects.get(title="Lokalvård")
    actions.withdraw(
        actor=coming.who["park"], target=gone, seen=None, withdrawn_as="cancelled", withdrawn_reason="Behövs inte."
    )
    response = as_("ue").get(PAGE)
    assert "Lokalvård" not in titles(response)
    assert "Uppgifterna är de som gäller nu" in text_of(response)


# --- figures, counted anew from the rows


def test_the_lead_is_counted(as_, coming):
    open_round(coming)
    rows = in_years(2027, 2029)
    suitable = [row for row in rows if judge(row, row.rule_set).proposal == "suitable"]
    places = sum(by_extent(row, row.rule_set).places for row in suitable)
    said = f"{len(suitable)} av {len(rows)} planerade upphandlingar lämpar sig för sociala krav."
    assert f"{said} Tillsammans kan de ge omkring {places} platser." in text_of(as_("ue").get(PAGE))


def test_every_table_counts_the_same_rows(as_, coming):
    open_round(coming)
    rows, response = in_years(2027, 2029), as_("ue").get(PAGE)
    by_organisation = Counter(row.organisation.name for row in rows)
    assert {name: tally.total for name, tally in lines_of(response, "organisations").items()} == by_organisation
    quarters = {name: tally.total for name, tally in lines_of(response, "quarters").items() if tally.total}
    wanted = Counter(f"kvartal {(row.start.month + 2) // 3}, {row.start.year}" for row in rows if row.start)
    wanted += Counter(str(row.start.year) for row in rows if row.start)
    wanted["Okänd start"] = sum(row.start is None for row in rows)
    assert quarters == wanted
    natures = Counter(row.get_nature_display() for row in rows)
    assert {name: tally.total for name, tally in lines_of(response, "natures").items()} == natures
    divisions = Counter(row.cpv[:2] for row in rows)
    found = {name[:2]: tally.total for name, tally in lines_of(response, "divisions").items()}
    assert found == {key or "In": count for key, count in divisions.items()}
    proposals = Counter(str(row.get_proposal_display()) for row in rows)
    assert {name: tally.total for name, tally in lines_of(response, "proposals").items()} == proposals


def test_one_with_two_occupations_counts_in_both(as_, coming):
    open_round(coming)
    response = as_("ue").get(PAGE)
    found = {name: tally.total for name, tally in lines_of(response, "occupations").items()}
    assert found == {"Städare": 2, "Köksbiträden": 2, "Snickare": 2, "Inget känt yrke": 3}
    assert "En upphandling med två yrken räknas i båda" in text_of(response)


def test_what_people_have_said_of_places_counts_instead(as_, coming):
    before = lines_of(as_("ue").get(PAGE), "proposals")["Lämplig"].places
    row = PlannedProcurement.objects.get(title="Lokalvård")
    PlannedProcurement.objects.filter(pk=row.pk).update(places_set=11, places_reason="Enligt samtal.")
    after = lines_of(as_("ue").get(PAGE), "proposals")["Lämplig"].places
    assert after - before == 11 - by_extent(row, row.rule_set).places


# --- filters


@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [
        ({"nature": "works"}, {"Ombyggnad", "Fasader"}),
        ({"cpv": "90"}, {"Lokalvård", "Fönsterputs"}),
        ({"cpv": "none"}, {"Parkskötsel", "Reception"}),
        ({"occupation": "9412"}, {"Lokalvård", "Fönsterputs"}),
        ({"occupation": "none"}, {"Parkskötsel", "Kontorsmöbler", "Reception"}),
        ({"proposal": "not_suitable"}, {"Kontorsmöbler"}),
        ({"proposal": "needs_facts"}, {"Reception", "Fasader"}),
        ({"year": "2028"}, {"Lokalvård", "Fönsterputs", "Fasader"}),
        ({"year": "2027", "quarter": "2"}, {"Parkskötsel", "Kontorsmöbler"}),
        ({"quarter": "4"}, {"Ombyggnad"}),
        ({"year": "none"}, {"Reception"}),
        ({"nature": "works", "year": "2029"}, {"Ombyggnad"}),
    ],
)
def test_each_filter_leaves_what_it_says(as_, coming, chosen, wanted):
    open_round(coming)
    response = as_("ue").get(PAGE, chosen)
    assert set(titles(response)) == wanted
    assert response.context["timeline"].wide.groups
    assert "Rensa filtret" in text_of(response)


def test_every_row_of_a_table_leads_to_as_many_as_it_says(as_, coming):
    open_round(coming)
    client = as_("ue")
    for table in client.get(PAGE).context["tables"]:
        for line in table.lines:
            if line.tally.total:
                assert len(titles(client.get(line.href))) == line.tally.total, (table.key, line.name)


def test_an_organisation_that_has_closed_is_still_one_to_choose(as_, coming):
    """Its procurements are counted until somebody withdraws them, so the table leads to them."""
    coming.org["Hus"].__class__.objects.filter(pk=coming.org["Hus"].pk).update(closed_on=TODAY)
    client = as_("ue")
    line = next(each for each in table_of(client.get(PAGE), "organisations").lines if each.name == "Hus")
    assert len(titles(client.get(line.href))) == line.tally.total


@pytest.mark.parametrize(
    "name", ["organisation", "nature", "cpv", "proposal", "occupation", "year", "quarter", "runda"]
)
def test_a_value_that_does_not_exist_is_left_out_and_said(as_, coming, name):
    everything = titles(as_("ue").get(PAGE))
    response = as_("ue").get(PAGE, {name: "sadant-finns-inte"})
    assert titles(response) == everything
    assert f"utelämnat: {response.context['form'].fields[name].label}" in text_of(response)


def test_no_hits_says_what_to_do(as_, coming):
    response = as_("ue").get(PAGE, {"nature": "supplies", "year": "2028"})
    assert "Inga upphandlingar passar filtret" in text_of(response)
    assert f'href="{PAGE}"' in response.content.decode()


def test_nothing_reported_says_what_to_do(as_, town):
    PlannedProcurement.objects.all().update(start=dt.date(2040, 1, 1))
    assert "Inget är anmält som börjar 2026–2028" in text_of(as_("ue").get(PAGE))
    assert "Till planerade upphandlingar" in text_of(as_("park").get(PAGE))
    assert "Till inventeringen" in text_of(as_("styr").get(PAGE))
