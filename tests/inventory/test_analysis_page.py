"""R20-R22 on the page of one planned procurement: places, time, likenesses, former assessments, as people meet them."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from insteg.access.actor import SYSTEM
from insteg.core import clock
from insteg.inventory.actions import change, join, judge_again, report, withdraw
from insteg.inventory.models import FactQuestion, PlannedProcurement, RunningAgreement
from insteg.inventory.queries import analysis
from insteg.process.models import RuleSet
from insteg.ui.figures import NBSP
from tests.inventory.test_pages import sent

pytestmark = pytest.mark.one_database

SUITS = {"nature": "services", "months": 24, "option_months": 0, "fte": Decimal(30), "value_min": 31 * 10**6,
         "value_max": 31 * 10**6, "cpv": "77310000"}  # fmt: skip
TODAY = dt.date(2026, 11, 19)


@pytest.fixture(autouse=True)
def a_thursday_in_november(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def make(town):
    def made(title="Parkskötsel norr", name="park", where="Park", **facts):
        return report(actor=town.who[name], target=town.org[where], seen=None, title=title, **{**SUITS, **facts})

    return made


@pytest.fixture
def shown(as_):
    """The page's words, as they are read."""

    def words(planned, name="ue"):
        html = as_(name).get(f"/planerade/{planned.pk}/").content.decode()
        main = re.sub(r"<svg.*?</svg>", " ", html[html.index("<main") : html.index("</main")], flags=re.DOTALL)
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main).replace(NBSP, " "))
        return text.replace(" ,", ",").replace(" .", ".")

    return words


# --- how many places


def test_both_reckonings_are_shown_with_their_working_and_the_one_by_extent_is_chosen(as_, make, shown):
    planned = make()
    text = shown(planned)
    assert "30 årsarbetare × 24 månader = 720 heltidsmånader." in text
    assert "En plats per 100 ger 7, men högst en tiondel av bemanningen samtidigt ger 3." in text
    assert "Efter värde, som jämförelse 1 plats 31,0 mnkr, tjänst. En plats per 25,0 mnkr." in text
    assert "Människor beslutar, med skäl." in text
    html = as_("ue").get(f"/planerade/{planned.pk}/").content.decode()
    assert re.findall(r"<li data-chosen\s*>\s*<h3>([^<]+)", html) == ["Efter omfattning"]


def test_when_the_rule_gives_less_than_one_it_is_said_that_one_is_proposed(make, shown):
    text = shown(make(fte=Decimal(9)))
    assert "Efter omfattning 1 plats 9 årsarbetare × 24 månader = 216 heltidsmånader." in text
    assert "ger 0. Det är mindre än en hel, och då föreslås en plats." in text


def test_what_is_not_known_is_said_and_who_can_give_it(make, shown):
    text = shown(make(fte=None, months=None, value_min=None, value_max=None))
    assert "Går inte att räkna än Det som saknas är avtalstid och årsarbetare. Park kan ange det." in text
    assert "Det som saknas är värde. Park kan ange det." in text
    text = shown(make(fte=None, unknown_fields=["fte"]))
    assert "Det som saknas är årsarbetare. Park har sagt att det inte är känt än." in text


def test_supplies_have_no_scale_of_value_and_are_said_not_to_suit(make, shown):
    text = shown(make(nature="supplies"))
    assert "Skalan gäller tjänster och entreprenader." in text
    assert "Förslaget är att upphandlingen inte lämpar sig. Räkningen visar vad den annars kunde ge." in text


def test_the_procurement_unit_sets_another_number_with_its_reason(as_, make, shown):
    planned = make()
    url = f"/planerade/{planned.pk}/platser/"
    assert f'href="{url}"' in as_("ue").get(f"/planerade/{planned.pk}/").content.decode()
    answer = sent(as_("ue"), url, places_set="5", places_reason="Fem områden.")
    assert answer.status_code == 302
    text = shown(planned, "park")
    assert re.search(r"Bestämt av Ue, .*? 5 platser Fem områden\.", text)
    assert "Ue Antal platser bestämt" in text
    assert "Uppgifterna har ändrats sedan dess" not in text


