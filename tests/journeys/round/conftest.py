"""The town in its autumn."""

import pytest
from django.db import connection

from tests.journeys.autumn import last_spring


@pytest.fixture
def town(transactional_db, calendar):
    if connection.vendor != "postgresql":
        pytest.skip("the worker's rows are seen on PostgreSQL alone")
    return last_spring(calendar)
