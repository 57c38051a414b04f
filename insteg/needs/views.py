from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from insteg.access.views import Request, listing, page
from insteg.audit.forms import ActionForm, perform
from insteg.needs import access, actions, cards, forms, queries
from insteg.needs.models import PublishedNeed
from insteg.needs.queries import Needs
from insteg.organisations.models import Unit

BACK = "till"  # the address to return to, in the query of whoever led here


@listing(access.COUNT)
def totals(request: Request, needs: Needs) -> HttpResponse:
    """Over all units together: never whose they are."""
    found = queries.summed(needs)
    own = access.PUBLISH.filter(Unit.objects.all(), request.actor).first()
    context = {
        "rows": [(total, cards.people_in_words(total)) for total in found],
        "lead": cards.totals_in_words(found),
        "oldest": queries.oldest_confirmation(needs),
        "own": own,
    }
    return render(request, "needs/totals.html", context)


@page(access.PUBLISH, methods=["GET"])
def unit_needs(request: Request, unit: Unit) -> HttpResponse:
    return unit_page(request, unit, [], 200)


def unit_page(request: Request, unit: Unit, faults: list[str], status: int) -> HttpResponse:
    needs = queries.of_unit(unit)
    start = {"version": unit.version, "key": uuid4(), "shown": queries.seal_of(needs)}
    context = {
        "unit": unit,
        "needs": needs,
        "ended": queries.ended_of(unit),
        "lead": cards.ours_in_words(needs),
        "faults": faults,
        "confirm_form": forms.ConfirmAllForm(initial=start, auto_id="all_%s"),
        "add_form": forms.NeedForm(initial=start),
        "suggestions": queries.suggestions(),
    }
    return render(request, "needs/unit.html", context, status=status)


@page(access.PUBLISH)
def confirm(request: Request, unit: Unit) -> HttpResponse:
    """ "Inga ändringar": all that the page showed holds. A refusal shows the page anew, with what is so now."""
    form = forms.ConfirmAllForm.of(request, unit)
    if perform(request, form, actions.confirm, unit):
        messages.success(request, _("Behoven är bekräftade."))
        return redirect("needs:unit", unit.pk)
    return unit_page(request, unit, [*form.non_field_errors()], form.status)


@page(access.PUBLISH)
def add(request: Request, unit: Unit) -> HttpResponse:
    form = forms.NeedForm.of(request, unit)
    if perform(request, form, actions.publish, unit):
        messages.success(request, _("Behovet är publicerat."))
        return redirect(back_to(request, unit))
    return form_page(request, form, unit, _("Lägg till ett behov"), _("Publicera"))


@page(access.CHANGE, see=access.SEE)
def change(request: Request, need: PublishedNeed) -> HttpResponse:
    form = forms.NeedForm.of(request, need, initial=forms.NeedForm.start_with(need))
    if perform(request, form, actions.change, need):
        messages.success(request, _("Behovet är ändrat."))
        return redirect(back_to(request, need.unit))
    return form_page(request, form, need.unit, _("Ändra behovet"), _("Spara ändringen"), about=need.work)


@page(access.CHANGE, see=access.SEE)
def end(request: Request, need: PublishedNeed) -> HttpResponse:
    form = forms.ButtonForm.of(request, need)
    if perform(request, form, actions.end, need):
        messages.success(request, _("Behovet är avslutat. Det finns kvar längst ner och kan återupptas."))
        return redirect(back_to(request, need.unit))
    lead = _("Det räknas inte längre med i stadens behov. Det finns kvar bland avslutade och kan återupptas.")
    return form_page(request, form, need.unit, _("Avsluta behovet"), _("Avsluta"), about=need.work, lead=lead)


@page(access.RESUME, see=access.SEE)
def resume(request: Request, need: PublishedNeed) -> HttpResponse:
    form = forms.ButtonForm.of(request, need)
    if perform(request, form, actions.resume, need):
        messages.success(request, _("Behovet gäller igen."))
        return redirect(back_to(request, need.unit))
    lead = _("Det räknas med i stadens behov igen, med samma antal som förut.")
    return form_page(request, form, need.unit, _("Återuppta behovet"), _("Återuppta"), about=need.work, lead=lead)


def form_page(
    request: Request, form: ActionForm, unit: Unit, title: str, submit: str, *, about: str = "", lead: str = ""
) -> HttpResponse:
    refused = isinstance(form, forms.NeedForm) and form.status == 422 and bool(form.non_field_errors())
    context: dict[str, Any] = {
        "existing": queries.same_as(unit, form.cleaned_data) if refused else None,
        "title": title, "form": form, "submit": submit, "unit": unit, "lead": lead, "about": about or str(unit),
        "cancel": back_to(request, unit),
        "suggestions": queries.suggestions() if isinstance(form, forms.NeedForm) else [],
    }  # fmt: skip
    return render(request, "needs/form.html", context, status=form.status)


def back_to(request: Request, unit: Unit) -> str:
    """The page that led here, when it is one of ours; otherwise the unit's own list."""
    address = request.GET.get(BACK, "")
    ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours else reverse("needs:unit", args=[unit.pk])
