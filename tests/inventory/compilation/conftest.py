import pytest
import time_machine

from tests.inventory.compilation.rows import MORNING


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def coming(town):
    """As the module's LAID has laid it."""
    return town
