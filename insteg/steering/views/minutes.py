"""The minutes of a meeting: the page they grow on, and the forms that hand them over, take them back and approve."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.rules import granted
from insteg.access.views import Request, page
from insteg.audit.forms import ConfirmForm, perform
from insteg.audit.pages import Trail, form_page
from insteg.documents.pdf import PDF
from insteg.documents.responses import attachment
from insteg.meetings import words
from insteg.meetings.models import Meeting
from insteg.steering import access, actions
from insteg.steering.cards import minutes as cards
from insteg.steering.forms.minutes import ApproveForm
from insteg.steering.models import Agenda, Minutes
from insteg.steering.queries import minutes as queries


@page(access.SEE_AGENDA, methods=["GET"])
def minutes(request: Request, row: Agenda) -> HttpResponse:
    """As they are so far; when they are approved, the file and what was decided."""
    row = granted(
        Agenda.objects.select_related("meeting", "minutes__approved_by", "minutes__file"), request.actor,
        may_hand_over=access.HAND_OVER, may_take_back=access.TAKE_BACK, may_approve=access.APPROVE,
        may_tell=access.TELL,
    ).get(pk=row.pk)  # fmt: skip
    said = queries.read(row)
    context = {
        "agenda": row,
        "meeting": row.meeting,
        "minutes": getattr(row, "minutes", None),
        "when": words.when_of(row.meeting),
        "card": cards.card(said),
        "state": cards.state_of(row),
        "banner": cards.banner(row, said),
    }
    return render(request, "steering/minutes.html", context)


@page(access.HAND_OVER, see=access.SEE_AGENDA)
def hand_over(request: Request, row: Agenda) -> HttpResponse:
    form = ConfirmForm.of(request, row)
    if perform(request, form, actions.hand_over, row):
        messages.success(request, _("Protokollet är lämnat för godkännande."))
        return to_page(row)
    lead = cards.handing_over_in_words(queries.read(row))
    return form_page(request, form, _("Lämna protokollet"), _("Lämna för godkännande"), trail_of(row), lead=lead)


@page(access.TAKE_BACK, see=access.SEE_AGENDA)
def take_back(request: Request, row: Agenda) -> HttpResponse:
    form = ConfirmForm.of(request, row)
    if perform(request, form, actions.take_back, row):
        messages.success(request, _("Protokollet är tillbaka. Det kan ändras, och lämnas sedan på nytt."))
        return to_page(row)
    lead = _("Punkterna kan ändras igen. Ingen kan godkänna protokollet förrän det är lämnat på nytt.")
    return form_page(request, form, _("Ta tillbaka protokollet"), _("Ta tillbaka"), trail_of(row), lead=lead)


@page(access.APPROVE, see=access.SEE_AGENDA)
def approve(request: Request, row: Agenda) -> HttpResponse:
    """The minutes stand above the button, so that what is approved is what was read."""
    said = queries.read(row)
    seal = cards.seal_of(said)
    form = ApproveForm.of(request, row, initial={"seen_words": seal})
    if perform(request, form, actions.approve, row):
        messages.success(request, _("Protokollet är godkänt och ändras inte mer."))
        return to_page(row)
    form.show_anew(seal)
    lead = _("Läs igenom protokollet. När du godkänner det blir det en fil som aldrig ändras.")
    return form_page(
        request, form, _("Godkänn protokollet"), _("Godkänn"), trail_of(row), lead=lead,
        template="steering/approve.html", card=cards.card(said),
    )  # fmt: skip


@page(access.SEE_AGENDA, methods=["GET"])
def minutes_file(request: Request, row: Agenda) -> HttpResponse:
    """There is none before somebody has approved it."""
    found = Minutes.objects.filter(agenda=row).select_related("file").first()
    if found is None:
        raise Http404
    return attachment(found.file.content.read(), found.file.name, PDF)


def trail_of(row: Agenda) -> Trail:
    meeting: Meeting = row.meeting
    above = [
        (reverse("meetings:meeting", args=[meeting.pk]), meeting.title),
        (reverse("steering:minutes", args=[row.pk]), _("Protokoll")),
    ]
    return Trail(above, f"{meeting.title}, {words.when_of(meeting)}")


def to_page(row: Agenda) -> HttpResponse:
    return redirect("steering:minutes", row.pk)
