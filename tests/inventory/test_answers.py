"""How an organisation answers: confirms what it said before, adds, changes, withdraws and sends (R11)."""

import datetime as dt

import pytest

from insteg.access.actor import Role
from insteg.audit.gate import Blocked, Refused
from insteg.audit.models import Entry
from insteg.core import clock
from insteg.inventory.actions import change, confirm_rows, discard_plan, take_up_answer, withdraw
from insteg.inventory.models import InventoryRound, PlannedProcurement, RoundAnswer, RoundRequest
from insteg.inventory.queries.answers import Sorted, with_state
from tests.inventory.answering import (
    HIDDEN,
    carried,
    confirm_all,
    fields,
    next_year,
    page_of,
    rounds,
    row,
    send,
)
from tests.town import member, plan


@pytest.fixture
def city(town):
    """The town with rounds; Park has one row from before, `p`."""
    return asked_with_floor(town, None)


def asked_with_floor(town, value_floor):
    town.round = rounds(town, value_floor=value_floor)
    town.asked = town.round.asked["Park-new"]
    return town


def fresh(planned):
    return PlannedProcurement.objects.get(pk=planned.pk)


def state(asked):
    return with_state(RoundRequest.objects.all()).get(pk=asked.pk)


def stops(act):
    with pytest.raises(Blocked) as caught:
        act()
    return " ".join(caught.value.args)


def posted(client, asked, where=(), **typed):
    """Sends one of the page's two forms as a browser would, with all its hidden fields."""
    html, address = client.get(page_of(asked)).content.decode(), page_of(asked, *where)
    data = {"shown": []}
    for name, value in fields(html, address):
        if name == "shown":
            data["shown"].append(value)
        else:
            data[name] = value
    return client.post(address, data | typed)


# --- how far each has come


def test_the_state_tells_what_has_been_done(city):
    assert state(city.asked).state == "waiting"
    row(city, "Ny")
    assert (state(city.asked).state, state(city.asked).begun) == ("under_way", True)
    assert state(city.round.asked["Hus-new"]).state == "waiting"
    confirm_all(city, city.asked)
    send(city, city.asked)
    found = state(city.asked)
    assert (found.state, found.row_count, found.new_count, found.answered_by) == ("answered", 2, 2, "Park")


def test_late_and_begun_are_two_facts(city):
    RoundRequest.objects.update(extended_to=clock.today() - dt.timedelta(1))
    assert (state(city.asked).state, state(city.asked).begun) == ("late", False)
    row(city, "Ny")
    found = state(city.asked)
    assert (found.state, found.late, found.begun) == ("late", True, True)
    RoundRequest.objects.update(extended_to=clock.today())
    assert state(city.asked).state == "under_way"


def test_an_open_plan_a_withdrawal_or_an_answer_taken_up_is_a_beginning(city):
    made = plan(city, "park", "Park")
    assert state(city.asked).state == "under_way"
    discard_plan(actor=city.who["park"], target=made, seen=None)
    assert state(city.asked).state == "waiting"
    withdraw(actor=city.who["park"], target=city.planned["p"], seen=None, withdrawn_reason="Nej")
    assert state(city.asked).state == "under_way"
    unit = RoundAnswer.objects.create(request=city.round.unit, number=1, answered_by_id=city.who["chef"].id)
    assert state(city.round.unit).state == "answered"
    take_up_answer(actor=city.who["chef"], target=unit, seen=None)
    assert state(city.round.unit).state == "under_way"


def test_who_never_answered_a_closed_round_is_late(city):
    assert state(city.round.asked["Park-old"]).state == "late"


# --- what is carried forward


def test_what_was_reported_before_is_to_be_confirmed_and_what_is_new_is_not(city):
    new = row(city, "Ny")
    found = Sorted.of(city.asked)
    assert ([r.pk for r in found.unsettled], [r.pk for r in found.settled]) == ([city.planned["p"].pk], [new.pk])


