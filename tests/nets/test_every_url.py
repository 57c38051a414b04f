"""Nothing is reachable by accident: every address, named or not, for every person, for GET and for POST.

A new address fails until it has a row here, also one that a package brings.
"""

import logging

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLResolver, include, path

from insteg.access.addresses import addresses, every_address_has_a_rule
from insteg.access.rules import PUBLIC
from insteg.access.views import marked
from insteg.organisations.middleware import ActorMiddleware
from tests.nets.addresses import TABLE
from tests.town import PEOPLE

ROUTES = {row.route for row in TABLE}
FIRST = {role: name for name, (role, _, _) in reversed(PEOPLE.items())}
TWINS = PEOPLE.keys() - FIRST.values()
REFUSED = (403, 404, 405)


def test_the_table_is_complete():
    there = {route for route, _ in addresses()}
    assert (there - ROUTES, ROUTES - there) == (set(), set())
    assert len({row.address for row in TABLE}) == len(TABLE)


@pytest.fixture
def bare_refusals(monkeypatch):
    """403 and 404 without page or log line: two answers of three are such. Their pages have a test of their own."""
    monkeypatch.setattr(URLResolver, "resolve_error_handler", lambda self, status: bare_refusal(status))
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


def bare_refusal(status):
    return lambda request, exception=None: HttpResponse(status=status)


@pytest.mark.usefixtures("bare_refusals")
@pytest.mark.parametrize("method", ["get", "post"])
def test_everyone_gets_the_written_answer(house, method):
    wrong = {}
    for name in (None, *PEOPLE):
        ask = asking(house, name)
        for row in TABLE:
            said = getattr(row, method)[name]
            if nothing_tells_apart(name, said, row, method):
                continue
            status = ask(method, row)
            if status != said:
                wrong.setdefault(row.address, {})[name] = f"{status}, not {said}"
    assert not wrong


def nothing_tells_apart(name, said, row, method):
    """Of the second of a role where the address names no row, or where the role is refused whoever holds it.

    On PostgreSQL also of whoever gets the answer of one named before them: which rows a role reaches is asked there by
    test_every_rule.py, and which views its role opens is the same code.
    """
    answers = getattr(row, method)
    if connection.vendor == "postgresql":
        return name != next(who for who, answer in answers.items() if answer == said)
    if name not in TWINS:
        return False
    return "{" not in row.address or said == answers[FIRST[PEOPLE[name][0]]] in REFUSED


@pytest.mark.one_database
@pytest.mark.usefixtures("bare_refusals")
def test_other_methods_open_nothing(house):
    """HEAD is GET without the page; OPTIONS tells which methods there are, and nothing else has any."""
    ask = asking(house, "admin")
    for row in TABLE:
        assert ask("head", row) in (row.get["admin"], 405), row.address
        assert ask("options", row) in (row.get["admin"], 405, 200), row.address
        assert ask("delete", row) in (row.get["admin"], 405), row.address


@pytest.mark.parametrize("name", [None, *PEOPLE])
def test_refusals_are_pages_for_everyone(as_, town, name):
    client = as_(name)
    there = client.get("/finns-inte/")
    assert there.status_code == 404
    assert "<h1" in there.content.decode()
    for address in ("/brev/", f"/planerade/{town.planned['h'].pk}/"):
        answer = client.get(address)
        assert answer.status_code in ((302,) if name is None else (200, 403, 404))
        assert answer.status_code == 302 or "<h1" in answer.content.decode()


def asking(house, name):
    """Asks as the person. What an answer did is undone, so that no answer depends on the ones before."""
    client = Client(raise_request_exception=False)  # a fault is an answer too: 500, and never the written one
    if name:
        client.force_login(house.people[name])
        client.get("/halsa/")  # the first page of a session writes when it began, and would write it anew every time
    signed_in = client.cookies.output()

    def ask(method, row):
        client.cookies.clear()
        client.cookies.load(signed_in.replace("Set-Cookie: ", ""))
        with transaction.atomic():
            try:
                return getattr(client, method)(row.address.format(t=house)).status_code
            except AssertionError as fault:  # what tests/hostile.py sees in the page
                return str(fault)
            finally:
                transaction.set_rollback(True)

    return ask


def bare(request):
    return HttpResponse()


urlpatterns = [
    path("inre/", include([path("namnlos/", bare)])),
    path("annans/", marked(include("tests.nets.others"), PUBLIC)),
]


def test_an_unmarked_address_is_found_and_does_not_run(settings):
    """Also without a name, and deep in an include; what is marked passes, and the other's function is not touched."""
    settings.ROOT_URLCONF = "tests.nets.test_every_url"
    assert [error.msg for error in every_address_has_a_rule()] == ["/inre/namnlos/ names no access rule"]
    with pytest.raises(ImproperlyConfigured, match="bare names no access rule"):
        ActorMiddleware(bare).process_view(RequestFactory().get("/"), bare, (), {})
    from tests.nets.others import theirs

    assert not hasattr(theirs, "access")
