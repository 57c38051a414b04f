from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.rules import granted
from insteg.access.views import Request, listing, page
from insteg.audit.forms import ConfirmForm, perform
from insteg.audit.pages import Trail, form_page
from insteg.codes.queries import title_of
from insteg.core import clock, keyset
from insteg.documents import responses, tables
from insteg.inventory import access, actions
from insteg.inventory.agreement_reader import register_from_json
from insteg.inventory.agreement_rows import compare
from insteg.inventory.cards import agreements as cards
from insteg.inventory.forms import agreements as forms
from insteg.inventory.forms.planned import PlannedForm
from insteg.inventory.models import AgreementUpload, PlannedProcurement, RoundRequest, RunningAgreement
from insteg.inventory.queries import agreements as queries
from insteg.inventory.queries.agreements import Agreements, Finding
from insteg.inventory.queries.planned import organisation_choices
from insteg.inventory.views.choosing import choose, own_organisation
from insteg.inventory.views.returning import back_to, every_planned, first_above, request_at_hand
from insteg.organisations.models import Organisation


@listing(access.SEE_AGREEMENT)
def agreement_list(request: Request, agreements: Agreements) -> HttpResponse:
    filter_form = filter_of(request, agreements)
    found = queries.filtered(agreements, filter_form.chosen())
    shown = keyset.page(queries.for_the_list(found), request.GET, order=queries.order(), size=queries.PAGE)
    finding, own = Finding.of(found), own_organisation(request)
    narrowed = filter_form.narrowed()
    heading = ngettext("%(count)s avtal", "%(count)s avtal", finding.total) % {"count": finding.total}
    context = {
        "page": shown,
        "lines": [(row, cards.state_of(row)) for row in shown.rows],
        "filter": filter_form,
        "whose": request.actor.label if own else _("Hela staden"),
        "lead": cards.finding_in_words(finding, filtered=narrowed),
        "heading": heading,
        "clear": request.path if narrowed else "",
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
        "add_url": address(own, "inventory:add_agreement"),
        "upload_url": address(own, "inventory:upload_register"),
    }
    return render(request, "inventory/agreements/list.html", context)


@listing(access.SEE_AGREEMENT)
def export_agreements(request: Request, agreements: Agreements, kind: str) -> HttpResponse:
    """The whole filtered list, not only the page at hand."""
    rows = cards.export_rows(queries.filtered(agreements, filter_of(request, agreements).chosen()))
    name = f"lopande-avtal-{clock.today()}.{kind}"
    if kind == "xlsx":
        return responses.attachment(tables.xlsx(_("Löpande avtal"), cards.COLUMNS, rows), name, tables.XLSX)
    if kind == "csv":
        return responses.attachment(tables.csv(cards.COLUMNS, rows), name, tables.CSV)
    raise Http404


@page(access.SEE_AGREEMENT, methods=["GET"])
def agreement_page(request: Request, agreement: RunningAgreement) -> HttpResponse:
    rows = queries.with_withdrawn(queries.with_renewal(RunningAgreement.objects.select_related("organisation")))
    rights = {"may_change": access.CHANGE_AGREEMENT, "may_revive": access.REVIVE_AGREEMENT}
    agreement = granted(rows, request.actor, **rights).get(pk=agreement.pk)
    ours = request.actor.organisation_id == agreement.organisation_id
    proposal = queries.Proposal.of(agreement)
    context = {
        "agreement": agreement,
        "banner": cards.banner_of(
            agreement, may_change=agreement.may_change, ours=ours, reason=proposal.withdrawn_reason
        ),
        "may_plan": agreement.may_change and not agreement.renewed,
        "renewals": granted(queries.renewals_of(agreement, request.actor), request.actor, may_change=access.CHANGE),
        "facts": cards.facts_of(agreement, title_of([agreement.cpv]).get(agreement.cpv, "")),
        "events": cards.events_of(agreement),
    }
    return render(request, "inventory/agreements/detail.html", context)


@listing(access.REPORT)
def choose_whose_agreements(request: Request, organisations: object) -> HttpResponse:
    ways = [
        ("inventory:upload_register", _("Läs in avtalsregistret")),
        ("inventory:add_agreement", _("Lägg till ett avtal")),
    ]
    return choose(request, _("Vilken organisations avtal gäller det?"), every_agreement(), ways)


