"""What a page answers before its view runs: 404 for what one may not see, 403 for what one may not do, a switch."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from insteg.access.actor import Role
from insteg.access.rules import PUBLIC, SIGNED_IN, Rule
from insteg.access.views import SwitchOffered, for_roles, listing, open_to, page
from insteg.inventory import access
from insteg.organisations.models import Membership
from tests.town import member

RAN = HttpResponse("ran")


@page(access.CHANGE, see=access.SEE)
def change(request, row):
    request.row = row
    return RAN


@page(access.SEE, methods=["GET"])
def detail(request, row):
    return RAN


@listing(access.SEE)
def everything(request, rows):
    request.rows = {*rows}
    return RAN


@for_roles(access.REPORT)
def begin(request):
    return RAN


@pytest.fixture
def asked(rf, town):
    """asked("park", others=["ue"]) is a request as the middleware hands it to a view."""

    def make(name, others=(), method="get"):
        request = getattr(rf, method)("/")
        request.actor = town.who[name]
        request.others = [town.who[other] for other in others]
        return request

    return make


def test_one_s_own_row_is_handed_to_the_view(asked, town):
    request = asked("park", method="post")
    assert change(request, pk=town.planned["p"].pk) is RAN
    assert request.row == town.planned["p"]


def test_what_is_not_seen_is_not_there_and_what_is_only_seen_is_refused(asked, town):
    with pytest.raises(Http404):
        change(asked("hus"), pk=town.planned["p"].pk)
    with pytest.raises(Http404):
        change(asked("ue"), pk=town.org["Park"].pk)
    with pytest.raises(PermissionDenied) as refused:
        change(asked("styr"), pk=town.planned["p"].pk)
    assert not isinstance(refused.value, SwitchOffered)


def test_a_page_is_one_question_when_it_is_allowed(asked, town, django_assert_num_queries):
    request = asked("ue")
    with django_assert_num_queries(1):
        change(request, pk=town.planned["p"].pk)


def test_other_methods_are_refused_before_anything_is_looked_up(asked, town, django_assert_num_queries):
    request = asked("park", method="post")
    with django_assert_num_queries(0):
        assert detail(request, pk=town.planned["p"].pk).status_code == 405
        assert everything(request).status_code == 405


def test_a_list_holds_what_one_sees_and_a_role_without_rows_is_refused(asked, town):
    request = asked("hus")
    assert everything(request) is RAN
    assert request.rows == {town.planned["h"]}
    with pytest.raises(PermissionDenied):
        everything(asked("bygg"))
    assert begin(asked("park")) is RAN
    with pytest.raises(PermissionDenied):
        begin(asked("styr"))


@pytest.mark.parametrize(("name", "others", "offered"), [
    ("styr", ["park", "ue", "bygg"], ["park", "ue"]),  # seen here, done there
    ("bygg", ["park", "hus"], ["park"]),  # not even seen here
    ("hus", ["bygg"], []),
])  # fmt: skip
def test_another_membership_that_would_be_let_in_is_offered(asked, town, name, others, offered):
    with pytest.raises((Http404, PermissionDenied)) as refused:
        change(asked(name, others), pk=town.planned["p"].pk)
    assert [*getattr(refused.value, "actors", [])] == [town.who[other] for other in offered]


def test_the_switch_is_offered_on_lists_too(asked, town):
    for view in (everything, begin):
        with pytest.raises(SwitchOffered) as refused:
            view(asked("bygg", ["park", "mat"]))
        assert refused.value.actors == [town.who["park"]]


def test_the_switch_is_offered_in_words_and_does_what_it_says(as_, town):
    """The buyer at Hus is also in the procurement unit: Park's row is there for the one and not for the other."""
    member("hus", Role.PROCUREMENT_UNIT, town.org["Stad"], town.units["ue"])
    memberships = {m.role: str(m.pk) for m in Membership.objects.filter(user__email="hus@staden.example")}
    client, url = as_("hus"), f"/planerade/{town.planned['p'].pk}/"
    client.post("/uppdrag/", {"membership": memberships["procuring"]})
    refused = client.get(url)
    assert refused.status_code == 403
    assert memberships["procurement_unit"] in refused.content.decode()
    assert "Parkskötsel" not in refused.content.decode()
    answer = client.post("/uppdrag/", {"membership": memberships["procurement_unit"], "next": url})
    assert answer.url == url
    assert "Parkskötsel" in client.get(url).content.decode()


def test_a_view_says_who_may_open_it():
    assert change.access is access.CHANGE
    assert everything.access is access.SEE
    assert begin.access is access.REPORT
    theirs = lambda request: RAN  # noqa: E731
    for word in (PUBLIC, SIGNED_IN):
        assert open_to(word)(theirs).access is word
    assert not hasattr(theirs, "access")


def test_a_rule_without_a_see_rule_shows_what_it_lets_do(asked, town):
    own = page(Rule("x", access.CHANGE.model, {Role.PROCURING: access.ours}))(lambda request, row: RAN)
    assert own(asked("park"), pk=town.planned["p"].pk) is RAN
    with pytest.raises(Http404):
        own(asked("ue"), pk=town.planned["p"].pk)
