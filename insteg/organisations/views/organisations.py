from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.rules import granted
from insteg.access.views import Request, for_roles, listing, page
from insteg.audit.forms import perform
from insteg.core import clock, keyset
from insteg.organisations import access, actions, forms, queries
from insteg.organisations.models import Organisation, Unit
from insteg.organisations.views.pages import Step, confirmed, step_page


@listing(access.SEE)
def organisation_list(request: Request, organisations: QuerySet[Organisation]) -> HttpResponse:
    chosen = forms.OrganisationFilter(request.GET or None)
    found = queries.organisations(organisations, chosen.chosen() if chosen.is_bound else {})
    count = keyset.counted(found)
    lead = ngettext("%(count)s organisation.", "%(count)s organisationer.", count.number) % {"count": count}
    context = {
        "page": keyset.page(found, request.GET, order=["name"]),
        "lead": capfirst(lead),
        "filter": chosen,
        "clear": request.path if chosen.is_bound and chosen.narrowed() else "",
    }
    return render(request, "organisations/list.html", context)


@page(access.SEE, methods=["GET"])
def detail(request: Request, organisation: Organisation) -> HttpResponse:
    rights = {"may_change": access.CHANGE, "may_reopen": access.REOPEN, "may_invite": access.INVITE}
    row = granted(Organisation.objects.all(), request.actor, **rights).get(pk=organisation.pk)
    units = granted(queries.units(row), request.actor, may_change=access.CHANGE_UNIT, may_reopen=access.REOPEN_UNIT)
    context = {"organisation": row, "units": units, "people": queries.people_of(row)}
    return render(request, "organisations/detail.html", context)


@for_roles(access.ADD)
def add(request: Request) -> HttpResponse:
    own = Organisation.objects.get(pk=request.actor.organisation_id)
    form = forms.OrganisationForm.of(request, own)
    if perform(request, form, actions.add_organisation, own):
        messages.success(request, _("Organisationen är tillagd."))
        return redirect("organisations:detail", form.answer)
    return step_page(request, form, Step(_("Ny organisation"), _("Lägg till"), "organisations:list"))


@page(access.CHANGE, see=access.SEE)
def change(request: Request, organisation: Organisation) -> HttpResponse:
    start = {"name": organisation.name, "kind": organisation.kind, "number": organisation.number}
    form = forms.OrganisationForm.of(request, organisation, initial=start)
    if perform(request, form, actions.change_organisation, organisation):
        messages.success(request, _("Ändringen är sparad."))
        return redirect("organisations:detail", organisation.pk)
    return step_page(request, form, step(organisation, _("Ändra organisationen"), _("Spara ändringen")))


@page(access.CHANGE, see=access.SEE)
def close(request: Request, organisation: Organisation) -> HttpResponse:
    form = forms.CloseForm.of(request, organisation, initial={"closed_on": clock.today()})
    if perform(request, form, actions.close_organisation, organisation):
        messages.success(request, _("Organisationen är stängd."))
        return redirect("organisations:detail", organisation.pk)
    lead = _("Alla uppdrag i organisationen slutar gälla den dagen, och de som bara har uppdrag här kommer inte in.")
    return step_page(request, form, step(organisation, _("Stäng organisationen"), _("Stäng"), lead))


@page(access.REOPEN, see=access.SEE)
def reopen(request: Request, organisation: Organisation) -> HttpResponse:
    said = step(
        organisation,
        _("Öppna organisationen igen"),
        _("Öppna igen"),
        _("Uppdragen som fanns när den stängdes gäller igen, om de inte har gått ut eller avslutats."),
    )
    return confirmed(request, actions.reopen_organisation, organisation, said, _("Organisationen är öppen igen."))


@page(access.CHANGE, see=access.SEE)
def add_unit(request: Request, organisation: Organisation) -> HttpResponse:
    form = forms.UnitForm.of(request, organisation)
    if perform(request, form, actions.add_unit, organisation):
        messages.success(request, _("Enheten är tillagd."))
        say_what_it_means(request, Unit.objects.get(pk=form.answer))
        return redirect("organisations:detail", organisation.pk)
    return step_page(request, form, step(organisation, _("Ny enhet"), _("Lägg till")))


@page(access.CHANGE_UNIT)
def change_unit(request: Request, unit: Unit) -> HttpResponse:
    start = {"name": unit.name, "mandate": unit.mandate, "task": unit.task}
    form = forms.UnitForm.of(request, unit, initial=start)
    if perform(request, form, actions.change_unit, unit):
        messages.success(request, _("Ändringen är sparad."))
        say_what_it_means(request, Unit.objects.get(pk=unit.pk))
        return redirect("organisations:detail", unit.organisation_id)
    return step_page(request, form, step(unit.organisation, _("Ändra enheten"), _("Spara ändringen"), about=str(unit)))


def say_what_it_means(request: Request, unit: Unit) -> None:
    said = queries.what_its_task_means(unit)
    if said:
        messages.info(request, said)


@page(access.CHANGE_UNIT)
def close_unit(request: Request, unit: Unit) -> HttpResponse:
    form = forms.CloseForm.of(request, unit, initial={"closed_on": clock.today()})
    lead = _("Alla uppdrag i enheten slutar gälla den dagen.")
    said = step(unit.organisation, _("Stäng enheten"), _("Stäng"), lead, about=str(unit))
    if perform(request, form, actions.close_unit, unit, leads_to=said.trail.cancel):
        messages.success(request, _("Enheten är stängd."))
        return redirect(said.trail.cancel)
    return step_page(request, form, said)


@page(access.REOPEN_UNIT)
def reopen_unit(request: Request, unit: Unit) -> HttpResponse:
    lead = _("Uppdragen som fanns när den stängdes gäller igen, om de inte har gått ut eller avslutats.")
    said = step(unit.organisation, _("Öppna enheten igen"), _("Öppna igen"), lead, about=str(unit))
    return confirmed(request, actions.reopen_unit, unit, said, _("Enheten är öppen igen."))


def step(organisation: Organisation, title: str, button: str, lead: str = "", about: str = "") -> Step:
    return Step(title, button, "organisations:detail", organisation.pk, lead, about or str(organisation))
