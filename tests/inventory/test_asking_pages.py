"""The page where UE asks for what is missing, the gaps that lead to it, and what the organisation sees (R13)."""

import datetime as dt
import html as html_of
import re
import uuid
from decimal import Decimal

import pytest
from django.http import QueryDict

from insteg.core import clock
from insteg.inventory.actions import ask_for_facts, change, withdraw
from insteg.inventory.cards.gaps import gaps_of
from insteg.inventory.cards.questions import asked_of
from insteg.inventory.models import FactQuestion, PlannedProcurement
from insteg.inventory.queries.compilation import Horizon, compiled, within
from insteg.inventory.queries.questions import AT_A_TIME
from insteg.mail.models import Message
from insteg.organisations.models import Membership
from insteg.process.models import RuleSet
from insteg.ui import figures
from tests.inventory.test_asking import LACKING, ask, lacking, row  # noqa: F401

pytestmark = pytest.mark.one_database

LAID = LACKING
ASK = "/sammanstallning/fraga/"
SENT = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')


def main_of(response):
    text = response.content.decode()
    return html_of.unescape(re.sub(r"\s+", " ", text[text.index("<main") :]))


def sent_of(response):
    """What a browser sends of the form with the letters."""
    form = next(
        part for part in response.content.decode().split("<form") if 'name="rows"' in part or 'name="key"' in part
    )
    found: dict[str, list[str]] = {}
    for name, value in SENT.findall(form.split("</form>")[0]):
        found.setdefault(name, []).append(value)
    return found


def ticked(response, name):
    return {
        re.search(r'value="([^"]+)"', box)[1]
        for box in re.findall(rf'<input[^>]*type="checkbox"[^>]*name="{name}"[^>]*>', response.content.decode())
        if "checked" in box
    }


def gaps(town, who="ue", query=""):
    planned = within(PlannedProcurement.objects.all(), Horizon.of(None, clock.today()))
    figures = compiled(planned, Horizon.of(None, clock.today()), RuleSet.objects.in_force(), clock.today())
    return gaps_of(figures, planned, town.who[who], QueryDict(query))


# --- the page


def test_the_letters_are_shown_before_they_go(as_, town, lacking):  # noqa: F811
    answer = as_("ue").get(ASK)
    shown = main_of(answer)
    assert "Inget är skickat än. Två brev går om 3 upphandlingar" in shown.replace("</strong>", "")
    assert "Brevet går till Park." in shown
    assert "Fönsterputs</a>: avtalstid och årsarbetare" in shown
    assert "Uppgifter saknas för" in shown
    assert ticked(answer, "uppgift") == {"months", "fte"}
    assert ticked(answer, "hos") == {str(town.org["Park"].pk), str(town.org["Hus"].pk)}
    assert Message.objects.count() == 0


def test_one_press_sends_what_was_shown(as_, town, lacking):  # noqa: F811
    client = as_("ue")
    answer = client.post(ASK, sent_of(client.get(ASK)) | {"wanted_by": ""}, follow=True)
    assert "Frågan är skickad till två organisationer om 3 upphandlingar." in answer.content.decode()
    assert answer.redirect_chain[0][0] == "/sammanstallning/"
    assert (FactQuestion.objects.count(), Message.objects.count()) == (3, 2)


def test_what_came_while_the_letters_were_read_is_told_and_not_asked_for(as_, town, lacking):  # noqa: F811
    client = as_("ue")
    sent = sent_of(client.get(ASK))
    change(actor=town.who["park"], target=lacking["length"], seen=None, months=24)
    told = client.post(ASK, sent, follow=True).content.decode()
    assert "om 2 upphandlingar. 1 frågades inte om" in told
    assert FactQuestion.objects.count() == 2


def test_pressed_twice_it_is_sent_once_and_both_are_told_so(as_, town, lacking):  # noqa: F811
    client = as_("ue")
    sent = sent_of(client.get(ASK))
    answers = [client.post(ASK, sent, follow=True) for _ in range(2)]
    assert all("skickad till två organisationer" in each.content.decode() for each in answers)
    assert (FactQuestion.objects.count(), Message.objects.count()) == (3, 2)


