"""Feedback after a meeting (R33): all of it for the unit, each organisation's own, and what is done with it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Role
from insteg.access.rules import granted
from insteg.access.views import Request, listing, page
from insteg.audit.forms import ConfirmForm, perform
from insteg.audit.pages import Trail, form_page
from insteg.meetings import words
from insteg.steering import access, actions
from insteg.steering.actions.feedback import what_is_wanting
from insteg.steering.cards import feedback as cards
from insteg.steering.forms.feedback import AdjustForm
from insteg.steering.models import Agenda, Feedback, FeedbackLine
from insteg.steering.queries import feedback as queries
from insteg.ui import figures


@page(access.TELL, see=access.SEE_AGENDA, methods=["GET"])
def feedback_of_meeting(request: Request, row: Agenda) -> HttpResponse:
    """How it stands with each organisation: sent, come, read and done."""
    rows = queries.of_meeting(row)
    letters = queries.letters_of(rows)
    context = {
        "agenda": row,
        "meeting": row.meeting,
        "when": words.when_of(row.meeting),
        "rows": [cards.row(each, letters[each.pk]) for each in rows],
        "banner": cards.banner_of_meeting(row, rows),
    }
    return render(request, "steering/feedback_of_meeting.html", context)


@page(access.TELL, see=access.SEE_AGENDA)
def send_all_feedback(request: Request, row: Agenda) -> HttpResponse:
    form = ConfirmForm.of(request, row)
    if perform(request, form, actions.send_all_feedback, row):
        left = row.feedback.filter(sent_at=None).count()
        if left:
            said = ngettext(
                "Skickat. %(count)s återkoppling är kvar, eftersom något saknas i den. Öppna den och se vad.",
                "Skickat. %(count)s återkopplingar är kvar, eftersom något saknas i dem. Öppna dem och se vad.",
                left,
            )
            messages.warning(request, said % {"count": figures.grouped(left)})
        else:
            messages.success(request, _("All återkoppling är skickad. Här syns när den kommer fram och blir läst."))
        return redirect("steering:feedback_of_meeting", row.pk)
    lead = _("De som upphandlar i varje organisation får ett brev med besluten. Det som skickats ändras inte sedan.")
    return form_page(request, form, _("Skicka alla"), _("Skicka alla"), trail_of_meeting(row), lead=lead)


@listing(access.SEE_FEEDBACK)
def feedback_list(request: Request, found: QuerySet[Feedback]) -> HttpResponse:
    """One's own organisation's, the latest meeting first; for the unit and the group everyone's."""
    rows = queries.newest(found)
    letters = queries.letters_of(rows)
    context = {
        "rows": [cards.row(each, letters[each.pk]) for each in rows],
        "is_own": request.actor.role == Role.PROCURING,
        "is_cut": len(rows) == queries.MOST,
        "most": queries.MOST,
    }
    return render(request, "steering/feedback_list.html", context)


@page(access.SEE_FEEDBACK, methods=["GET"])
def feedback(request: Request, row: Feedback) -> HttpResponse:
    """Whoever it is for and opens it has read it: a receipt, and the page says so."""
    if row.sent_at is not None and row.read_at is None and access.LOOK.permits(request.actor, row.pk):
        actions.look_at_feedback(actor=request.actor, target=row, seen=None)
    whole: Any = granted(
        Feedback.objects.select_related("agenda__meeting", "organisation", "sent_by", "read_by"), request.actor,
        may_adjust=access.ADJUST_FEEDBACK, is_ours=access.LOOK,
    ).get(pk=row.pk)  # fmt: skip
    lines = [*granted(queries.in_order(whole), request.actor, may_do=access.DO_NEXT)]
    told = cards.lines(lines, queries.started(lines))
    wanting = [*what_is_wanting(whole)] if whole.may_adjust else []
    from_us = request.actor.role in access.ADJUST_FEEDBACK.table
    context = {
        "feedback": whole,
        "above": above(request, whole),
        "title": _("Återkoppling till %(organisation)s") % {"organisation": whole.organisation},
        "when": words.when_of(whole.agenda.meeting),
        "tag": cards.tag_of(whole),
        "facts": cards.facts(whole),
        "lines": told,
        "banner": cards.banner(whole, told, wanting),
        "letters": cards.letter_lines(queries.letters_of([whole])[whole.pk]) if from_us else [],
    }
    return render(request, "steering/feedback.html", context)


