"""One's own name and language."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from insteg.access.actor import Actor
from insteg.access.catalogues import PROFILE
from insteg.access.rules import PUBLIC, SIGNED_IN
from insteg.access.views import Request, open_to
from insteg.audit.forms import perform
from insteg.organisations import actions, forms
from insteg.organisations.views.memberships import safe


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def profile(request: Request) -> HttpResponse:
    """Without any membership one has no right to change anything; the page then only shows."""
    user, form = request.user, None
    request.actor = acting(request)
    if request.actor:
        form = forms.OwnForm.of(request, user, initial={"name": user.name, "language": user.language})
        if perform(request, form, actions.change_own, user):
            messages.success(request, _("Dina uppgifter är sparade."))
            return redirect("organisations:profile")
    context = {"form": form, "person": user, "memberships": request.memberships, "pages": PROFILE}
    return render(request, "organisations/profile.html", context, status=form.status if form else 200)


@open_to(PUBLIC)
@require_POST
def language(request: Request) -> HttpResponse:
    """Kept with the account of someone signed in, else in this browser."""
    chosen = request.POST.get("language", "")
    response = HttpResponseRedirect(safe(request, request.POST.get("next", "")) or "/")
    if chosen not in dict(settings.LANGUAGES):
        return response
    actor = acting(request)
    if actor:
        actions.choose_language(actor=actor, target=request.user, seen=None, language=chosen)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=365 * 24 * 60 * 60,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response


def acting(request: Request) -> Actor | None:
    """One's own name and language are the same in every membership, so any will do before one is chosen."""
    return request.actor or next(iter(request.others), None)