@pytest.mark.parametrize(("typed", "said"), [
    ({"places_set": "", "places_reason": "x"}, "Skriv hur många platser."),
    ({"places_set": "3", "places_reason": ""}, "Skriv varför antalet är rimligt."),
    ({"places_set": "1000", "places_reason": "x"}, "Högst 999."),
    ({"places_set": "två", "places_reason": "x"}, "”två” är inget helt tal."),
])  # fmt: skip
def test_a_number_without_a_reason_or_a_reason_without_a_number_is_refused_and_kept(as_, make, typed, said):
    planned = make()
    answer = sent(as_("ue"), f"/planerade/{planned.pk}/platser/", **typed)
    html = answer.content.decode()
    assert (answer.status_code, said in html) == (422, True)
    assert all(value in html for value in typed.values())
    assert PlannedProcurement.objects.get(pk=planned.pk).places_set is None


def test_nought_is_a_number_too(as_, make, shown):
    planned = make()
    sent(as_("ue"), f"/planerade/{planned.pk}/platser/", places_set="0", places_reason="Arbetet sker på natten.")
    assert "Ingen plats Arbetet sker på natten." in shown(planned)


def test_someone_who_has_looked_at_an_older_row_is_told_so_and_keeps_what_was_typed(as_, make, town):
    planned = make()
    url = f"/planerade/{planned.pk}/platser/"
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', as_("ue").get(url).content.decode()))
    change(actor=town.who["park"], target=planned, seen=None, fte=Decimal(10))
    answer = as_("ue").post(url, hidden | {"places_set": "4", "places_reason": "Fyra områden."})
    assert (answer.status_code, "Fyra områden." in answer.content.decode()) == (409, True)


def test_it_is_said_which_facts_have_changed_since_the_number_was_set(as_, make, town, shown):
    planned = make()
    sent(as_("ue"), f"/planerade/{planned.pk}/platser/", places_set="5", places_reason="Fem områden.")
    for fte, numbers in ((60, "var det då 3 platser och är nu 6 platser"), (31, "är det fortfarande 3 platser")):
        change(actor=town.who["park"], target=planned, seen=None, fte=Decimal(fte))
        assert f"Uppgifterna har ändrats sedan dess: årsarbetare. Efter omfattning {numbers}." in shown(planned)
    change(actor=town.who["park"], target=planned, seen=None, fte=Decimal(30))
    assert "har ändrats sedan dess" not in shown(planned)  # as it was: nothing to think over


def test_it_is_said_when_new_rules_give_another_number_than_when_it_was_set(as_, make, shown):
    planned = make()
    sent(as_("ue"), f"/planerade/{planned.pk}/platser/", places_set="5", places_reason="Fem områden.")
    for edition, per_place, said in ((8, 100, False), (9, 300, True)):
        rules = RuleSet.objects.create(
            edition=edition, full_time_months_per_place=per_place, published_at=clock.now() + dt.timedelta(edition)
        )
        judge_again(actor=SYSTEM, target=rules, seen=None)
        told = "Regelverket har ändrats sedan dess. Efter omfattning var det då 3 platser och är nu 2 platser."
        assert (told in shown(planned)) is said
    assert PlannedProcurement.objects.get(pk=planned.pk).places_set == 5


def test_the_number_can_be_changed_and_taken_away_again(as_, make, shown):
    planned = make()
    for count in ("5", "6"):
        sent(as_("ue"), f"/planerade/{planned.pk}/platser/", places_set=count, places_reason=f"Därför {count}.")
    assert "6 platser Därför 6." in shown(planned)
    assert sent(as_("ue"), f"/planerade/{planned.pk}/platser/folj/").status_code == 302
    row = PlannedProcurement.objects.get(pk=planned.pk)
    assert (row.places_set, row.places_reason) == (None, "")
    text = shown(planned)
    assert ("Bestämt av" in text, "Ue Antal platser följer räkningen igen" in text) == (False, True)


def test_only_the_procurement_unit_sets_it_and_only_while_it_waits(as_, make, town):
    planned = make()
    url = f"/planerade/{planned.pk}/platser/"
    for name in ("park", "ame", "styr"):
        assert as_(name).get(url).status_code == 403
        assert url not in as_(name).get(f"/planerade/{planned.pk}/").content.decode()
    assert as_("ue").get(url).status_code == 200
    withdraw(actor=town.who["park"], target=planned, seen=None, withdrawn_reason="Utgår.")
    assert as_("ue").get(url).status_code == 403


def test_the_list_and_the_file_tell_the_places(as_, make):
    planned = make()
    sent(as_("ue"), f"/planerade/{planned.pk}/platser/", places_set="5", places_reason="Fem områden.")
    assert "5 platser" in as_("ue").get("/planerade/").content.decode()
    told = b"".join(as_("ue").get("/planerade/hamta.csv")).decode("utf-8-sig")
    header, row = told.splitlines()[0].split(";"), next(line for line in told.splitlines() if "norr" in line).split(";")
    assert row[header.index("Platser efter omfattning")] == "3"
    assert row[header.index("Bestämt antal platser")] == "5"
    assert row[header.index("Skäl till antalet")] == "Fem områden."


