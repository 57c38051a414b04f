"""The pages about one's own account are another's: nobody reaches the package's view whom our own door turns away."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import AnonymousUser
from django.urls import resolve, reverse

from insteg.organisations.middleware import ActorMiddleware
from tests.nets.addresses import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ADDRESSES = sorted({row.address for row in TABLE if row.address.startswith("/konto/")})
OF_THE_FACTOR = [address for address in ADDRESSES if address.startswith("/konto/sakerhet/")]
OTHERS = [address for address in ADDRESSES if address not in OF_THE_FACTOR]


@pytest.fixture
def turned_to(rf):
    """turned_to(address, user): where our door sends them before the page's own view is asked; None when let in."""

    def ask(address, user):
        request, found = rf.get(address), resolve(address)
        request.user, request.session, request.htmx, request.resolver_match = user, {}, False, found
        door = ActorMiddleware(lambda request: None)
        door(request)
        answer = door.process_view(request, found.func, found.args, found.kwargs)
        return answer and answer.headers["Location"].partition("?")[0]

    return ask


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_is_sent_to_the_sign_in_page_and_who_is_signed_in_is_let_in(turned_to, employ, address):
    assert turned_to(address, AnonymousUser()) == reverse("account_login")
    assert turned_to(address, employ("kim")) is None


def test_who_has_not_shown_the_second_factor_is_sent_to_do_so_before_changing_it(turned_to, employ):
    kim = employ("kim")
    TOTP.activate(kim, generate_totp_secret())
    assert {turned_to(address, kim) for address in OF_THE_FACTOR} == {reverse("mfa_reauthenticate")}
    assert {turned_to(address, kim) for address in OTHERS} == {None}
