"""The meeting on its wall, point by point (R32): what each reader sees, and what a form does with what was typed."""

import datetime as dt
import re

import pytest

from insteg.codes.models import CpvOccupation, Occupation
from insteg.core import clock
from insteg.inventory.actions import change, withdraw
from insteg.inventory.models import ExpectedOccupation, PlannedProcurement
from insteg.inventory.terms import term_of
from insteg.meetings.models import Attendance, Meeting
from insteg.needs.models import PublishedNeed
from insteg.steering.models import Agenda, AgendaItem, Decision
from insteg.steering.models.decisions import first_day
from tests.steering.at_the_meeting import (
    BEGAN,
    LATER,
    NOT,
    REQUIRE,
    decide,
    everyone_stays_away,
    meeting_that_has_begun,
)

LAID = {"town": lambda _ground: meeting_that_has_begun()}
NEXT = first_day(term_of(clock.today()).next()).isoformat()
HIDDEN = ("version", "key", "seen_assessment")


def at(town, name="suits", *more):
    return "/".join(["/styrgruppen/punkt", str(town.items[name].pk), *more, ""])


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def send(client, town, name="suits", **typed):
    """Opens the point and sends the decision with these words."""
    form = client.get(at(town, name)).context["decide_form"]
    return client.post(at(town, name, "beslut"), {each: form[each].value() for each in HIDDEN} | typed)


def words(answer, status=422):
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


# --- where the meeting goes on


def test_the_meeting_opens_at_the_first_that_is_to_be_decided(town, as_):
    path = f"/styrgruppen/moten/{town.meeting.pk}/"
    assert as_("styr").get(path).url == at(town)
    decide(town)
    assert as_("styr").get(path).url == at(town, "lacks")
    decide(town, "lacks")
    withdraw(actor=town.who["ue"], target=town.planned["not"], seen=None, withdrawn_reason="Utgår.")
    assert as_("styr").get(path).url == at(town)


def test_a_meeting_without_points_says_what_to_do(town, as_):
    AgendaItem.objects.all().delete()
    path = f"/styrgruppen/moten/{town.meeting.pk}/"
    assert "Dagordningen har inga punkter." in text_of(as_("styr"), path)
    Agenda.objects.all().delete()
    assert "Mötet har inget underlag än." in text_of(as_("ue"), path)
    assert "Upphandlingsenheten har inte skickat något underlag" in text_of(as_("styr"), path)


def test_a_decision_leads_to_the_next_point_and_the_last_to_what_was_left(town, as_):
    client = as_("styr")
    assert send(client, town, **REQUIRE).url == at(town, "lacks")
    note = client.get(at(town, "own")).context["note_form"]
    sent = {each: note[each].value() for each in ("version", "key")} | {"note": "Vi åker i maj."}
    assert client.post(at(town, "own", "anteckning"), sent).url == at(town, "lacks")
    for name in ("lacks", "not"):
        decide(town, name, choice="do_not_require")
    sent = {each: client.get(at(town, "own")).context["note_form"][each].value() for each in ("version", "key")}
    answer = client.post(at(town, "own", "anteckning"), sent | {"note": "Vi åker i juni."})
    assert answer.url == f"/styrgruppen/underlag/{town.agenda.pk}/protokoll/"


# --- what is on the wall


def test_the_facts_that_decide_are_there(town, as_):
    page = text_of(as_("styr"), at(town))
    for fact in (
        "Punkt 1 av 5", "Lokalvård i skolor", "Daglig städning av 23 skolor.", "48,0 mnkr", "36 + 12 mån",
        "från 1 mars 2029", "14 årsarbetare", "14 × 36 månader ger 5, högst en tiondel ger 1",
        "efter värde: 1", "Förslag: lämplig", "Känd omfattning", "30 juni 2028", "3 närvarande",
    ):  # fmt: skip
        assert fact in page, fact


def test_what_is_not_known_is_said_and_by_whom(town, as_):
    page = text_of(as_("styr"), at(town, "lacks"))
    assert "Förslag: behöver uppgifter" in page
    assert "organisationen vet inte än" in page
    assert "årsarbetare saknas" in page