# --- in time


def test_with_time_enough_the_last_day_the_safe_day_and_the_documents_day_are_said(make, shown):
    text = shown(make(start=dt.date(2028, 6, 1)))
    assert "Hinner kravet med? Hinner Dialogen måste börja senast fredag 1 oktober 2027, 8 månader före start." in text
    assert "Det är 217 arbetsdagar kvar." in text
    assert "Med den trygga tiden, 12 månader, börjar den 1 juni 2027." in text
    assert "som ska vara klara senast tisdag 1 februari 2028." in text
    assert "Alla fyra villkor är uppfyllda." in text


def test_when_the_safe_day_has_passed_the_margin_is_small(make, shown):
    text = shown(make(start=dt.date(2027, 10, 1)))
    assert "Hinner, liten marginal Dialogen måste börja senast måndag 1 februari 2027, 8 månader före start." in text
    assert "Med den trygga tiden, 12 månader, skulle den ha börjat 1 okt." in text
    assert "Börjar dialogen efter 1 feb 2027 upphandlas den utan krav, eller så måste starten flyttas." in text
    assert "Dialogen om kravet måste börja senast måndag 1 februari 2027." in text  # in the banner


def test_the_day_itself_is_the_last(make, shown):
    text = shown(make(start=dt.date(2027, 7, 19)))
    assert "senast torsdag 19 november, 8 månader före start. Det är i dag." in text


def test_too_late_is_said_plainly_with_what_would_save_it(as_, make, shown):
    planned = make(start=dt.date(2027, 4, 1))
    text = shown(planned)
    assert "Hinner inte Dialogen skulle ha börjat senast fredag 31 juli, 8 månader före start." in text
    assert "Börjar dialogen i dag kan avtalet börja tidigast 19 juli 2027." in text
    assert "Står starten 1 apr 2027 fast upphandlas den utan krav." in text
    assert "Förslag: lämplig, men kravet hinner inte med" in text
    own = as_("park").get(f"/planerade/{planned.pk}/").content.decode()
    assert f'href="/planerade/{planned.pk}/andra/#id_start"' in own  # the organisation's move
    assert "Ändra starten" not in text
    assert "som ska vara klara senast tisdag 1 december." in text
    assert "som ska vara klara" not in shown(make(start=dt.date(2027, 3, 1)))  # they should have been, 30 October


def test_a_start_that_has_passed_is_neither_in_time_nor_to_be_saved(make, shown):
    text = shown(make(start=dt.date(2026, 11, 1)))
    assert "Önskad avtalsstart 1 nov har passerat." in text
    assert "Börjar dialogen i dag" not in text


def test_a_shorter_whole_than_the_model_counts_with_is_warned_of(make, shown):
    RuleSet.objects.create(edition=9, planning_months=3, procurement_months=2, published_at=clock.now())
    text = shown(make(start=dt.date(2027, 6, 1)))
    assert "Under 8 månader Dialogen måste börja senast" in text
    assert "Det är mindre än 8 månader till starten. Modellen räknar med 8–10 månader i allt." in text


def test_without_a_start_it_is_said_what_is_missing_and_who_can_give_it(as_, make, shown):
    planned = make(start=None)
    said = "Önskad avtalsstart saknas, så det går inte att säga om kravet hinner skrivas. Park kan ange den."
    assert said in shown(planned)
    assert "/andra/#id_start" in as_("park").get(f"/planerade/{planned.pk}/").content.decode()
    assert "Park har sagt att den inte är känd än." in shown(make(start=None, unknown_fields=["start"]))


def test_nobody_counts_working_days_years_ahead(make, shown):
    text = shown(make(start=dt.date(2126, 1, 1)))
    assert "Det är mer än ett år kvar." in text


