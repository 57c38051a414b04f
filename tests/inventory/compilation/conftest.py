import pytest
import time_machine

from tests.inventory.compilation.rows import MORNING, what_is_coming
from tests.town import build


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def town(november, db):
    return build()


@pytest.fixture
def coming(town):
    return what_is_coming(town)