def test_the_second_officer_is_told_that_they_have_just_been_asked(as_, town, lacking):  # noqa: F811
    first, second = as_("ue"), as_("ue2")
    sent, other = sent_of(first.get(ASK)), sent_of(second.get(ASK))
    first.post(ASK, sent)
    refused = second.post(ASK, other | {"wanted_by": ""})
    assert refused.status_code == 422
    assert "De har nyss fått frågan. Vänta till" in main_of(refused)
    assert Message.objects.count() == 2


def test_a_form_opened_before_the_organisation_changed_is_told_so(as_, town, lacking):  # noqa: F811
    client = as_("ue")
    sent = sent_of(client.get(ASK))
    type(town.org["Stad"]).objects.filter(pk=town.org["Stad"].pk).update(version=7)
    answer = client.post(ASK, sent | {"wanted_by": "20 december"})
    assert (answer.status_code, 'value="20 december"' in main_of(answer)) == (409, True)
    assert Message.objects.count() == 0


def test_a_day_that_is_none_is_said_and_kept(as_, town, lacking):  # noqa: F811
    client = as_("ue")
    answer = client.post(ASK, sent_of(client.get(ASK)) | {"wanted_by": "snart"})
    assert (answer.status_code, "är inget datum" in main_of(answer)) == (422, True)
    assert 'value="snart"' in main_of(answer)


def test_what_is_chosen_in_the_address_is_what_is_asked(as_, town, lacking):  # noqa: F811
    answer = as_("ue").get(f"{ASK}?uppgift=fte&hos={town.org['Park'].pk}")
    assert ticked(answer, "uppgift") == {"fte"}
    assert "Fönsterputs</a>: årsarbetare" in main_of(answer)
    assert "Lokalvård" not in main_of(answer)
    assert "Trapphus" not in main_of(answer)


def test_the_filter_of_the_compilation_comes_along_there_and_back(as_, town, lacking):  # noqa: F811
    client, address = as_("ue"), f"{ASK}?organisation={town.org['Hus'].pk}&uppgift=fte"
    answer = client.get(address)
    assert "Trapphus" in main_of(answer)
    assert "Fönsterputs" not in main_of(answer)
    assert f'name="organisation" value="{town.org["Hus"].pk}"' in main_of(answer)
    sent = client.post(address, sent_of(answer))
    assert sent.headers["Location"] == f"/sammanstallning/?organisation={town.org['Hus'].pk}"


def test_one_procurement_is_asked_about_and_one_comes_back_to_it(as_, town, lacking):  # noqa: F811
    client, address = as_("ue"), f"{ASK}?planerad={lacking['both'].pk}"
    answer = client.get(address)
    assert "Lokalvård" not in main_of(answer)
    assert client.post(address, sent_of(answer)).headers["Location"] == f"/planerade/{lacking['both'].pk}/"
    assert [each.planned for each in FactQuestion.objects.all()] == [lacking["both"]]


@pytest.mark.parametrize(
    "odd", ["planerad=x", "planerad=" + str(uuid.uuid4()), "uppgift=x", "hos=x", "igen=x&okanda=x"]
)
def test_an_odd_address_is_the_whole(as_, town, lacking, odd):  # noqa: F811
    assert "Fönsterputs" in main_of(as_("ue").get(f"{ASK}?{odd}"))


def test_what_has_just_been_asked_is_left_out_until_one_ticks_that_it_goes_anyway(as_, town, lacking):  # noqa: F811
    ask(town, [lacking["length"]])
    client = as_("ue")
    shown = main_of(client.get(ASK))
    assert "1 upphandling är utelämnad. Annars väntar frågan till" in shown
    assert "Lokalvård</a>: avtalstid" not in shown
    again = client.get(f"{ASK}?igen=on&uppgift=months")
    assert "Lokalvård</a>: avtalstid" in main_of(again)
    client.post(f"{ASK}?igen=on&uppgift=months", sent_of(again))
    assert FactQuestion.objects.filter(planned=lacking["length"]).count() == 2


