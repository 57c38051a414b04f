"""The pack of a meeting (R31): made, read, changed, asked about and sent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.rules import granted
from insteg.access.views import Request, page
from insteg.audit.forms import ConfirmForm, perform
from insteg.audit.pages import Trail, form_page
from insteg.documents import pdf, responses, word
from insteg.meetings import words
from insteg.meetings.models import Meeting
from insteg.steering import access, actions, agenda_wording
from insteg.steering.cards import pack, whose_move
from insteg.steering.cards.pack_document import file_name, report
from insteg.steering.forms import agenda as forms
from insteg.steering.models import Agenda
from insteg.steering.queries import agenda as queries
from insteg.steering.stages import answered_by

KINDS = {"word": ("docx", word.docx, word.DOCX), "pdf": ("pdf", pdf.pdf, pdf.PDF)}


@page(access.BUILD)
def build(request: Request, meeting: Meeting) -> HttpResponse:
    form = ConfirmForm.of(request, meeting)
    if perform(request, form, actions.build_agenda, meeting):
        made = Agenda.objects.get(meeting=meeting)
        messages.success(request, _("Underlaget är påbörjat. Ingen annan kan läsa det förrän du skickar det."))
        return redirect("steering:agenda", made.pk)
    above = [the_meetings(), (reverse("meetings:meeting", args=[meeting.pk]), meeting.title)]
    trail, lead = Trail(above, words.when_of(meeting)), agenda_wording.to_come_with(meeting)
    return form_page(request, form, _("Förbered underlaget"), _("Gör underlaget"), trail, lead=lead)


@page(access.SEE_AGENDA, methods=["GET"])
def agenda(request: Request, row: Agenda) -> HttpResponse:
    """The whole pack on one page, without what it is worth for whoever may not see that."""
    rights = granted(
        Agenda.objects.select_related("meeting", "minutes"), request.actor,
        may_keep=access.KEEP_AGENDA, may_approve=access.APPROVE,
    )  # fmt: skip
    row = rights.get(pk=row.pk)
    found = pack.points(row, queries.to_read(row, request.actor), request.actor)
    context = {
        "agenda": row,
        "meeting": row.meeting,
        "when": words.when_of(row.meeting),
        "points": found,
        "lead": pack.lead(found),
        "views": pack.views_in_words(found),
        "banner": whose_move.banner(row, found),
        "silent": any(each.waits and each.item.viewed_at is None for each in found),
    }
    return render(request, "steering/agenda.html", context)


@page(access.SEE_AGENDA, methods=["GET"])
def file_of(request: Request, row: Agenda, kind: str) -> HttpResponse:
    """Made anew for each that asks: what a procurement is worth is not in everyone's."""
    row = Agenda.objects.select_related("meeting", "minutes").get(pk=row.pk)
    ending, make, content_type = KINDS[kind]
    found = pack.points(row, queries.to_read(row, request.actor), request.actor)
    return responses.attachment(make(report(row, found)), file_name(row, ending), content_type)


@page(access.KEEP_AGENDA, see=access.SEE_AGENDA)
def update(request: Request, row: Agenda) -> HttpResponse:
    form = ConfirmForm.of(request, row)
    if perform(request, form, actions.update_agenda, row):
        messages.success(request, _("Underlaget är uppdaterat. Det nya står på sin plats i dagordningen."))
        return to_page(row)
    new = queries.to_decide(row)
    return form_page(request, form, _("Uppdatera från sammanställningen"), _("Uppdatera"), trail_of(row),
                     lead=agenda_wording.new_in_words(new))  # fmt: skip


