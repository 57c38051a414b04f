"""Nothing is reachable by accident: every address, named or not, for every person, for GET and for POST.

A new address fails until it has a row here, also one that a package brings.
"""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import include, path

from insteg.access.addresses import addresses, every_address_has_a_rule
from insteg.access.rules import PUBLIC
from insteg.access.views import marked
from insteg.organisations.middleware import ActorMiddleware
from tests.nets.addresses import TABLE
from tests.town import PEOPLE

ROUTES = {row.route for row in TABLE}


def test_the_table_is_complete():
    there = {route for route, _ in addresses()}
    assert (there - ROUTES, ROUTES - there) == (set(), set())
    assert len({row.address for row in TABLE}) == len(TABLE)


@pytest.mark.parametrize("method", ["get", "post"])
def test_everyone_gets_the_written_answer(client, house, method):
    client.raise_request_exception = False  # a fault is an answer too, 500, and never the written one
    wrong = {}
    for name in (None, *PEOPLE):
        for row in TABLE:
            status, said = ask(client, house, name, method, row), getattr(row, method)[name]
            if status != said:
                wrong.setdefault(row.address, {})[name] = f"{status}, not {said}"
    assert not wrong


@pytest.mark.parametrize("method", ["head", "options", "put", "delete"])
def test_other_methods_open_nothing(client, house, method):
    """HEAD is GET without the page; the rest are refused, or tell which methods there are."""
    for name in (None, "park", "admin"):
        for row in TABLE:
            status = ask(client, house, name, method, row)
            allowed = {row.get[name], 405, 200 if method == "options" else 405}
            assert status in allowed, (name, row.address, status)


def ask(client, house, name, method, row):
    """The answer's status; whatever it did is undone, so that nobody's answer depends on what others did before."""
    with transaction.atomic():
        client.cookies.clear()
        if name:
            client.force_login(house.people[name])
        response = getattr(client, method)(row.address.format(t=house))
        transaction.set_rollback(True)
    return response.status_code


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
