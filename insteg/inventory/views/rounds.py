from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.views import Request, for_roles, listing, page
from insteg.audit.forms import ActionForm, ConfirmForm, perform
from insteg.audit.pages import Trail, form_page
from insteg.core import clock
from insteg.inventory import access, actions
from insteg.inventory.cards import board
from insteg.inventory.cards import rounds as round_pages
from insteg.inventory.forms import rounds as forms
from insteg.inventory.models import InventoryRound, RoundRequest
from insteg.inventory.queries import rounds as queries
from insteg.inventory.queries.asked import requests_to_send, unanswered
from insteg.inventory.queries.recipients import recipients
from insteg.inventory.terms import TWO_WEEKS, Term, answer_day, coming_terms, proposed
from insteg.organisations.models import Organisation
from insteg.ui import figures


@listing(access.SEE_ROUND)
def rounds(request: Request, found: QuerySet[InventoryRound]) -> HttpResponse:
    """For those who lead or wait for the rounds, the rounds; for those who are asked, what they are asked."""
    if request.actor.role in access.SEE_BOARD.table:
        return render(request, "inventory/rounds/list.html", round_pages.overview(found, request.actor))
    return render(request, "inventory/rounds/own.html", round_pages.own(request.actor))


@page(access.SEE_BOARD, methods=["GET"])
def board_page(request: Request, round: InventoryRound) -> HttpResponse:
    """How it goes. A draft is shown as what it will be when it is opened."""
    if round.opened_at is None:
        return redirect("inventory:open_round", round.pk)
    return render(request, "inventory/rounds/board.html", round_pages.board_page(round, request.actor))


@for_roles(access.DRAFT_ROUND)
def draft_round(request: Request) -> HttpResponse:
    own = Organisation.objects.get(pk=request.actor.organisation_id)
    terms = coming_terms(clock.today(), queries.taken_terms())
    start = forms.RoundForm.start_with_facts(proposed(terms[0], clock.today()))
    form = forms.RoundForm.of(request, own, initial=start, terms=terms)
    if perform(request, form, actions.draft_round, own):
        messages.success(request, _("Utkastet är sparat. Inget är skickat än."))
        return redirect("inventory:open_round", form.answer)
    lead = _("Spara först. Sedan ser du breven och vem som får dem, innan något skickas.")
    return form_page(
        request, form, _("Förbered en inventering"), _("Spara utkastet"), Trail([every_round()]), lead=lead
    )


@page(access.CHANGE_ROUND, see=access.SEE_BOARD)
def change_round(request: Request, round: InventoryRound) -> HttpResponse:
    form = change_form(request, round)
    if perform(request, form, actions.change_round, round):
        messages.success(request, _("Ändringen är sparad."))
        return redirect("inventory:round", round.pk)
    lead = ""
    if round.opened_at:
        lead = _("Flyttar du svarsdagen får de som inte har svarat ett brev. Vad som ska anmälas kan inte ändras nu.")
    return form_page(request, form, _("Ändra inventeringen"), _("Spara ändringen"), trail_of(round), lead=lead)


def change_form(request: Request, round: InventoryRound) -> ActionForm:
    if round.opened_at:
        start = forms.UnderWayForm.start_with(round)
        return forms.UnderWayForm.of(request, round, initial=start)
    own = Term(round.year, round.term)
    terms = sorted(
        {own, *coming_terms(clock.today(), queries.taken_terms())}, key=lambda t: (t.year, t.season != "spring")
    )
    return forms.RoundForm.of(request, round, initial=forms.RoundForm.start_with(round), terms=terms)


@page(access.OPEN_ROUND, see=access.SEE_BOARD)
def discard_round(request: Request, round: InventoryRound) -> HttpResponse:
    form = ConfirmForm.of(request, round)
    if perform(request, form, actions.discard_round, round, leads_to=reverse("inventory:rounds")):
        messages.success(request, _("Utkastet är borttaget."))
        return redirect("inventory:rounds")
    lead = _("Ingen har fått frågan, så ingen behöver få veta något.")
    return form_page(request, form, _("Ta bort utkastet"), _("Ta bort"), trail_of(round), lead=lead)


@page(access.CHANGE_ROUND, see=access.SEE_BOARD)
def open_round(request: Request, round: InventoryRound) -> HttpResponse:
    """What will be sent, to whom, and who cannot be reached; then the button. A colleague may be the first to press."""
    form = ConfirmForm.of(request, round)
    try:
        done = round.opened_at is None and perform(request, form, actions.open_round, round)
    except PermissionDenied:
        round.refresh_from_db()
        if round.opened_at is None:
            raise
    if round.opened_at:
        messages.info(request, _("Inventeringen är redan öppnad. Breven har gått en gång."))
        return redirect("inventory:round", round.pk)
    if done:
        asked = list(round.requests.select_related("organisation", "unit"))
        messages.success(request, sent_to(asked))
        return redirect("inventory:round", round.pk)
    context = round_pages.preview(round) | {"form": form}
    return render(request, "inventory/rounds/open.html", context, status=form.status)


