"""The meeting, point by point (R32): what decides on each, what the group chooses, and what the minutes say of it."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from insteg.access.rules import granted
from insteg.access.views import Request, page
from insteg.audit.forms import ActionForm, perform
from insteg.codes.queries import title_of
from insteg.meetings import access as meetings
from insteg.meetings.models import Meeting
from insteg.meetings.queries import listed
from insteg.steering import access, actions
from insteg.steering.cards import at_the_meeting as around
from insteg.steering.cards import deciding as cards
from insteg.steering.cards.pack import attached
from insteg.steering.forms.deciding import DecideForm, NoteForm
from insteg.steering.models import Agenda, AgendaFile, AgendaItem, Decision
from insteg.steering.pack_sections import passages
from insteg.steering.queries import deciding as queries

PAGE = "steering/mode/page.html"
ASK_NO_MORE = 286


@page(meetings.SEE, methods=["GET"])
def meeting_mode(request: Request, meeting: Meeting) -> HttpResponse:
    """To the first procurement that is to be decided on. A meeting without points says so."""
    agenda = access.SEE_AGENDA.filter(Agenda.objects.filter(meeting=meeting), request.actor).first()
    points = queries.points_of(agenda) if agenda else []
    if points:
        return redirect("steering:item", (queries.waiting(points) or points[0]).pk)
    may_build = access.BUILD.permits(request.actor, meeting.pk)
    lead = around.no_points(meeting, agenda, may_build=may_build)
    return render(request, "steering/mode/no_points.html", {"meeting": meeting, "lead": lead})


@page(access.SEE_ITEM, methods=["GET"])
def item(request: Request, row: AgendaItem) -> HttpResponse:
    return show(request, row)


@page(access.SEE_ITEM, methods=["GET"])
def news(request: Request, row: AgendaItem) -> HttpResponse:
    """Asked by an open page of the meeting, with what it saw: what has happened since then, or nothing. 286 is htmx's
    word for asking no more: there is news, or the meeting is over, and a page left open then keeps nobody signed in.
    """
    row = AgendaItem.objects.select_related("agenda__meeting", "planned", "decision").get(pk=row.pk)
    if request.GET.get("sett") != queries.stamp_of(row):
        context = {"item": row, "news": around.news(row)}
        return render(request, "steering/mode/_news.html", context, status=ASK_NO_MORE)
    return HttpResponse(status=204 if around.goes_on(row.agenda) else ASK_NO_MORE)


@page(access.DECIDE, see=access.SEE_ITEM)
def decide(request: Request, row: AgendaItem) -> HttpResponse:
    if row.planned is None:
        raise Http404
    form = DecideForm.of(request, row, initial=DecideForm.start_with(row.planned))
    if perform(request, form, actions.decide, row):
        messages.success(request, around.entered(row.planned, Decision.objects.get(pk=form.answer)))
        return on_from(row)
    return show(request, row, decide_form=form)


@page(access.DECIDE, see=access.SEE_ITEM)
def note(request: Request, row: AgendaItem) -> HttpResponse:
    form = NoteForm.of(request, row, initial={"note": row.note}, auto_id="note_%s")
    if perform(request, form, actions.note_item, row):
        messages.success(request, _("Anteckningen är sparad."))
        return on_from(row) if row.planned is None else redirect("steering:item", row.pk)
    return show(request, row, note_form=form)


def on_from(row: AgendaItem) -> HttpResponse:
    """To the next point; when all is gone through, to the minutes."""
    following = queries.following(row, queries.points_of(row.agenda))
    if following is None:
        return redirect("steering:minutes", row.agenda_id)
    return redirect("steering:item", following.pk)


def show(
    request: Request, row: AgendaItem, *, decide_form: ActionForm | None = None, note_form: ActionForm | None = None
) -> HttpResponse:
    """The point as it is now, also when somebody else was there first; a form that was sent keeps what was typed."""
    files = Prefetch("files", AgendaFile.objects.select_related("file").order_by("created_at", "pk"))
    asked = granted(AgendaItem.objects.filter(pk=row.pk), request.actor, may_decide=access.DECIDE)
    row = (
        asked.select_related("agenda__meeting", "agenda__minutes", "planned", "decision__assessment")
        .prefetch_related(files)
        .get()
    )
    found, people = queries.facts_of(row, request.actor), [*listed(row.agenda.meeting)]
    context: dict[str, Any] = {
        "item": row,
        "meeting": row.agenda.meeting,
        "around": around.around(row, row.agenda.meeting, queries.points_of(row.agenda), people),
        "may_run": meetings.RUN.permits(request.actor, row.agenda.meeting_id),
        "files": [attached(each) for each in row.files.all()],
        "decided": around.standing(row.decision) if row.decision else None,
    }
    context["stamp"] = queries.stamp_of(row) if around.goes_on(row.agenda) else ""
    context["stop"] = around.why_not(
        row, row.agenda, found, people, may_decide=row.may_decide, may_note_presence=context["may_run"]
    )
    if found is None:
        context["passages"] = passages(row.kind, row.agenda, request.actor)
    else:
        codes = [each.digits.ljust(8, "0") for each in found.alike if each.digits]
        context["seen"] = cards.seen(found, row, title_of(codes))
    if found and (decide_form or (row.may_decide and not context["stop"])):
        context["decide_form"] = decide_form or fresh(DecideForm, row, DecideForm.start_with(found.planned))
    if row.may_decide:
        context["note_form"] = note_form or fresh(NoteForm, row, {"note": row.note}, auto_id="note_%s")
    sent = decide_form or note_form
    return render(request, PAGE, context, status=sent.status if sent else 200)


def fresh(form: type[ActionForm], row: AgendaItem, initial: dict[str, Any], **more: Any) -> ActionForm:
    """One that was not sent, also where another of the page was."""
    return form(initial={"version": row.version, "key": uuid4(), **initial}, **more)
