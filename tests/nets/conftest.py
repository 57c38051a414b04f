import pytest

from tests.town import furnish


@pytest.fixture
def house(town):
    """The town with everything that the nets ask about."""
    return furnish(town)
