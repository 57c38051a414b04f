"""UE reads the reminders before they go, and holds back what should not go (R10)."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from insteg.core import clock
from insteg.inventory.models import InventoryRound, RoundRequest

HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')


@pytest.fixture
def letter_page(house):
    return reverse("inventory:reminder_letter", args=[house.rounds["now"].pk])


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_ue_reads_the_letters_as_they_will_be_and_who_gets_them(as_, house, letter_page):
    late = clock.today() + dt.timedelta(days=60)
    RoundRequest.objects.filter(pk=house.requests["h-now"].pk).update(extended_to=late)
    page = text_of(as_("ue").get(letter_page))
    assert "vi väntar på ert svar" in page  # the second, after the round's day
    assert "svara senast" in page  # to the one that has a day of its own
    assert "Park" in page
    assert "Hus" in page
    assert letter_page in as_("ue").get(reverse("inventory:round", args=[house.rounds["now"].pk])).content.decode()


def test_an_empty_place_is_named(as_, house, letter_page):
    house.memberships["park"].ended_at = clock.now()
    house.memberships["park"].save()
    assert "Ingen har uppdraget att svara för Park" in text_of(as_("ue").get(letter_page))


def test_ue_holds_back_and_lets_go(as_, house, letter_page):
    url = reverse("inventory:hold_reminders", args=[house.requests["p-now"].pk])
    client = as_("ue")
    form = client.get(url)
    assert "Håll inne påminnelserna" in text_of(form)
    sent = dict(HIDDEN.findall(form.content.decode()))
    for _twice in range(2):  # a double click holds it back once
        assert client.post(url, sent).status_code == 302
    assert RoundRequest.objects.get(pk=house.requests["p-now"].pk).held_at
    assert "Skicka till Park ändå" in text_of(client.get(letter_page))
    assert client.post(url, dict(HIDDEN.findall(client.get(url).content.decode()))).status_code == 302
    assert not RoundRequest.objects.get(pk=house.requests["p-now"].pk).held_at


def test_only_ue_and_only_while_it_is_under_way(as_, house, letter_page):
    url = reverse("inventory:hold_reminders", args=[house.requests["p-now"].pk])
    assert as_("park").get(letter_page).status_code == 404
    assert as_("park").get(url).status_code == 403
    assert as_("styr").get(letter_page).status_code == 403
    InventoryRound.objects.filter(pk=house.rounds["now"].pk).update(closed_at=clock.now())
    assert as_("ue").get(letter_page).status_code == 403
    assert as_("ue").get(url).status_code == 403


def test_when_everyone_has_answered_the_page_says_so(as_, house, letter_page):
    for request in RoundRequest.objects.filter(round=house.rounds["now"]):
        request.answers.create(number=1, nothing_to_report=True, answered_by_id=house.who["ue"].id)
    assert "Inga påminnelser väntar" in text_of(as_("ue").get(letter_page))
