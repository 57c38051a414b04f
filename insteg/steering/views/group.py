"""The steering group on one page, and the forms that change it or call it (R30)."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.rules import granted
from insteg.access.views import Request, for_roles, listing, page
from insteg.audit.forms import perform
from insteg.audit.pages import Trail, form_page
from insteg.core import clock
from insteg.meetings import access as meetings
from insteg.meetings.actions import plan
from insteg.organisations.models import Organisation
from insteg.steering import access, actions, group_wording
from insteg.steering.forms import group as forms
from insteg.steering.models import Seat
from insteg.steering.queries import group as queries


@listing(access.SEE_SEAT)
def group(request: Request, found: QuerySet[Seat]) -> HttpResponse:
    """Who sits in the group, what it lacks, its meetings and whose move it is. The administrator sees no meetings."""
    today = clock.today()
    rows = granted(found, request.actor, may_change=access.CHANGE_SEAT).select_related("user")
    seats = queries.in_order(rows.in_force(today))
    later = rows.filter(starts_on__gt=today).order_by("starts_on", "pk")
    over = rows.filter(ends_on__lt=today).order_by("-ends_on", "-starts_on", "pk")[: queries.MOST_SHOWN]
    context = {
        "seats": group_wording.with_office(seats),
        "later": group_wording.with_office(later),
        "over": group_wording.with_office(over),
        "lead": group_wording.lead(seats),
        "missing": group_wording.missing(seats) if seats else [],
        "may_keep": request.actor.role in access.KEEP_GROUP.table,
        "may_call": request.actor.role in meetings.PLAN.table,
    }
    if request.actor.role in access.SEE_MEETINGS:
        coming, earlier = queries.meetings_of_the_group(request.actor)
        banner = group_wording.banner(queries.term_meeting(today), calls=bool(context["may_call"]))
        context |= {
            "banner": banner,
            "asks_to_call": seats and banner.href == reverse("steering:call"),
            "coming": [group_wording.line(each) for each in coming],
            "earlier": [group_wording.line(each) for each in earlier],
        }
    return render(request, "steering/group.html", context)


@for_roles(access.KEEP_GROUP)
def add_seat(request: Request) -> HttpResponse:
    own = Organisation.objects.get(pk=request.actor.organisation_id)
    form = forms.SeatForm.of(request, own, initial={"starts_on": clock.today()})
    if perform(request, form, actions.add_seat, own):
        messages.success(request, _("Personen sitter i styrgruppen."))
        return redirect("steering:group")
    lead = _("Mandatet säger vem som sitter i gruppen och hur länge. Vad personen får se i Insteg avgörs av rollen.")
    return form_page(request, form, _("Lägg till i styrgruppen"), _("Lägg till"), Trail([the_group()]), lead=lead)


@page(access.CHANGE_SEAT, see=access.SEE_SEAT)
def change_seat(request: Request, seat: Seat) -> HttpResponse:
    form = forms.SeatForm.of(request, seat, initial=forms.SeatForm.start_with(seat), seat=seat)
    if perform(request, form, actions.change_seat, seat):
        messages.success(request, _("Ändringen är sparad."))
        return redirect("steering:group")
    return form_page(request, form, _("Ändra mandatet"), _("Spara ändringen"), Trail([the_group()], str(seat.user)))


@page(access.CHANGE_SEAT, see=access.SEE_SEAT)
def end_seat(request: Request, seat: Seat) -> HttpResponse:
    form = forms.EndSeatForm.of(request, seat, initial=forms.EndSeatForm.start_with())
    if perform(request, form, actions.end_seat, seat):
        messages.success(request, _("Mandatets sista dag är sparad. Det står kvar i historiken."))
        return redirect("steering:group")
    lead = _("Personen kallas inte till möten efter den dagen. Mandatet står kvar i historiken.")
    return form_page(
        request, form, _("Avsluta mandatet"), _("Avsluta"), Trail([the_group()], str(seat.user)), lead=lead
    )


@for_roles(meetings.PLAN)
def call(request: Request) -> HttpResponse:
    """A meeting of the group, with those on the list who sit there that day. Letters go from the meeting's own page."""
    own = Organisation.objects.get(pk=request.actor.organisation_id)
    form = forms.CallForm.of(request, own, initial=forms.CallForm.fresh())
    if perform(request, form, plan, own):
        messages.success(request, _("Mötet är planerat. Läs igenom det, och skicka kallelsen."))
        return redirect("meetings:meeting", form.answer)
    lead = _("De som sitter i gruppen den dagen kommer med på listan. Inga brev går förrän du skickar kallelsen.")
    return form_page(request, form, _("Kalla till möte"), _("Spara mötet"), Trail([the_group()]), lead=lead)


def the_group() -> tuple[str, str]:
    return reverse("steering:group"), _("Styrgruppen")