def test_what_they_do_not_know_is_left_out_until_one_ticks_that_it_goes_anyway(as_, town, lacking):  # noqa: F811
    change(actor=town.who["park"], target=lacking["length"], seen=None, unknown_fields=["months"])
    client = as_("ue")
    shown = main_of(client.get(ASK))
    assert "svarat ”vet inte” på" in shown
    assert "Lokalvård</a>" not in shown
    assert "Lokalvård</a>: avtalstid" in main_of(client.get(f"{ASK}?okanda=on"))


def test_nobody_to_write_to_is_said_and_whose_it_is_to_mend(as_, town, lacking):  # noqa: F811
    Membership.objects.filter(organisation=town.org["Hus"]).delete()
    shown = main_of(as_("ue").get(ASK))
    assert "Ingen har uppdraget att svara för Hus. Be administratören ge någon det." in shown
    assert "Ett brev går om 2 upphandlingar" in shown


def test_when_nothing_is_missing_there_is_nothing_to_send(as_, town, lacking):  # noqa: F811
    for each in lacking.values():
        withdraw(actor=town.who["ue"], target=each, seen=None, withdrawn_reason="Utgår")
    shown = main_of(as_("ue").get(ASK))
    assert "Inget brev skickas." in shown
    assert "Inget saknas" in shown
    assert 'type="submit"' not in shown


def test_more_than_can_be_read_is_asked_in_parts(as_, town, lacking, monkeypatch):  # noqa: F811
    monkeypatch.setattr("insteg.inventory.queries.questions.AT_A_TIME", 2)
    assert AT_A_TIME == 300
    client = as_("ue")
    answer = client.get(ASK)
    assert "fråga sedan om resten" in main_of(answer)
    client.post(ASK, sent_of(answer))
    assert FactQuestion.objects.count() == 2
    client.post(ASK, sent_of(client.get(ASK)))
    assert {each.planned for each in FactQuestion.objects.all()} == {*lacking.values()}


def test_what_came_since_is_told_where_one_asks(as_, town, lacking):  # noqa: F811
    ask(town, lacking.values())
    change(actor=town.who["park"], target=lacking["length"], seen=None, months=24)
    shown = main_of(as_("ue").get(ASK))
    assert "Frågades i dag om 2 upphandlingar: uppgiften har kommit för 1, inget svar än för 1." in shown


# --- the gaps


def test_the_widest_gap_has_the_one_filled_button(town, lacking):  # noqa: F811
    row(town, "Snö")
    row(town, "Is", fte=Decimal(4))
    widest, next_one = gaps(town, query="organisation=x")
    assert (widest.what, widest.where) == ("4 saknar avtalstid", "Park\xa04")
    assert (widest.button, widest.button_href, widest.first) == (
        "Be om avtalstid", f"{ASK}?organisation=x&uppgift=months", True,
    )  # fmt: skip
    assert (next_one.what, next_one.where, next_one.first) == (
        "3 saknar antal årsarbetare",
        "Park\xa02, Hus\xa01",
        False,
    )


def test_a_gap_that_the_widest_holds_is_asked_for_with_it(town, lacking):  # noqa: F811
    withdraw(actor=town.who["hus"], target=lacking["staffing"], seen=None, withdrawn_reason="Utgår")
    both = gaps(town)[1]
    assert both.where == "Park"
    assert (both.title, both.button) == ("Fönsterputs", "Ta med i frågan")
    assert both.button_href == f"{ASK}?uppgift=months&uppgift=fte"
    row(town, "Snö")
    assert gaps(town)[1].where == "Alla saknar också avtalstid, så det räcker med en fråga."


