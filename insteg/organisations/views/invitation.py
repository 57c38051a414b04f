"""The page behind the link of an invitation: a guest without account acts in it, and leaves it signed in."""

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
from insteg.access.views import Request, open_to
from insteg.audit.forms import perform
from insteg.organisations import access, actions, forms
from insteg.organisations.actions.invitations import digest
from insteg.organisations.models import Invitation


@open_to(PUBLIC)
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def accept(request: Request, token: str) -> HttpResponse:
    """A link that is used, expired, withdrawn or invented gets one and the same answer, which tells of nobody.

    Looking at the page uses nothing up: mail servers open links before people do.
    """
    invitation = Invitation.objects.select_related("user").filter(digest=digest(token)).first()
    guest = Actor("link", str(invitation.pk) if invitation else "", Role.INVITED)
    if invitation is None or not access.ACCEPT.permits(guest, invitation.pk):
        return hidden(render(request, "organisations/invitation_over.html", status=410))
    request.actor = guest
    form = forms.AcceptForm.of(request, invitation, initial={"language": get_language()})
    if perform(request, form, actions.accept_invitation, invitation):
        return hidden(sign_in(request, invitation))
    context = {"form": form, "person": invitation.user, "memberships": invitation.user.memberships.current()}
    return hidden(render(request, "organisations/invitation.html", context, status=form.status))


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
