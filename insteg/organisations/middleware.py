from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, override
from django_htmx.http import HttpResponseClientRedirect

from insteg.access.actor import NEEDS_SECOND_FACTOR, Actor
from insteg.access.rules import PUBLIC, SIGNED_IN
from insteg.core import clock


class SessionLimitMiddleware:
    """A session ends when it has been idle, and in any case after a working day, whatever the cookie says."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = clock.now().timestamp()
            begun = request.session.setdefault("begun", now)
            seen = request.session.setdefault("seen", now)
            if now - begun > settings.SESSION_ABSOLUTE_SECONDS or now - seen > settings.SESSION_IDLE_SECONDS:
                logout(request)
                request.session["timed_out"] = True  # the sign-in page says why it is shown
            elif now - seen > 60:  # once a minute is near enough, and spares a write for every page
                request.session["seen"] = now
        return self.get_response(request)


class ActorMiddleware:
    """Gives every request its actor and runs no view that names no rule."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor, request.others, request.memberships = None, [], []
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        access = getattr(view, "access", None)
        if access is None:
            raise ImproperlyConfigured(f"{view.__module__}.{view.__qualname__} names no access rule")
        if not request.user.is_authenticated:
            return None if access is PUBLIC else lead(request, "account_login")
        request.memberships = list(request.user.memberships.current().select_related("organisation", "unit"))
        actors = {str(membership.pk): membership.actor() for membership in request.memberships}
        request.actor = chosen(request, actors)
        request.others = [actor for actor in actors.values() if actor != request.actor]
        if access is PUBLIC or (access is SIGNED_IN and about_the_account(request)):
            return None
        if step := missing_step(request):
            request.session["wanted"] = wanted(request)
            return lead(request, step)
        if access is SIGNED_IN:
            return None
        if request.actor is None:
            if request.memberships:
                return lead(request, "organisations:choose")
            raise PermissionDenied
        return None


def chosen(request, actors: dict[str, Actor]) -> Actor | None:
    """One of the person's actors, by the key of its membership. Asked anew for every request: a membership that has
    ended gives nothing, whatever the session says. With several and none chosen nobody guesses.
    """
    if len(actors) == 1:
        return next(iter(actors.values()))
    return actors.get(request.session.get("membership", ""))


def about_the_account(request) -> bool:
    """Pages on which one sets up, shows or leaves the sign-in itself: open before the second factor too.

    Whoever has a factor shows it before changing it: else a password would be enough to make codes of one's own.
    """
    name = request.resolver_match.view_name
    if name.startswith("mfa_") and not name.startswith("mfa_reauthenticate"):
        return missing_step(request) in ("", "mfa_index")
    return name.startswith(("account_", "mfa_reauthenticate", "usersessions_", "organisations:"))


def missing_step(request) -> str:
    """The name of the page where the second factor is set up, or shown in this session; empty when nothing is missing.

    Whoever has one must have shown it in this very session, however the session began; one that has been taken away
    since was shown in vain. The example city's own people, who exist nowhere else, need none.
    """
    if request.user.is_example:
        return ""
    theirs = dict(request.user.authenticator_set.values_list("pk", "type"))
    kinds = {*theirs.values()} - {"recovery_codes"}  # no factor alone
    if not kinds:
        return "mfa_index" if request.actor and request.actor.role in NEEDS_SECOND_FACTOR else ""
    if any(shown.get("id") in theirs for shown in get_authentication_records(request, request.user)):
        return ""
    return "mfa_reauthenticate_webauthn" if kinds <= {"webauthn"} else "mfa_reauthenticate"


def lacks_second_factor(request) -> bool:
    """Roles that meet people open nothing until a second factor is set up and shown."""
    return bool(missing_step(request))


def wanted(request) -> str:
    """Where to go on to afterwards. What was being sent cannot be sent again by a link."""
    return request.get_full_path() if request.method == "GET" else ""


def lead(request, name: str) -> HttpResponse:
    """To another page first. Where only a part of a page was asked for, the whole page goes there."""
    address = reverse(name)
    if wanted(request):
        address += f"?{urlencode({'next': wanted(request)})}"
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


class LanguageMiddleware:
    """The language that the user chose; before signing in, the one chosen in this browser. Never guessed: guesses mix.

    Swedish when nobody has chosen.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        if request.user.is_authenticated:
            chosen = request.user.language
        with override(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = get_language()
            response = self.get_response(request)
            response.headers["Content-Language"] = request.LANGUAGE_CODE
            return response
