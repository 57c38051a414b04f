"""The goal tree on one page, and the forms that change it (R1)."""

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.rules import granted
from insteg.access.views import Request, for_roles, listing, page
from insteg.audit.forms import ConfirmForm, perform
from insteg.audit.pages import Trail, form_page
from insteg.organisations.models import Organisation
from insteg.steering import access, actions, wording
from insteg.steering.forms import goals as forms
from insteg.steering.models import Goal, Occasion, Target
from insteg.steering.queries import goals as queries

OCCASIONS = "tillfallen"  # where they stand on the page


@listing(access.SEE)
def goals(request: Request, found: queries.Goals) -> HttpResponse:
    """The tree that stands, what has ended, and the occasions of reporting."""
    rights = granted(found, request.actor, may_change=access.CHANGE, may_revive=access.REVIVE)
    occasions = granted(
        Occasion.objects.all(), request.actor, may_change=access.CHANGE_OCCASION, may_reopen=access.REOPEN_OCCASION
    )
    occasions = [*occasions.order_by(F("reported_at").desc(nulls_first=True), "due_on", "title", "pk")]
    branches = queries.tree(rights.standing())
    context = {
        "branches": branches,
        "lead": wording.lead(branches, queries.next_occasion(occasions)),
        "ended": [*rights.filter(ended_at__isnull=False).order_by("-ended_at", "pk")],
        "occasions": occasions,
        "may_keep": request.actor.role in access.KEEP.table,
    }
    return render(request, "steering/goals.html", context)


@for_roles(access.KEEP)
def add_vision(request: Request) -> HttpResponse:
    own = Organisation.objects.get(pk=request.actor.organisation_id)
    form = forms.GoalForm.of(request, own)
    if perform(request, form, actions.add_vision, own):
        messages.success(request, _("Visionen är införd."))
        return back(form.answer)
    return form_page(request, form, _("För in en vision"), _("Spara"), Trail([the_tree()]))


@page(access.CHANGE, see=access.SEE)
def add_goal(request: Request, parent: Goal) -> HttpResponse:
    form = forms.UnderForm.of(request, parent, parent=parent)
    if perform(request, form, actions.add_goal, parent):
        messages.success(request, _("Det är infört."))
        return back(form.answer)
    return form_page(request, form, _("Lägg till under"), _("Lägg till"), trail_of(parent))


@page(access.CHANGE, see=access.SEE)
def change_goal(request: Request, goal: Goal) -> HttpResponse:
    form = forms.GoalForm.of(request, goal, initial=forms.GoalForm.start_with(goal))
    if perform(request, form, actions.change_goal, goal):
        messages.success(request, _("Ändringen är sparad."))
        return back(goal.pk)
    return form_page(request, form, _("Ändra"), _("Spara ändringen"), trail_of(goal))


@page(access.CHANGE, see=access.SEE)
def end_goal(request: Request, goal: Goal) -> HttpResponse:
    form = ConfirmForm.of(request, goal)
    if perform(request, form, actions.end_goal, goal):
        messages.success(request, _("Det är avslutat. Det finns kvar längst ner och kan återupptas."))
        return redirect("steering:goals")
    lead = _("Det gäller inte längre. Det finns kvar bland avslutade, med sina årsmål, och kan återupptas.")
    return form_page(request, form, _("Avsluta"), _("Avsluta"), trail_of(goal), lead=lead)


@page(access.REVIVE, see=access.SEE)
def revive_goal(request: Request, goal: Goal) -> HttpResponse:
    form = ConfirmForm.of(request, goal)
    if perform(request, form, actions.revive_goal, goal):
        messages.success(request, _("Det gäller igen."))
        return back(goal.pk)
    return form_page(request, form, _("Återuppta"), _("Återuppta"), trail_of(goal), lead=_("Det gäller igen."))


@page(access.CHANGE, see=access.SEE)
def set_target(request: Request, goal: Goal) -> HttpResponse:
    form = forms.TargetForm.of(request, goal)
    if perform(request, form, actions.set_target, goal):
        messages.success(request, _("Årsmålet är infört."))
        return back(goal.pk)
    return form_page(request, form, _("Nytt årsmål"), _("Spara"), trail_of(goal))


