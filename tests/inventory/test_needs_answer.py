"""A unit answers what places it needs; nobody else can, and nobody else sees more than how many (R10, R67)."""

import datetime as dt
import re

import pytest

from insteg.audit.gate import Blocked, Refused
from insteg.inventory.actions import extend, send_needs, take_up_answer
from insteg.inventory.models import RoundAnswer
from insteg.needs.actions import change, publish
from insteg.needs.queries import of_unit, seal_of

SECRET = ("Bagare", "Snickare", "färre än")


def page(house, label="a-now"):
    return f"/inventering/svar/{house.requests[label].pk}/"


def hidden_of(html, button):
    [form] = [form for form in re.findall(r"<form\b.*?</form>", html, re.DOTALL) if button in form]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', form))


def main_of(response):
    html = response.content.decode()
    return html[html.index("<main") :]


def send(house, who="ame", label="a-now", unit="ame", **more):
    shown = seal_of(of_unit(house.units[unit]))
    return send_needs(actor=house.who[who], target=house.requests[label], seen=None, shown=shown, **more)


def test_a_unit_reads_its_needs_and_sends_them_in_one_press(as_, house):
    client = as_("chef")
    html = main_of(client.get(page(house)))
    assert "Din tur: svara vad ni behöver" in html
    assert "Bagare" in html
    sent = client.post(page(house), hidden_of(html, "Behoven stämmer, skicka svaret") | {"comment": "Bråttom"})
    assert sent.headers["Location"] == page(house)
    answer = RoundAnswer.objects.get(request=house.requests["a-now"])
    assert (answer.number, answer.nothing_to_report, answer.comment, answer.on_behalf) == (1, False, "Bråttom", False)
    assert answer.needs == [
        {"occupation": "Bagare", "code": "", "form": "internship", "places": 2, "people": 3, "wanted_from": None}
    ]
    assert "2 praktikplatser" in main_of(client.get(page(house)))


def test_no_needs_is_an_answer(as_, house):
    house.needs["na"].delete()
    client = as_("ame")
    html = main_of(client.get(page(house)))
    client.post(page(house), hidden_of(html, "Inga behov just nu, skicka svaret"))
    assert RoundAnswer.objects.get(request=house.requests["a-now"]).nothing_to_report
    assert "inga behov" in main_of(client.get(page(house)))


def test_what_was_sent_stands_when_the_needs_change(house):
    answer = send(house)
    change(actor=house.who["ame"], target=house.needs["na"], seen=None, places=9)
    answer.refresh_from_db()
    assert answer.needs[0]["places"] == 2


def test_a_need_that_a_colleague_changed_meanwhile_is_read_before_it_is_sent(as_, house):
    client = as_("ame")
    old = hidden_of(main_of(client.get(page(house))), "skicka svaret")
    change(actor=house.who["chef"], target=house.needs["na"], seen=None, places=9)
    answer = client.post(page(house), old | {"comment": "Står kvar"})
    html = main_of(answer)
    assert answer.status_code == 422
    assert "Någon har ändrat behoven sedan du öppnade sidan." in html
    assert "Står kvar" in html
    again = hidden_of(html, "skicka svaret") | {"comment": "Står kvar"}
    assert client.post(page(house), again).status_code == 302


def test_an_answer_is_taken_up_and_sent_anew(as_, house):
    first = send(house)
    with pytest.raises(Blocked, match="Ame skickade svaret"):
        send(house, "chef")
    take_up_answer(actor=house.who["chef"], target=first, seen=None)
    assert "Din tur" in main_of(as_("ame").get(page(house)))
    assert send(house, "chef").number == 2


def test_nothing_is_sent_to_a_closed_round(house):
    RoundAnswer.objects.filter(request=house.requests["a-over"]).update(reopened_at="2026-01-02T10:00Z")
    with pytest.raises(Blocked, match="Inventeringen är stängd"):
        send(house, label="a-over")


@pytest.mark.parametrize("answered", [False, True])
def test_the_procurement_unit_is_told_how_it_stands_and_never_what_for_or_for_whom(as_, house, answered):
    if answered:
        send(house, "sia", "s-now", "sia")
    client = as_("ue")
    html = main_of(client.get(page(house, "s-now")))
    if answered:
        assert "Sia skickade det" in html
        assert "2 platser" in html
    else:
        assert "SIA har inte svarat än" in html
        assert "ser bara enheten själv" in html
    assert not [word for word in SECRET if word in html]
    assert client.post(page(house, "s-now"), {}).status_code == 403
    if answered:
        sent = RoundAnswer.objects.get(request=house.requests["s-now"])
        html = main_of(client.get(f"/inventering/skickat/{sent.pk}/"))
        assert "2 platser" in html
        assert not [word for word in SECRET if word in html]
        assert "Bagare" in main_of(as_("chef2").get(f"/inventering/skickat/{sent.pk}/"))


def test_the_board_counts_the_places_of_an_answer_and_not_its_occupations(as_, house):
    change(actor=house.who["ame"], target=house.needs["na"], seen=None, places=9)
    send(house)
    board = main_of(as_("ue").get(f"/inventering/{house.requests['a-now'].round_id}/"))
    assert 'data-label="Platser">9</td>' in board
    assert not [word for word in SECRET if word in board]


def test_a_unit_does_not_see_the_others_request(as_, house):
    assert as_("ame").get(page(house, "s-now")).status_code == 404
    assert as_("styr2").get(page(house, "s-now")).status_code == 404
    assert as_("park").get(page(house, "s-now")).status_code == 404


def test_a_need_is_added_from_the_page_and_one_comes_back_to_it(as_, house):
    client = as_("ame")
    html = main_of(client.get(page(house)))
    [action] = re.findall(r'action="(/behov/[^"]+nytt/[^"]+)"', html)
    typed = {"occupation": "Kock", "not_listed": "on", "form": "employment", "places": "1", "people": "1"}
    assert client.post(action, hidden_of(html, "nytt/") | typed).headers["Location"] == page(house)
    assert "Kock" in main_of(client.get(page(house)))


def test_the_answer_holds_every_need_of_the_unit_and_no_other(house):
    numbers = {"form": "employment", "places": 3, "people": 1}
    publish(actor=house.who["sia"], target=house.units["sia"], seen=None, other_occupation="Kock", **numbers)
    answer = send(house)
    assert [need["occupation"] for need in answer.needs] == ["Bagare"]


def test_nobody_but_the_unit_takes_its_answer_up_again(as_, house):
    """The procurement unit does so for an organisation that it helps; of a unit's needs it knows nothing."""
    answer = send(house)
    with pytest.raises(Refused):
        take_up_answer(actor=house.who["ue"], target=answer, seen=None)
    assert "Öppna svaret igen" not in main_of(as_("ue").get(f"/inventering/skickat/{answer.pk}/"))
    assert "Öppna svaret igen" in main_of(as_("ame").get(f"/inventering/skickat/{answer.pk}/"))


def test_a_unit_that_was_given_more_time_reads_why_where_its_letter_says(as_, house):
    asked = house.requests["a-now"]
    day = asked.round.closes_on + dt.timedelta(days=9)
    extend(actor=house.who["ue"], target=asked, seen=None, extended_to=day, extended_because="Sommarstängt")
    assert "Sommarstängt" in main_of(as_("ame").get(page(house)))