@page(access.REPORT)
def add_agreement(request: Request, organisation: Organisation) -> HttpResponse:
    form = forms.AgreementForm.of(request, organisation)
    if perform(request, form, actions.add_agreement, organisation):
        messages.success(request, _("Avtalet är sparat."))
        return redirect("inventory:agreement", form.answer)
    return form_page(request, form, _("Lägg till ett avtal"), _("Spara"), Trail([every_agreement()], str(organisation)))


@page(access.CHANGE_AGREEMENT, see=access.SEE_AGREEMENT)
def change_agreement(request: Request, agreement: RunningAgreement) -> HttpResponse:
    form = forms.AgreementForm.of(request, agreement, initial=forms.AgreementForm.start_with(agreement))
    if perform(request, form, actions.change_agreement, agreement):
        messages.success(request, _("Ändringen är sparad."))
        return redirect("inventory:agreement", agreement.pk)
    return form_page(request, form, _("Ändra avtalet"), _("Spara ändringen"), trail_of(agreement))


@page(access.CHANGE_AGREEMENT, see=access.SEE_AGREEMENT)
def end_agreement(request: Request, agreement: RunningAgreement) -> HttpResponse:
    form = forms.EndForm.of(request, agreement)
    trail = trail_of(agreement, request_at_hand(request))
    if perform(request, form, actions.end_agreement, agreement):
        messages.success(request, _("Avtalet föreslås inte mer. Det finns kvar och kan tas tillbaka."))
        return redirect(trail.cancel)
    lead = _("Avtalet löper som förut, men föreslås inte som kommande upphandling.")
    title = _("Ska inte upphandlas igen")
    return form_page(request, form, title, _("Spara"), trail, lead=lead)


@page(access.REVIVE_AGREEMENT, see=access.SEE_AGREEMENT)
def revive_agreement(request: Request, agreement: RunningAgreement) -> HttpResponse:
    form = ConfirmForm.of(request, agreement)
    if perform(request, form, actions.revive_agreement, agreement):
        messages.success(request, _("Avtalet kan föreslås som kommande upphandling igen."))
        return redirect("inventory:agreement", agreement.pk)
    lead = _("Det föreslås som kommande upphandling när det löper ut, som de andra avtalen.")
    return form_page(request, form, _("Ska upphandlas igen"), _("Ta tillbaka"), trail_of(agreement), lead=lead)


@page(access.CHANGE_AGREEMENT, see=access.SEE_AGREEMENT)
def plan_renewal(request: Request, agreement: RunningAgreement) -> HttpResponse:
    """The form of a planned procurement, filled with what the agreement tells."""
    form = PlannedForm.of(request, agreement, initial=forms.start_renewal_with(agreement))
    asked = request_at_hand(request)
    if perform(request, form, actions.plan_renewal, agreement):
        messages.success(request, _("Upphandlingen är sparad och bedömd. Den följer på avtalet."))
        return redirect(back_to(asked, reverse("inventory:detail", args=[form.answer])))
    filled = _("Vi har fyllt i det som avtalet säger. Ändra det som blir annorlunda nästa gång.")
    lead = f"{filled} {cards.starts_in_words(agreement.successor_start, agreement.latest_successor_start)}"
    trail = Trail([first_above(asked, every_planned())], agreement.title, trail_of(agreement, asked).cancel)
    title = _("Lägg till som planerad upphandling")
    return form_page(request, form, title, _("Spara"), trail, lead=lead, template="inventory/planned_form.html")


@page(access.CHANGE_AGREEMENT, see=access.SEE_AGREEMENT)
def link_renewal(request: Request, agreement: RunningAgreement) -> HttpResponse:
    form = forms.LinkForm.of(request, agreement, agreement=agreement)
    trail = trail_of(agreement, request_at_hand(request))
    if perform(request, form, actions.link_renewal, agreement):
        messages.success(request, _("Upphandlingen följer nu på avtalet."))
        return redirect(trail.cancel)
    lead = cards.starts_in_words(agreement.successor_start, agreement.latest_successor_start)
    title = _("Är redan anmäld")
    return form_page(request, form, title, _("Koppla ihop"), trail, lead=lead)