def test_needs_are_told_in_steps_of_five_and_never_whose_they_are(town, as_):
    cleaner = Occupation.objects.create(code="9111", title_sv="Städare")
    CpvOccupation.objects.create(cpv="9091", occupation=cleaner)
    for unit, people in (("ame", 12), ("sia", 2)):
        PublishedNeed.objects.create(
            unit=town.units[unit], occupation=cleaner, form="internship", places=3, people=people
        )
    page = text_of(as_("styr"), at(town))
    assert "färre än 20 personer" in page
    assert "söker plats som städare" in page
    assert not re.search(r"\b1[24] personer\b", page)
    PublishedNeed.objects.update(ended_at=clock.now())
    assert "inget anmält" in text_of(as_("styr"), at(town))


def test_the_organisations_own_view_and_what_was_decided_before_stand_there(town, as_):
    decide(town, **LATER)
    decide(town, **NOT)
    AgendaItem.objects.filter(pk=town.items["suits"].pk).update(
        view="Vi vill ta emot praktikanter.", viewed_at=clock.now(), viewed_by=town.who["park"].id
    )
    page = text_of(as_("styr"), at(town))
    assert "Park tycker, " in page
    assert "Vi vill ta emot praktikanter." in page
    assert "Ta upp igen våren 2029. Omfattningen är inte känd." in page
    assert "Hus är inte tillfrågad om vad den själv tycker." in text_of(as_("styr"), at(town, "lacks"))


def test_whoever_may_not_see_what_it_is_worth_reads_nothing_to_reckon_it_from(town, as_):
    page = text_of(as_("af"), at(town))
    assert "36 + 12 mån" in page
    for secret in ("mnkr", "efter värde", "Behov hos AME och SIA", "Visa allt underlag"):
        assert secret not in page
    assert "Styrgruppen och upphandlingsenheten för in besluten." in page
    assert "<form" not in page


def test_other_points_have_their_text_and_a_note(town, as_):
    AgendaItem.objects.filter(pk=town.items["outlook"].pk).update(
        text="Se https://www.upphandlingsmyndigheten.se/ här."
    )
    page = text_of(as_("styr"), at(town, "outlook"))
    assert 'href="https://www.upphandlingsmyndigheten.se/"' in page
    assert "Anteckning till protokollet" in page
    assert "Ställ krav" not in page
    assert as_("styr").post(at(town, "outlook", "beslut")).status_code == 404


def test_how_the_meeting_goes_is_told_in_one_line_and_in_a_list(town, as_):
    decide(town, **REQUIRE | {"requirement": "internship", "places": 5})
    decide(town, "lacks", **LATER)
    decide(town, "not", choice="do_not_require")
    page = text_of(as_("styr"), at(town, "outlook"))
    for said in (
        "3 av 3 beslutade", "1 krav", "1 inte krav", "1 tas upp igen", "Park · praktik, fem platser",
        "Hus · tas upp våren 2029 · Omfattningen är inte känd.",
    ):  # fmt: skip
        assert said in page, said


def test_who_is_there_is_told_without_why_somebody_is_not(town, as_):
    Attendance.objects.filter(pk=town.came["chef"].pk).update(note="Sjuk.")
    Attendance.objects.filter(pk=town.came["af"].pk).update(note="Kom kl. 13.10.", represents="AF")
    page = text_of(as_("styr"), at(town))
    assert "Styr, ordförande" in page
    assert "Af, AF, adjungerad" in page
    assert "Kom kl. 13.10." in page
    assert "Inte här: Chef" in page
    assert "Sjuk" not in page


# --- deciding


def test_a_decision_is_entered_from_the_page(town, as_):
    send(as_("styr"), town, **REQUIRE, requirement="internship", places="5", why="Enkla uppgifter.")
    made = Decision.objects.get()
    assert (made.choice, made.requirement, made.places, made.reason) == (
        "require", "internship", 5, "Enkla uppgifter.",
    )  # fmt: skip
    page = text_of(as_("styr"), at(town))
    assert "Praktik, fem platser" in page
    assert "med 3 närvarande" in page
    assert "Besluta på nytt" in page


def test_what_was_typed_for_another_choice_is_left_out(town, as_):
    send(as_("styr"), town, choice="later", again_from=NEXT, why="Vänta.", places="5", consideration="equality")
    made = Decision.objects.get()
    assert (made.choice, made.places, made.consideration, made.again_from) == (
        "later",
        None,
        "",
        dt.date.fromisoformat(NEXT),
    )


