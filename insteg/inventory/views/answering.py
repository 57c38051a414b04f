"""Answering what was asked for: one row after another, with what was asked for first (R13)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.views import Request
from insteg.audit.forms import perform
from insteg.audit.pages import Trail, form_page
from insteg.inventory import actions
from insteg.inventory.cards import answering as cards
from insteg.inventory.cards.ways import way_to
from insteg.inventory.forms.planned import PlannedForm
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.answering import walk_of
from insteg.inventory.views.returning import every_planned

FORM = "inventory/answering.html"


def answer(request: Request, planned: PlannedProcurement) -> HttpResponse:
    """`planned` is a row that the actor may change. What is saved leads on to the next that waits, or to the list."""
    walk = walk_of(request.actor)
    form = PlannedForm.of(request, planned, initial=PlannedForm.start_with(planned))
    form.ask_for(walk.facts.get(planned.pk, ()))
    if perform(request, form, actions.change, planned):
        now = walk_of(request.actor)
        tell = messages.info if planned.pk in now.facts else messages.success
        tell(request, cards.saved_in_words(planned, now))
        following = walk.next_after(planned)
        return redirect(way_to(following) if following in now.facts else cards.list_of_asked())
    page = (reverse("inventory:detail", args=[planned.pk]), planned.title)
    trail = Trail([every_planned(), page], planned.title, cards.list_of_asked())
    following = walk.next_after(planned)
    return form_page(
        request, form, cards.title(walk, planned), _("Spara och gå vidare") if following else _("Spara"), trail,
        lead=cards.lead(walk, planned), template=FORM, skip=way_to(following) if following else "",
        cancel_text=_("Till listan"),
    )  # fmt: skip
