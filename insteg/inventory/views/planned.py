from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.catalogues import panels
from insteg.access.rules import granted
from insteg.access.views import Request, listing, page
from insteg.audit.forms import ConfirmForm, perform
from insteg.audit.pages import Trail, form_page
from insteg.codes.queries import division_choices, title_of
from insteg.core import clock, keyset
from insteg.documents import responses, tables
from insteg.inventory import access, actions
from insteg.inventory.cards import answering as answering_cards
from insteg.inventory.cards import planned as cards
from insteg.inventory.cards.analysis import analysis, codes_in_common
from insteg.inventory.cards.ways import ANSWERING
from insteg.inventory.exports import COLUMNS, export_rows
from insteg.inventory.forms import planned as forms
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries import planned as queries
from insteg.inventory.queries import shared
from insteg.inventory.queries.analysis import Analysis
from insteg.inventory.queries.answering import ASKED, Walk, walk_of
from insteg.inventory.queries.compilation_reading import occupation_choices
from insteg.inventory.queries.narrowing import divisions_of, filtered
from insteg.inventory.queries.planned import Finding, Planned
from insteg.inventory.views.answering import answer
from insteg.inventory.views.choosing import choose, own_organisation
from insteg.inventory.views.returning import NAME, back_to, every_planned, first_above, request_at_hand, trail_of
from insteg.organisations.models import Organisation
from insteg.ui.pages import address_of

FORM = "inventory/planned_form.html"


@listing(access.SEE)
def planned_list(request: Request, planned: Planned) -> HttpResponse:
    filter_form = filter_of(request)
    chosen = filter_form.chosen()
    found = filtered(planned, chosen, own=own_organisation(request) is not None)
    rows = keyset.page(queries.for_the_list(found), request.GET, order=queries.order(), size=queries.PAGE)
    titles, href = title_of(row.cpv for row in rows.rows), address_of("inventory:detail")
    finding = Finding.of(found)
    own, walk = own_organisation(request), walk_at_hand(request, chosen)
    lines = [cards.Line.of(row, titles, href) for row in rows.rows]
    context = {
        "page": keyset.Page(lines, rows.first, rows.previous, rows.next),
        "filter": filter_form,
        "asked": answering_cards.banner(walk) if walk else None,
        "whose": request.actor.label if own else _("Hela staden"),
        "lead": cards.finding_in_words(finding, filtered=filter_form.narrowed(), show=chosen.get("show") or ""),
        "heading": cards.heading(finding),
        "count": cards.heading(finding),
        "clear": request.path if filter_form.narrowed() else "",
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
        "may_report": request.actor.role in access.REPORT.table,
        "may_join": request.actor.role in access.TO_JOIN.table,
        "report_url": reverse("inventory:create", args=[own]) if own else reverse("inventory:choose_organisation"),
        "upload_url": reverse("inventory:upload", args=[own]) if own else reverse("inventory:choose_organisation"),
    }
    return render(request, "inventory/list.html", context)


@listing(access.SEE)
def export(request: Request, planned: Planned, kind: str) -> HttpResponse:
    """The whole filtered list, not only the page at hand."""
    chosen, own = filter_of(request).chosen(), own_organisation(request) is not None
    rows = export_rows(filtered(planned, chosen, own=own))
    name = f"planerade-upphandlingar-{clock.today()}.{kind}"
    if kind == "xlsx":
        return responses.attachment(tables.xlsx(_("Planerade upphandlingar"), COLUMNS, rows), name, tables.XLSX)
    if kind == "csv":
        return responses.attachment(tables.csv(COLUMNS, rows), name, tables.CSV)
    raise Http404


@page(access.SEE, methods=["GET"])
def detail(request: Request, planned: PlannedProcurement) -> HttpResponse:
    beside = ("organisation", "rule_set", "contact", "upload__file", "merged_into")
    rows = PlannedProcurement.objects.select_related(*beside)
    rights = {
        "may_change": access.CHANGE, "may_reinstate": access.REINSTATE, "may_join": access.JOIN,
        "may_separate": access.SEPARATE, "may_set_places": access.SET_PLACES,
    }  # fmt: skip
    planned = granted(rows, request.actor, **rights).get(pk=planned.pk)
    joint = planned.merged_into_id
    planned.may_see_joint = joint is not None and access.SEE.permits(request.actor, joint)
    found = Analysis.of(planned, request.actor)
    titles = title_of([*cards.all_codes(planned), *codes_in_common(found)])
    context = cards.detail(planned, request.actor, queries.history(planned), titles) | analysis(planned, found, titles)
    context["carried"] = shared.carried(planned, request.actor) if planned.shared and not joint else []
    context["panels"] = panels(planned, request.actor)
    return render(request, "inventory/detail.html", context)


