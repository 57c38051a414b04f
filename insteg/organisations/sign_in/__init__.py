"""How people sign in: by an account that an administrator has invited, never by signing up. allauth does the work."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insteg.access.actor import NEEDS_SECOND_FACTOR, Actor
from insteg.audit.log import record
from insteg.core import clock
from insteg.core.secrets import seal, unseal
from insteg.organisations import letters
from insteg.organisations.models import User

HALF_WAY = "came_half_way_with"  # the mark of the password, from the first step of signing in until the last


class Backend(AuthenticationBackend):
    """Refuses closed accounts, and the example city's people everywhere but in the example city.

    Asked at sign-in and anew for every request.
    """

    def user_can_authenticate(self, user: User) -> bool:
        return user.is_active and (settings.EXAMPLE_CITY or not user.is_example)


def note(user: User, what: str) -> None:
    """Writes to the log what someone did with their own account: allauth's pages do not pass the gate."""
    with transaction.atomic():
        record(Actor("member", str(user.pk), label=str(user)), f"sign_in.{what}", [user], [], "")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy("E-postadressen eller lösenordet stämmer inte."),
        "too_many_login_attempts": gettext_lazy("För många försök. Vänta fem minuter och försök igen."),
        "rate_limited": gettext_lazy("För många försök. Vänta en stund och försök igen."),
        "incorrect_password": gettext_lazy("Lösenordet stämmer inte."),
        "enter_current_password": gettext_lazy("Lösenordet stämmer inte."),
        "invalid_password_reset": gettext_lazy("Länken gäller inte längre."),
        "incorrect_code": gettext_lazy("Koden stämmer inte. Vänta på nästa kod och försök igen."),
    }
    said = {
        "account/messages/logged_out.txt": gettext_lazy("Du är utloggad."),
        "account/messages/password_changed.txt": gettext_lazy("Lösenordet är bytt."),
        "mfa/messages/totp_activated.txt": gettext_lazy(
            "Appen är tillagd. Insteg frågar efter koden när du loggar in."
        ),
        "mfa/messages/totp_deactivated.txt": gettext_lazy("Appen är borttagen."),
        "mfa/messages/webauthn_added.txt": gettext_lazy("Nyckeln är tillagd."),
        "mfa/messages/webauthn_removed.txt": gettext_lazy("Nyckeln är borttagen."),
        "mfa/messages/recovery_codes_generated.txt": gettext_lazy(
            "Du har fått reservkoder. Spara dem där du hittar dem utan telefonen."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There are no user names: the e-mail address is the name."""

    def set_password(self, user: User, password: str) -> None:
        """Saves only that: allauth would save the whole row, and open an account that was closed just now."""
        user.set_password(password)
        with transaction.atomic():
            user.save(update_fields=["password"])
            note(user, "password_set")

    def login(self, request: HttpRequest, user: User) -> None:
        """The working day that a session may last begins here.

        Whoever came half-way with a password that has been changed since begins again.
        """
        came_with = request.session.pop(HALF_WAY, None)
        if came_with is not None and not constant_time_compare(came_with, user.get_session_auth_hash()):
            raise ImmediateHttpResponse(redirect("account_login"))
        super().login(request, user)
        request.session["begun"] = request.session["seen"] = clock.now().timestamp()

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        if not Backend().user_can_authenticate(user):
            return self.respond_user_inactive(request, user)
        request.session[HALF_WAY] = user.get_session_auth_hash()
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        note(user, "signed_in")
        return super().post_login(request, user, **kwargs)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """What has no words of ours is not worth saying, such as that one has just signed in."""
        text = message or self.said.get(message_template or "", "")
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        letters.of_sign_in(User.objects.get(email=email), template_prefix)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": gettext_lazy(
            "Ditt uppdrag kräver ett andra steg vid inloggning. Lägg till ett annat innan du tar bort det här."
        ),
        "incorrect_code": gettext_lazy("Koden stämmer inte. Vänta på nästa kod och försök igen."),
    }

    def encrypt(self, text: str) -> str:
        """What the codes are made from is sealed: whoever reads the database must not be able to make them."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Asked while a code is tried: after a restoring without the keys of then, no code can be."""
        try:
            return unseal(encrypted_text)
        except InvalidToken as error:
            raise ValidationError(
                _("Det går inte att pröva koder från din app längre. Be administratören nollställa ditt andra steg.")
            ) from error

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user: User = authenticator.user
        others = user.authenticator_set.exclude(pk=authenticator.pk).exclude(type=Authenticator.Type.RECOVERY_CODES)
        return others.exists() or not must_have_second_factor(user)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Nyckel %(number)s") % {"number": count + 1}


def must_have_second_factor(user: User) -> bool:
    """Whether any of the person's memberships asks for one. The example city's own people need none."""
    return not user.is_example and user.memberships.current().filter(role__in=NEEDS_SECOND_FACTOR).exists()
