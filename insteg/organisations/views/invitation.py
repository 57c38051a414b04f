"""The page behind the link of an invitation: a guest without account acts in it, and leaves it signed in."""

import datetime as dt

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from insteg.access.actor import Actor, Role
from insteg.access.rules import PUBLIC
from insteg.access.views import Request, open_to, sent_before
from insteg.audit.forms import perform
from insteg.core import clock
from insteg.organisations import access, actions, forms
from insteg.organisations.actions.invitations import digest
from insteg.organisations.models import Invitation

A_CLICK = dt.timedelta(minutes=1)


@open_to(PUBLIC)
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def accept(request: Request, token: str) -> HttpResponse:
    """A link that is used, expired, withdrawn or invented gets one and the same answer, which tells of nobody.

    Looking at the page uses nothing up: mail servers open links before people do.
    """
    invitation = Invitation.objects.select_related("user").filter(digest=digest(token)).first()
    known, guest = request.actor, Actor("link", str(invitation.pk) if invitation else "", Role.INVITED)
    request.actor = guest
    if invitation is None or not access.ACCEPT.permits(guest, invitation.pk):
        if invitation is not None and used_this_moment(invitation) and sent_before(request) is not None:
            return hidden(sign_in(request, invitation))
        request.actor = known
        return hidden(render(request, "organisations/invitation_over.html", status=410))
    form = forms.AcceptForm.of(request, invitation, initial={"language": get_language()})
    if perform(request, form, actions.accept_invitation, invitation):
        return hidden(sign_in(request, invitation))
    context = {"form": form, "person": invitation.user, "memberships": invitation.user.memberships.current()}
    return hidden(render(request, "organisations/invitation.html", context, status=form.status))


def used_this_moment(invitation: Invitation) -> bool:
    """The second click on the button brings the same form key and the same password as the first: it is let in too.
    Not for long: what was sent must not become a second way in."""
    return invitation.accepted_at is not None and clock.now() - invitation.accepted_at < A_CLICK


def sign_in(request: Request, invitation: Invitation) -> HttpResponse:
    """The password was chosen this moment, so nothing asks for it again while the second factor is set up."""
    invitation.user.refresh_from_db()
    logout(request)  # someone else may be signed in here
    record_authentication(request, invitation.user, "password", reauthenticated=True)
    return perform_login(request, invitation.user, email_verification="none")


def hidden(response: HttpResponse) -> HttpResponse:
    """The address is a secret: it must not follow to other sites, nor into a search engine.

    Not `no-referrer`: browsers then send "Origin: null", and the form would be refused as forged.
    """
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
