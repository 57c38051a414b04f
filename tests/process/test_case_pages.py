"""R80-R82: the pages of a case, and of the cases in one step."""

import pytest
from django.urls import reverse

from insteg.inventory.actions import report
from insteg.process.cards.case import card
from insteg.process.models import Visit

TOLD = {
    "nature": "services", "value_min": 30_000_000, "value_max": 30_000_000, "months": 24, "extent_known": True,
    "fte": 12, "start": "2029-01-01", "framework": False,
}  # fmt: skip


def text(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def visit_of(planned):
    return Visit.objects.select_related("step", "handler").get(run=planned.run_id, left_at=None)


def to(name, planned, *more):
    return reverse(f"process:{name}", args=[planned.run_id, *more])


def send(client, address, **typed):
    """Fetches the form and sends it with what it carries hidden, as a browser does."""
    form = client.get(address).context["form"]
    hidden = {field.name: field.value() for field in form.hidden_fields() if field.value() is not None}
    return client.post(address, hidden | typed)


@pytest.fixture
def planned(town):
    """Park has told what it buys; it waits for the procurement unit to judge it."""
    return report(actor=town.who["park"], target=town.org["Park"], seen=None, title="Lokalvård", **TOLD)


def test_the_panel_is_for_those_who_see_the_case(town, planned):
    for name in ("ue", "park", "styr", "ame"):
        assert card(planned.run_id, town.who[name]).step == "Sammanställ och bedöm"
    for name in ("hus", "bygg", "af", "mal", "admin"):
        assert card(planned.run_id, town.who[name]) is None