@page(access.CHANGE, see=access.SEE)
def unlink_renewal(request: Request, planned: PlannedProcurement) -> HttpResponse:
    agreement = planned.renews
    trail = (trail_of(agreement) if agreement else Trail([every_agreement()]))._replace(about=planned.title)
    form = ConfirmForm.of(request, planned)
    if perform(request, form, actions.unlink_renewal, planned, leads_to=trail.cancel):
        messages.success(request, _("Upphandlingen följer inte längre på avtalet."))
        return redirect(form.answer or trail.cancel)
    lead = _("Upphandlingen finns kvar. Avtalet föreslås igen när det löper ut.")
    return form_page(request, form, _("Följer inte på avtalet"), _("Ta bort kopplingen"), trail, lead=lead)


@page(access.REPORT)
def upload_register(request: Request, organisation: Organisation) -> HttpResponse:
    form = forms.RegisterForm.of(request, organisation)
    if perform(request, form, actions.upload_register, organisation):
        return redirect("inventory:review_register", form.answer)
    lead = _("Skicka listan ur ert avtalssystem som den är. Du får se vad som är nytt och ändrat innan något sparas.")
    title, trail = _("Läs in avtalsregistret"), Trail([every_agreement()], str(organisation))
    template = "inventory/agreements/upload.html"
    return form_page(request, form, title, _("Läs in och granska"), trail, lead=lead, template=template)


@page(access.REVIEW_REGISTER, see=access.SEE_REGISTER)
def review_register(request: Request, upload: AgreementUpload) -> HttpResponse:
    """What was read and what was not; saves every row that is not left out, or none."""
    register = register_from_json(upload.reading)
    form = forms.ReviewRegisterForm.of(request, upload, register=register)
    if perform(request, form, actions.save_register, upload):
        messages.success(request, _("Avtalen är sparade. Avtal som inte finns i filen är orörda."))
        return redirect("inventory:agreements")
    known = RunningAgreement.objects.filter(organisation=upload.organisation_id).order_by("pk")
    matches = compare(register, known, clock.today(), queries.names_of_others(upload.organisation))
    rows = [cards.shown_row(match, form.fields_of(match.place)) for match in matches]
    rows.sort(key=lambda shown: cards.FIRST.index(shown.row.kind))
    context = {
        "upload": upload,
        "register": register,
        "form": form,
        "lead": cards.register_in_words(matches),
        "rows": [shown for shown in rows if shown.row.kind not in cards.UNTOUCHED],
        "same_rows": [shown for shown in rows if shown.row.kind in cards.UNTOUCHED],
        "nothing_new": all(match.kind in cards.UNTOUCHED for match in matches),
    }
    return render(request, "inventory/agreements/review.html", context, status=form.status)


@page(access.REVIEW_REGISTER, see=access.SEE_REGISTER)
def discard_register(request: Request, upload: AgreementUpload) -> HttpResponse:
    form = ConfirmForm.of(request, upload)
    if perform(request, form, actions.discard_register, upload):
        messages.success(request, _("Ingenting sparades ur filen."))
        return redirect("inventory:agreements")
    lead = _("Inget ur filen sparas. Du kan läsa in den igen när du vill.")
    trail = Trail([every_agreement()], str(upload), reverse("inventory:review_register", args=[upload.pk]))
    return form_page(request, form, _("Avbryt utan att spara"), _("Spara inget"), trail, lead=lead)


def every_agreement() -> tuple[str, str]:
    return reverse("inventory:agreements"), _("Löpande avtal")


def trail_of(agreement: RunningAgreement, asked: RoundRequest | None = None) -> Trail:
    page = (reverse("inventory:agreement", args=[agreement.pk]), agreement.title)
    return Trail([first_above(asked, every_agreement()), page], agreement.title, back_to(asked, ""))


def filter_of(request: Request, agreements: Agreements) -> forms.FilterForm:
    organisations = organisation_choices(own_organisation(request))
    return forms.FilterForm(request.GET, organisations=organisations, years=queries.years(agreements))


def address(own: object, name: str) -> str:
    return reverse(name, args=[own]) if own else reverse("inventory:choose_whose_agreements")
