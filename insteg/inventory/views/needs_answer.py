"""What the page of a request shows when it is a unit that is asked. views.answers sends such requests here."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from insteg.access.views import Request
from insteg.audit.forms import perform
from insteg.codes.queries import occupation_suggestions
from insteg.inventory import access, actions
from insteg.inventory.cards import needs as needs_cards
from insteg.inventory.forms.answers import NeedsAnswerForm
from insteg.inventory.models import RoundRequest
from insteg.inventory.queries import answers as queries
from insteg.needs import queries as needs_queries
from insteg.needs.forms import NeedForm
from insteg.needs.models import PublishedNeed


def page(request: Request, asked: RoundRequest) -> HttpResponse:
    """The unit reads through its needs and sends them; others who see the request are told how it stands.

    `asked` has its round, organisation and unit at hand, and a unit.
    """
    theirs = access.ANSWER_NEEDS.permits(request.actor, asked.pk)
    if request.method == "POST" and not theirs:
        raise PermissionDenied
    needs = needs_queries.of_unit(asked.unit) if theirs else []
    shown = needs_queries.seal_of(needs)
    form = NeedsAnswerForm.of(request, asked, initial={"shown": shown}, auto_id="send_%s")
    if perform(request, form, actions.send_needs, asked):
        messages.success(request, _("Svaret är skickat. Tack! Ändras behoven räcker det att ändra dem i listan."))
        return redirect("inventory:request", asked.pk)
    if form.is_bound:
        form.show_list(shown)
    return shown_page(request, asked, needs, form if theirs else None)


def shown_page(
    request: Request, asked: RoundRequest, needs: list[PublishedNeed], form: NeedsAnswerForm | None
) -> HttpResponse:
    """`form` is None for those who may see that the unit is asked, and no more."""
    answer, theirs = queries.standing_answer(asked), form is not None
    is_open = asked.round.is_under_way and answer is None
    start = {"version": asked.unit.version, "key": uuid4()}
    context = {
        "asked": asked,
        "meta": needs_cards.meta(asked),
        "banner": needs_cards.whose_move(asked, answer, theirs=theirs),
        "theirs": theirs,
        "open": is_open,
        "needs": needs,
        "form": form if theirs and is_open else None,
        "add_form": NeedForm(initial=start) if theirs and is_open else None,
        "suggestions": occupation_suggestions() if theirs and is_open else [],
        "answer": answer,
        "may_take_up": answer is not None and asked.round.is_under_way and theirs,
        "may_extend": answer is None and access.EXTEND.permits(request.actor, asked.pk),
        "answered": needs_cards.answered_needs(answer, request.actor) if answer else None,
    }
    return render(request, "inventory/needs_answer.html", context, status=form.status if form else 200)
