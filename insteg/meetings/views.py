"""A meeting's page, the list of one's own, and the forms that change them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from insteg.access.catalogues import panels
from insteg.access.rules import granted
from insteg.access.views import Request, listing, page
from insteg.audit.forms import ConfirmForm, perform
from insteg.audit.pages import Trail, form_page
from insteg.documents.responses import attachment
from insteg.meetings import access, actions, calendar, cards, forms, queries, words
from insteg.meetings.models import Attendance, Meeting


@listing(access.SEE)
def meetings(request: Request, found: queries.Meetings) -> HttpResponse:
    """Those that the person is called to or answers for: what comes first, then what has been."""
    coming, earlier = queries.coming(found), queries.earlier(found)
    waiting = queries.unanswered_by(request.actor)
    context = {
        "coming": [cards.row(each, waiting) for each in coming],
        "earlier": [cards.row(each, waiting) for each in earlier],
        "may_plan": request.actor.role in access.PLAN.table,
        "most": queries.MOST,
    }
    return render(request, "meetings/list.html", context)


@page(access.SEE, methods=["GET"])
def meeting(request: Request, row: Meeting) -> HttpResponse:
    rights = granted(
        Meeting.objects.select_related("organisation"), request.actor,
        may_change=access.CHANGE, may_keep=access.KEEP, may_run=access.RUN,
    )  # fmt: skip
    row = rights.get(pk=row.pk)
    people = granted(queries.listed(row), request.actor, may_answer=access.ANSWER, may_take_off=access.TAKE_OFF)
    listed = [*people]
    own = next((each for each in listed if str(each.user_id) == request.actor.id), None)
    context = {
        "meeting": row,
        "card": cards.row(row, set()),
        "when": words.when_of(row),
        "facts": cards.facts(row),
        "listed": listed,
        "own": own if row.is_called else None,
        "banner": cards.banner(row, listed, own),
        "answers": cards.answers_in_words(row, listed),
        "panels": panels(row, request.actor),
    }
    return render(request, "meetings/meeting.html", context)


@page(access.SEE, methods=["GET"])
def calendar_file(request: Request, row: Meeting) -> HttpResponse:
    """There is none before the call: nobody is to have it in a calendar yet."""
    if row.called_at is None:
        raise Http404
    return attachment(calendar.to_keep(row).encode(), f"{row.title}.ics", calendar.CONTENT_TYPE)


@page(access.CHANGE, see=access.SEE)
def change(request: Request, row: Meeting) -> HttpResponse:
    form = forms.MeetingForm.of(request, row, initial=forms.MeetingForm.start_with(row))
    if perform(request, form, actions.change, row):
        messages.success(request, _("Ändringen är sparad."))
        return to_page(row)
    return form_page(request, form, _("Ändra mötet"), _("Spara ändringen"), trail_of(row))


@page(access.CHANGE, see=access.SEE)
def call(request: Request, row: Meeting) -> HttpResponse:
    form = ConfirmForm.of(request, row)
    if perform(request, form, actions.call, row):
        messages.success(request, _("Kallelsen är skickad. Svaren syns här allteftersom de kommer."))
        return to_page(row)
    lead = cards.call_in_words(row, [*queries.listed(row)])
    return form_page(request, form, _("Kalla till mötet"), _("Skicka kallelsen"), trail_of(row), lead=lead)


@page(access.RUN, see=access.SEE)
def move(request: Request, row: Meeting) -> HttpResponse:
    form = forms.MoveForm.of(request, row, initial=forms.MoveForm.start_with(row))
    if perform(request, form, actions.move, row):
        messages.success(request, _("Mötet är flyttat. Alla som är kallade har fått brev med ny kalenderfil."))
        return to_page(row)
    lead = _("Alla som är kallade får ett brev, och mötet flyttas i deras kalendrar. Vid ny tid får de svara igen.")
    return form_page(request, form, _("Flytta mötet"), _("Flytta och skicka brev"), trail_of(row), lead=lead)


@page(access.KEEP, see=access.SEE)
def cancel(request: Request, row: Meeting) -> HttpResponse:
    form = forms.CancelForm.of(request, row)
    if perform(request, form, actions.cancel, row):
        messages.success(request, _("Mötet är inställt."))
        return to_page(row)
    lead = _("Alla som är kallade får ett brev som tar bort mötet ur deras kalendrar. Det går inte att ångra.")
    if row.called_at is None:
        lead = _("Ingen har kallats, så inga brev går ut. Det går inte att ångra.")
    return form_page(request, form, _("Ställ in mötet"), _("Ställ in"), trail_of(row), lead=lead)


@page(access.KEEP, see=access.SEE)
def invite(request: Request, row: Meeting) -> HttpResponse:
    form = forms.InviteForm.of(request, row)
    if perform(request, form, actions.invite_more, row):
        messages.success(request, _("Personen står på listan."))
        return to_page(row)
    lead = _("Ingen är kallad än, så inget brev går ut nu. Personen får kallelsen tillsammans med de andra.")
    if row.called_at is not None:
        lead = _("Personen får kallelsen med en gång. De andra får inget brev.")
    if row.has_begun:
        lead = _("Mötet har börjat, så inget brev går ut. Personen kommer med på listan över närvaro.")
    return form_page(
        request, form, _("Lägg till någon"), _("Lägg till"), trail_of(row), lead=lead,
        template="meetings/invite.html", people=queries.people_suggested(),
    )  # fmt: skip


@page(access.TAKE_OFF, see=access.SEE_OWN)
def take_off(request: Request, row: Attendance) -> HttpResponse:
    form, meeting = ConfirmForm.of(request, row), row.meeting
    there = reverse("meetings:meeting", args=[row.meeting_id])
    if perform(request, form, actions.take_off, row, leads_to=there):
        messages.success(request, _("Personen står inte längre på listan."))
        return redirect(there)
    lead = _("%(name)s tas bort från listan. Inget brev går ut, eftersom ingen är kallad än.") % {"name": row.user}
    if meeting.called_at is not None:
        lead = _("%(name)s får ett brev som tar bort mötet ur kalendern. De andra får inget brev.") % {"name": row.user}
    return form_page(request, form, _("Ta bort från listan"), _("Ta bort"), trail_of(meeting), lead=lead)


@page(access.ANSWER, see=access.SEE_OWN)
def answer(request: Request, row: Attendance) -> HttpResponse:
    form = forms.AnswerForm.of(request, row, initial={"answer": row.answer})
    if perform(request, form, actions.answer_call, row):
        messages.success(request, _("Ditt svar är sparat. Du kan ändra det tills mötet börjar."))
        return to_page(row.meeting)
    lead = capfirst(f"{words.when_of(row.meeting)}, {row.meeting.place}.")
    return form_page(request, form, _("Svara på kallelsen"), _("Skicka svaret"), trail_of(row.meeting), lead=lead)


@page(access.RUN, see=access.SEE)
def attendance(request: Request, row: Meeting) -> HttpResponse:
    listed = [*queries.listed(row)]
    form = forms.AttendanceForm.of(request, row, initial={"notes": row.notes}, listed=listed)
    if perform(request, form, actions.keep_attendance, row):
        messages.success(request, _("Närvaron är antecknad."))
        return to_page(row)
    lead = _("Anteckna vilka som var med. Kom någon som inte står här: lägg till personen på mötets sida först.")
    return form_page(request, form, _("Anteckna närvaro"), _("Spara närvaron"), trail_of(row), lead=lead)


def trail_of(row: Meeting) -> Trail:
    above = [(reverse("meetings:meetings"), _("Möten")), (reverse("meetings:meeting", args=[row.pk]), row.title)]
    return Trail(above, f"{row.title}, {words.when_of(row)}")


def to_page(row: Meeting) -> HttpResponse:
    return redirect("meetings:meeting", row.pk)
