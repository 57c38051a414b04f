"""Needs as people meet them: the unit's own list, and the totals that everyone else sees (R67)."""

import datetime as dt
import re

import pytest

from insteg.codes.models import Occupation
from insteg.core import clock
from insteg.needs.actions import end, publish
from insteg.needs.models import PublishedNeed
from insteg.needs.queries import of_unit, snapshot

pytestmark = pytest.mark.one_database

TOTALS = "/behov/"
TYPED = {"occupation": "Städare", "form": "internship", "places": "3", "people": "2"}


@pytest.fixture
def occupations(db):
    Occupation.objects.bulk_create([
        Occupation(code="9111", title_sv="Städare", title_en="Cleaners"),
        Occupation(code="5151", title_sv="Städledare och husfruar", title_en="Cleaning supervisors"),
        Occupation(code="7612", title_sv="Bagare och konditorer", title_en="Bakers"),
    ])  # fmt: skip


@pytest.fixture
def needs(town, occupations):
    """Seven wait at AME and one at SIA, for the same work."""
    made = {}
    for name, unit, people in (("ame", "ame", 7), ("sia", "sia", 1)):
        made[name] = publish(
            actor=town.who[name], target=town.units[unit], seen=None, occupation=Occupation.objects.get(code="9111"),
            form="internship", places=2, people=people, note=f"Hos {unit}",
        )  # fmt: skip
    return made


def ours(town, unit):
    return f"/behov/enhet/{town.units[unit].pk}/"


def hidden_of(html, action):
    """The hidden fields of the form that is sent to the address."""
    forms = re.findall(r"<form\b.*?</form>", html, re.DOTALL)
    [form] = [form for form in forms if f'action="{action}"' in form]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', form))


def sent(client, url, button="", **typed):
    """What a browser would send: hidden fields of the page's form, or of its form to `button`, and what was typed."""
    if not button:
        return sent_later(client, url)(**typed)
    return client.post(button, hidden_of(client.get(url).content.decode(), button) | typed)


def test_a_unit_publishes_what_it_needs_and_sees_it_at_once(as_, town, occupations):
    client, page = as_("ame"), ours(town, "ame")
    answer = sent(client, page, f"{page}nytt/", **TYPED, note="Dagtid")
    assert answer.headers["Location"] == page
    html = client.get(page).content.decode()
    assert "Ni behöver 3 praktikplatser." in html
    assert "Dagtid" in html
    need = PublishedNeed.objects.get()
    assert (need.work, need.places, need.people, need.wanted_from) == ("Städare", 3, 2, None)


@pytest.mark.parametrize("typed", ["9111", "9111 Städare", "städare", "Cleaners", "konditor"])
def test_an_occupation_is_found_without_script(as_, town, occupations, typed):
    page = ours(town, "ame")
    assert sent(as_("ame"), page, f"{page}nytt/", **TYPED | {"occupation": typed}).status_code == 302
    assert PublishedNeed.objects.get().occupation_id == ("7612" if typed == "konditor" else "9111")


@pytest.mark.parametrize(("typed", "said"), [
    ("städ", "Flera yrken passar. Skriv koden för ett av dem: 9111 Städare, 5151 Städledare och husfruar."),
    ("astronaut", "Inget yrke i listan heter så."),
])  # fmt: skip
def test_an_occupation_that_is_not_one_is_asked_about_and_the_words_stay(as_, town, occupations, typed, said):
    page = ours(town, "ame")
    answer = sent(as_("ame"), page, f"{page}nytt/", **TYPED | {"occupation": typed})
    html = answer.content.decode()
    assert (answer.status_code, said in html, f'value="{typed}"' in html) == (422, True, True)
    assert not PublishedNeed.objects.exists()


def test_work_that_no_code_fits_is_said_in_words(as_, town, occupations):
    page = ours(town, "sia")
    sent(as_("sia"), page, f"{page}nytt/", **TYPED | {"occupation": "Cykelreparatör", "not_listed": "on"})
    need = PublishedNeed.objects.get()
    assert (need.occupation, need.other_occupation, need.unit) == (None, "Cykelreparatör", town.units["sia"])


def test_the_same_need_twice_is_refused_in_words(as_, town, needs):
    page = ours(town, "ame")
    answer = sent(as_("ame"), page, f"{page}nytt/", **TYPED)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Det behovet finns redan i er lista." in html
    assert f'href="/behov/{needs["ame"].pk}/andra/?till=' in html
    changing = sent(as_("ame"), page, f"{page}nytt/", **TYPED | {"places": "0"})
    assert "Ändra behovet som finns" not in changing.content.decode()