def test_what_the_round_does_not_ask_about_is_kept_and_marked(town, as_):
    city, year = asked_with_floor(town, 10**6), next_year()
    for title, facts in {
        "Snart": {"start": dt.date(year - 1, 12, 31)},
        "Sen": {"start": dt.date(year + 3, 1, 1)},
        "Liten": {"value_max": 999_999},
        "Vara": {"nature": "supplies"},
        "Lagom": {"start": dt.date(year, 1, 1), "value_min": 10**6, "nature": "works"},
    }.items():
        carried(city, title, **facts)
    found = Sorted.of(city.asked)
    assert {r.title for r in found.outside} == {"Snart", "Sen", "Liten", "Vara"}
    assert {r.title for r in found.unsettled} == {"Lagom", "Parkskötsel"}
    html = as_("park").get(page_of(city.asked)).content.decode()
    for why in (
        f"Börjar före {year}.",
        f"Börjar efter {year + 2}.",
        "värd mindre än",
        "gäller inte varor.",
    ):
        assert why in html
    confirm_all(city, city.asked)
    answer = send(city, city.asked)
    assert answer.rows.count() == 6


def test_ticked_rows_are_confirmed_and_the_others_wait(city, as_):
    other = carried(city, "Snöröjning")
    client, before = as_("park"), fresh(other)
    answer = posted(client, city.asked, ["bekrafta"], row=f"{other.pk}:{other.version}")
    assert answer.url == page_of(city.asked)
    assert fresh(other).confirmed_at > before.confirmed_at
    assert fresh(other).version == before.version  # no fact is another, so nobody's open form grows stale
    assert [r.title for r in Sorted.of(city.asked).unsettled] == ["Parkskötsel"]
    assert "1 upphandling är bekräftad" in client.get(answer.url).content.decode()


def test_one_button_confirms_all(city, as_):
    carried(city, "Snöröjning")
    posted(as_("park"), city.asked, ["bekrafta"], all="1")
    assert Sorted.of(city.asked).unsettled == []


def test_nothing_ticked_is_said(city, as_):
    answer = posted(as_("park"), city.asked, ["bekrafta"])
    assert answer.status_code == 422
    assert "Kryssa i de upphandlingar som stämmer" in answer.content.decode()
    broken = posted(as_("park"), city.asked, ["bekrafta"], row="skräp")
    assert "Ladda om sidan" in broken.content.decode()


def test_a_row_that_another_changed_meanwhile_is_named_and_not_confirmed(city, as_):
    kept, taken = carried(city, "Snöröjning"), carried(city, "Sopning")
    client = as_("park")
    html = client.get(page_of(city.asked)).content.decode()
    typed = dict(fields(html, page_of(city.asked, "bekrafta")))
    change(actor=city.who["ue"], target=taken, seen=None, months=24)
    PlannedProcurement.objects.filter(pk=taken.pk).update(confirmed_at=taken.confirmed_at)
    typed |= {"row": [f"{kept.pk}:{kept.version}", f"{taken.pk}:{taken.version}"]}
    client.post(page_of(city.asked, "bekrafta"), typed)
    html = client.get(page_of(city.asked)).content.decode()
    assert "Någon annan ändrade under tiden" in html
    assert "”Sopning”. Läs det igen." in html
    assert fresh(taken).confirmed_at == taken.confirmed_at
    assert fresh(taken).months == 24
    assert fresh(kept).confirmed_at > kept.confirmed_at


def test_rows_of_others_are_not_confirmed_whatever_is_sent(city):
    theirs = city.planned["h"]
    before = fresh(theirs)
    rows = {theirs.pk: theirs.version}
    assert confirm_rows(actor=city.who["park"], target=city.asked, seen=None, rows=rows) == []
    assert fresh(theirs).confirmed_at == before.confirmed_at


# --- the page


def test_the_page_says_what_to_report_until_when_and_whose_move_it_is(town, as_):
    city = asked_with_floor(town, 2 * 10**6)
    html = as_("park").get(page_of(city.asked)).content.decode()
    year = next_year()
    assert f"Anmäl upphandlingar som börjar {year}–{year + 2}" in html
    assert "värda minst 2,0" in html
    assert "gäller tjänster och entreprenader" in html
    assert "Tänk brett." in html
    assert "Din tur: svara senast" in html
    assert "arbetsdagar kvar" in html
    assert "1 upphandling att bekräfta" in html
    theirs = as_("ue").get(page_of(city.asked)).content.decode()
    assert "Park ska svara" in theirs
    assert "Du kan svara åt dem" in theirs


