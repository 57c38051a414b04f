"""The second click on a button is answered as the first was, also where the first took the row away."""

import datetime as dt

import pytest

from insteg.audit.models import Entry
from insteg.core import clock
from insteg.inventory.models import InventoryRound
from tests.faults.client import form_of

WHAT_GOES_AWAY = {
    "a phase of a draft": ("admin", "parts", "phases", "empty", "/arbetsmodellen/processer/fas/{}/ta-bort/"),
    "a step of a draft": ("admin", "parts", "steps", "draft", "/arbetsmodellen/processer/steg/{}/ta-bort/"),
    "an item of a draft": ("admin", "parts", "items", "draft", "/arbetsmodellen/processer/punkt/{}/ta-bort/"),
    "an arrow of a draft": ("admin", "parts", "moves", "draft", "/arbetsmodellen/processer/pil/{}/ta-bort/"),
    "a draft of the model": ("admin", "model", "draft", "/arbetsmodellen/processer/{}/ta-bort/"),
    "a draft of the rules": ("admin", "draft", "/arbetsmodellen/regelverk/{}/ta-bort/"),
    "a draft of a round": ("ue", "rounds", "draft", "/inventering/{}/ta-bort/"),
    "a year's target": ("mal", "targets", "krav", "/mal/arsmal/{}/ta-bort/"),
    "a date to report": ("mal", "occasions", "next", "/mal/tillfalle/{}/ta-bort/"),
    "an invitation": ("admin", "invitations", "öppen", "/inbjudningar/{}/aterkalla/"),
    "a unit": ("admin", "units", "ame", "/enheter/{}/stang/"),
}


def found(house, place):
    first, *keys = place
    row = getattr(house, first)
    for key in keys:
        row = row[key]
    return row


def sent_twice(client, path, **typed):
    """Both answers, and what the log says of them."""
    form = form_of(client.get(path).content.decode(), path)
    before = Entry.objects.count()
    answers = [client.post(form.action, form.fields | typed) for _each in range(2)]
    return answers, Entry.objects.count() - before


@pytest.mark.parametrize("what", WHAT_GOES_AWAY)
def test_who_takes_something_away_and_clicks_twice_is_led_to_the_same_place(as_, house, what):
    who, *place, path = WHAT_GOES_AWAY[what]
    answers, entries = sent_twice(as_(who), path.format(found(house, place).pk))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert entries == 1


def test_what_somebody_else_took_away_is_still_gone(as_, house):
    path = f"/arbetsmodellen/processer/fas/{house.parts['phases']['empty'].pk}/ta-bort/"
    form = form_of(as_("admin").get(path).content.decode(), path)
    assert as_("admin").post(path, form.fields).status_code == 302
    assert as_("admin2").post(path, form.fields).status_code == 404
    assert as_("admin").post(path, form.fields | {"key": "6f1c2a54-0000-4000-8000-000000000000"}).status_code == 404
    assert as_("ue").post(path, form.fields).status_code == 404


def test_asking_one_more_twice_is_one_letter_and_one_answer(as_, town):
    """The first click takes the organisation from the list of those that can be asked."""
    day = clock.today()
    round = InventoryRound.objects.create(
        year=day.year, term="autumn", closes_on=day + dt.timedelta(days=20), natures=["services"],
        first_year=day.year + 1, last_year=day.year + 3, opened_at=clock.now(),
    )  # fmt: skip
    client, path = as_("ue"), f"/inventering/{round.pk}/fraga-fler/"
    answers, _entries = sent_twice(client, path, whom=str(town.org["Park"].pk))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert round.requests.count() == 1