def test_the_picture_says_the_same_to_those_who_hear_it_and_where_it_is_narrow(as_, make):
    html = as_("ue").get(f"/planerade/{make(start=dt.date(2027, 10, 1)).pk}/").content.decode().replace(NBSP, " ")
    told = re.search(r'<desc id="in-time-desc">(.*?)</desc>', html, re.DOTALL)
    in_order = ["Trygg start 1 okt", "I dag 19 nov", "Senaste start 1 feb 2027", "Dokumenten klara 1 juni 2027",
                "Avtalet börjar 1 okt 2027"]  # fmt: skip
    assert told.group(1).strip() == ", ".join(in_order)
    listed = html[html.index('<ol class="app-timeline"', told.end()) :].split("</ol>")[0]
    assert re.findall(r"<p>([^<]+)</p>", listed) == [
        "Trygg start", "I dag", "Senaste start", "Dokumenten klara", "Avtalet börjar",
    ]  # fmt: skip


def test_of_what_is_withdrawn_or_bought_through_another_nothing_of_this_is_asked(make, town, shown):
    gone, reported = make(start=dt.date(2027, 4, 1)), make("Väktare", shared=True, start=dt.date(2027, 4, 1))
    withdraw(actor=town.who["park"], target=gone, seen=None, withdrawn_reason="Utgår.")
    joint = make("Bevakning", name="ue", where="Stad", shared=True)
    join(actor=town.who["ue"], target=joint, seen=None, rows=[(reported.pk, reported.version)])
    for row in (gone, reported):
        text = shown(row)
        assert not [words for words in ("Hinner", "Hur många platser", "Liknande", "Dialogen") if words in text]
    assert "Lämpar den sig?" in shown(gone)


def test_nothing_alarms_about_what_does_not_suit_anyway(as_, make, shown):
    planned = make(nature="supplies", start=dt.date(2027, 4, 1))
    assert "Förslaget är inget krav. Tiderna gäller om styrgruppen ändå vill ställa ett." in shown(planned)
    assert "Förslag: inte lämplig" in shown(planned)
    html = as_("ue").get(f"/planerade/{planned.pk}/").content.decode()
    assert not [sign for sign in ("p-late", "l-over", 'data-color="danger"', "data-chosen") if sign in html]


# --- what is comparable


def test_earlier_ones_of_the_same_kind_and_agreements_are_shown_with_why(make, town, shown):
    planned = make(start=dt.date(2028, 6, 1))
    make("Trädvård", cpv="77340000", start=dt.date(2027, 6, 1), name="hus", where="Hus")
    make("Skötsel efter", cpv="77310000", start=dt.date(2029, 6, 1))  # begins later
    make("Fasad", cpv="45443000", nature="works", start=dt.date(2027, 6, 1))
    make("Ett ögonblick", cpv="77310000", months=1, start=dt.date(2027, 6, 1))
    RunningAgreement.objects.create(
        organisation=town.org["Park"], title="Parkskötsel", cpv="77310000", value=18_000_000,
        starts_on=dt.date(2024, 6, 1), ends_on=dt.date(2028, 5, 31),
    )  # fmt: skip
    text = shown(planned)
    likes = text[text.index("Liknande upphandlingar tidigare") : text.index("Uppgifter Uppgiften")]
    why = "samma CPV-grupp: 7731; liknande namn: parkskötsel"
    assert f"Parkskötsel Avtal 2024–2028, Park {why} 18,0 mnkr 48 mån okänt" in likes
    assert "Trädvård Planerad, start juni 2027, Hus samma CPV-grupp: 773" in likes
    assert "3 platser, räknat" in likes
    assert "1 mån lämpar sig inte" in likes  # no number for what is to give no place
    assert "Vilka platser tidigare avtal har gett är inte uppföljt i Insteg än." in likes
    assert likes.index("Avtal 2024") < likes.index("Trädvård")  # the most alike first
    assert not [title for title in ("Skötsel efter", "Fasad") if title in likes]


def test_nobody_sees_through_likenesses_what_they_may_not_see(make, town, shown):
    planned = make(start=dt.date(2028, 6, 1))
    make("Trädvård", name="hus", where="Hus", start=dt.date(2027, 6, 1))
    RunningAgreement.objects.create(
        organisation=town.org["Hus"], title="Gräsklippning", cpv="77310000", ends_on=dt.date(2028, 5, 31)
    )
    assert {"Trädvård", "Gräsklippning"} <= set(shown(planned).split())
    assert not {"Trädvård", "Gräsklippning"} & set(shown(planned, "park").split())
    assert "Gräsklippning" not in shown(planned, "styr")  # sees what is planned, and no agreements
    assert "Trädvård" in shown(planned, "styr")
    none = "Det finns ingen liknande upphandling eller något liknande avtal bland dem som du kan se."
    assert none in shown(planned, "park")


