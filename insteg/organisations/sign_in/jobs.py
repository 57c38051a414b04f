from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.urls import reverse

from insteg.core import clock
from insteg.core.jobs import DAILY, every, job
from insteg.organisations import letters
from insteg.organisations.models import User

PASSWORD_LINK = "organisations.password_link"


@job(PASSWORD_LINK)
def send_password_link(email: str) -> None:
    """Writes to whoever has the address; to an address that nobody has, and to a closed account, nothing is written."""
    from insteg.organisations.sign_in import Backend  # the forms that queue this are loaded by the adapter

    user = User.objects.filter(email=email.lower()).first()
    if user is None or not Backend().user_can_authenticate(user):
        return
    if user.is_invited:
        letters.no_password_yet(user)  # a link here would outlive an invitation that was taken back
        return
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user.pk.hex, "key": default_token_generator.make_token(user)},
    )
    letters.password_link(user, letters.address(path), settings.PASSWORD_RESET_TIMEOUT // 3600)


@every("organisations.forget_sessions", minutes=DAILY)
def forget_sessions() -> None:
    """Takes away sessions that are over, and with them from where and with which browser someone had signed in."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
