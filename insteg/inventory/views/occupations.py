"""The table of occupations by CPV code, and what people say that one planned procurement needs (R13)."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.rules import granted
from insteg.access.views import Request, for_roles, listing, page
from insteg.audit.forms import ConfirmForm, perform
from insteg.audit.pages import Trail, form_page
from insteg.codes.models import CpvOccupation, Occupation
from insteg.codes.queries import occupation_suggestions, title_of
from insteg.inventory import access, actions
from insteg.inventory.cards import occupations as cards
from insteg.inventory.forms.occupations import OccupationsForm, PairForm, SearchForm
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries import occupations as queries
from insteg.inventory.views.returning import trail_of
from insteg.organisations.models import Organisation

Pairs = QuerySet[CpvOccupation]
FORM = "inventory/occupations/form.html"
STALE = 409


@listing(access.SEE_OCCUPATIONS)
def table(request: Request, pairs: Pairs) -> HttpResponse:
    rights = granted(pairs, request.actor, may_remove=access.REMOVE_OCCUPATION, may_restore=access.RESTORE_OCCUPATION)
    every = [*rights.select_related("occupation").order_by("cpv", "occupation")]
    standing = [pair for pair in every if pair.removed_at is None]
    reach = reach_of(request, cards.table_of(standing))
    titles = title_of(cards.whole_codes(standing, reach))
    search, may_add = SearchForm(request.GET), request.actor.role in access.ADD_OCCUPATION.table
    words = search.words()
    rows = [row for row in cards.rows_of(standing, titles, reach) if row.has(words)]
    context = {
        "lead": cards.reach_in_words(reach),
        "search": search,
        "clear": request.path if words else "",
        "divisions": cards.divisions(rows, titles),
        "may_add": may_add,
        "lacking": [] if words else cards.lacking(reach, titles, may_add=may_add),
        "removed": [pair for pair in every if pair.may_restore] if not words else [],
    }
    return render(request, "inventory/occupations/table.html", context)


def reach_of(request: Request, table: queries.Table) -> queries.Reach:
    """Of the planned procurements that the actor may see or count."""
    return queries.reach(access.COUNT_PLANNED.filter(PlannedProcurement.objects.all(), request.actor), table)


@for_roles(access.ADD_OCCUPATION)
def add(request: Request) -> HttpResponse:
    own = Organisation.objects.get(pk=request.actor.organisation_id)
    form = PairForm.of(request, own, initial={"cpv": request.GET.get("cpv", "")[:8]})
    if perform(request, form, actions.add_cpv_occupation, own):
        said = _("%(occupation)s föreslås nu för CPV-koder som börjar med %(cpv)s.")
        told = {"occupation": form.cleaned_data["occupation"].title, "cpv": form.cleaned_data["cpv"]}
        messages.success(request, said % told)
        return redirect(f"{reverse('inventory:occupations')}#cpv-{form.cleaned_data['cpv']}")
    lead = _("Yrket föreslås genast för det som är planerat, utom där någon har sagt vilka yrken som behövs.")
    return form_page(
        request, form, _("Lägg till ett yrke"), _("Lägg till"), Trail([the_table()]), lead=lead, template=FORM,
        suggestions=occupation_suggestions(),
    )  # fmt: skip


@page(access.REMOVE_OCCUPATION, see=access.SEE_OCCUPATIONS)
def remove(request: Request, pair: CpvOccupation) -> HttpResponse:
    form = ConfirmForm.of(request, pair)
    if perform(request, form, actions.remove_cpv_occupation, pair):
        said = _(
            "%(occupation)s föreslås inte längre för %(cpv)s. Det finns bland borttagna och går att lägga tillbaka."
        )
        messages.success(request, said % cards.pair_in_words(pair))
        return redirect("inventory:occupations")
    touched = cards.touched_in_words(reach_of(request, queries.Table.read()).by_beginning[pair.cpv])
    lead = _("Yrket föreslås inte längre. Det som någon har bekräftat ändras inte, och det går att ångra.")
    return form_page(request, form, _("Ta bort yrket"), _("Ta bort"), trail_of_pair(pair), lead=f"{lead} {touched}")


@page(access.RESTORE_OCCUPATION, see=access.SEE_OCCUPATIONS)
def restore(request: Request, pair: CpvOccupation) -> HttpResponse:
    form = ConfirmForm.of(request, pair)
    if perform(request, form, actions.restore_cpv_occupation, pair):
        said = _("%(occupation)s föreslås igen för CPV-koder som börjar med %(cpv)s.")
        messages.success(request, said % cards.pair_in_words(pair))
        return redirect(f"{reverse('inventory:occupations')}#cpv-{pair.cpv}")
    lead = _("Yrket föreslås igen, utom där någon har sagt vilka yrken som behövs.")
    title, submit = _("Lägg tillbaka yrket"), _("Lägg tillbaka")
    return form_page(request, form, title, submit, trail_of_pair(pair), lead=lead)


@page(access.CHANGE, see=access.SEE)
def confirm(request: Request, planned: PlannedProcurement) -> HttpResponse:
    expected = queries.occupations_of([planned])[planned.pk]
    form = OccupationsForm.of(request, planned, initial=OccupationsForm.start_with(expected))
    form.offer(offered(planned, expected, form.sent()))
    if perform(request, form, actions.confirm_occupations, planned):
        messages.success(request, _("Yrkena är bekräftade."))
        return redirect(f"{reverse('inventory:detail', args=[planned.pk])}#occupations")
    if form.status == STALE:
        form.add_error("occupations" if form.offered else None, cards.chosen_meanwhile(expected))
    lead = _("Yrkena räknas i sammanställningen.")
    return form_page(
        request, form, _("Yrken som väntas behövas"), _("Bekräfta"), trail_of(planned),
        lead=f"{cards.why(planned, expected)} {lead}", template=FORM, suggestions=occupation_suggestions(),
    )  # fmt: skip


def offered(planned: PlannedProcurement, expected: queries.Expected, sent: list[str]) -> list[Occupation]:
    """What is said or proposed, what the table proposes beside it, and what was ticked in what was sent."""
    proposed = queries.proposed_for(queries.codes_of(planned.cpv, planned.more_cpvs)) if expected.confirmed_at else []
    more = Occupation.objects.in_bulk({*proposed, *sent})
    return [*dict.fromkeys([*expected.occupations, *more.values()])]


@page(access.UNCONFIRM_OCCUPATIONS, see=access.SEE)
def unconfirm(request: Request, planned: PlannedProcurement) -> HttpResponse:
    form = ConfirmForm.of(request, planned)
    if perform(request, form, actions.unconfirm_occupations, planned):
        messages.success(request, _("Yrkena föreslås ur CPV-koden igen."))
        return redirect(f"{reverse('inventory:detail', args=[planned.pk])}#occupations")
    lead = _("Det som är sagt om yrken tas bort. I stället föreslås yrken ur CPV-koden, tills någon bekräftar igen.")
    title, submit = _("Låt CPV-koden föreslå"), _("Ta bort det som är sagt")
    return form_page(request, form, title, submit, trail_of(planned), lead=lead)


def the_table() -> tuple[str, str]:
    return reverse("inventory:occupations"), _("Yrken för CPV-koder")


def trail_of_pair(pair: CpvOccupation) -> Trail:
    said = cards.pair_in_words(pair)
    return Trail([the_table()], _("%(occupation)s, för CPV-koder som börjar med %(cpv)s") % said)