def test_no_more_than_five_are_shown_and_the_one_it_follows_on_comes_first(make, town, shown):
    planned = make(start=dt.date(2028, 6, 1))
    for number in range(7):
        make(f"Skötsel {number}", start=dt.date(2027, 1 + number, 1))
    before = RunningAgreement.objects.create(
        organisation=town.org["Park"], title="Helt annat namn", ends_on=dt.date(2028, 5, 31)
    )
    PlannedProcurement.objects.filter(pk=planned.pk).update(renews=before)
    text = shown(planned)
    likes = text[text.index("Liknande upphandlingar tidigare") : text.index("Vilka platser")]
    assert re.findall(r"Helt annat namn|Skötsel \d", likes) == [
        "Helt annat namn", "Skötsel 6", "Skötsel 5", "Skötsel 4", "Skötsel 3",  # of the rest the newest
    ]  # fmt: skip
    assert "avtalet som den följer på" in likes


def test_what_was_cancelled_compares_with_nothing_but_what_is_advertised_does(make, town, shown):
    planned = make(start=dt.date(2028, 6, 1))
    for title, ending in (("Inställd", "cancelled"), ("Annonserad", "advertised")):
        row = make(title, start=dt.date(2027, 6, 1))
        withdraw(actor=town.who["park"], target=row, seen=None, withdrawn_reason="Så blev det.", withdrawn_as=ending)
    text = shown(planned)
    assert ("Annonserad Planerad" in text, "Inställd Planerad" in text) == (True, False)


def test_what_only_bears_the_same_name_takes_no_room_from_what_is_alike(make, shown, monkeypatch):
    monkeypatch.setattr(analysis, "LOOKED_AT", 3)
    planned = make(start=dt.date(2028, 6, 1))
    make("Trädvård", start=dt.date(2026, 12, 1))
    for number in range(4):
        make(f"Parkskötselmaskiner {number}", cpv="16000000", start=dt.date(2027, 6, 1))
    assert "Trädvård Planerad" in shown(planned)


def test_codes_that_name_no_group_have_nothing_in_common(make, shown):
    planned = make("Byggen", cpv="45000000", nature="works", start=dt.date(2028, 6, 1))
    make("Hus", cpv="45000000", nature="works", start=dt.date(2027, 6, 1))
    assert "Det finns ingen liknande upphandling" in shown(planned)


# --- earlier assessments


def test_each_earlier_assessment_is_kept_in_a_fold_with_what_it_lacked(make, town, shown):
    planned = make(fte=None)
    assert "Tidigare bedömningar" not in shown(planned)
    change(actor=town.who["park"], target=planned, seen=None, fte=Decimal(30))
    change(actor=town.who["park"], target=planned, seen=None, nature="supplies")
    text = shown(planned)
    fold = text[text.index("Tidigare bedömningar") : text.index("Hur många platser")]
    newest, oldest = (
        fold.index("Lämplig Villkor version 1 · Platser efter omfattning: 3 platser"),
        fold.index("Behöver uppgifter, saknade årsarbetare Villkor version 1 · Platser efter omfattning: okänt"),
    )
    assert newest < oldest
    assert "Inte lämplig" not in fold  # the newest is the one that the page shows


def test_a_change_is_told_without_what_follows_from_it(make, town, shown):
    planned = make(fte=None)
    change(actor=town.who["park"], target=planned, seen=None, fte=Decimal(30))
    assert re.search(r"Park Ändrad: årsarbetare \d", shown(planned))  # and then the day of what was before


# --- whose move


def test_the_procurement_unit_is_led_to_ask_for_what_is_missing_until_it_has_asked(as_, make, town, shown):
    planned = make(fte=None)
    asks = f'href="/sammanstallning/fraga/?planerad={planned.pk}"'
    html = as_("ue").get(f"/planerade/{planned.pk}/").content.decode()
    banner = html[html.index("app-banner") : html.index("app-grid")]
    assert (asks in banner, "Be om uppgifterna" in banner) == (True, True)
    assert asks not in as_("styr").get(f"/planerade/{planned.pk}/").content.decode()
    FactQuestion.objects.create(planned=planned, fields=["fte"], asked_by_id=town.who["ue"].id)
    html = as_("ue").get(f"/planerade/{planned.pk}/").content.decode()
    assert "Be om uppgifterna" not in html[html.index("app-banner") : html.index("app-grid")]
    assert "Väntar på uppgifter från Park" in shown(planned)


def test_the_occupations_that_are_expected_stand_on_the_page(make, shown):
    assert "Yrken som väntas behövas" in shown(make())
