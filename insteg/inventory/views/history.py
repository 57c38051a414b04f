from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from insteg.access.actor import Role
from insteg.access.views import Request, listing, page
from insteg.core import keyset
from insteg.inventory import access
from insteg.inventory.cards import answers as answer_cards
from insteg.inventory.cards import history as history_cards
from insteg.inventory.cards import needs as needs_cards
from insteg.inventory.forms.answers import HistoryForm, SinceForm
from insteg.inventory.models import RoundAnswer, RoundRequest
from insteg.inventory.queries import answers, history
from insteg.inventory.queries.agreements import proposals
from insteg.inventory.queries.planned import organisation_choices

PAGE = 50


@page(access.SEE_ANSWER, methods=["GET"])
def answer_as_sent(request: Request, answer: RoundAnswer) -> HttpResponse:
    """An answer as it was, with what it was against the one before; whatever has happened to the rows since."""
    answer = RoundAnswer.objects.select_related(
        "request__round", "request__organisation", "request__unit", "answered_by"
    ).get(pk=answer.pk)
    rows = history.rows_as_sent(answer)
    compared = history.compared_with(answer)
    before = history.facts_in(compared)
    of_organisation = answer.reopened_at is None and not answer.request.unit_id
    expiring = proposals(answer.request.organisation, answer.request.round) if of_organisation else []
    context = {
        "unrenewed": answer_cards.unrenewed(answer.request, expiring),
        "answer": answer,
        "asked": answer.request,
        "sent": answer_cards.sent_in_words(answer),
        "lead": history_cards.in_words(rows, compared),
        "rows": [history_cards.sent_row(row, before) for row in rows],
        "others": [each for each in history.answers_by_the_same(answer) if each.pk != answer.pk],
        "may_take_up": answer.reopened_at is None
        and answer.request.round.is_under_way
        and access.TAKE_UP.permits(request.actor, answer.pk),
        "changes": history_cards.changes_since(answer),
        "answered": needs_cards.answered_needs(answer, request.actor) if answer.request.unit_id else None,
    }
    return render(request, "inventory/answers/as_sent.html", context)


@listing(access.SEE_REQUEST)
def our_answers(request: Request, requests: QuerySet[RoundRequest]) -> HttpResponse:
    """Every request of one's own, and of all for UE: how it was answered, round by round."""
    form = HistoryForm(request.GET, organisations=organisation_choices(own(request)))
    found = history.sent_requests(requests)
    if form.chosen():
        found = found.filter(organisation=form.chosen())
    order = ["-round__closes_on", "organisation__name"]
    rows = keyset.page(answers.with_state(found), request.GET, order=order, size=PAGE)
    context = {
        "page": rows,
        "lines": [history_cards.request_line(row) for row in rows.rows],
        "filter": form,
        "whose": _("Hela staden") if everybodys(request) else request.actor.label,
        "everybodys": everybodys(request),
        "may_compare": request.actor.role in access.ANSWER.table,
        "clear": request.path if form.chosen() else "",
    }
    return render(request, "inventory/answers/our_answers.html", context)


@listing(access.ANSWER)
def changes(request: Request, requests: QuerySet[RoundRequest]) -> HttpResponse:
    """What has changed since the answers, since those of a round, or since a day; also between rounds (R14)."""
    rounds = history.rounds_to_compare_with()
    choices = [(str(each.pk), _("svaret %(round)s") % {"round": each}) for each in rounds]
    form = SinceForm(request.GET, organisations=organisation_choices(own(request)), rounds=choices)
    chosen = form.chosen()
    asked = next((each for each in rounds if str(each.pk) == chosen.get("since")), None)
    organisation, day = chosen.get("organisation") or "", chosen.get("day")
    found = history.changes(request.actor, organisation=organisation, asked=asked, day=day)
    context: dict[str, Any] = {
        "filter": form,
        "whose": _("Hela staden") if everybodys(request) else request.actor.label,
        "groups": history_cards.groups(found, chosen),
        "lead": history_cards.changes_in_words(found, asked, day),
        "clear": request.path if any(chosen.values()) else "",
        "full": bool(found.cut),
        "several": found.several,
    }
    return render(request, "inventory/answers/changes.html", context)


def everybodys(request: Request) -> bool:
    return request.actor.role == Role.PROCUREMENT_UNIT


def own(request: Request) -> object:
    """The organisation that the choice is limited to, for those who answer for one only."""
    return None if everybodys(request) else request.actor.organisation_id
