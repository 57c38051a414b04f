import pytest

from tests.town import build


@pytest.fixture
def town(transactional_db):
    return build()