def test_a_gap_says_what_was_asked_and_what_is_not_known(town, lacking):  # noqa: F811
    row(town, "Snö", fte=Decimal(4))
    ask(town, [lacking["length"], lacking["both"]], "months")
    change(actor=town.who["park"], target=lacking["both"], seen=None, unknown_fields=["months"])
    widest = gaps(town)[0]
    assert widest.notes == [
        "Frågades i dag om 2 upphandlingar: ”vet inte” för 1, inget svar än för 1.",
        "För 1 upphandling har organisationen sagt att den inte vet än.",
    ]
    assert widest.first
    ask_for_facts(
        actor=town.who["ue"], target=town.org["Stad"], seen=None, facts=["months"],
        rows=[each.pk for each in PlannedProcurement.objects.filter(title="Snö")],
    )  # fmt: skip
    assert not gaps(town)[0].first


def test_others_see_the_gaps_without_buttons_and_a_buyer_the_way_to_fill_them(town, lacking):  # noqa: F811
    assert {each.button for each in gaps(town, "styr")} == {""}
    assert {each.button_href for each in gaps(town, "park")} == {"/planerade/?proposal=needs_facts"}


# --- the procurement


def test_the_procurement_tells_what_was_asked_and_answered(town, lacking):  # noqa: F811
    assert asked_of(lacking["both"], town.who["park"]) == {"questions": [], "ask_url": "", "answer_url": ""}
    ask(town, [lacking["both"]])
    (told,) = asked_of(lacking["both"], town.who["ue"])["questions"]
    assert told.asked == "Upphandlingsenheten frågade efter avtalstid och årsarbetare i dag."
    assert told.answer == "Väntar på svar om avtalstid och årsarbetare."
    change(actor=town.who["park"], target=lacking["both"], seen=None, unknown_fields=["months"], fte=Decimal(3))
    after = asked_of(PlannedProcurement.objects.get(pk=lacking["both"].pk), town.who["ue"])
    assert after["questions"][0].answer == (
        "Svaret om avtalstid är att de inte vet än. Årsarbetare saknas inte längre."
    )  # fmt: skip
    assert after["ask_url"] == f"{ASK}?planerad={lacking['both'].pk}"


# --- what is said of several days, and to whom it matters


def of_the_length(town):
    return next(each.notes for each in gaps(town) if "avtalstid" in each.what)


def test_questions_of_several_days_are_told_with_both_ends(town, lacking):  # noqa: F811
    ask(town, [lacking["length"]], "months")
    FactQuestion.objects.update(created_at=clock.now() - dt.timedelta(days=5))
    ask(town, [lacking["both"]], "months")
    said = of_the_length(town)[0]
    earlier = figures.day_near(clock.today() - dt.timedelta(days=5), clock.today())
    assert said.startswith(f"Frågades om 2 upphandlingar, först {earlier} och senast i dag: ")


def test_a_procurement_that_was_asked_about_again_is_told_of_by_the_last_day_alone(town, lacking):  # noqa: F811
    ask(town, [lacking["length"]], "months")
    FactQuestion.objects.update(created_at=clock.now() - dt.timedelta(days=9))
    ask(town, [lacking["length"]], "months")
    assert of_the_length(town) == ["Frågades i dag om 1 upphandling: inget svar än för 1."]


def test_that_one_question_will_do_is_said_to_who_asks_and_until_it_is_asked(town, lacking):  # noqa: F811
    withdraw(actor=town.who["hus"], target=lacking["staffing"], seen=None, withdrawn_reason="Utgår")
    row(town, "Snö")
    assert "räcker med en fråga" in " ".join(each.where for each in gaps(town))
    for who in ("park", "styr"):
        assert "räcker med en fråga" not in " ".join(each.where for each in gaps(town, who))
    ask(town, PlannedProcurement.objects.all())
    assert [each.where for each in gaps(town)] == ["Park\u00a03", "Park\u00a02"]


def test_who_sees_one_organisation_gets_no_table_of_them(as_, town, lacking):  # noqa: F811
    def tables(who):
        return [table.key for table in as_(who).get("/sammanstallning/").context["tables"]]

    assert ("organisations" in tables("park"), "organisations" in tables("ue")) == (False, True)
    assert [key for key in tables("ue") if key != "organisations"] == tables("park")
    for kind in ("xlsx", "docx", "pdf"):
        assert as_("park").get(f"/sammanstallning/hamta.{kind}").status_code == 200
