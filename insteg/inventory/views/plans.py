"""From a sent spreadsheet to saved rows: upload, progress of a long one, review, leave."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.views import Request, page
from insteg.audit.forms import ConfirmForm, answer_before, perform, show_what_changed
from insteg.audit.gate import Blocked, Refused, Stale
from insteg.audit.pages import Trail, form_page
from insteg.core import clock
from insteg.inventory import access, actions
from insteg.inventory.forms.plans import UploadForm
from insteg.inventory.models import PlanUpload
from insteg.inventory.queries import plans as queries
from insteg.inventory.review.contents import Review
from insteg.inventory.review.form import KeepForm, LongReviewForm, RereadForm, ReviewForm
from insteg.inventory.review.page import Page
from insteg.inventory.views.returning import back_to, every_planned, first_above
from insteg.organisations.models import Organisation
from insteg.ui.figures import grouped
from insteg.ui.pages import page_or_part

SAVED_AT_ONCE = 1_000  # rows: more are saved by a job


@page(access.REPORT)
def upload(request: Request, organisation: Organisation) -> HttpResponse:
    form = UploadForm.of(request, organisation, remembered=queries.remembered_columns(organisation))
    begun, sent_before = clock.now(), answer_before(request) is not None
    if perform(request, form, actions.upload, organisation):
        if queries.was_there(form.answer, begun) and not sent_before:  # a double click is told nothing of itself
            messages.info(request, _("Den här filen är redan inläst och väntar på att granskas."))
        return redirect("inventory:review", form.answer)
    asked = queries.request_to_answer(organisation)
    lead = _("Skicka kalkylbladet som ni redan har. Du får se vad vi läste innan något sparas.")
    trail = Trail([first_above(asked, every_planned())], str(organisation))
    return form_page(
        request, form, _("Läs in en plan"), _("Läs in och granska"), trail,
        lead=lead, template="inventory/upload.html", asked=asked,
    )  # fmt: skip


@page(access.REVIEW, see=access.SEE_PLAN)
def review(request: Request, plan: PlanUpload) -> HttpResponse:
    """What was read and what was not, and what would change; keeps, reads anew, or saves all rows or none."""
    if plan.is_being_read or plan.is_being_saved:
        return redirect("inventory:plan_progress", plan.pk)
    if plan.unreadable:
        return unreadable(request, plan)
    contents = Review(plan, queries.known_beside(plan))
    do = request.POST.get("do", "")
    form = form_for(do, contents).of(request, plan, review=contents)
    forgive_going_back(request, form, plan)
    if do == "keep":
        if perform(request, form, actions.keep_plan, plan):
            messages.success(request, _("Det du har skrivit är kvar. Inget är sparat i listan än."))
            return redirect("inventory:review", plan.pk)
    elif do == "reread":
        if perform(request, form, actions.reread_plan, plan):
            messages.success(request, _("Kolumnerna lästes som du valde. Inget är sparat i listan än."))
            return redirect("inventory:review", plan.pk)
    elif isinstance(form, LongReviewForm):
        if perform(request, form, actions.begin_saving_plan, plan):
            return redirect("inventory:plan_progress", plan.pk)
    elif perform(request, form, actions.save_plan, plan):
        return done(request, plan)
    if request.method == "POST":
        keep_what_was_typed(request, form, plan)
    remembered = queries.remembered_columns(plan.organisation)
    asked = queries.request_to_answer(plan.organisation)
    context = {"plan": plan, "form": form, "page": Page(contents, form, remembered), "asked": asked}
    return render(request, "inventory/review.html", context, status=form.status)


def form_for(do: str, contents: Review) -> type[ReviewForm]:
    """`do` is the button that was pressed."""
    if do in ("keep", "reread"):
        return KeepForm if do == "keep" else RereadForm
    return LongReviewForm if len(contents.comparison.rows) > SAVED_AT_ONCE else ReviewForm


def forgive_going_back(request: Request, form: ReviewForm, plan: PlanUpload) -> None:
    seen = form.data.get("version", "")
    older = len(seen) < 10 and seen.isdecimal() and int(seen) < plan.version
    if older and queries.kept_by_oneself(plan, int(seen), request.actor):
        form.write("version", str(plan.version))


def keep_what_was_typed(request: Request, form: ReviewForm, plan: PlanUpload) -> None:
    """A refused form is not lost when its writer leaves the page: what was typed is kept all the same. Not over what
    somebody else kept meanwhile: then the page alone has it, until it is sent again."""
    if form.status == 409:
        return
    form.show_anew()
    try:
        seen = form.fields["version"].clean(form.data.get("version"))
        actions.keep_plan(actor=request.actor, target=plan, seen=seen, typed=form.review.to_keep())
    except Stale as error:
        if seen is not None and queries.kept_by_oneself(plan, seen, request.actor):  # the other of two clicks
            form.write("version", str(error.row.version))
        else:
            show_what_changed(form, error, request.actor)
    except (ValidationError, Refused, Blocked):
        return
    else:
        form.write("version", str(PlanUpload.objects.values_list("version", flat=True).get(pk=plan.pk)))


def unreadable(request: Request, plan: PlanUpload) -> HttpResponse:
    """Read by a job that could not: read without what was chosen, choose another file, or leave."""
    form = ConfirmForm.of(request, plan)
    nothing_chosen: dict[str, Any] = {"chosen_columns": {}, "typed": plan.typed, "reading": None}
    if perform(request, form, actions.reread_plan, plan, **nothing_chosen):
        return redirect("inventory:plan_progress", plan.pk)
    return render(request, "inventory/unreadable.html", {"plan": plan, "form": form}, status=form.status)


@page(access.SEE_PLAN, methods=["GET"])
def progress(request: Request, plan: PlanUpload) -> HttpResponse:
    """How far a job has come with a long plan. When it is done, leads on by itself."""
    if plan.is_being_read or plan.is_being_saved:
        context = {"plan": plan, "phase": queries.phase_of(plan)}
        return page_or_part(request, "inventory/plan_progress.html", "progress", context)
    if "HX-Request" in request.headers:
        # The part asks again; only a whole page can be told to go on.
        return HttpResponse(headers={"HX-Refresh": "true"})
    if plan.saved_at:
        return done(request, plan)
    return redirect("inventory:list") if plan.discarded_at else redirect("inventory:review", plan.pk)


def done(request: Request, plan: PlanUpload) -> HttpResponse:
    """To the answer that the organisation is about to give, or else to the list, with what became of the rows."""
    plan.refresh_from_db(fields=["typed"])
    messages.success(request, in_words(plan.typed.get("saved", {})))
    return redirect(back_to(queries.request_to_answer(plan.organisation), reverse("inventory:list")))


def in_words(saved: dict[str, int]) -> str:
    """`saved` is what save_plan counted: "3 nya, 2 ändrade, 5 bekräftade, 1 tillbakadragen."."""
    parts = [
        (saved.get("new", 0), lambda n: ngettext("%(count)s ny upphandling", "%(count)s nya upphandlingar", n)),
        (saved.get("changed", 0), lambda n: ngettext("%(count)s ändrad", "%(count)s ändrade", n)),
        (saved.get("same", 0), lambda n: ngettext("%(count)s bekräftad", "%(count)s bekräftade", n)),
        (saved.get("gone", 0), lambda n: ngettext("%(count)s tillbakadragen", "%(count)s tillbakadragna", n)),
    ]
    told = ", ".join(words(count) % {"count": grouped(count)} for count, words in parts if count)
    return _("Planen är sparad: %(what)s.") % {"what": told}


@page(access.REVIEW, see=access.SEE_PLAN)
def discard(request: Request, plan: PlanUpload) -> HttpResponse:
    form = ConfirmForm.of(request, plan)
    if perform(request, form, actions.discard_plan, plan):
        messages.success(request, _("Ingenting sparades ur filen."))
        return redirect(back_to(queries.request_to_answer(plan.organisation), reverse("inventory:list")))
    trail = Trail([every_planned()], str(plan), reverse("inventory:review", args=[plan.pk]))
    title, lead = _("Avbryt utan att spara"), _("Inget ur filen sparas. Du kan läsa in den igen när du vill.")
    cancel_text = _("Tillbaka till granskningen")
    return form_page(request, form, title, _("Spara inget"), trail, lead=lead, cancel_text=cancel_text)
