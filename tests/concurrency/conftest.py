import pytest

from tests.committed import laid
from tests.town import build


@pytest.fixture
def town(transactional_db):
    return laid(build)