def test_no_choice_is_made_beforehand(town, as_):
    page = words(send(as_("styr"), town))
    assert "Välj vad gruppen beslutade." in page
    form = as_("styr").get(at(town)).context["decide_form"]
    assert form["choice"].value() is None
    assert (form["places"].value(), form["consideration"].value()) == ("1", "employment")
    assert as_("styr").get(at(town, "not")).context["decide_form"]["places"].value() is None


@pytest.mark.parametrize(("typed", "said"), [
    ({"choice": "do_not_require", "why": " "}, "Beslutet går emot förslaget. Skriv varför."),
    ({"choice": "later", "again_from": NEXT}, "Skriv varför."),
    ({"choice": "later", "again_from": "1999-01-01", "why": "Vänta."}, "Det du valde går inte att välja här."),
    ({"choice": "require", "consideration": "", "why": "Enkla uppgifter."}, "Välj vilken social hänsyn kravet tjänar."),
    (REQUIRE | {"places": "många", "why": "Enkla uppgifter."}, "är inget helt tal"),
])  # fmt: skip
def test_what_cannot_be_is_said_and_what_was_typed_stays(town, as_, typed, said):
    page = words(send(as_("styr"), town, **typed))
    assert said in page
    assert typed.get("why", "").strip() in page
    assert f'value="{typed["choice"]}" class="ds-input" required id=' in page or "checked" in page
    assert not Decision.objects.exists()


def test_a_double_click_decides_once(town, as_):
    client = as_("styr")
    form = client.get(at(town)).context["decide_form"]
    sent = {each: form[each].value() for each in HIDDEN} | REQUIRE
    assert {client.post(at(town, "suits", "beslut"), sent).url for _ in range(2)} == {at(town, "lacks")}
    assert Decision.objects.count() == 1


def test_of_two_who_had_the_page_open_the_second_sees_what_the_first_decided(town, as_):
    client = as_("ue")
    form = client.get(at(town)).context["decide_form"]
    decide(town, **REQUIRE | {"places": 5})
    sent = {each: form[each].value() for each in HIDDEN} | {"choice": "do_not_require", "why": "Mitt skäl."}
    page = words(client.post(at(town, "suits", "beslut"), sent), 409)
    assert "Någon annan hann före" in page
    assert "Beslutat" in page
    assert "Fem platser" in page
    assert "Mitt skäl." in page
    assert Decision.objects.count() == 1


def test_what_is_withdrawn_while_the_page_is_open_says_so(town, as_):
    client = as_("styr")
    form = client.get(at(town)).context["decide_form"]
    withdraw(actor=town.who["park"], target=town.planned["suits"], seen=None, withdrawn_reason="Vi gör det själva.")
    sent = {each: form[each].value() for each in HIDDEN} | REQUIRE
    page = words(client.post(at(town, "suits", "beslut"), sent))
    assert "Upphandlingen har dragits tillbaka: Vi gör det själva." in page
    page = text_of(client, at(town))
    assert "Dragen tillbaka" in page
    assert "Ställ inte krav" not in page
    assert "Punkt 1, Lokalvård i skolor, utgår" in page


# --- when nothing can be decided


def test_before_it_begins_the_meeting_says_when(town, as_):
    later = {"starts_at": clock.now() + dt.timedelta(hours=1), "ends_at": clock.now() + dt.timedelta(hours=2)}
    Meeting.objects.update(**later)
    page = text_of(as_("styr"), at(town))
    assert "Mötet har inte börjat" in page
    assert "Ställ inte krav" not in page


def test_without_a_member_present_the_page_leads_to_where_it_is_noted(town, as_):
    everyone_stays_away(town)
    page = text_of(as_("ue"), at(town))
    assert "Ingen ledamot är antecknad som närvarande" in page
    assert f"/moten/{town.meeting.pk}/narvaro/" in page
    page = text_of(as_("styr"), at(town))
    assert "Be upphandlingsenheten anteckna vilka som är här." in page
    assert f"/moten/{town.meeting.pk}/narvaro/" not in page


def test_when_the_minutes_are_handed_over_the_point_is_only_read(town, as_):
    decide(town)
    Agenda.objects.update(handed_over_at=clock.now())
    page = text_of(as_("styr"), at(town))
    assert "Protokollet är lämnat för godkännande" in page
    assert "<form" not in page
    for name in ("beslut", "anteckning"):
        assert as_("styr").post(at(town, "suits", name)).status_code == 403
    assert as_("park").get(at(town)).status_code == 404