@page(access.ADJUST_FEEDBACK, see=access.SEE_FEEDBACK)
def adjust_feedback(request: Request, row: Feedback) -> HttpResponse:
    lines = queries.lines_of(row)
    form = AdjustForm.of(request, row, initial=AdjustForm.start_with(row, lines), lines=lines)
    if perform(request, form, actions.adjust_feedback, row):
        messages.success(request, _("Ändringen är sparad. Återkopplingen är inte skickad än."))
        return redirect("steering:feedback", row.pk)
    return form_page(request, form, _("Ändra återkopplingen"), _("Spara"), trail_of(request, row))


@page(access.ADJUST_FEEDBACK, see=access.SEE_FEEDBACK)
def send_feedback(request: Request, row: Feedback) -> HttpResponse:
    form = ConfirmForm.of(request, row)
    if perform(request, form, actions.send_feedback, row):
        messages.success(request, _("Återkopplingen är skickad. Här syns när den kommer fram och blir läst."))
        return redirect("steering:feedback", row.pk)
    names = ", ".join(str(user) for user in queries.receivers([row])[row.pk])
    lead = _("%(names)s får ett brev med besluten. Det som skickats ändras inte sedan.") % {"names": names}
    if not names:
        lead = " ".join(what_is_wanting(row))
    return form_page(request, form, _("Skicka återkopplingen"), _("Skicka"), trail_of(request, row), lead=lead)


@page(access.DO_NEXT, see=access.SEE_LINE)
def start_procurement(request: Request, row: FeedbackLine) -> HttpResponse:
    form = ConfirmForm.of(request, row)
    if perform(request, form, actions.start_procurement, row):
        messages.success(request, _("Upphandlingen har startat. Upphandlingsenheten får veta det."))
        return redirect("steering:feedback", row.feedback_id)
    lead = _("”%(title)s” går från planerad till startad upphandling. Upphandlingsenheten får ett brev om det.")
    return form_page(
        request, form, _("Starta upphandlingen"), _("Starta upphandlingen"), trail_of(request, row.feedback),
        lead=lead % {"title": row.title},
    )  # fmt: skip


@page(access.DO_NEXT, see=access.SEE_LINE)
def finish_next_step(request: Request, row: FeedbackLine) -> HttpResponse:
    form = ConfirmForm.of(request, row)
    if perform(request, form, actions.finish_next_step, row):
        messages.success(request, _("Det är antecknat som gjort."))
        return redirect("steering:feedback", row.feedback_id)
    return form_page(
        request, form, _("Nästa steg är gjort"), _("Klart"), trail_of(request, row.feedback), lead=row.next_step
    )


def above(request: Request, row: Feedback) -> list[tuple[str, str]]:
    """The unit comes from all of the meeting, whoever it is for from their list."""
    if access.TELL.permits(request.actor, row.agenda_id):
        return [*trail_of_meeting(row.agenda).above]
    return [(reverse("steering:feedback_list"), _("Återkoppling"))]


def trail_of(request: Request, row: Feedback) -> Trail:
    name = _("Återkoppling till %(organisation)s") % {"organisation": row.organisation}
    way = [*above(request, row), (reverse("steering:feedback", args=[row.pk]), name)]
    return Trail(way, capfirst(words.when_of(row.agenda.meeting)))


def trail_of_meeting(row: Agenda) -> Trail:
    above = [
        (reverse("meetings:meeting", args=[row.meeting_id]), row.meeting.title),
        (reverse("steering:feedback_of_meeting", args=[row.pk]), _("Återkoppling")),
    ]
    return Trail(above, f"{row.meeting.title}, {words.when_of(row.meeting)}")
