"""One point of the agenda: its words, its files, and what the organisation itself thinks (R31)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.views import Request, page
from insteg.audit.forms import ActionForm, ConfirmForm, perform
from insteg.audit.pages import Trail, form_page
from insteg.documents import responses
from insteg.meetings import words
from insteg.steering import access, actions, agenda_wording
from insteg.steering.actions.own_views import why_no_view
from insteg.steering.forms import agenda as forms
from insteg.steering.models import AgendaFile, AgendaItem
from insteg.steering.queries import agenda as queries
from insteg.steering.views.agenda import to_page, trail_of

ANY_FILE = "application/octet-stream"  # it is saved, never shown: what it says it is, is not asked


@page(access.KEEP_ITEM, see=access.SEE_ITEM)
def change(request: Request, item: AgendaItem) -> HttpResponse:
    own = item.kind == AgendaItem.Kind.OWN
    start = {"text": item.text, "title": item.title}
    form: ActionForm = (forms.OwnPointForm if own else forms.TextForm).of(request, item, initial=start)
    if perform(request, form, actions.change_item, item):
        messages.success(request, _("Ändringen är sparad."))
        return to_page(item.agenda)
    lead = agenda_wording.what_to_write(item)
    return form_page(request, form, _("Ändra punkten"), _("Spara ändringen"), way_to(item), lead=lead)


@page(access.KEEP_ITEM, see=access.SEE_ITEM)
def remove(request: Request, item: AgendaItem) -> HttpResponse:
    form, there = ConfirmForm.of(request, item), reverse("steering:agenda", args=[item.agenda_id])
    trail, lead = way_to(item), agenda_wording.what_is_removed(item)
    if perform(request, form, actions.remove_item, item, leads_to=there):
        messages.success(request, _("Punkten är borta från dagordningen."))
        return redirect(there)
    return form_page(request, form, _("Ta bort punkten"), _("Ta bort"), trail, lead=lead)


@page(access.KEEP_ITEM, see=access.SEE_ITEM)
def add_file(request: Request, item: AgendaItem) -> HttpResponse:
    form = forms.FileForm.of(request, item)
    if perform(request, form, actions.add_file, item):
        messages.success(request, _("Filen ligger vid punkten."))
        return to_page(item.agenda)
    return form_page(request, form, _("Lägg till en fil"), _("Lägg till"), way_to(item), template="steering/file.html")


@page(access.SEE_FILE, methods=["GET"])
def file(request: Request, row: AgendaFile) -> HttpResponse:
    return responses.attachment(row.file.read(), row.file.name, ANY_FILE)


@page(access.KEEP_FILE, see=access.SEE_FILE)
def remove_file(request: Request, row: AgendaFile) -> HttpResponse:
    form, there = ConfirmForm.of(request, row), reverse("steering:agenda", args=[row.item.agenda_id])
    trail = way_to(row.item)
    if perform(request, form, actions.remove_file, row, leads_to=there):
        messages.success(request, _("Filen är borta."))
        return redirect(there)
    lead = _("Filen %(name)s tas bort från punkten. Den går inte att få tillbaka.") % {"name": row.file}
    return form_page(request, form, _("Ta bort filen"), _("Ta bort"), trail, lead=lead)


@page(access.TELL_VIEW)
def tell_view(request: Request, item: AgendaItem) -> HttpResponse:
    """Where an organisation says what it thinks itself; then on to its next procurement that waits for an answer."""
    form = forms.ViewForm.of(request, item, initial={"view": item.view})
    if perform(request, form, actions.tell_view, item):
        messages.success(request, _("Svaret är sparat. Ni kan ändra det tills styrgruppen har beslutat."))
        rest = queries.same_organisations_unanswered(item, request.actor)
        return redirect("steering:tell_view", rest[0].pk) if rest else redirect("home:tasks")
    planned, meeting = queries.planned_of(item), item.agenda.meeting
    title = _("Vad tycker ni om %(title)s?") % {"title": planned.title}
    above = [(reverse("inventory:detail", args=[planned.pk]), planned.title)]
    trail = Trail(above, words.when_of(meeting), back=reverse("home:tasks"))
    return form_page(
        request, form, title, _("Spara svaret"), trail, lead=agenda_wording.why_we_ask(item),
        template="steering/tell_view.html", item=item, closed=why_no_view(item),
        rest=queries.same_organisations_unanswered(item, request.actor),
    )  # fmt: skip


def way_to(item: AgendaItem) -> Trail:
    trail = trail_of(item.agenda)
    return Trail(trail.above, agenda_wording.named(item))
