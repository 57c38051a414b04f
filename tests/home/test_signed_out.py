"""Nobody loses what they wrote because they were signed out, or because the page's token was old."""

import pytest
from django.test import Client

from insteg.inventory.models import PlannedProcurement
from insteg.organisations.models import User
from tests.town import address

pytestmark = pytest.mark.one_database
WORDS = "Parkskötsel i tre år, med <b>eget</b> ord"


@pytest.fixture
def written(as_, town):
    """(browser, where, what): a form that has been filled in but not sent."""
    browser, where = as_("park"), f"/planerade/{town.planned['p'].pk}/andra/"
    form = browser.get(where).context["form"]
    held = {name: form[name].value() for name in form.fields}
    what = {name: value for name, value in held.items() if value is not None}
    return browser, where, what | {"title": WORDS, "csrfmiddlewaretoken": "an old one"}


def test_what_was_written_stands_on_the_page_that_says_one_is_out(written, town):
    browser, where, what = written
    browser.logout()
    answer = browser.post(where, what)
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "Du är inte längre inloggad" in html
    assert "Parkskötsel i tre år, med &lt;b&gt;eget&lt;/b&gt; ord" in html
    assert PlannedProcurement.objects.get(pk=town.planned["p"].pk).title != WORDS


def test_with_nothing_written_one_is_led_to_sign_in(written):
    browser, where, _ = written
    browser.logout()
    assert browser.post(where, {}).headers["Location"].startswith("/logga-in/")
    assert browser.get(where).headers["Location"].startswith("/logga-in/")


def test_a_part_of_a_page_is_led_to_sign_in_whole(written):
    browser, where, what = written
    browser.logout()
    assert browser.post(where, what, headers={"HX-Request": "true"}).headers["HX-Redirect"].startswith("/logga-in/")


@pytest.mark.parametrize(("origin", "kept"), [
    ("http://testserver", True),
    ("https://annan.example", False),
    ("null", False),
    (None, False),
])  # fmt: skip
def test_an_old_token_keeps_what_was_written_here_and_not_what_others_put_in(written, origin, kept):
    _, where, what = written
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(User.objects.get(email=address("park")))
    answer = careful.post(where, what, headers={"Origin": origin} if origin else {})
    assert answer.status_code == 403
    assert "Skicka en gång till" in answer.content.decode()
    assert ("Parkskötsel i tre år" in answer.content.decode()) == kept


def test_no_password_is_said_again(town):
    answer = Client().post("/konto/losenord/", {"oldpassword": "hemligt", "password1": "nytt hemligt"})
    assert "hemligt" not in answer.content.decode()