def test_the_facts_are_those_of_the_procurement_at_hand(town, as_):
    """A newer number of places that people have said stands first."""
    PlannedProcurement.objects.filter(pk=town.planned["suits"].pk).update(places_set=7, places_reason="Stort.")
    page = text_of(as_("styr"), at(town))
    assert "efter omfattning: 1" in page
    assert as_("styr").get(at(town)).context["decide_form"]["places"].value() == "7"
    assert not ExpectedOccupation.objects.exists()


# --- on the procurement's own page


def test_every_decision_stands_on_the_page_of_the_procurement(town, as_):
    address = f"/planerade/{town.planned['suits'].pk}/"
    assert "Styrgruppens beslut" not in text_of(as_("park"), address)
    assert "Tas upp på styrgruppens möte" in text_of(as_("styr"), address)
    decide(town, **NOT)
    decide(town, **REQUIRE | {"requirement": "internship", "places": 5})
    page = text_of(as_("park"), address)
    assert "Ställ krav: praktik, fem platser. 3 närvarande." in page
    assert "Ställ inte krav. Mot förslaget. Säkerhetsprövning gör praktik svår. 3 närvarande. Ersatt" in page
    assert page.index("praktik, fem platser") < page.index("Ersatt av ett senare beslut.")
    assert "Läs återkopplingen" not in page


def test_the_point_of_a_meeting_is_linked_for_those_who_may_open_it(town, as_):
    link = f'href="{at(town)}"'
    address = f"/planerade/{town.planned['suits'].pk}/"
    assert link in text_of(as_("styr"), address)
    for name in ("park", "ame"):
        assert link not in text_of(as_(name), address)
    Agenda.objects.update(handed_over_at=clock.now())
    assert link not in text_of(as_("styr"), address)


@pytest.mark.parametrize(("facts", "said"), [
    ({"fte": 60, "months": 36}, "60 × 36 månader ger 21, högst en tiondel ger 6;"),
    ({"fte": 24, "months": 8}, "24 × 8 månader, en plats per 100;"),
    ({"fte": 8, "months": 36}, "8 × 36 månader ger 2, högst en tiondel ger 0, minst en;"),
    ({"fte": 4, "months": 6}, "4 × 6 månader, en plats per 100, minst en;"),
])  # fmt: skip
def test_the_number_of_places_is_told_with_the_whole_of_its_reckoning(town, as_, facts, said):
    change(actor=town.who["park"], target=town.planned["suits"], seen=None, **facts)
    assert said in text_of(as_("styr"), at(town))


# --- an open page asks for news


def news_of(client, town, name="suits"):
    """What the page asks, and its answer."""
    page = text_of(client, at(town, name))
    asked = re.search(r'data-hx-get="([^"]+)"', page)
    return asked and asked[1]


def test_a_page_on_the_wall_is_told_what_somebody_else_has_entered(town, as_):
    client = as_("styr")
    asked = news_of(client, town)
    assert client.get(asked).status_code == 204
    decide(town, **REQUIRE | {"places": 5}, by="ue")
    told = client.get(asked)
    assert told.status_code == 286
    assert "Någon har fört in: Ställ krav: fem platser." in told.content.decode()


def test_it_is_told_of_a_withdrawal_and_of_any_other_change(town, as_):
    client = as_("styr")
    asked = news_of(client, town, "lacks")
    change(actor=town.who["hus"], target=town.planned["lacks"], seen=None, fte=4)
    assert "Punkten har ändrats sedan sidan öppnades." in client.get(asked).content.decode()
    asked = news_of(client, town, "lacks")
    withdraw(actor=town.who["hus"], target=town.planned["lacks"], seen=None, withdrawn_reason="Utgår.")
    assert "Upphandlingen har dragits tillbaka." in client.get(asked).content.decode()


def test_nobody_is_kept_signed_in_by_a_page_left_open_after_the_meeting(town, as_):
    client = as_("styr")
    asked = news_of(client, town)
    Meeting.objects.update(starts_at=clock.now() - 2 * BEGAN, ends_at=clock.now() - dt.timedelta(minutes=59))
    assert client.get(asked).status_code == 204
    Meeting.objects.update(ends_at=clock.now() - dt.timedelta(minutes=61))
    assert client.get(asked).status_code == 286
    assert news_of(client, town) is None
