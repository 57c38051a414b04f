from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.views import Request, page
from insteg.audit.forms import perform
from insteg.inventory import access, actions
from insteg.inventory.forms.planned import ConfirmForm
from insteg.inventory.forms.plans import UploadForm
from insteg.inventory.models import PlanUpload
from insteg.inventory.review import Review, ReviewForm
from insteg.organisations.models import Organisation


@page(access.REPORT)
def upload(request: Request, organisation: Organisation) -> HttpResponse:
    form = UploadForm.of(request, organisation)
    if perform(request, form, actions.upload, organisation):
        return redirect("inventory:review", form.answer)
    context = {"form": form, "organisation": organisation}
    return render(request, "inventory/upload.html", context, status=form.status)


@page(access.REVIEW, see=access.SEE_PLAN)
def review(request: Request, plan: PlanUpload) -> HttpResponse:
    """What was read and what was not; saves all rows or none."""
    contents = Review.of(plan)
    form = ReviewForm.of(request, plan, review=contents)
    if perform(request, form, actions.save_plan, plan):
        count = len(contents.saved_rows)
        said = ngettext("%(count)d upphandling är sparad.", "%(count)d upphandlingar är sparade.", count)
        messages.success(request, said % {"count": count})
        return redirect("inventory:list")
    context = {"plan": plan, "review": contents, "form": form}
    return render(request, "inventory/review.html", context, status=form.status)


@page(access.REVIEW, see=access.SEE_PLAN)
def discard(request: Request, plan: PlanUpload) -> HttpResponse:
    form = ConfirmForm.of(request, plan)
    if perform(request, form, actions.discard_plan, plan):
        messages.success(request, _("Ingenting sparades ur filen."))
        return redirect("inventory:list")
    context = {
        "title": _("Avbryt utan att spara"), "form": form, "submit": _("Spara inget"), "about": str(plan),
        "planned": None,
        "lead": _("Inget ur filen sparas. Du kan läsa in den igen när du vill."),
        "cancel": reverse("inventory:review", args=[plan.pk]), "cancel_text": _("Tillbaka till granskningen"),
    }  # fmt: skip
    return render(request, "inventory/form.html", context, status=form.status)
