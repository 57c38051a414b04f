"""After signing out the browser's arrow shows nothing that was read: on a shared computer the next one presses it."""

import pytest

from insteg.organisations import actions
from insteg.organisations.models import Membership
from insteg.ui.answers import AnswerMiddleware

READ = "Parkskötsel"


@pytest.fixture
def pages_may_be_kept(monkeypatch):
    answered = AnswerMiddleware.__call__

    def carelessly(self, request):
        response = answered(self, request)
        response.headers["Cache-Control"] = "private, max-age=600"
        del response.headers["Vary"]
        return response

    monkeypatch.setattr(AnswerMiddleware, "__call__", carelessly)


def given_someone_who_has_read(traveller, town, name):
    page = traveller.page
    page.goto(f"{traveller.base}/exempelstaden/")
    page.locator(f"[value='{town.who[name].membership_id}']").first.click()
    page.goto(f"{traveller.base}/planerade/")
    page.goto(f"{traveller.base}/planerade/{town.planned['p'].pk}/")
    page.get_by_role("heading", name=READ).wait_for()
    return page


def when_signing_out(traveller):
    traveller.page.goto(f"{traveller.base}/logga-ut/")
    traveller.page.get_by_role("main").get_by_role("button", name="Logga ut").click()
    traveller.reads("Du är utloggad")


def when_the_membership_ends(traveller, town, name):
    traveller.page.goto(f"{traveller.base}/hjalp/")
    membership = Membership.objects.get(pk=town.who[name].membership_id)
    actions.end_membership(actor=town.who["admin"], target=membership, seen=None)


def seen_by_going_back(page, times):
    """Whether what was read stands on any page that the arrow leads to."""
    seen = []
    for _ in range(times):
        page.go_back()
        page.wait_for_load_state()
        seen.append(READ in page.content())
    return any(seen)


def test_nothing_that_was_read_is_shown_by_going_back(travellers, town):
    one, other = travellers("one"), travellers("other")
    page = given_someone_who_has_read(one, town, "ue")
    when_signing_out(one)
    assert not seen_by_going_back(page, 3)
    page = given_someone_who_has_read(other, town, "ue2")
    when_the_membership_ends(other, town, "ue2")
    assert not seen_by_going_back(page, 2)


@pytest.mark.usefixtures("pages_may_be_kept")
def test_pages_that_may_be_kept_are_shown(traveller, town):
    """So the journey above can fail: it is the words to the browser that keep what was read from being shown."""
    page = given_someone_who_has_read(traveller, town, "ue")
    when_signing_out(traveller)
    assert seen_by_going_back(page, 3)
