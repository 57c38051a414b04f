"""What several share (R12): the procurement unit's page of what can be joined, and the steps of joining and parting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.views import Request, listing, page
from insteg.audit.forms import perform
from insteg.audit.pages import form_page
from insteg.codes.queries import title_of
from insteg.inventory import access, actions
from insteg.inventory.cards import shared as shared_cards
from insteg.inventory.forms.shared import BeginJointForm, JoinForm, SeparateForm
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries import shared as queries
from insteg.inventory.queries.planned import Planned
from insteg.inventory.views.returning import trail_of
from insteg.organisations.models import Organisation
from insteg.ui import figures

ROWS, INTO, NEW = "rad", "i", "ny"  # in the address: the reports, what to join them into, and a new one


@listing(access.TO_JOIN)
def shared_list(request: Request, planned: Planned) -> HttpResponse:
    """Reported as shared and not joined, put together by likeness; what is chosen leads on to the next step."""
    if step := next_step(request):
        return redirect(step)
    rows, joints = queries.to_compare(planned, request.actor), queries.joints(request.actor)
    groups = shared_cards.groups_of(rows, joints)
    titles = title_of(code for group in groups for code in group.codes)
    context = {
        "groups": [group.told(titles) for group in groups],
        "joints": joints,
        "lead": shared_cards.in_words(rows, joints),
        "cut": len(rows) == queries.COMPARED,
        "nothing_chosen": INTO in request.GET,
    }
    return render(request, "inventory/shared/list.html", context)


def next_step(request: Request) -> str:
    """Where the choice in the address leads; empty while something is missing in it."""
    rows, into = queries.chosen_rows(request.GET.getlist(ROWS), request.actor), request.GET.get(INTO, "")
    if not rows:
        return ""
    chosen = "&".join(f"{ROWS}={row.pk}" for row in rows)
    if into == NEW:
        return f"{reverse('inventory:begin_joint', args=[request.actor.organisation_id])}?{chosen}"
    key = queries.key_of(into)
    return f"{reverse('inventory:join', args=[key])}?{chosen}" if key else ""


@page(access.JOIN, see=access.SEE)
def join(request: Request, joint: PlannedProcurement) -> HttpResponse:
    rows, more = rows_and_more(request, but=joint)
    form = JoinForm.of(request, joint, initial={"rows": shared_cards.all_of(rows)})
    form.offer([*rows, *more])
    if perform(request, form, actions.join, joint):
        count = len(form.cleaned_data["rows"])
        said = ngettext("%(count)s anmälan är ihopslagen.", "%(count)s anmälningar är ihopslagna.", count)
        messages.success(request, said % {"count": figures.grouped(count)})
        return redirect("inventory:detail", joint.pk)
    context = {
        "title": _("Slå ihop med ”%(title)s”") % {"title": joint.title},
        "form": form, "rows": rows, "joint": joint, "submit": _("Slå ihop"),
        "lead": _("Det som slås ihop räknas och bedöms inte längre för sig. Organisationerna ser var det har hamnat."),
        "sum": shared_cards.sum_in_words(rows), "q": request.GET.get("q", ""), "more": more,
    }  # fmt: skip
    return render(request, "inventory/shared/join.html", context, status=form.status)


@page(access.BEGIN_JOINT)
def begin_joint(request: Request, organisation: Organisation) -> HttpResponse:
    rows, more = rows_and_more(request)
    start = shared_cards.proposed(rows) | {"rows": shared_cards.all_of(rows)}
    form = BeginJointForm.of(request, organisation, initial=start)
    form.offer([*rows, *more])
    if perform(request, form, actions.begin_joint, organisation):
        messages.success(request, _("Den gemensamma upphandlingen är sparad och anmälningarna ihopslagna."))
        return redirect("inventory:detail", form.answer)
    context = {
        "title": _("Ny gemensam upphandling"), "form": form, "rows": rows, "joint": None,
        "submit": _("Spara och slå ihop"),
        "lead": _(
            "%(organisation)s blir ägare till upphandlingen. Uppgifterna nedan är ett förslag ur anmälningarna. "
            "Ändra det som inte stämmer."
        ) % {"organisation": organisation},
        "sum": shared_cards.sum_in_words(rows), "q": request.GET.get("q", ""), "more": more,
    }  # fmt: skip
    return render(request, "inventory/shared/join.html", context, status=form.status)


def rows_and_more(
    request: Request, *, but: PlannedProcurement | None = None
) -> tuple[list[PlannedProcurement], list[PlannedProcurement]]:
    """The reports that the address or the sent form names, and those that the words in the address find beside them."""
    sent = [value.partition(":")[0] for value in request.POST.getlist("rows")]
    rows = queries.chosen_rows([*request.GET.getlist(ROWS), *sent], request.actor)
    without = {row.pk for row in rows} | ({but.pk} if but else set())
    more = queries.found_by_words(request.GET.get("q", ""), request.actor, without=without)
    return [row for row in rows if but is None or row.pk != but.pk], more


@page(access.SEPARATE, see=access.SEE)
def separate(request: Request, planned: PlannedProcurement) -> HttpResponse:
    form = SeparateForm.of(request, planned)
    if perform(request, form, actions.separate, planned):
        messages.success(request, _("Anmälan står för sig själv igen och är bedömd på nytt."))
        return redirect("inventory:detail", planned.pk)
    lead = _("Den kommer tillbaka i listan, räknas och bedöms för sig. Den går att slå ihop igen.")
    title = _("Skilj ur den gemensamma upphandlingen")
    return form_page(request, form, title, _("Skilj"), trail_of(planned), lead=lead)