@page(access.KEEP_AGENDA, see=access.SEE_AGENDA)
def put_forward(request: Request, row: Agenda) -> HttpResponse:
    offered = [*queries.to_put_forward(row, request.actor)[: queries.MOST_OFFERED]]
    choices = [(str(each.pk), agenda_wording.offered(each)) for each in offered]
    form = forms.PutForwardForm.of(request, row, choices=choices)
    if perform(request, form, actions.put_forward, row):
        said = ngettext(
            "%(count)s upphandling läggs fram för gruppen.", "%(count)s upphandlingar läggs fram för gruppen.",
            len(form.cleaned_data["rows"]),
        )  # fmt: skip
        messages.success(request, said % {"count": len(form.cleaned_data["rows"])})
        return to_page(row)
    if not offered and not form.is_bound:
        return render(request, "steering/agenda_nothing.html", {"agenda": row, "above": trail_of(row).above})
    lead = _("Det som är bedömt och inte står på någon dagordning. Det du väljer väntar sedan på gruppens beslut.")
    return form_page(request, form, _("Lägg fram fler"), _("Lägg fram"), trail_of(row), lead=lead)


@page(access.KEEP_AGENDA, see=access.SEE_AGENDA)
def order(request: Request, row: Agenda) -> HttpResponse:
    items = queries.items_of(row)
    named = [(item, str(item.planned or item)) for item in items]
    form = forms.OrderForm.of(request, row, items=named)
    if perform(request, form, actions.order_agenda, row):
        messages.success(request, _("Ordningen är sparad."))
        return to_page(row)
    lead = _("Skriv vilken plats en punkt ska ha. De andra flyttar på sig.")
    return form_page(request, form, _("Ändra ordningen"), _("Spara ordningen"), trail_of(row), lead=lead)


@page(access.KEEP_AGENDA, see=access.SEE_AGENDA)
def add_item(request: Request, row: Agenda) -> HttpResponse:
    form = forms.OwnPointForm.of(request, row)
    if perform(request, form, actions.add_item, row):
        messages.success(request, _("Punkten står på dagordningen."))
        return to_page(row)
    return form_page(request, form, _("Lägg till en egen punkt"), _("Lägg till"), trail_of(row))


@page(access.KEEP_AGENDA, see=access.SEE_AGENDA)
def ask_views(request: Request, row: Agenda) -> HttpResponse:
    wanted = queries.views_wanted(row)
    form = forms.AskViewsForm.of(request, row, initial={"views_by": row.views_by or answered_by(row.meeting)})
    if perform(request, form, actions.ask_views, row):
        messages.success(request, _("Frågan är skickad. Svaren syns i underlaget allteftersom de kommer."))
        return to_page(row)
    return form_page(
        request, form, _("Fråga organisationerna vad de tycker"), _("Skicka frågan"), trail_of(row),
        lead=agenda_wording.who_is_asked(wanted, row.meeting), template="steering/ask_views.html",
        rows=agenda_wording.asked(wanted, row.meeting),
    )  # fmt: skip


@page(access.KEEP_AGENDA, see=access.SEE_AGENDA)
def share(request: Request, row: Agenda) -> HttpResponse:
    form = ConfirmForm.of(request, row)
    if perform(request, form, actions.share_agenda, row):
        messages.success(request, _("Underlaget är skickat. Alla som är kallade kan läsa det."))
        return to_page(row)
    title = _("Skicka underlaget") if row.shared_at is None else _("Säg att underlaget är ändrat")
    return form_page(request, form, title, _("Skicka"), trail_of(row), lead=agenda_wording.who_reads_it(row))


def the_meetings() -> tuple[str, str]:
    return reverse("meetings:meetings"), _("Möten")


def trail_of(row: Agenda) -> Trail:
    """The way to a form about the pack."""
    meeting = Meeting.objects.get(agenda=row.pk)
    above = [
        the_meetings(),
        (reverse("meetings:meeting", args=[meeting.pk]), meeting.title),
        (reverse("steering:agenda", args=[row.pk]), _("Underlag")),
    ]
    return Trail(above, words.when_of(meeting))


def to_page(row: Agenda) -> HttpResponse:
    return redirect("steering:agenda", row.pk)
