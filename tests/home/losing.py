"""What the tests of a database that is away share: how it is lost, what is typed, what the page would send again."""

import re
from html import unescape
from uuid import uuid4

import psycopg
from django.db import OperationalError

TYPED = {"version": "1", "csrfmiddlewaretoken": "k" * 64, "title": "Städning av <b>trappor</b>", "months": "24"}
FACTS = {"nature": "services", "description": "två\r\nrader", "fte": "", "fte_unknown": "on"}


def lost():
    """As Django tells that the connection is gone."""
    error = OperationalError("server closed the connection unexpectedly")
    error.__cause__ = psycopg.OperationalError()
    return error


def told(code):
    """As PostgreSQL tells why: its five signs."""
    error, cause = OperationalError("told"), psycopg.OperationalError()
    cause.sqlstate, error.__cause__ = code, cause
    return error


def report_page(town):
    return f"/planerade/ny/{town.org['Park'].pk}/"


def typed(**more):
    return TYPED | FACTS | {"key": str(uuid4()), **more}


def words(answer):
    return " ".join(unescape(answer.content.decode()).split())


def hidden(answer):
    """What the page would send."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', answer.content.decode())
    return {unescape(name): unescape(value) for name, value in found}


def is_503(answer):
    return answer.status_code == 503 and int(answer["Retry-After"]) > 0