def test_only_those_who_are_asked_and_ue_see_a_request(city, as_):
    assert as_("hus").get(page_of(city.asked)).status_code == 404
    assert as_("styr").get(page_of(city.asked)).status_code == 404
    assert as_("ame").get(page_of(city.asked)).status_code == 404
    draft = InventoryRound.objects.create(
        year=next_year(), term="spring", closes_on=clock.today() + dt.timedelta(200), natures=["works"],
        first_year=next_year(), last_year=next_year(),
    )  # fmt: skip
    asked = RoundRequest.objects.create(round=draft, organisation=city.org["Park"])
    assert as_("park").get(page_of(asked)).status_code == 404


def test_the_first_look_is_stamped_once_by_those_who_are_asked(city, as_):
    as_("ue").get(page_of(city.asked))
    assert RoundRequest.objects.get(pk=city.asked.pk).looked_at is None
    client = as_("park")
    assert "ser att förfrågan öppnades" in client.get(page_of(city.asked)).content.decode()
    stamped = RoundRequest.objects.get(pk=city.asked.pk).looked_at
    client.get(page_of(city.asked))
    assert RoundRequest.objects.get(pk=city.asked.pk).looked_at == stamped
    assert Entry.objects.filter(action="inventory.look_at_request").count() == 1


# --- sending


def test_an_answer_keeps_every_row_as_it_was(city, as_):
    planned = city.planned["p"]
    client = as_("park")
    posted(client, city.asked, ["bekrafta"], all="1")
    answer = posted(client, city.asked, comment="Hoppas det räcker.")
    made = RoundAnswer.objects.get(request=city.asked)
    assert answer.url == f"/inventering/skickat/{made.pk}/"
    assert (made.number, made.comment, made.on_behalf) == (1, "Hoppas det räcker.", False)
    change(actor=city.who["park"], target=planned, seen=None, title="Något helt annat")
    html = client.get(answer.url).content.decode()
    assert "Parkskötsel" in html
    assert "Något helt annat" not in html


def test_it_is_not_sent_while_something_must_be_settled_and_all_of_it_is_said_at_once(city, as_):
    plan(city, "park", "Park")
    client = as_("park")
    answer = posted(client, city.asked)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "En upphandling är inte bekräftad än: ”Parkskötsel”." in html
    assert "plan.csv är inte sparat" in html
    assert not RoundAnswer.objects.filter(request=city.asked).exists()


def test_missing_facts_are_said_and_stop_nothing(city, as_):
    client = as_("park")
    posted(client, city.asked, ["bekrafta"], all="1")
    assert "Saknas än: slag för 1" in client.get(page_of(city.asked)).content.decode()
    assert posted(client, city.asked).status_code == 302


def test_what_is_said_to_be_unknown_is_not_asked_for(city, as_):
    change(actor=city.who["park"], target=city.planned["p"], seen=None, unknown_fields=["months", "fte"])
    html = as_("park").get(page_of(city.asked)).content.decode()
    assert "Saknas än: slag för 1, omfattning för 1." in html


def test_a_list_that_has_changed_since_it_was_read_is_not_sent_unseen(city, as_):
    confirm_all(city, city.asked)
    client = as_("park")
    html = client.get(page_of(city.asked)).content.decode()
    typed = dict(fields(html, page_of(city.asked)))
    row(city, "Sent kommen", name="ue")
    answer = client.post(page_of(city.asked), typed)
    again = answer.content.decode()
    assert answer.status_code == 422
    assert "Listan har ändrats sedan du öppnade sidan." in again
    assert "Sent kommen" in again
    assert client.post(page_of(city.asked), dict(fields(again, page_of(city.asked)))).status_code == 302


def test_whoever_is_second_is_told_who_was_first(city):
    member("anna", Role.PROCURING, city.org["Park"])
    confirm_all(city, city.asked)
    send(city, city.asked)
    said = stops(lambda: send(city, city.asked, name="ue"))
    assert "Park skickade svaret i dag kl.\xa0" in said
    assert "Öppna svaret igen" in said
    assert RoundAnswer.objects.filter(request=city.asked).count() == 1


