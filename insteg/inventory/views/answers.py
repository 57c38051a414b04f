from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.views import Request, page
from insteg.audit.forms import ActionForm, ConfirmForm, perform
from insteg.audit.pages import Trail, form_page
from insteg.inventory import access, actions
from insteg.inventory.cards import answers as answer_cards
from insteg.inventory.cards.board import way_to
from insteg.inventory.forms.answers import ConfirmRowsForm, SendForm
from insteg.inventory.models import RoundAnswer, RoundRequest
from insteg.inventory.queries import answers as queries
from insteg.inventory.queries.agreements import proposals
from insteg.inventory.queries.answers import Sorted
from insteg.inventory.snapshots import print_of
from insteg.inventory.views import needs_answer
from insteg.inventory.views.returning import NAME


@page(access.SEE_REQUEST)
def request_page(request: Request, asked: RoundRequest) -> HttpResponse:
    """Where an organisation answers: what is to be confirmed, what is done, and the button that sends it."""
    asked = whole(looked_at(request, asked))
    if asked.unit_id:
        return needs_answer.page(request, asked)
    found = Sorted.of(asked)
    form = SendForm.of(request, asked, initial={"rows_seen": print_of(found.rows)})
    if perform(request, form, actions.send_answer, asked):
        return sent(request, form)
    return answer_page(request, asked, found, send=form)


@page(access.ANSWER, see=access.SEE_REQUEST)
def confirm_rows(request: Request, asked: RoundRequest) -> HttpResponse:
    """The rows that still hold. Shown as a part of the page of the request; alone it leads there."""
    if request.method != "POST":
        return redirect("inventory:request", asked.pk)
    asked = whole(asked)
    form = ConfirmRowsForm.of(request, asked, auto_id="confirm_%s")
    if perform(request, form, actions.confirm_rows, asked):
        say_what_was_confirmed(request, asked, form)
        return redirect("inventory:request", asked.pk)
    return answer_page(request, asked, Sorted.of(asked), confirm=form)


@page(access.ANSWER, see=access.SEE_REQUEST)
def nothing_to_report(request: Request, asked: RoundRequest) -> HttpResponse:
    """ "Nothing" is an answer too. It is asked for on a page of its own, so that nobody says it by accident.

    While rows or plans stand in the way the page names them all instead, with the way out of each and no button.
    """
    asked = whole(asked)
    found = Sorted.of(asked)
    rows_seen = print_of(found.rows)
    form = SendForm.of(request, asked, initial={"rows_seen": rows_seen})
    if perform(request, form, actions.send_answer, asked, nothing_to_report=True):
        return sent(request, form)
    if form.is_bound:
        form.show_list(rows_seen)
    rows, plans = found.asked_about, list(queries.open_plans(asked))
    trail = trail_of(request, asked, f"{asked.organisation} · {answer_cards.by_when(asked)}")
    in_the_way = {
        "asked": asked, "rows": [answer_cards.settled_row(row, {}) for row in rows], "plans": plans,
        "query": f"?{NAME}={asked.pk}", **addresses(asked),
    }  # fmt: skip
    return form_page(
        request, form, _("Vi har inget att anmäla"), _("Skicka svaret"), trail,
        lead=answer_cards.what_to_report(asked.round),
        template="inventory/answers/in_the_way.html" if rows or plans else "ui/form.html", **in_the_way,
    )  # fmt: skip


@page(access.TAKE_UP, see=access.SEE_ANSWER)
def take_up_answer(request: Request, answer: RoundAnswer) -> HttpResponse:
    asked = whole(answer.request)
    form = ConfirmForm.of(request, answer)
    if perform(request, form, actions.take_up_answer, answer):
        messages.success(request, _("Svaret är öppnat igen. Glöm inte att skicka det när allt är klart."))
        return redirect("inventory:request", asked.pk)
    lead = _("Svaret gäller inte längre förrän ett nytt är skickat. Det gamla finns kvar i historiken.")
    trail = trail_of(request, asked, f"{asked.unit or asked.organisation} · {answer_cards.sent_in_words(answer)}")
    return form_page(request, form, _("Öppna svaret igen"), _("Öppna igen"), trail, lead=lead)


