from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.actor import Role
from insteg.access.rules import granted
from insteg.access.views import Request, listing, page
from insteg.audit.forms import ActionForm, perform
from insteg.codes.queries import division_choices, title_of
from insteg.core import clock, keyset
from insteg.documents import responses, tables
from insteg.inventory import access, actions, cards
from insteg.inventory.exports import COLUMNS, export_rows
from insteg.inventory.forms import planned as forms
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries import planned as queries
from insteg.inventory.queries.planned import Finding, Planned
from insteg.organisations.models import Organisation
from insteg.ui.pages import address_of


@listing(access.SEE)
def planned_list(request: Request, planned: Planned) -> HttpResponse:
    filter_form = filter_of(request)
    found = queries.filtered(planned, filter_form.chosen())
    rows = keyset.page(queries.for_the_list(found), request.GET, order=queries.order(), size=queries.PAGE)
    titles, href = title_of(row.cpv for row in rows.rows), address_of("inventory:detail")
    finding = Finding.of(found)
    own = own_organisation(request)
    lines = [cards.Line.of(row, titles, href) for row in rows.rows]
    context = {
        "page": keyset.Page(lines, rows.first, rows.previous, rows.next),
        "filter": filter_form,
        "whose": request.actor.label if own else _("Hela staden"),
        "lead": cards.finding_in_words(finding, filtered=filter_form.narrowed()),
        "heading": cards.heading(finding),
        "count": cards.heading(finding),
        "clear": request.path if filter_form.narrowed() else "",
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
        "may_report": request.actor.role in access.REPORT.table,
        "report_url": reverse("inventory:create", args=[own]) if own else reverse("inventory:choose_organisation"),
        "upload_url": reverse("inventory:upload", args=[own]) if own else reverse("inventory:choose_organisation"),
    }
    return render(request, "inventory/list.html", context)


@listing(access.SEE)
def export(request: Request, planned: Planned, kind: str) -> HttpResponse:
    """The whole filtered list, not only the page at hand."""
    rows = export_rows(queries.filtered(planned, filter_of(request).chosen()))
    name = f"planerade-upphandlingar-{clock.today()}.{kind}"
    if kind == "xlsx":
        return responses.attachment(tables.xlsx(_("Planerade upphandlingar"), COLUMNS, rows), name, tables.XLSX)
    if kind == "csv":
        return responses.attachment(tables.csv(COLUMNS, rows), name, tables.CSV)
    raise Http404


@page(access.SEE, methods=["GET"])
def detail(request: Request, planned: PlannedProcurement) -> HttpResponse:
    rows = PlannedProcurement.objects.select_related("organisation", "rule_set", "contact", "upload__file")
    rights = {"may_change": access.CHANGE, "may_reinstate": access.REINSTATE}
    planned = granted(rows, request.actor, **rights).get(pk=planned.pk)
    titles = title_of(cards.all_codes(planned))
    context = cards.detail(planned, request.actor, queries.history(planned), titles)
    return render(request, "inventory/detail.html", context)


@listing(access.REPORT)
def choose_organisation(request: Request, organisations: object) -> HttpResponse:
    context = {"organisations": queries.reporting_for(request.actor)}
    return render(request, "inventory/choose_organisation.html", context)


@page(access.REPORT)
def create(request: Request, organisation: Organisation) -> HttpResponse:
    form = forms.PlannedForm.of(request, organisation)
    if perform(request, form, actions.report, organisation):
        messages.success(request, _("Upphandlingen är sparad och bedömd."))
        return redirect("inventory:detail", form.answer)
    return form_page(request, form, _("Lägg till en upphandling"), _("Spara"), about=str(organisation))


@page(access.CHANGE, see=access.SEE)
def change(request: Request, planned: PlannedProcurement) -> HttpResponse:
    form = forms.PlannedForm.of(request, planned, initial=forms.PlannedForm.start_with(planned))
    if perform(request, form, actions.change, planned):
        messages.success(request, _("Ändringen är sparad och upphandlingen är bedömd på nytt."))
        return redirect("inventory:detail", planned.pk)
    return form_page(request, form, _("Ändra"), _("Spara ändringen"), planned=planned)


@page(access.CHANGE, see=access.SEE)
def withdraw(request: Request, planned: PlannedProcurement) -> HttpResponse:
    form = forms.WithdrawForm.of(request, planned)
    if perform(request, form, actions.withdraw, planned):
        messages.success(request, _("Upphandlingen är dragen tillbaka. Den finns kvar och kan tas tillbaka."))
        return redirect("inventory:detail", planned.pk)
    lead = _("Den försvinner ur listan men finns kvar bland tillbakadragna, med ditt skäl.")
    return form_page(request, form, _("Dra tillbaka upphandlingen"), _("Dra tillbaka"), planned=planned, lead=lead)


@page(access.REINSTATE, see=access.SEE)
def reinstate(request: Request, planned: PlannedProcurement) -> HttpResponse:
    form = forms.ConfirmForm.of(request, planned)
    if perform(request, form, actions.reinstate, planned):
        messages.success(request, _("Upphandlingen är med i listan igen."))
        return redirect("inventory:detail", planned.pk)
    lead = _("Den kommer tillbaka i listan och bedöms enligt de villkor som gäller nu.")
    return form_page(request, form, _("Ta tillbaka upphandlingen"), _("Ta tillbaka"), planned=planned, lead=lead)


def form_page(
    request: Request,
    form: ActionForm,
    title: str,
    submit: str,
    *,
    planned: PlannedProcurement | None = None,
    about: str = "",
    lead: str = "",
) -> HttpResponse:
    cancel = reverse("inventory:detail", args=[planned.pk]) if planned else reverse("inventory:list")
    context = {
        "title": title, "form": form, "submit": submit, "planned": planned, "cancel": cancel, "cancel_text": "",
        "lead": lead,
        "about": planned.title if planned else about,
    }  # fmt: skip
    return render(request, "inventory/form.html", context, status=form.status)


def filter_of(request: Request) -> forms.FilterForm:
    organisations = queries.organisation_choices(own_organisation(request))
    return forms.FilterForm(request.GET, organisations=organisations, divisions=division_choices())


def own_organisation(request: Request) -> object:
    """The organisation that the actor reports for, when it is one and only one."""
    return request.actor.organisation_id if request.actor.role == Role.PROCURING else None
