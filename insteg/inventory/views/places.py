"""How many places are reasonable (R21): the procurement unit's own number with its reason, and the way back from it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from insteg.access.views import Request, page
from insteg.audit.forms import ConfirmForm, perform
from insteg.audit.pages import form_page
from insteg.inventory import access, actions
from insteg.inventory.cards.places import proposed_in_words
from insteg.inventory.forms.places import SetPlacesForm
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.views.returning import trail_of


@page(access.SET_PLACES, see=access.SEE)
def set_places(request: Request, planned: PlannedProcurement) -> HttpResponse:
    form = SetPlacesForm.of(request, planned, initial=SetPlacesForm.start_with(planned))
    if perform(request, form, actions.set_places, planned):
        messages.success(request, _("Antalet platser är bestämt. Det gäller tills någon ändrar det."))
        return redirect("inventory:detail", planned.pk)
    title, lead = _("Bestäm antal platser"), proposed_in_words(planned)
    return form_page(request, form, title, _("Spara antalet"), trail_of(planned), lead=lead)


@page(access.SET_PLACES, see=access.SEE)
def follow_reckoning(request: Request, planned: PlannedProcurement) -> HttpResponse:
    form = ConfirmForm.of(request, planned)
    if perform(request, form, actions.follow_reckoning, planned):
        messages.success(request, _("Förslaget efter omfattning gäller igen."))
        return redirect("inventory:detail", planned.pk)
    title = _("Följ räkningen igen")
    return form_page(request, form, title, title, trail_of(planned), lead=proposed_in_words(planned))
