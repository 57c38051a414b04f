"""allauth's pages where they need something of ours. The others are used as they are, see urls.py."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView, PasswordChangeView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from insteg.organisations import sessions
from insteg.organisations.middleware import lacks_second_factor
from insteg.organisations.sign_in import must_have_second_factor, note


class SignIn(LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "timed_out": self.request.session.pop("timed_out", False),
            "example_city": reverse("organisations:example_city") if settings.EXAMPLE_CITY else "",
        }


class ChangePassword(PasswordChangeView):
    """allauth would let someone without a password set one unasked; only the example city's people lack one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_usable_password():
            messages.info(request, _("Du har inget lösenord att byta."))
            return redirect("organisations:profile")
        return super().dispatch(request, *args, **kwargs)

    def get_default_success_url(self) -> str:
        return reverse("organisations:profile")


class Security(IndexView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        found = context["authenticators"]
        return context | {
            "app": found.get(Authenticator.Type.TOTP),
            "keys": found.get(Authenticator.Type.WEBAUTHN, []),
            "codes": found.get(Authenticator.Type.RECOVERY_CODES),
            "required": must_have_second_factor(self.request.user),
            "asked": lacks_second_factor(self.request),
            "wanted": self.request.session.get("wanted", ""),
            "label": self.request.actor.label if self.request.actor else "",
        }


def begin_anew(request: Any, what: str) -> None:
    """After a change of the second factor, as after a new password: every other session ends, and the one at hand goes
    on under another key, so that whoever has come by the old one is out too. `what` is the log's word for it.

    Called in the transaction of the change: what cannot be logged is not done."""
    with transaction.atomic():
        sessions.move(request.session)
        sessions.end(request.user, spare=request.session.session_key)
        note(request.user, what)


class Added:
    """Whoever has just shown the new factor has used it: this session need not be asked for it again."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)  # type: ignore[misc]
        request: Any = self.request  # type: ignore[attr-defined]
        new = request.user.authenticator_set.filter(type=self.kind).latest("created_at", "pk")  # type: ignore[attr-defined]
        record_authentication(request, request.user, "mfa", id=new.pk, type=new.type)
        begin_anew(request, "factor_added")
        return response


class ActivateTOTP(Added, ActivateTOTPView):
    kind = "totp"


class AddKey(Added, AddWebAuthnView):
    kind = "webauthn"


class DeactivateTOTP(DeactivateTOTPView):
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        begin_anew(self.request, "factor_removed")
        return response


class NewCodes(GenerateRecoveryCodesView):
    """Whoever came in by one of the old codes has shown a factor, though it is gone now."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        new = self.request.user.authenticator_set.get(type=Authenticator.Type.RECOVERY_CODES)
        record_authentication(self.request, self.request.user, "mfa", id=new.pk, type=new.type)
        begin_anew(self.request, "recovery_codes_made")
        return response


class RemoveKey(RemoveWebAuthnView):
    """allauth asks before it removes an app, but not before it removes a key."""

    def may_go(self) -> bool:
        return get_adapter().can_delete_authenticator(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = "" if self.may_go() else get_adapter().error_messages["cannot_delete_authenticator"]
        return super().get_context_data(**kwargs) | {"stopped": said}

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        if not self.may_go():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        response = super().form_valid(form)
        begin_anew(self.request, "factor_removed")
        return response


@never_cache
@require_http_methods(["GET", "POST"])
def places(request: Any) -> HttpResponse:
    """Where I am signed in, with a way to end one or all of the others. They are out at their next click."""
    here = request.session.session_key
    if request.method == "POST":
        which = request.POST.get("session", "")
        with transaction.atomic():
            ended = 0
            if which == "others" or which.isdecimal():
                ended = sessions.end(request.user, only=None if which == "others" else int(which), spare=here)
            if ended:
                note(request.user, "sessions_ended")
        said = ngettext("%(count)s inloggning är avslutad.", "%(count)s inloggningar är avslutade.", ended)
        messages.success(request, said % {"count": ended})
        return redirect("usersessions_list")
    return render(request, "usersessions/usersession_list.html", {"places": sessions.places(request.user, here)})