def trail_of(request: Request, asked: RoundRequest, about: str) -> Trail:
    return Trail(way_to(asked, request.actor).above, about)


def whole(asked: RoundRequest) -> RoundRequest:
    """With what every page of it says."""
    return RoundRequest.objects.select_related("round", "organisation", "unit").get(pk=asked.pk)


def looked_at(request: Request, asked: RoundRequest) -> RoundRequest:
    """Stamps, once and in the log, that somebody of those who are asked has opened it.

    This is a receipt and no button: whoever opens the page has seen the request, whether or not they go on. The page
    says that it is seen, so it is not done behind anyone's back.
    """
    if request.method == "GET" and asked.looked_at is None and access.LOOK.permits(request.actor, asked.pk):
        actions.look_at_request(actor=request.actor, target=asked, seen=None)
    return asked


def sent(request: Request, form: ActionForm) -> HttpResponse:
    messages.success(request, _("Svaret är skickat. Tack! Ändras något framöver räcker det att ändra i listan."))
    return redirect("inventory:answer_as_sent", form.answer)


def say_what_was_confirmed(request: Request, asked: RoundRequest, form: ConfirmRowsForm) -> None:
    count, left = queries.what_was_confirmed(asked, request.actor, [*form.cleaned_data["rows"]])
    if count:
        said = ngettext("%(count)d upphandling är bekräftad.", "%(count)d upphandlingar är bekräftade.", count)
        messages.success(request, said % {"count": count})
    if left:
        text = _("Någon annan ändrade under tiden, så det här är inte bekräftat av dig: %(titles)s. Läs det igen.")
        messages.warning(request, text % {"titles": ", ".join(f"”{title}”" for title in left)})


def answer_page(
    request: Request,
    asked: RoundRequest,
    found: Sorted,
    *,
    send: SendForm | None = None,
    confirm: ConfirmRowsForm | None = None,
) -> HttpResponse:
    """One of the two forms may be a sent one with something in its way; the other is fresh."""
    shown = print_of(found.rows)
    tried = send or confirm
    if send is None:
        send = SendForm(initial=fresh(asked) | {"rows_seen": shown})
    elif send.is_bound:
        send.show_list(shown)
    confirm = confirm or ConfirmRowsForm(initial=fresh(asked), auto_id="confirm_%s")
    answer, plans = queries.standing_answer(asked), list(queries.open_plans(asked))
    before = queries.reported_before(asked)
    is_open = asked.round.is_under_way and answer is None
    expiring = proposals(asked.organisation, asked.round)
    context = {
        "asked": asked,
        "open": is_open,
        "proposals": expiring if is_open else [],
        "unrenewed": answer_cards.unrenewed(asked, expiring) if answer else None,
        "banner": answer_cards.whose_move(asked, request.actor, answer, found, len(plans), expiring),
        "what": answer_cards.what_to_report(asked.round),
        "by_when": answer_cards.by_when(asked),
        "listed": [] if is_open else [answer_cards.settled_row(row, before) for row in found.asked_about],
        "unsettled": [answer_cards.row_of(row) for row in found.unsettled],
        "settled": [answer_cards.settled_row(row, before) for row in found.settled],
        "outside": [answer_cards.outside_row(row, asked.round) for row in found.outside],
        "remains": answer_cards.what_remains(found, len(plans)) if found.unsettled or plans else "",
        "missing": answer_cards.missing_in_all(found.asked_about),
        "count": len(found.rows),
        "plans": plans,
        "answer": answer,
        "answers": list(queries.answers_of(asked)),
        "send": send,
        "confirm": confirm,
        "ticked": confirm.ticked(),
        "query": f"?{NAME}={asked.pk}",
        **addresses(asked),
    }
    return render(request, "inventory/answers/request.html", context, status=tried.status if tried else 200)


def fresh(asked: RoundRequest) -> dict[str, Any]:
    """What a form begins with when another form of the page was sent."""
    return {"version": asked.version, "key": uuid4()}


def addresses(asked: RoundRequest) -> dict[str, str]:
    return {
        "create_url": reverse("inventory:create", args=[asked.organisation_id]),
        "upload_url": reverse("inventory:upload", args=[asked.organisation_id]),
    }