@page(access.CHANGE_TARGET, see=access.SEE_TARGET)
def change_target(request: Request, target: Target) -> HttpResponse:
    form = forms.TargetForm.of(request, target, initial=forms.TargetForm.start_with(target))
    if perform(request, form, actions.change_target, target):
        messages.success(request, _("Ändringen är sparad."))
        return back(target.goal_id)
    return form_page(request, form, _("Ändra årsmålet"), _("Spara ändringen"), trail_of(target.goal))


@page(access.CHANGE_TARGET, see=access.SEE_TARGET)
def remove_target(request: Request, target: Target) -> HttpResponse:
    form = ConfirmForm.of(request, target)
    if perform(request, form, actions.remove_target, target, leads_to=place_of(target.goal_id)):
        messages.success(request, _("Årsmålet är borttaget."))
        return back(target.goal_id)
    lead = _("”%(target)s” tas bort. Det syns i loggen att det fanns.") % {"target": target}
    return form_page(request, form, _("Ta bort årsmålet"), _("Ta bort"), trail_of(target.goal), lead=lead)


@for_roles(access.KEEP)
def add_occasion(request: Request) -> HttpResponse:
    own = Organisation.objects.get(pk=request.actor.organisation_id)
    form = forms.OccasionForm.of(request, own)
    if perform(request, form, actions.add_occasion, own):
        messages.success(request, _("Tillfället är infört."))
        return back(OCCASIONS)
    return form_page(request, form, _("Nytt tillfälle att rapportera"), _("Spara"), Trail([the_tree()]))


@page(access.CHANGE_OCCASION, see=access.SEE_OCCASION)
def change_occasion(request: Request, occasion: Occasion) -> HttpResponse:
    form = forms.OccasionForm.of(request, occasion, initial=forms.OccasionForm.start_with(occasion))
    if perform(request, form, actions.change_occasion, occasion):
        messages.success(request, _("Ändringen är sparad."))
        return back(OCCASIONS)
    return form_page(request, form, _("Ändra tillfället"), _("Spara ändringen"), trail_of(occasion))


@page(access.CHANGE_OCCASION, see=access.SEE_OCCASION)
def remove_occasion(request: Request, occasion: Occasion) -> HttpResponse:
    form = ConfirmForm.of(request, occasion)
    if perform(request, form, actions.remove_occasion, occasion, leads_to=place_of(OCCASIONS)):
        messages.success(request, _("Tillfället är borttaget."))
        return back(OCCASIONS)
    lead = _("Tillfället tas bort, och ingen påminns om det.")
    return form_page(request, form, _("Ta bort tillfället"), _("Ta bort"), trail_of(occasion), lead=lead)


@page(access.CHANGE_OCCASION, see=access.SEE_OCCASION)
def report_occasion(request: Request, occasion: Occasion) -> HttpResponse:
    form = ConfirmForm.of(request, occasion)
    if perform(request, form, actions.report_occasion, occasion):
        messages.success(request, _("Antecknat att det är rapporterat."))
        return back(OCCASIONS)
    lead = _("Då står det som rapporterat i dag, och ligger inte längre i Att göra.")
    if occasion.note:
        lead = f"{occasion.note.rstrip('.')}. {lead}"
    return form_page(
        request, form, _("Har det rapporterats?"), _("Ja, det är rapporterat"), trail_of(occasion), lead=lead
    )


@page(access.REOPEN_OCCASION, see=access.SEE_OCCASION)
def reopen_occasion(request: Request, occasion: Occasion) -> HttpResponse:
    form = ConfirmForm.of(request, occasion)
    if perform(request, form, actions.reopen_occasion, occasion):
        messages.success(request, _("Tillfället väntar på att rapporteras igen."))
        return back(OCCASIONS)
    lead = _("Det väntar på att rapporteras igen.")
    return form_page(request, form, _("Inte rapporterat ändå"), _("Öppna igen"), trail_of(occasion), lead=lead)


def the_tree() -> tuple[str, str]:
    return reverse("steering:goals"), _("Mål")


def trail_of(row: Goal | Occasion) -> Trail:
    return Trail([the_tree()], str(row))


def back(place: object) -> HttpResponse:
    return redirect(place_of(place))


def place_of(place: object) -> str:
    """In the tree: a goal by its key, or the occasions."""
    return f"{reverse('steering:goals')}#{place}"
