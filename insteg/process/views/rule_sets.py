from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.rules import granted
from insteg.access.views import Request, listing, page
from insteg.audit.forms import ConfirmForm, perform
from insteg.audit.pages import Trail, form_page
from insteg.process import access, actions
from insteg.process.forms.rule_sets import RuleSetForm
from insteg.process.models import RuleSet, RuleSetQuerySet
from insteg.process.queries.rule_sets import standing_of, standings
from insteg.process.wording import differences, in_words


@listing(access.SEE)
def rule_sets(request: Request, editions: RuleSetQuerySet) -> HttpResponse:
    found = standings(editions)
    draft = next((each.rule_set for each in found if each.state == "draft"), None)
    in_force = next((each for each in found if each.state == "in_force"), None)
    context = {
        "standings": found,
        "in_force": in_force,
        "sections": in_words(in_force.rule_set) if in_force else [],
        "draft": draft,
        "may_draft": request.actor.role in access.COPY.table and in_force and not draft,
    }
    return render(request, "process/rule_sets.html", context)


@page(access.SEE, methods=["GET"])
def rule_set(request: Request, rule_set: RuleSet) -> HttpResponse:
    standing = standing_of(rule_set)
    rights = granted(RuleSet.objects.all(), request.actor, may_edit=access.EDIT, may_copy=access.COPY)
    rights = rights.get(pk=rule_set.pk)
    context = {
        "rule_set": rule_set,
        "standing": standing,
        "sections": in_words(rule_set),
        "changes": differences(standing.earlier, rule_set) if standing.earlier else [],
        "may_edit": rights.may_edit,
        "may_draft": rights.may_copy and not RuleSet.objects.filter(published_at=None).exists(),
    }
    return render(request, "process/rule_set.html", context)


@page(access.COPY, see=access.SEE)
def draft(request: Request, rule_set: RuleSet) -> HttpResponse:
    form = ConfirmForm.of(request, rule_set)
    if perform(request, form, actions.draft_rule_set, rule_set):
        return redirect("process:change", form.answer)
    said = _("Utkastet får samma villkor som version %(edition)s. Det gäller inte förrän du publicerar det.")
    lead = said % {"edition": rule_set.edition}
    return form_page(request, form, _("Gör ett utkast"), _("Gör ett utkast"), trail_of(rule_set), lead=lead)


@page(access.EDIT, see=access.SEE)
def change(request: Request, rule_set: RuleSet) -> HttpResponse:
    form = RuleSetForm.of(request, rule_set, initial=RuleSetForm.start_with(rule_set))
    if perform(request, form, actions.change_rule_set, rule_set):
        messages.success(request, _("Utkastet är sparat. Det gäller inte förrän du publicerar det."))
        return redirect("process:rule_set", rule_set.pk)
    lead = _("Det du ändrar gäller inte förrän du publicerar utkastet.")
    return form_page(
        request, form, _("Ändra utkastet"), _("Spara utkastet"), trail_of(rule_set), lead=lead,
        template="process/change.html", groups=form.groups(rule_set),
    )  # fmt: skip


@page(access.EDIT, see=access.SEE)
def publish(request: Request, rule_set: RuleSet) -> HttpResponse:
    form = ConfirmForm.of(request, rule_set)
    if perform(request, form, actions.publish_rule_set, rule_set):
        said = _("Version %(edition)s gäller nu. Planerade upphandlingar bedöms på nytt under de närmaste minuterna.")
        messages.success(request, said % {"edition": rule_set.edition})
        return redirect("process:rule_set", rule_set.pk)
    earlier = standing_of(rule_set).earlier
    context = {"rule_set": rule_set, "form": form, "earlier": earlier, "sections": in_words(rule_set)}
    context["changes"] = differences(earlier, rule_set) if earlier else []
    return render(request, "process/publish.html", context, status=form.status)


@page(access.EDIT, see=access.SEE)
def discard(request: Request, rule_set: RuleSet) -> HttpResponse:
    form = ConfirmForm.of(request, rule_set)
    if perform(request, form, actions.discard_rule_set, rule_set, leads_to=reverse("process:rule_sets")):
        messages.success(request, _("Utkastet är borttaget. Inget annat har ändrats."))
        return redirect("process:rule_sets")
    lead = _("Utkastet försvinner. Det som gäller nu påverkas inte.")
    return form_page(request, form, _("Ta bort utkastet"), _("Ta bort utkastet"), trail_of(rule_set), lead=lead)


def trail_of(rule_set: RuleSet) -> Trail:
    above = [(reverse("process:picture"), _("Arbetsmodellen")), (reverse("process:rule_sets"), _("Regelverk"))]
    return Trail([*above, (reverse("process:rule_set", args=[rule_set.pk]), str(rule_set))], str(rule_set))