@listing(access.REPORT)
def choose_organisation(request: Request, organisations: object) -> HttpResponse:
    ways = [("inventory:upload", _("Läs in en plan")), ("inventory:create", _("Lägg till en upphandling"))]
    return choose(request, _("Vilken organisation gäller det?"), every_planned(), ways)


@page(access.REPORT)
def create(request: Request, organisation: Organisation) -> HttpResponse:
    asked, copied = request_at_hand(request), copied_row(request)
    start = forms.PlannedForm.start_with(copied) if copied else {}
    if copied:
        start["title"] = _("%(title)s (kopia)") % {"title": copied.title[:280]}
    form = forms.PlannedForm.of(request, organisation, initial=start)
    if perform(request, form, actions.report, organisation):
        messages.success(request, _("”%(title)s” är sparad och bedömd.") % {"title": form.cleaned_data["title"]})
        if "more" in request.POST:
            return redirect(f"{request.path}?{NAME}={asked.pk}" if asked else request.path)
        return redirect(back_to(asked, reverse("inventory:detail", args=[form.answer])))
    title, lead = _("Lägg till en upphandling"), ""
    if copied:
        title, lead = _("Kopiera en upphandling"), _("Ändra det som skiljer. Den du kopierade är kvar som den är.")
    trail = Trail([first_above(asked, every_planned())], str(organisation))
    return form_page(request, form, title, _("Spara"), trail, lead=lead, template=FORM, more=True)


def copied_row(request: Request) -> PlannedProcurement | None:
    """The row that a new one begins as a copy of, if the address names one that the actor may see."""
    try:
        key = UUID(request.GET.get("kopia", ""))
    except ValueError:
        return None
    return access.SEE.filter(PlannedProcurement.objects.all(), request.actor).filter(pk=key).first()


@page(access.CHANGE, see=access.SEE)
def change(request: Request, planned: PlannedProcurement) -> HttpResponse:
    if ANSWERING in request.GET:
        return answer(request, planned)
    asked = request_at_hand(request)
    form = forms.PlannedForm.of(request, planned, initial=forms.PlannedForm.start_with(planned))
    if perform(request, form, actions.change, planned):
        if form.changes():
            messages.success(request, _("Ändringen är sparad och upphandlingen är bedömd på nytt."))
        else:
            messages.info(request, _("Inget ändrades. Uppgifterna är bekräftade så som de står."))
        return redirect(back_to(asked, reverse("inventory:detail", args=[planned.pk])))
    return form_page(request, form, _("Ändra"), _("Spara ändringen"), trail_of(planned, asked), template=FORM)


@page(access.CHANGE, see=access.SEE)
def withdraw(request: Request, planned: PlannedProcurement) -> HttpResponse:
    asked = request_at_hand(request)
    form = forms.WithdrawForm.of(request, planned)
    if perform(request, form, actions.withdraw, planned):
        messages.success(request, _("Upphandlingen är dragen tillbaka. Den finns kvar och kan tas tillbaka."))
        return redirect(back_to(asked, reverse("inventory:detail", args=[planned.pk])))
    lead = _("Den försvinner ur listan men finns kvar bland tillbakadragna, med ditt skäl.")
    lead = f"{lead} {cards.what_is_released(planned)}".strip()
    title = _("Dra tillbaka upphandlingen")
    return form_page(request, form, title, _("Dra tillbaka"), trail_of(planned, asked), lead=lead)


@page(access.REINSTATE, see=access.SEE)
def reinstate(request: Request, planned: PlannedProcurement) -> HttpResponse:
    form = ConfirmForm.of(request, planned)
    if perform(request, form, actions.reinstate, planned):
        messages.success(request, _("Upphandlingen är med i listan igen."))
        return redirect("inventory:detail", planned.pk)
    lead = _("Den kommer tillbaka i listan och bedöms enligt de villkor som gäller nu.")
    return form_page(request, form, _("Ta tillbaka upphandlingen"), _("Ta tillbaka"), trail_of(planned), lead=lead)


def walk_at_hand(request: Request, chosen: dict[str, Any]) -> Walk | None:
    """What waits for the actor's answers, where the list shows that."""
    walk = walk_of(request.actor) if chosen.get("show") == ASKED else None
    return walk if walk and walk.facts else None


def filter_of(request: Request) -> forms.FilterForm:
    organisations = queries.organisation_choices(own_organisation(request))
    seen = access.SEE.filter(PlannedProcurement.objects.all(), request.actor)
    divisions = divisions_of(seen, dict(division_choices()), request.GET.get("cpv", ""))
    return forms.FilterForm(
        request.GET, organisations=organisations, divisions=divisions, occupations=occupation_choices(seen)
    )
