"""allauth's forms in our words: no placeholders that repeat the label, and hints where one gets stuck."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from insteg.core.jobs import queue
from insteg.organisations.sign_in.jobs import PASSWORD_LINK

PASSWORD_HINT = _("Minst 12 tecken. Flera ord efter varandra är lätta att minnas och svåra att gissa.")
WORDS = {
    "login": _("E-postadress"),
    "email": _("E-postadress"),
    "password": _("Lösenord"),
    "oldpassword": _("Nuvarande lösenord"),
    "password1": _("Nytt lösenord"),
    "password2": _("Nytt lösenord igen"),
    "code": _("Kod"),
    "name": _("Vad kallar du nyckeln?"),
    "passwordless": _("Logga in med bara nyckeln, utan lösenord"),
}
HINTS = {
    "password1": PASSWORD_HINT,
    "name": _("Till exempel Min telefon eller Nyckeln på skrivbordet."),
    "passwordless": _("Nyckeln frågar då efter ditt finger, ansikte eller en pinkod."),
}


class OurWords(forms.Form):
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = WORDS.get(name, field.label)
            field.help_text = self.hints.get(name, HINTS.get(name, ""))


class CodeForm(OurWords):
    """Codes are often typed in groups; the spaces are no part of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "data-width": "date"}

    def clean_code(self) -> str:
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        return super().clean_code()  # type: ignore[misc, no-any-return]


class LoginForm(OurWords, account.LoginForm):
    pass


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    pass


class ResetPasswordForm(OurWords, account.ResetPasswordForm):
    """Does the same work for every address, known or not, so that not even the clock tells which are known."""

    def clean_email(self) -> str:
        return self.cleaned_data["email"]

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        queue(PASSWORD_LINK, email=self.cleaned_data["email"])
        return self.cleaned_data["email"]


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(OurWords, account.ReauthenticateForm):
    pass


class AuthenticateForm(CodeForm, factor.AuthenticateForm):
    hints = {"code": _("Sex siffror från appen, eller en av dina reservkoder.")}


class ReauthenticateByCodeForm(CodeForm, factor.ReauthenticateForm):
    hints = AuthenticateForm.hints


class ActivateTOTPForm(CodeForm, totp.ActivateTOTPForm):
    hints = {"code": _("Sex siffror som appen visar.")}


class AddWebAuthnForm(OurWords, webauthn.AddWebAuthnForm):
    pass


class EditWebAuthnForm(OurWords, webauthn.EditWebAuthnForm):
    pass