def test_a_unit_sees_its_own_and_not_the_other_s(as_, town, needs):
    html = as_("ame").get(ours(town, "ame")).content.decode()
    assert ("Hos ame" in html, "Hos sia" in html) == (True, False)
    assert as_("chef").get(ours(town, "ame")).status_code == 200
    assert as_("ame").get(ours(town, "sia")).status_code == 404
    for name in ("ue", "styr2", "park", "af", "admin"):
        assert as_(name).get(ours(town, "sia")).status_code == 404, name
        assert as_(name).get(f"/behov/{needs['sia'].pk}/andra/").status_code == 404, name


@pytest.mark.parametrize("name", ["ue", "park", "styr", "styr2", "ame", "sia", "chef2"])
def test_everyone_who_plans_sees_the_same_totals_and_never_whose(as_, needs, name):
    html = as_(name).get(TOTALS).content.decode()
    main = html[html.index("<main") :]
    assert "Det behövs 4 praktikplatser i 1 yrke. Mest efterfrågat: Städare." in main
    assert "färre än 15" in main  # seven and one: each raised to the next step
    assert not re.search(r"AME|SIA|Hos ", main)


@pytest.mark.parametrize("name", ["af", "bistand", "bygg", "mal", "admin", None])
def test_others_see_no_needs(as_, needs, name):
    assert as_(name).get(TOTALS).status_code == (302 if name is None else 403)


def test_nothing_published_says_what_to_do(as_, town):
    assert "Inga behov är publicerade än" in as_("ue").get(TOTALS).content.decode()
    assert "Skriv in det första" in as_("ame").get(ours(town, "ame")).content.decode()


def test_an_ended_need_is_counted_no_more_and_can_be_resumed(as_, town, needs):
    client, need, page = as_("ame"), needs["ame"], ours(town, "ame")
    assert sent(client, f"/behov/{need.pk}/avsluta/").headers["Location"] == page
    assert "2 praktikplatser" in client.get(TOTALS).content.decode()
    assert client.get(f"/behov/{need.pk}/andra/").status_code == 403
    assert sent(client, f"/behov/{need.pk}/ateruppta/").headers["Location"] == page
    assert "4 praktikplatser" in client.get(TOTALS).content.decode()


def test_a_changed_need_is_shown_to_a_colleague_who_has_it_open(as_, town, needs):
    url = f"/behov/{needs['ame'].pk}/andra/"
    first, second = sent_later(as_("ame"), url), sent_later(as_("chef"), url)
    assert first(**TYPED | {"places": "5"}).status_code == 302
    answer = second(**TYPED | {"places": "9"})
    assert answer.status_code == 409
    assert "Ändrat under tiden till: 5" in answer.content.decode()


def sent_later(client, url):
    """The page is opened now and sent later: the same client may have signed in as another meanwhile."""
    html = client.get(url).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', html))
    return lambda **typed: client.post(url, hidden | typed)


def test_no_change_confirms_all_in_one_press(as_, town, needs):
    PublishedNeed.objects.update(confirmed_at=clock.now() - dt.timedelta(days=200))
    client, page = as_("chef"), ours(town, "ame")
    assert "inte bekräftat på ett halvår" in client.get(page).content.decode()
    assert sent(client, page, f"{page}bekrafta/").status_code == 302
    needs["ame"].refresh_from_db()
    needs["sia"].refresh_from_db()
    assert clock.now() - needs["ame"].confirmed_at < dt.timedelta(minutes=5)
    assert clock.now() - needs["sia"].confirmed_at > dt.timedelta(days=100)


def test_what_was_not_seen_is_not_confirmed(as_, town, needs):
    client, page = as_("ame"), ours(town, "ame")
    html = client.get(page).content.decode()
    hidden = hidden_of(html, f"{page}bekrafta/")
    end(actor=town.who["chef"], target=needs["ame"], seen=None)
    answer = client.post(f"{page}bekrafta/", hidden)
    assert answer.status_code == 422
    assert "Någon har ändrat behoven sedan du öppnade sidan." in answer.content.decode()


def test_one_comes_back_to_the_page_that_led_here_and_never_elsewhere(as_, town, needs):
    url = f"/behov/{needs['ame'].pk}/avsluta/?till="
    client = as_("ame")
    assert 'href="/inventering/x/"' in client.get(f"{url}/inventering/x/").content.decode()
    for elsewhere in ("//annan.example/", "https://annan.example/", "javascript:alert(1)"):
        assert f'href="{ours(town, "ame")}"' in client.get(url + elsewhere).content.decode()


def test_a_snapshot_is_plain_and_holds_only_what_is_current(town, needs):
    assert snapshot(town.units["ame"]) == [
        {"occupation": "Städare", "code": "9111", "form": "internship", "places": 2, "people": 7, "wanted_from": None}
    ]
    end(actor=town.who["ame"], target=needs["ame"], seen=None)
    assert snapshot(town.units["ame"]) == of_unit(town.units["ame"]) == []
