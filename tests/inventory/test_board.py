"""R10: the pages of a round say how far each one asked has come, whose move it is and what comes next."""

import datetime as dt
import re

import pytest
import time_machine

from insteg.access.actor import Role
from insteg.access.catalogues import Whose
from insteg.core import clock
from insteg.inventory import actions
from insteg.inventory.models import AnsweredRow, InventoryRound, PlannedProcurement, Reminder, RoundAnswer
from insteg.inventory.queries.round_tasks import tasks
from insteg.inventory.queries.rounds import lacking_in
from insteg.inventory.snapshots import facts_as_reported
from insteg.inventory.terms import Term, proposed
from insteg.organisations.models import Membership, Organisation, User
from tests.audit.test_forms import form_of
from tests.town import address, build, member

pytestmark = pytest.mark.one_database

DAY = dt.timedelta(days=1)
MORNING = dt.datetime(2026, 10, 5, 8, 0, tzinfo=dt.UTC)
OPENING, CLOSING, NEXT_DAY = dt.date(2026, 10, 5), dt.date(2026, 11, 18), dt.date(2026, 11, 19)


@pytest.fixture(autouse=True)
def at():
    """at(day): it is nine or ten in the morning of that day. Before anyone has an assignment in the town."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield lambda day: traveller.move_to(dt.datetime(day.year, day.month, day.day, 9, 0, tzinfo=dt.UTC))


@time_machine.travel(MORNING + dt.timedelta(hours=1), tick=False)
def lay_autumn(town):
    """The round of autumn 2026, opened on the fifth of October."""
    facts = proposed(Term(2026, "autumn"), OPENING) | {"closes_on": CLOSING}
    round = actions.draft_round(actor=town.who["ue"], target=town.org["Stad"], seen=None, **facts)
    actions.open_round(actor=town.who["ue"], target=round, seen=None)
    town.autumn = InventoryRound.objects.get(pk=round.pk)
    return town


LAID = {"town": time_machine.travel(MORNING, tick=False)(lambda _ground: build()), "autumn": lay_autumn}


@pytest.fixture
def autumn(at, town):
    at(OPENING)
    return town.autumn


def read(client, address):
    """The page as a reader meets it: without tags, on one line."""
    text = re.sub(r"<(script|style|svg).*?</\1>|<[^>]*>", " ", client.get(address).content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+([.,:])?", lambda found: found[1] or " ", text.replace("\u00a0", " "))


def board(as_, round, who="ue"):
    return read(as_(who), f"/inventering/{round.pk}/")


def answer(round, town, name, organisation, *, unit=None, nothing=True):
    return RoundAnswer.objects.create(
        request=round.requests.get(organisation=town.org[organisation], unit=unit and town.units[unit]),
        number=1, nothing_to_report=nothing, answered_by_id=town.who[name].id,
    )  # fmt: skip


def said(actor):
    return [str(task.title) for task in tasks(actor) if task.whose is Whose.MINE]


# --- the board


def test_nobody_has_answered_yet(as_, town, autumn):
    html = board(as_, autumn)
    assert "Ingen har svarat än." in html
    assert "Upphandlingar som börjar 2027–2029 · öppnades 5 okt · svarsdag 18 nov" in html
    assert "6 inte börjat" in html


def test_the_lead_is_counted_and_the_late_come_first(as_, town, autumn, at):
    at(dt.date(2026, 10, 29))
    answer(autumn, town, "park", "Park")
    answer(autumn, town, "ue", "Stad")
    longer = autumn.requests.get(organisation=town.org["Skola"])
    actions.extend(
        actor=town.who["ue"], target=longer, seen=None,
        extended_to=dt.date(2026, 11, 27), extended_because="Nämnden",
    )  # fmt: skip
    at(NEXT_DAY)
    html = board(as_, autumn)
    assert "Två av sex har svarat. Tre organisationer och två enheter är sena, svarsdagen var i går." in html
    assert "En har fått längre tid." in html
    assert "3 sena" in html
    assert "förlängt till fre 27 nov" in html
    assert html.index("El Sen") < html.index("Skola Inte börjat") < html.index("Park Inget att anmäla")
    assert "29 okt, Park" in html


def test_what_an_answer_holds_and_lacks_is_shown(as_, town, autumn):
    facts = {"nature": "services", "value_min": 5_000_000, "value_max": 5_000_000, "fte": 3}
    for title in ("Sopning", "Klippning"):
        actions.report(actor=town.who["park"], target=town.org["Park"], seen=None, title=title, **facts)
    sent = answer(autumn, town, "park", "Park", nothing=False)
    for planned in PlannedProcurement.objects.filter(organisation=town.org["Park"]):
        AnsweredRow.objects.create(answer=sent, planned=planned, change="new", facts=facts_as_reported(planned))
    html = board(as_, autumn)
    assert "Slag för 1, omfattning för 1, avtalstid för 3, årsarbetare för 1" in html
    assert "Avtalstid för 3 upphandlingar i ett svar" in html
    # What is filled in or reported after the answer does not change what the answer lacks.
    PlannedProcurement.objects.filter(organisation=town.org["Park"]).update(proposal="suitable", months=36)
    actions.report(actor=town.who["park"], target=town.org["Park"], seen=None, title="Efteråt", **facts)
    assert "Avtalstid för 3 upphandlingar i ett svar" in board(as_, autumn)
    RoundAnswer.objects.filter(pk=sent.pk).update(reopened_at=clock.now())
    assert "Inget saknas i de svar som har kommit." in board(as_, autumn)


def test_what_an_answer_lacks_is_read_in_as_many_queries_for_many_rows(town, autumn, django_assert_max_num_queries):
    sent = answer(autumn, town, "park", "Park", nothing=False)
    for number in range(30):
        planned = actions.report(
            actor=town.who["park"], target=town.org["Park"], seen=None, title=f"Sopning {number}", nature="services"
        )
        AnsweredRow.objects.create(answer=sent, planned=planned, change="new", facts=facts_as_reported(planned))
    with django_assert_max_num_queries(2):
        assert lacking_in(autumn).of(sent.request_id)["months"] == 30


def test_longer_time_is_told_until_it_is_used_or_the_round_is_closed(as_, town, autumn, at):
    at(dt.date(2026, 10, 29))
    for name in ("Park", "Hus"):
        actions.extend(
            actor=town.who["ue"], target=autumn.requests.get(organisation=town.org[name]), seen=None,
            extended_to=dt.date(2026, 11, 27), extended_because="Nämnden",
        )  # fmt: skip
    assert "Förlängd svarsdag: Hus, Park" in board(as_, autumn)
    answer(autumn, town, "park", "Park")
    html = board(as_, autumn)
    assert "Förlängd svarsdag: Hus" in html
    assert "Förlängd svarsdag: Hus, Park" not in html
    actions.close_round(actor=town.who["ue"], target=autumn, seen=None, without_all=True)
    assert "Förlängd svarsdag" not in board(as_, autumn)


def test_the_needs_of_the_units_stand_by_themselves(as_, town, autumn):
    answer(autumn, town, "chef", "Stad", unit="ame")
    html = board(as_, autumn)
    needs = html[html.index("Behov av platser En av två har svarat.") :]
    assert "AME" in needs
    assert "Ingen har svarat än." in html  # the organisations


def test_reminders_that_went_and_those_to_come_are_told(as_, town, autumn, at):
    at(dt.date(2026, 11, 5))
    park = autumn.requests.get(organisation=town.org["Park"])
    Reminder.objects.create(request=park, number=1, sent_on=dt.date(2026, 11, 4), letters=1)
    html = board(as_, autumn)
    assert "ons 4 nov Påminnelse 1 till Park" in html
    assert "1 skickad nästa 20 nov" in html


def test_where_nobody_gets_the_letter_the_board_says_whom_to_ask(as_, town, autumn):
    html = board(as_, autumn)
    assert "Brevet når inte fram" in html
    assert "Ingen har uppdraget att svara för El, Skola, Stad, Vård." in html
    assert "ingen tar emot brevet" in html


def reach_everyone(town):
    for name in ("El", "Skola", "Stad", "Vård"):
        member(f"svarar-{name.lower()}".replace("å", "a"), Role.PROCURING, town.org[name])


def test_one_that_came_later_is_offered_the_question(as_, town, autumn):
    reach_everyone(town)
    assert "Någon har tillkommit" not in board(as_, autumn)
    new = Organisation.objects.create(name="Kultur", kind="department")
    assert "Kultur fanns inte när inventeringen öppnades" in board(as_, autumn)
    url = f"/inventering/{autumn.pk}/fraga-fler/"
    client = as_("ue")
    answered = client.post(url, form_of(client, url) | {"whom": str(new.pk)}, follow=True)
    assert "Brevet nådde ingen i: Kultur." in answered.content.decode()


def test_when_all_have_answered_it_is_the_procurement_units_move(as_, town, autumn):
    reach_everyone(town)
    for request in autumn.requests.all():
        RoundAnswer.objects.create(request=request, number=1, answered_by_id=town.who["ue"].id)
    assert "Din tur: stäng inventeringen" in board(as_, autumn)
    assert "Upphandlingsenhetens tur: stäng inventeringen" in board(as_, autumn, "styr")


def test_the_steering_group_reads_the_board_and_can_do_nothing_there(as_, town, autumn):
    html = as_("styr").get(f"/inventering/{autumn.pk}/").content.decode()
    assert not re.search(r'href="/inventering/(svar/)?[0-9a-f-]{36}/(andra|stang|forlang|fraga-fler)?/?"', html)
    assert "Har" not in html or "Ge mer tid" not in html


def test_a_closed_round_names_those_who_never_answered(as_, town, autumn, at):
    answer(autumn, town, "park", "Park")
    at(NEXT_DAY)
    actions.close_round(actor=town.who["ue"], target=autumn, seen=None, without_all=True)
    html = board(as_, autumn)
    assert "Utan svar:" in html
    assert "Svarade inte" in html
    assert "Sen " not in html
    assert "Öppna inventeringen igen" in html


def test_a_request_leads_back_to_where_its_reader_came_from(as_, town, autumn):
    park = autumn.requests.get(organisation=town.org["Park"])
    page, board = f"/inventering/svar/{park.pk}/", f'href="/inventering/{autumn.pk}/"'
    assert board in as_("ue").get(page).content.decode()
    assert board not in as_("park").get(page).content.decode()


# --- the list


def test_the_list_says_what_happened_and_what_comes(as_, town, autumn):
    answer(autumn, town, "park", "Park")
    html = read(as_("ue"), "/inventering/")
    assert "Inventeringen hösten 2026 pågår. En av sex har svarat." in html
    assert "1 av 6 0 av 2 enheter" in html
    assert "Väntar på 7 svar" in html


def test_an_empty_list_says_what_to_do(as_, town):
    html = read(as_("ue"), "/inventering/")
    assert "Ingen inventering har gjorts i Insteg än" in html
    assert "Förbered en inventering" in html
    assert "Förbered" not in read(as_("styr"), "/inventering/")
    assert "Ni har inte fått någon fråga än" in read(as_("park"), "/inventering/")


def test_one_who_is_asked_sees_only_what_they_are_asked(as_, town, autumn):
    html = read(as_("park"), "/inventering/")
    assert "Inventeringen hösten 2026 väntar på ert svar, senast ons 18 nov." in html
    assert "Hus" not in html
    needs = read(as_("chef"), "/inventering/")
    assert "AME" in needs
    assert "SIA" not in needs


# --- leading a round through the pages


def test_a_round_is_drafted_seen_and_opened(as_, town, at):
    at(OPENING)
    client = as_("ue")
    sent = client.post("/inventering/ny/", chosen(client, "/inventering/ny/"), follow=True)
    html = sent.content.decode()
    assert "Inget är skickat än." in html
    assert "Brevet går till 4 personer i 4 organisationer och enheter." in html
    assert "Ingen har uppdraget att svara för El, Skola, Stad, Vård." in re.sub(r"\s+", " ", html)
    assert "svara senast måndag 16\u00a0november" in html
    url = sent.redirect_chain[-1][0]
    opened = client.post(url, form_of(client, url), follow=True).content.decode()
    assert "Frågan är skickad till 4 personer. Brevet nådde ingen i: El, Skola, Stad, Vård." in opened
    assert InventoryRound.objects.get().is_under_way


def test_what_is_proposed_can_be_saved_however_many_terms_have_their_round(as_, town, at):
    at(OPENING)
    for year in (2026, 2027, 2028, 2029):
        for season in ("autumn", "spring") if year > 2026 else ("autumn",):
            facts = proposed(Term(year, season), OPENING)
            actions.draft_round(actor=town.who["ue"], target=town.org["Stad"], seen=None, **facts)
    client = as_("ue")
    sent = client.post("/inventering/ny/", chosen(client, "/inventering/ny/"), follow=True)
    assert "Inget är skickat än." in sent.content.decode()
    last = InventoryRound.objects.latest("year")
    assert (last.year, last.term, last.first_year, last.last_year) == (2030, "spring", 2031, 2033)


def test_of_two_with_the_draft_open_the_second_is_told_that_it_is_done(as_, town, at):
    at(OPENING)
    facts = proposed(Term(2026, "autumn"), OPENING)
    round = actions.draft_round(actor=town.who["ue"], target=town.org["Stad"], seen=None, **facts)
    client, url = as_("ue2"), f"/inventering/{round.pk}/oppna/"
    sent = form_of(client, url)
    actions.open_round(actor=town.who["ue"], target=round, seen=None)
    html = client.post(url, sent, follow=True).content.decode()
    assert "Inventeringen är redan öppnad. Breven har gått en gång." in html


def test_a_draft_shows_the_letter_of_each_kind_and_is_not_opened_beside_another(as_, town, autumn):
    facts = proposed(Term(2027, "spring"), clock.today())
    draft = actions.draft_round(actor=town.who["ue"], target=town.org["Stad"], seen=None, **facts)
    url = f"/inventering/{draft.pk}/oppna/"
    html = read(as_("ue"), url)
    assert "Stäng hösten 2026 innan du öppnar den här." in html
    assert f'href="/inventering/{autumn.pk}/"' in as_("ue").get(url).content.decode()
    assert "Öppna inventeringen och skicka" not in html
    assert "samlar in vad som ska upphandlas (inventeringen våren 2027)" in html
    assert "samlar in vilka platser som behövs (inventeringen våren 2027)" in html
    actions.close_round(actor=town.who["ue"], target=autumn, seen=None, without_all=True)
    assert "Öppna inventeringen och skicka" in read(as_("ue"), url)


def chosen(client, url):
    """The form as it is proposed."""
    html = client.get(url).content.decode()
    start = client.get(url).context["form"]
    said = {name: start.get_initial_for_field(start.fields[name], name) for name in start.fields}
    natures = {"natures": said.pop("natures")}
    return form_of(client, url) | {name: value for name, value in said.items() if value and name in html} | natures


def test_closing_asks_to_be_sure_when_some_have_not_answered(as_, town, autumn):
    client, url = as_("ue"), f"/inventering/{autumn.pk}/stang/"
    assert "De här har inte svarat: El, Hus," in read(client, url)
    refused = client.post(url, form_of(client, url))
    assert refused.status_code == 422
    assert "Kryssa i rutan om du vill stänga ändå" in refused.content.decode()
    done = client.post(url, form_of(client, url) | {"without_all": "on"}, follow=True)
    assert "Inventeringen är stängd. Den kan öppnas igen." in done.content.decode()


def test_a_form_that_is_behind_keeps_what_was_typed(as_, town, autumn):
    client, url = as_("ue"), f"/inventering/{autumn.pk}/andra/"
    sent = form_of(client, url) | {"closes_on": "2026-11-18", "message": "Mina ord"}
    actions.change_round(actor=town.who["ue2"], target=autumn, seen=None, message="Andras ord")
    refused = client.post(url, sent)
    assert refused.status_code == 409
    assert "Mina ord" in refused.content.decode()
    assert "Andras ord" in refused.content.decode()


# --- Att göra


def test_those_who_are_asked_have_it_among_their_tasks_until_they_answer(town, autumn):
    assert said(town.who["park"]) == ["Svara på inventeringen hösten 2026"]
    [task] = tasks(town.who["park"])
    assert (task.since, task.due_on, task.about) == (OPENING, CLOSING, "Park")
    assert said(town.who["chef"]) == ["Säg vilka platser ni behöver till inventeringen hösten 2026"]
    assert said(town.who["ame"]) == []  # the manager does
    Membership.objects.filter(pk=town.who["chef"].membership_id).update(ended_at=clock.now())
    assert said(town.who["ame"]) == ["Säg vilka platser ni behöver till inventeringen hösten 2026"]
    answer(autumn, town, "park", "Park")
    assert said(town.who["park"]) == []
    for nobody in ("styr", "admin", "af", "mal", "bygg"):
        assert said(town.who[nobody]) == []


def test_the_procurement_unit_is_told_who_is_late_and_when_to_close(town, autumn, at):
    assert said(town.who["ue"]) == ["Ingen tar emot breven: El, Skola, Stad, Vård"]
    reach_everyone(town)
    assert said(town.who["ue"]) == []
    at(NEXT_DAY)
    assert said(town.who["ue"]) == ["Sex organisationer och två enheter är sena med sina svar"]
    for request in autumn.requests.exclude(unit=None):
        RoundAnswer.objects.create(request=request, number=1, answered_by_id=town.who["ue"].id)
    assert said(town.who["ue"]) == ["Sex är sena med sina svar"]
    for request in autumn.requests.filter(unit=None):
        RoundAnswer.objects.create(request=request, number=1, answered_by_id=town.who["ue"].id)
    assert said(town.who["ue"]) == ["Alla har svarat: stäng inventeringen hösten 2026"]
    actions.close_round(actor=town.who["ue"], target=autumn, seen=None)
    assert said(town.who["ue"]) == []


def test_each_term_the_procurement_unit_is_told_to_open_its_round(town, at):
    ue = town.who["ue"]
    at(dt.date(2027, 2, 28))
    assert said(ue) == []
    at(dt.date(2027, 3, 1))
    assert said(ue) == ["Öppna vårens inventering"]
    facts = proposed(Term(2027, "spring"), clock.today())
    round = actions.draft_round(actor=ue, target=town.org["Stad"], seen=None, **facts)
    [task] = tasks(ue)
    assert task.url == f"/inventering/{round.pk}/oppna/"
    assert task.about == "Utkastet är inte skickat"
    actions.open_round(actor=ue, target=round, seen=None)
    assert "Öppna vårens inventering" not in said(ue)


def test_who_cannot_come_in_answers_for_nobody(town, autumn):
    User.objects.filter(email=address("park")).update(is_active=False)
    assert said(town.who["ue"]) == ["Ingen tar emot breven: El, Park, Skola, Stad, Vård"]
