import pytest

from tests.process.engine.model import case, publish


@pytest.fixture
def process(town):
    return publish()


@pytest.fixture
def told(town, process):
    """A case in its first step, where Park tells what is coming."""
    return case(town)
