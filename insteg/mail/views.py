from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from insteg.access.rules import SIGNED_IN
from insteg.access.views import Request, listing, open_to, page
from insteg.audit.forms import perform
from insteg.mail import access, actions, queries
from insteg.mail.forms import PaceForm, ReleaseForm
from insteg.mail.models import Hold, Message
from insteg.organisations.views.profile import acting

SHOWN = 100


@listing(access.SEE)
def stuck(request: Request, letters: QuerySet[Message]) -> HttpResponse:
    """Letters that did not arrive, newest first: to whom, about what, and what the mail server said."""
    return render(request, "mail/stuck.html", {"letters": letters[:SHOWN]})


@page(access.RELEASE, see=access.SEE_HOLD)
def held(request: Request, hold: Hold) -> HttpResponse:
    """What waits since a backup was restored, and what is to become of it."""
    form = ReleaseForm.of(request, hold)
    if perform(request, form, actions.release, hold):
        messages.success(request, _("Breven går igen."))
        return redirect("home:tasks")
    context = {"form": form, "hold": hold, "letters": queries.held_letters(hold, SHOWN), "shown": SHOWN}
    return render(request, "mail/held.html", context, status=form.status)


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def pace(request: Request) -> HttpResponse:
    """When one's own letters come. Without any membership one has no right to change it; the page then only says so."""
    user, form = request.user, None
    waiting, chosen = queries.waiting_for(user)
    request.actor = acting(request)
    if request.actor:
        form = PaceForm.of(request, user, initial={"pace": chosen})
        if perform(request, form, actions.choose_pace, user):
            messages.success(request, _("Ditt val är sparat."))
            return redirect("mail:pace")
    context = {"form": form, "person": user, "waiting": waiting}
    return render(request, "mail/pace.html", context, status=form.status if form else 200)
