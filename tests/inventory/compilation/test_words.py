"""R13: what the compilation says in words, and as a picture that those who do not see it can read too."""

import datetime as dt
import re

import pytest

from insteg.inventory.cards.compilation import lead
from insteg.inventory.models import PlannedProcurement, RoundAnswer
from insteg.inventory.queries.compilation import Tally
from insteg.inventory.queries.compilation_reading import MOST_LISTED
from insteg.inventory.queries.occupations import NONE
from tests.inventory.compilation.rows import (
    LAYERS,
    MORNING,
    PAGE,
    SUITS,
    close,
    in_years,
    open_round,
    plan,
    text_of,
    titles,
)

pytestmark = pytest.mark.one_database

LAID = LAYERS

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
    missing, busiest, late, no_start, _changed = findings(as_("ue").get(PAGE))
    assert missing == "2 behöver uppgifter innan de kan bedömas. För alla saknas omfattningen."
    assert busiest.startswith("Flest lämpliga börjar första kvartalet 2028: två.")
    assert "måste börja senast" in busiest
    assert late == "Parkskötsel lämpar sig, men kravet hinner inte med: dialogen skulle ha börjat senast 31 juli."
    assert no_start == "För en är starten okänd: där går det inte att se om kravet hinner med."


def test_an_unknown_start_is_told_only_where_a_requirement_may_come_and_nobody_asked_for_just_those(as_, coming):
    open_round(coming)
    assert any("starten okänd" in each for each in findings(as_("ue").get(PAGE)))
    assert not any("starten okänd" in each for each in findings(as_("ue").get(PAGE, {"year": NONE})))
    PlannedProcurement.objects.filter(start=None).update(proposal="not_suitable")
    assert not any("starten okänd" in each for each in findings(as_("ue").get(PAGE)))


@pytest.mark.parametrize(("fact", "facts"), [
    ("slaget", {"nature": ""}), ("omfattningen", {"extent_known": False}), ("avtalstiden", {"months": None}),
    ("uppgiften om förlängning", {"months": 3}), ("antalet årsarbetare", {"fte": None}),
])  # fmt: skip
def test_each_fact_that_a_judgement_can_lack_is_said_when_most_lack_it(as_, coming, fact, facts):
    gone = {"withdrawn_at": MORNING, "withdrawn_as": "mistake", "withdrawn_reason": "Fel."}
    PlannedProcurement.objects.filter(proposal="needs_facts").update(**gone)
    for number in (1, 2):
        plan(coming, f"Kort {number}", **{**SUITS, **facts})
    response = as_("ue").get(PAGE)
    assert f"2 behöver uppgifter innan de kan bedömas. För alla saknas {fact}." in findings(response)
    assert len(response.context["gaps"]) == 1


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
    [rest] = [href for each in response.context["findings"] for said, href in each.parts if said == "2 till"]
    assert {"Brådskande 2", "Brådskande 3"} <= {*titles(as_("ue").get(rest))}


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