def sent_to(asked: list[RoundRequest]) -> str:
    """How many letters went, and to whom none could be sent."""
    people = recipients(asked)
    count = sum(len(found) for found in people.values())
    said = ngettext("Frågan är skickad till %(count)s person.", "Frågan är skickad till %(count)s personer.", count)
    said %= {"count": count}
    empty = [str(each) for each in asked if not people[each.pk]]
    if not empty:
        return said
    return said + " " + _("Brevet nådde ingen i: %(names)s.") % {"names": ", ".join(empty)}


@page(access.RUN_ROUND, see=access.SEE_BOARD)
def ask(request: Request, round: InventoryRound) -> HttpResponse:
    not_asked = requests_to_send(round)
    form = forms.AskForm.of(request, round, not_asked=not_asked)
    if perform(request, form, actions.ask, round):
        messages.success(
            request, sent_to([RoundRequest.objects.select_related("organisation", "unit").get(pk=form.answer)])
        )
        return redirect("inventory:round", round.pk)
    lead = _("Här står de som har tillkommit sedan inventeringen öppnades. Brevet går när du skickar.")
    if not not_asked:
        lead = _("Alla förvaltningar, bolag och enheter som ska svara har fått frågan.")
    return form_page(request, form, _("Skicka frågan till fler"), _("Skicka frågan"), trail_of(round), lead=lead)


@page(access.EXTEND, see=access.SEE_REQUEST)
def extend(request: Request, asked: RoundRequest) -> HttpResponse:
    start = {"extended_to": answer_day(max(asked.due_on, clock.today()), TWO_WEEKS / 2)}
    start["extended_because"] = asked.extended_because
    form = forms.ExtendForm.of(request, asked, initial=start)
    if perform(request, form, actions.extend, asked):
        messages.success(request, _("Svarsdagen är ändrad, och de har fått ett brev om det."))
        return redirect("inventory:round", asked.round_id)
    title = _("Ge %(name)s mer tid") % {"name": asked}
    days = {"all": asked.round.closes_on, "own": asked.due_on}
    days = {name: figures.day_long(day, clock.today()) for name, day in days.items()}
    lead = _("Svarsdagen för alla är %(all)s.") % days
    if asked.extended_to:
        lead = _("Svarsdagen för alla är %(all)s. De har redan fått tid till %(own)s.") % days
    return form_page(request, form, title, _("Ändra svarsdagen"), trail_of(asked.round), lead=lead)


@page(access.RUN_ROUND, see=access.SEE_BOARD)
def close_round(request: Request, round: InventoryRound) -> HttpResponse:
    silent = list(unanswered(round))
    form = forms.CloseForm.of(request, round, silent=silent)
    if perform(request, form, actions.close_round, round):
        messages.success(request, _("Inventeringen är stängd. Den kan öppnas igen."))
        return redirect("inventory:round", round.pk)
    if silent:
        lead = _("De här har inte svarat: %(names)s. De får ett brev om att den är stängd och hur de anmäler ändå.")
        lead %= {"names": ", ".join(str(each) for each in silent)}
    else:
        lead = _("Alla har svarat. Inga fler svar tas emot, men planerade upphandlingar kan ändras som vanligt.")
    return form_page(request, form, _("Stäng inventeringen"), _("Stäng inventeringen"), trail_of(round), lead=lead)


@page(access.REOPEN_ROUND, see=access.SEE_BOARD)
def reopen_round(request: Request, round: InventoryRound) -> HttpResponse:
    start = {"closes_on": answer_day(clock.today(), TWO_WEEKS)}
    form = forms.ReopenForm.of(request, round, initial=start)
    if perform(request, form, actions.reopen_round, round):
        messages.success(request, _("Inventeringen är öppen igen."))
        return redirect("inventory:round", round.pk)
    lead = _("Svar tas emot igen till och med den nya svarsdagen. Svar som redan har kommit står kvar.")
    return form_page(request, form, _("Öppna inventeringen igen"), _("Öppna igen"), trail_of(round), lead=lead)


def every_round() -> tuple[str, str]:
    return reverse("inventory:rounds"), _("Inventering")


def trail_of(round: InventoryRound) -> Trail:
    name = board.name_of(round)
    return Trail([every_round(), (reverse("inventory:round", args=[round.pk]), name)], name)
