from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from insteg.access.views import Request, listing, page
from insteg.audit.forms import ConfirmForm, perform
from insteg.audit.pages import Trail, form_page
from insteg.codes.queries import occupation_suggestions
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
        "suggestions": occupation_suggestions(),
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
    return need_page(request, form, _("Lägg till ett behov"), _("Publicera"), unit, str(unit))


@page(access.CHANGE, see=access.SEE)
def change(request: Request, need: PublishedNeed) -> HttpResponse:
    form = forms.NeedForm.of(request, need, initial=forms.NeedForm.start_with(need))
    if perform(request, form, actions.change, need):
        messages.success(request, _("Behovet är ändrat."))
        return redirect(back_to(request, need.unit))
    return need_page(request, form, _("Ändra behovet"), _("Spara ändringen"), need.unit, need.work)


@page(access.CHANGE, see=access.SEE)
def end(request: Request, need: PublishedNeed) -> HttpResponse:
    form = ConfirmForm.of(request, need)
    if perform(request, form, actions.end, need):
        messages.success(request, _("Behovet är avslutat. Det finns kvar längst ner och kan återupptas."))
        return redirect(back_to(request, need.unit))
    lead = _("Det räknas inte längre med i stadens behov. Det finns kvar bland avslutade och kan återupptas.")
    return form_page(
        request, form, _("Avsluta behovet"), _("Avsluta"), trail_of(request, need.unit, need.work), lead=lead
    )


@page(access.RESUME, see=access.SEE)
def resume(request: Request, need: PublishedNeed) -> HttpResponse:
    form = ConfirmForm.of(request, need)
    if perform(request, form, actions.resume, need):
        messages.success(request, _("Behovet gäller igen."))
        return redirect(back_to(request, need.unit))
    lead = _("Det räknas med i stadens behov igen, med samma antal som förut.")
    return form_page(
        request, form, _("Återuppta behovet"), _("Återuppta"), trail_of(request, need.unit, need.work), lead=lead
    )


def need_page(request: Request, form: forms.NeedForm, title: str, submit: str, unit: Unit, about: str) -> HttpResponse:
    """The page of what a need is; when the unit has the same one already, with the way to it."""
    refused = form.status == 422 and bool(form.non_field_errors())
    return form_page(
        request, form, title, submit, trail_of(request, unit, about), template="needs/form.html",
        existing=queries.same_as(unit, form.cleaned_data) if refused else None, suggestions=occupation_suggestions(),
    )  # fmt: skip


def trail_of(request: Request, unit: Unit, about: str) -> Trail:
    totals = (reverse("needs:totals"), _("Behov av platser"))
    return Trail([totals, (reverse("needs:unit", args=[unit.pk]), _("Våra behov"))], about, back_to(request, unit))


def back_to(request: Request, unit: Unit) -> str:
    """The page that led here, when it is one of ours; otherwise the unit's own list."""
    address = request.GET.get(BACK, "")
    ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours else reverse("needs:unit", args=[unit.pk])
