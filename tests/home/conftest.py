import pytest
from django.db import connection

from tests.home.losing import lost


@pytest.fixture
def away(monkeypatch):
    """away() and the database answers no question; away(on="audit_entry") only those about that table; away(False) and
    it is back."""
    state = {"on": None}

    def ask(execute, sql, params, many, context):
        if state["on"] is not None and state["on"] in sql:
            raise lost()
        return execute(sql, params, many, context)

    def switch(is_gone=True, on=""):
        state["on"] = on if is_gone else None

    with connection.execute_wrapper(ask):
        yield switch


@pytest.fixture
def person(as_):
    """person("park") is the browser of someone signed in, to whom a fault is an answer."""

    def sign_in(name):
        client = as_(name)
        client.raise_request_exception = False
        return client

    return sign_in