def test_ue_answers_for_someone_and_it_is_said_everywhere(city, as_):
    confirm_all(city, city.asked, name="ue")
    answer = send(city, city.asked, name="ue")
    assert answer.on_behalf
    assert state(city.asked).on_behalf
    for address in (page_of(city.asked), f"/inventering/skickat/{answer.pk}/", "/inventering/svar/"):
        html = as_("park").get(address).content.decode()
        assert "upphandlingsenheten svarade åt" in html.lower(), address


def test_a_closed_round_takes_no_answers_and_says_what_to_do(city, as_):
    InventoryRound.objects.filter(pk=city.round.new.pk).update(closed_at=clock.now())
    city.asked = RoundRequest.objects.get(pk=city.asked.pk)
    for act in (lambda: send(city, city.asked), lambda: confirm_all(city, city.asked)):
        assert "Listan är alltid öppen" in stops(act)
    html = as_("park").get(page_of(city.asked)).content.decode()
    assert "Inventeringen är stängd" in html
    assert "I er lista (1)" in html
    for word in ("Skicka svaret", "Kryssa i", "Stämmer", "Klart i den här inventeringen", "Vad vill du göra?"):
        assert word not in html, word


# --- nothing to report


def test_nothing_to_report_is_an_answer(city, as_):
    withdraw(actor=city.who["park"], target=city.planned["p"], seen=None, withdrawn_reason="Blev inte av")
    client = as_("park")
    typed = dict(HIDDEN.findall(client.get(page_of(city.asked, "inget")).content.decode()))
    assert client.post(page_of(city.asked, "inget"), typed).status_code == 302
    found = state(city.asked)
    assert (found.state, found.row_count) == ("nothing", 0)


def test_nothing_is_refused_while_there_is_something_and_says_what_to_do(city, as_):
    client = as_("park")
    whole = client.get(page_of(city.asked)).content.decode()
    typed = dict(fields(whole, page_of(city.asked)))
    answer = client.post(page_of(city.asked, "inget"), typed)
    assert answer.status_code == 422
    assert "Dra tillbaka den om den inte blir av." in answer.content.decode()
    confirm_all(city, city.asked)
    said = stops(lambda: send(city, city.asked, nothing_to_report=True))
    assert "Dra tillbaka den om den inte blir av." in said


def test_an_empty_list_is_not_sent_as_if_it_were_one(city):
    withdraw(actor=city.who["park"], target=city.planned["p"], seen=None, withdrawn_reason="Nej")
    assert "Det finns inget att skicka." in stops(lambda: send(city, city.asked))


# --- taking an answer up again


def test_an_answer_is_taken_up_mended_and_sent_anew(city, as_):
    confirm_all(city, city.asked)
    first = send(city, city.asked)
    client, address = as_("park"), f"/inventering/skickat/{first.pk}/oppna/"
    typed = dict(HIDDEN.findall(client.get(address).content.decode()))
    assert client.post(address, typed).url == page_of(city.asked)
    assert state(city.asked).state == "under_way"
    row(city, "Kom på en till")
    second = send(city, city.asked)
    assert (second.number, second.rows.count(), first.rows.count()) == (2, 2, 1)
    assert "redan öppnat igen" in stops(
        lambda: take_up_answer(actor=city.who["park"], target=RoundAnswer.objects.get(pk=first.pk), seen=None)
    )


def test_an_answer_is_taken_up_by_its_own_and_ue_and_only_while_the_round_is_open(city, as_):
    confirm_all(city, city.asked)
    answer = send(city, city.asked)
    with pytest.raises(Refused):
        take_up_answer(actor=city.who["hus"], target=answer, seen=None)
    assert as_("hus").get(f"/inventering/skickat/{answer.pk}/oppna/").status_code == 404
    InventoryRound.objects.filter(pk=city.round.new.pk).update(closed_at=clock.now())
    assert "stängd" in stops(lambda: take_up_answer(actor=city.who["ue"], target=answer, seen=None))
