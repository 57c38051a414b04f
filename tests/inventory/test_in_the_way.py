"""What stands in the way of an answer is said before anybody presses, and what does not is not said to (R11)."""

import pytest

from insteg.inventory.models import RunningAgreement
from tests.inventory.answering import carried, confirm_all, page_of, rounds, send
from tests.inventory.test_agreements import agreement
from tests.town import plan


@pytest.fixture
def city(town):
    """The town with rounds; Park has one row from before, `p`."""
    town.asked = rounds(town).asked["Park-new"]
    return town


def test_what_stands_in_the_way_of_nothing_is_named_before_anybody_presses(city, as_):
    titles = [f"Upphandling {number}" for number in range(7)]
    for title in titles:
        carried(city, title)
    sheet = plan(city, "park", "Park")
    client = as_("park")
    assert "när upphandlingarna nedan är tillbakadragna" in client.get(page_of(city.asked)).content.decode()
    html = client.get(page_of(city.asked, "inget")).content.decode()
    assert "Skicka svaret" not in html
    for title in titles:
        assert title in html
    assert f'/planerade/{city.planned["p"].pk}/dra-tillbaka/?svar={city.asked.pk}"' in html
    assert str(sheet.pk) in html


def test_an_agreement_without_an_answer_stops_nothing_and_is_not_called_gone_through(city, as_):
    confirm_all(city, city.asked)
    assert "Allt är genomgånget" in as_("park").get(page_of(city.asked)).content.decode()
    agreement(city, "Städning av kontor")
    html = as_("park").get(page_of(city.asked)).content.decode()
    assert "Allt är genomgånget" not in html
    assert "1 avtal är inte besvarat (”Städning av kontor”)" in html
    sent = send(city, city.asked)
    address = f"/inventering/avtal/?organisation={city.org['Park'].pk}&amp;state=waiting"
    for page in (page_of(city.asked), f"/inventering/skickat/{sent.pk}/"):
        html = as_("ue").get(page).content.decode()
        assert "Just nu löper 1 avtal ut inom inventeringens år" in html, page
        assert address in html, page
    RunningAgreement.objects.all().delete()
    assert "Just nu löper" not in as_("ue").get(page_of(city.asked)).content.decode()
