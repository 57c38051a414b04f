import pytest

from insteg.inventory.actions import report
from insteg.process.shipped import shipped
from tests.process.cases import TOLD, decide, go, publish


@pytest.fixture
def planned(town):
    """Park has told what it buys; it waits for the procurement unit to judge it."""
    return report(actor=town.who["park"], target=town.org["Park"], seen=None, title="Lokalvård", **TOLD)


@pytest.fixture
def decided(town, planned):
    """The steering group requires something, and the procurement unit is to tell Park."""
    go(town, planned, "ue", "to_steering")
    decide(town, planned, "require")
    return planned


@pytest.fixture
def newer(town):
    """A second edition: a step is renamed, one point is new, one is gone and one is worded anew."""
    model = shipped("planned_procurement")
    step = next(each for each in model["step"] if each["key"] == "feed_back")
    step["title"], step["lead_workdays"] = "Berätta vad som beslutades", 3
    step["item"][0]["text"] = "Organisationen har läst beslutet"
    step["item"][1] = {"key": "diary", "text": "Diariet är fört", "lane": "procurement_unit", "offset": 2}
    return publish(model)
