"""R13, R14: the compilation says what is coming, in words, as a picture and in tables, of the rows as they are now."""

import datetime as dt
import re
from collections import Counter
from decimal import Decimal

import pytest
import time_machine

from insteg.codes.models import Cpv, CpvOccupation, Occupation
from insteg.core import clock
from insteg.inventory import actions
from insteg.inventory.cards.compilation import lead
from insteg.inventory.judgement import judge
from insteg.inventory.models import InventoryRound, PlannedProcurement, RoundAnswer
from insteg.inventory.queries.compilation import Tally
from insteg.inventory.queries.compiled import MOST_LISTED
from insteg.inventory.reckoning import by_extent
from insteg.inventory.terms import Term, proposed
from tests.town import build

PAGE = "/sammanstallning/"
TODAY = dt.date(2026, 11, 19)
SUITS = {"nature": "services", "value_min": 48_000_000, "value_max": 48_000_000, "months": 36, "fte": Decimal(24)}


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(dt.datetime(2026, 11, 19, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def town(november, db):
    return build()


def plan(town, title, who="park", where="Park", **facts):
    start = facts.pop("start", dt.date(2028, 3, 1))
    return actions.report(
        actor=town.who[who], target=town.org[where], seen=None, title=title, start=start, **facts
    )  # fmt: skip


@pytest.fixture
def coming(town):
    """What Park and Hus plan, of every kind of judgement; the town's own two are withdrawn first."""
    PlannedProcurement.objects.all().update(withdrawn_at=clock.now(), withdrawn_as="mistake", withdrawn_reason="Fel.")
    Cpv.objects.create(code="90000000", title_sv="Städning")
    Cpv.objects.create(code="45000000", title_sv="Byggen")
    for code, title in (("9111", "Städare"), ("9412", "Köksbiträden"), ("7111", "Snickare")):
        Occupation.objects.create(code=code, title_sv=title)
    pairs = [("9091", "9111"), ("9091", "9412"), ("45", "7111")]
    CpvOccupation.objects.bulk_create(CpvOccupation(cpv=cpv, occupation_id=code) for cpv, code in pairs)
    plan(town, "Lokalvård", cpv="90910000", **SUITS)
    plan(town, "Fönsterputs", cpv="90911300", **{**SUITS, "fte": Decimal("2"), "start": dt.date(2028, 2, 1)})
    plan(town, "Parkskötsel", **{**SUITS, "start": dt.date(2027, 4, 1)})
    plan(town, "Kontorsmöbler", nature="supplies", cpv="39130000", start=dt.date(2027, 6, 1))
    plan(town, "Reception", nature="services", start=None)
    works = {**SUITS, "nature": "works", "cpv": "45454000"}
    plan(town, "Ombyggnad", "hus", "Hus", **works, start=dt.date(2029, 10, 1))
    plan(town, "Fasader", "hus", "Hus", nature="works", cpv="45443000", start=dt.date(2028, 1, 1))
    plan(town, "Efter tiden", "hus", "Hus", **works, start=dt.date(2030, 1, 1))
    return town


def open_round(town, year=2026, season="autumn", **said):
    facts = proposed(Term(year, season), TODAY) | {"closes_on": dt.date(2026, 12, 10)} | said
    made = actions.draft_round(actor=town.who["ue"], target=town.org["Stad"], seen=None, **facts)
    actions.open_round(actor=town.who["ue"], target=made, seen=None)
    return InventoryRound.objects.get(pk=made.pk)


def close(round):
    InventoryRound.objects.filter(pk=round.pk).update(closed_at=clock.now())


def text_of(response):
    """The page as a reader meets it: without pictures and tags, on one line."""
    text = re.sub(r"<(script|style|svg).*?</\1>|<[^>]*>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+([.,:])?", lambda found: found[1] or " ", text.replace("\u00a0", " "))


def titles(response):
    """What the list names, in its order."""
    return [row.title for group in response.context.get("groups", []) for row in group.rows]


def in_years(first, last):
    """The rows that a compilation of those years is of, as plain Python picks them."""
    rows = PlannedProcurement.objects.filter(withdrawn_at=None, merged_into=None).order_by("pk")
    return [row for row in rows.select_related("rule_set") if row.start is None or first <= row.start.year <= last]


def lines_of(response, key):
    table = next(table for table in response.context["tables"] if table.key == key)
    return {line.name: line.tally for line in table.lines}


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
    assert "Upphandlingar som börjar 2026–2028 · ingen inventering är öppnad än" in text_of(response)
    assert set(titles(response)) == {row.title for row in in_years(2026, 2028)}


def test_the_newest_opened_round_says_which_years(as_, coming):
    open_round(coming)
    response = as_("ue").get(PAGE)
    assert response_title(response) == "Sammanställning hösten 2026"
    told = text_of(response)
    assert "Upphandlingar som börjar 2027–2029" in told
    assert re.search(r"0 av \d+ har svarat", told)
    assert set(titles(response)) == {row.title for row in in_years(2027, 2029)}


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


# --- words


@pytest.mark.parametrize(
    ("tally", "said"),
    [
        (Tally(40, 13, 12, 15, 43), "13 av 40 planerade upphandlingar lämpar sig för sociala krav."
            " Tillsammans kan de ge omkring 43 platser."),
        (Tally(40, 13, 12, 15, 43, unreckoned=2), "13 av 40 planerade upphandlingar lämpar sig för sociala krav."
            " Tillsammans kan de ge omkring 43 platser. För två av dem går antalet inte att räkna."),
        (Tally(40, 13, 12, 15, 43, unreckoned=1), "13 av 40 planerade upphandlingar lämpar sig för sociala krav."
            " Tillsammans kan de ge omkring 43 platser. För en av dem går antalet inte att räkna."),
        (Tally(3, 1, 0, 2, 1), "1 av 3 planerade upphandlingar lämpar sig för sociala krav."
            " Den kan ge omkring 1 plats."),
        (Tally(3, 3, 0, 0, 9), "Alla 3 planerade upphandlingar lämpar sig för sociala krav."
            " Tillsammans kan de ge omkring 9 platser."),
        (Tally(3, 2, 0, 1, 0, unreckoned=2), "2 av 3 planerade upphandlingar lämpar sig för sociala krav."
            " Hur många platser de kan ge går inte att räkna än."),
        (Tally(3, 0, 1, 2), "Ingen av 3 planerade upphandlingar lämpar sig för sociala krav."),
        (Tally(1, 1, 0, 0, 2), "Den enda planerade upphandlingen lämpar sig för sociala krav."
            " Den kan ge omkring 2 platser."),
        (Tally(1, 0, 0, 1), "Den enda planerade upphandlingen lämpar sig inte för sociala krav."),
        (Tally(1, 0, 1, 0), "Den enda planerade upphandlingen går inte att bedöma än."),
    ],
)  # fmt: skip
def test_the_lead_bends_by_what_is_so(tally, said):
    assert " ".join(lead(tally)) == said


def findings(response):
    return [str(each).replace("\u00a0", " ") for each in response.context["findings"]]


def test_the_findings_say_what_is_missing_when_it_hurries_and_what_is_too_late(as_, coming):
    open_round(coming)
    missing, busiest, late, _changed = findings(as_("ue").get(PAGE))
    assert missing == "2 behöver uppgifter innan de kan bedömas. För alla saknas omfattningen."
    assert busiest.startswith("Flest lämpliga börjar första kvartalet 2028: två.")
    assert "måste börja senast" in busiest
    assert late == "Parkskötsel lämpar sig, men kravet hinner inte med: dialogen skulle ha börjat senast 31 juli."


def test_several_that_are_too_late_are_named_and_the_rest_counted(as_, coming):
    for number in range(4):
        plan(coming, f"Brådskande {number}", **{**SUITS, "start": dt.date(2027, 2, 1 + number)})
    open_round(coming)
    response = as_("ue").get(PAGE)
    late = next(said for said in findings(response) if "hinner inte med" in said)
    assert late.startswith("Fem lämpar sig, men kraven hinner inte med: Brådskande 0 (dialogen skulle ha börjat")
    assert late.endswith("och 2 till.")
    row = PlannedProcurement.objects.get(title="Brådskande 0")
    assert f'href="/planerade/{row.pk}/"' in response.content.decode()


def answer(round, town, organisation):
    asked = round.requests.get(organisation=town.org[organisation], unit=None)
    return RoundAnswer.objects.create(request=asked, number=1, answered_by_id=town.who["ue"].id)


def test_what_has_changed_since_the_round_before_is_told_with_a_link(as_, coming):
    earlier = open_round(coming)
    answer(earlier, coming, "Hus")
    close(earlier)
    open_round(coming, 2027, "spring")
    response = as_("ue").get(PAGE, {"organisation": coming.org["Hus"].pk})
    assert "Sedan svaren hösten 2026: 3 nya. Visa ändringarna" in findings(response)
    assert f"since={earlier.pk}" in response.content.decode()


def test_who_may_not_open_the_changes_gets_no_link_to_them(as_, coming):
    open_round(coming)
    for name, link in (("ue", True), ("styr", False)):
        content = as_(name).get(PAGE).content.decode()
        assert "Sedan svaren hösten 2026:" in content
        assert ("/inventering/andringar/" in content) is link


# --- the picture


def pictures(response):
    return re.findall(r"<svg[^>]*app-time.*?</svg>", response.content.decode(), flags=re.DOTALL)


def test_the_picture_says_the_same_to_those_who_do_not_see_it(as_, coming):
    open_round(coming)
    response = as_("ue").get(PAGE)
    wide, narrow = pictures(response)
    for picture in (wide, narrow):
        assert re.search(r"<title id=\"\w+-t\">\s*Planerade upphandlingar 2027–2029", picture)
        assert re.search(r"<desc[^>]*>\s*\w+", picture)
    labels = re.findall(r'aria-label="([^"]+)"', wide)
    assert len(labels) == len(titles(response))
    assert "Lokalvård: lämplig, börjar mars 2028, avtalstid 36 mån" in [
        label.replace("\u00a0", " ") for label in labels
    ]
    assert any(label.startswith("Reception: behöver uppgifter, önskad start okänd") for label in labels)
    assert 'aria-label="' not in narrow


def test_each_judgement_has_a_shape_of_its_own(as_, coming):
    """In black and white: disc, diamond and square, and the same words in the legend."""
    open_round(coming)
    response = as_("ue").get(PAGE)
    wide = pictures(response)[0]
    for kind, shape in (("yes", "circle"), ("unknown", "path"), ("no", "rect")):
        assert re.search(rf'<g class="m-{kind}"[^>]*><{shape}', wide)
    rows = in_years(2027, 2029)
    suitable = sum(row.proposal == "suitable" for row in rows)
    assert next(sign.text for sign in response.context["legend"]) == f"Lämplig, {suitable}"


def test_the_limit_line_is_told_with_its_day(as_, coming):
    open_round(coming)
    told = text_of(as_("ue").get(PAGE))
    assert "dialogen behöver börja åtta månader före start, och första start som hinner är" in told


def test_of_very_many_only_the_quarters_are_drawn_and_the_organisations_lead_on(as_, coming):
    copy = {
        "rule_set": coming.rule_set,
        "proposal": "suitable",
        "start": dt.date(2028, 5, 1),
        "places": 1,
        "months": 12,
    }
    PlannedProcurement.objects.bulk_create(
        PlannedProcurement(organisation=coming.org["Park"], title=f"Rad {n:03}", **copy) for n in range(MOST_LISTED)
    )
    open_round(coming)
    response = as_("ue").get(PAGE)
    assert not any("<a" in picture for picture in pictures(response))
    assert "ritas inte en och en" in text_of(response)
    assert [table.key for table in response.context["tables"] if table.open] == ["organisations"]
    assert len(titles(response)) == MOST_LISTED
    assert f"Här står de första {MOST_LISTED}. Se alla i listan" in text_of(response)


def test_it_is_reached_from_the_menu_the_board_and_the_list(as_, coming):
    asked = open_round(coming)
    client = as_("ue")
    assert f'href="{PAGE}?runda={asked.pk}"' in client.get(f"/inventering/{asked.pk}/").content.decode()
    assert client.get("/planerade/").content.decode().count(f'href="{PAGE}"') == 2
    assert f'href="/inventering/{asked.pk}/"' in client.get(PAGE).content.decode()
    assert f'href="/inventering/{asked.pk}/"' not in as_("ame").get(PAGE).content.decode()
