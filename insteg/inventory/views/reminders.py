"""What will go by itself, seen beforehand by UE and held back if it must (R10)."""

from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.views import Request, page
from insteg.audit.forms import ConfirmForm, perform
from insteg.audit.pages import Trail, form_page
from insteg.inventory import access, actions, letters
from insteg.inventory.cards import board
from insteg.inventory.letters import Letter
from insteg.inventory.models import InventoryRound, RoundRequest
from insteg.inventory.queries.reminders import Batch, coming


class Reading(NamedTuple):
    """A letter as it will read, and those who get it."""

    letter: Letter
    requests: list[RoundRequest]


@page(access.RUN_ROUND, see=access.SEE_BOARD, methods=["GET"])
def reminder_letter(request: Request, round: InventoryRound) -> HttpResponse:
    """Every reminder to come: when, to whom, and the letter as it will read."""
    batches = [(batch, readings(batch)) for batch in coming(round)]
    context = {"round": round, "name": board.name_of(round), "batches": batches}
    return render(request, "inventory/rounds/reminders.html", context)


def readings(batch: Batch) -> list[Reading]:
    """One for each wording: whoever has a day of their own is told that day."""
    found: dict[Letter, list[RoundRequest]] = {}
    for each in batch.requests:
        found.setdefault(letters.reminder_on(each, batch.day), []).append(each)
    return [Reading(letter, requests) for letter, requests in found.items()]


@page(access.HOLD_REMINDERS, see=access.SEE_REQUEST)
def hold_reminders(request: Request, asked: RoundRequest) -> HttpResponse:
    hold, form = asked.held_at is None, ConfirmForm.of(request, asked)
    if perform(request, form, actions.hold_reminders, asked, hold=hold):
        said = _("Inga påminnelser går till %(name)s.") if hold else _("Påminnelserna går till %(name)s igen.")
        messages.success(request, said % {"name": asked})
        return redirect("inventory:reminder_letter", asked.round_id)
    if hold:
        lead = _("De får inga fler påminnelser i den här inventeringen. Du kan låta dem gå igen när som helst.")
    else:
        lead = _("De påminns de dagar som återstår, om inget svar har kommit.")
    title = _("Håll inne påminnelserna") if hold else _("Låt påminnelserna gå")
    round_page = (reverse("inventory:round", args=[asked.round_id]), board.name_of(asked.round))
    reminders = (reverse("inventory:reminder_letter", args=[asked.round_id]), _("Påminnelser"))
    return form_page(request, form, title, title, Trail([round_page, reminders], str(asked)), lead=lead)
