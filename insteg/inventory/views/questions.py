"""Asking for what is missing (R13): what and whom, the letters beforehand, and one press."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.views import Request, for_roles
from insteg.audit.forms import perform
from insteg.inventory import access, actions
from insteg.inventory.asking import ASKABLE
from insteg.inventory.cards import questions as cards
from insteg.inventory.cards.gaps import asked_before, capital
from insteg.inventory.forms.questions import AskForm, ChooseForm
from insteg.inventory.judgement import LABELS
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries import questions as queries
from insteg.inventory.queries.planned import Planned
from insteg.inventory.queries.shared import key_of
from insteg.inventory.views.compilation import reading_of
from insteg.organisations.models import Organisation
from insteg.ui import figures


@for_roles(access.ASK_FOR_FACTS)
def ask_for_facts(request: Request) -> HttpResponse:
    """What is chosen lives in the address, together with the compilation's filter; what was shown is what is sent."""
    own = Organisation.objects.get(pk=request.actor.organisation_id)
    one, planned = at_hand(request)
    up = way_up(request, one)
    choose = choose_form(request, planned)
    chosen = choose.cleaned_data
    asked = question_of(planned, chosen)
    shown = {
        "rows": [str(each.row.pk) for place in asked.reached for each in place.wanted],
        "facts": chosen.get("uppgift", []), "again": chosen["igen"], "also_unknown": chosen["okanda"],
    }  # fmt: skip
    form = AskForm.of(request, own, initial=shown, names=ASKABLE)
    if perform(request, form, actions.ask_for_facts, own):
        messages.success(request, cards.sent_in_words(queries.sent_with(form.answer), len(form.cleaned_data["rows"])))
        return redirect(up[0])
    if form.is_bound:
        form.show_anew(shown)
    choose.offer("igen", cards.left_out_lately(asked))
    choose.offer("okanda", cards.left_out_unknown(asked))
    context = {
        "form": form, "choose": choose, "carried": carried(request), "cards": cards.cards(asked),
        "lead": cards.lead(asked), "submit": cards.submit(asked), "sample": cards.sample(asked),
        "may_send": bool(asked.reached), "before": asked_before(queries.what_came(planned)),
        "above": up, "about": cards.about(one),
    }  # fmt: skip
    return render(request, "inventory/compilation/ask.html", context, status=form.status)


def at_hand(request: Request) -> tuple[PlannedProcurement | None, Planned]:
    """The only procurement that the address names, if it does, and what may be asked about: it, or else what the
    compilation with the same filter counts."""
    seen = access.SEE.filter(PlannedProcurement.objects.all(), request.actor)
    key = key_of(request.GET.get(cards.ONE, ""))
    one = seen.filter(pk=key).first() if key else None
    return (one, seen.filter(pk=one.pk)) if one else (None, reading_of(request, seen)[1].planned)


def choose_form(request: Request, planned: Planned) -> ChooseForm:
    facts = queries.facts_lacked(planned)
    whose = queries.organisations_lacking(planned)
    return ChooseForm(
        request.GET,
        facts=[(name, counted(capital(LABELS[name]()), count)) for name, count in facts.items()],
        organisations=[(str(key), counted(name, count)) for key, name, count in whose],
    )


def counted(name: str, count: int) -> str:
    return f"{name} ({figures.grouped(count)})"


def question_of(planned: Planned, chosen: dict[str, Any]) -> queries.Question:
    whose = planned.filter(organisation__in=chosen.get("hos", []))
    return queries.question(
        whose, chosen.get("uppgift", []), again=chosen["igen"], also_unknown=chosen["okanda"]
    )  # fmt: skip


def carried(request: Request) -> list[tuple[str, str]]:
    """What else the address says, to go along when something else is chosen."""
    ours = ChooseForm.base_fields.keys()
    return [(name, value) for name, values in request.GET.lists() if name not in ours for value in values]


def way_up(request: Request, one: PlannedProcurement | None) -> tuple[str, str]:
    """The page that one comes from: the procurement's, or the compilation with the filter that came along."""
    if one:
        return reverse("inventory:detail", args=[one.pk]), one.title
    query = urlencode(carried(request))
    return reverse("inventory:compilation") + (f"?{query}" if query else ""), _("Sammanställning")
