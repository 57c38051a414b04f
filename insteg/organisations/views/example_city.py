"""One click signs in as anyone of the example city, and nowhere else: the address exists only there."""

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from insteg.access.actor import PERSONS
from insteg.access.rules import PUBLIC
from insteg.access.views import Request, open_to
from insteg.organisations.models import Membership
from insteg.organisations.views.pages import key


@dataclass(frozen=True)
class Group:
    role: str
    memberships: list[Membership]


@open_to(PUBLIC)
@require_http_methods(["GET", "POST"])
def example_city(request: Request) -> HttpResponse:
    if not settings.EXAMPLE_CITY:
        raise Http404
    people = Membership.objects.current().filter(user__is_example=True, user__is_active=True)
    if "membership" in request.POST:
        return sign_in(request, get_object_or_404(people.select_related("user"), pk=key(request.POST["membership"])))
    rows = [*people.select_related("user", "organisation", "unit").order_by("user__name", "pk")]
    groups = [Group(role.label, [m for m in rows if m.role == role]) for role in PERSONS]
    groups = [group for group in groups if group.memberships]
    return render(request, "organisations/example_city.html", {"groups": groups})


def sign_in(request: Request, membership: Membership) -> HttpResponse:
    logout(request)
    adapter = get_adapter(request)
    adapter.login(request, membership.user)
    request.session["membership"] = str(membership.pk)
    return adapter.post_login(
        request,
        membership.user,
        email_verification="none",
        signal_kwargs=None,
        email=membership.user.email,
        signup=False,
        redirect_url=None,
    )
