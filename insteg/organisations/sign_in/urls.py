"""The addresses of sign-in: those of allauth's that we use, by its own names, each with our word on who may open it.

Registration, changing the address oneself and sign-in by a mailed code are left out on purpose (docs/adr/0007).
"""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as webauthn
from django.urls import URLPattern, path, re_path

from insteg.access.rules import PUBLIC, SIGNED_IN, Open
from insteg.access.views import open_to
from insteg.organisations.sign_in import views

RESET = r"^nytt-losenord/(?P<uidb36>[0-9a-z]+)-(?P<key>.+)/$"


def page(route: str, view: Callable[..., Any], name: str, access: Open) -> URLPattern:
    return (re_path if route.startswith("^") else path)(route, open_to(access)(view), name=name)


urlpatterns = [
    page("logga-in/", views.SignIn.as_view(), "account_login", PUBLIC),
    page("logga-in/kod/", factor.authenticate, "mfa_authenticate", PUBLIC),
    page("logga-in/nyckel/", webauthn.login_webauthn, "mfa_login_webauthn", PUBLIC),
    page("logga-ut/", account.logout, "account_logout", PUBLIC),  # also half-way in, before the second factor
    page("stangt-konto/", account.account_inactive, "account_inactive", PUBLIC),
    page("glomt-losenord/", account.password_reset, "account_reset_password", PUBLIC),
    page("glomt-losenord/skickat/", account.password_reset_done, "account_reset_password_done", PUBLIC),
    page("nytt-losenord/klart/", account.password_reset_from_key_done, "account_reset_password_from_key_done", PUBLIC),
    page(RESET, account.password_reset_from_key, "account_reset_password_from_key", PUBLIC),
    page("konto/losenord/", views.ChangePassword.as_view(), "account_change_password", SIGNED_IN),
    page("konto/sessioner/", views.places, "usersessions_list", SIGNED_IN),
    page("konto/bekrafta/", account.reauthenticate, "account_reauthenticate", SIGNED_IN),
    page("konto/bekrafta/kod/", factor.reauthenticate, "mfa_reauthenticate", SIGNED_IN),
    page("konto/bekrafta/nyckel/", webauthn.reauthenticate_webauthn, "mfa_reauthenticate_webauthn", SIGNED_IN),
    page("konto/sakerhet/", views.Security.as_view(), "mfa_index", SIGNED_IN),
    page("konto/sakerhet/app/", views.ActivateTOTP.as_view(), "mfa_activate_totp", SIGNED_IN),
    page("konto/sakerhet/app/ta-bort/", views.DeactivateTOTP.as_view(), "mfa_deactivate_totp", SIGNED_IN),
    page("konto/sakerhet/reservkoder/", codes.view_recovery_codes, "mfa_view_recovery_codes", SIGNED_IN),
    page("konto/sakerhet/reservkoder/nya/", views.NewCodes.as_view(), "mfa_generate_recovery_codes", SIGNED_IN),
    page("konto/sakerhet/reservkoder/fil/", codes.download_recovery_codes, "mfa_download_recovery_codes", SIGNED_IN),
    page("konto/sakerhet/nycklar/", webauthn.list_webauthn, "mfa_list_webauthn", SIGNED_IN),
    page("konto/sakerhet/nycklar/ny/", views.AddKey.as_view(), "mfa_add_webauthn", SIGNED_IN),
    page("konto/sakerhet/nycklar/<int:pk>/", webauthn.edit_webauthn, "mfa_edit_webauthn", SIGNED_IN),
    page("konto/sakerhet/nycklar/<int:pk>/ta-bort/", views.RemoveKey.as_view(), "mfa_remove_webauthn", SIGNED_IN),
]
