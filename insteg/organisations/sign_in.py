"""How people sign in: by an account that an administrator has invited, never by signing up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest

from insteg.organisations.models import User


class Backend(AuthenticationBackend):
    """Refuses closed accounts, and the example city's people everywhere but in the example city.

    Asked at sign-in and anew for every request.
    """

    def user_can_authenticate(self, user: User) -> bool:
        return user.is_active and (settings.EXAMPLE_CITY or not user.is_example)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There are no user names: the e-mail address is the name."""
