"""The town in its autumn, with a calendar and the post."""

import pytest
from django.db import connection

from tests.journeys.autumn import Calendar, Post, last_spring
from tests.mail.smtp import serving


@pytest.fixture
def calendar(monkeypatch):
    return Calendar(monkeypatch)


@pytest.fixture
def town(transactional_db, calendar):
    if connection.vendor != "postgresql":
        pytest.skip("the worker's rows are seen on PostgreSQL alone")
    return last_spring(calendar)


@pytest.fixture
def post(calendar, tmp_path, monkeypatch):
    with serving() as server:
        yield Post(server, calendar, tmp_path, monkeypatch)
