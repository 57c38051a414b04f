"""The cases that stand in one step, and several of them moved at once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from insteg.access.views import Request, for_roles, listing
from insteg.audit.forms import perform
from insteg.audit.pages import Trail, form_page
from insteg.core import keyset
from insteg.process import access, words
from insteg.process.actions.several import advance_several
from insteg.process.cards import steps as cards
from insteg.process.forms.cases import MOST_AT_ONCE, CasesFilter, SeveralForm
from insteg.process.guards import SUBJECTS
from insteg.process.models import Kind, Move, Run, Step
from insteg.process.queries import steps as queries
from insteg.process.queries.cases import about
from insteg.process.queries.standing import standings


@listing(access.SEE_CASE)
def step(request: Request, runs: QuerySet[Run], kind: str, key: str) -> HttpResponse:
    editions = found_step(kind, key)
    newest, actor = editions[0], request.actor
    form = CasesFilter(request.GET)
    show = form.chosen()
    visits = queries.seen_visits(editions, runs, actor, show)
    rows = keyset.page(queries.for_a_list(visits), request.GET, order=queries.ORDER, size=queries.PAGE)
    found = about(kind, queries.runs_of(rows.rows))
    total, seen = queries.how_many(editions), keyset.counted(visits)
    everyone = keyset.counted(queries.seen_visits(editions, runs, actor)) if show else seen
    late = seen if show == queries.LATE else keyset.counted(queries.seen_visits(editions, runs, actor, queries.LATE))
    lines = [cards.line(each, found, actor) for each in rows.rows]
    context = {
        "step": newest,
        "kind": newest.process.get_kind_display(),
        "who": words.party(newest.lane, kind, actor),
        "lead": cards.seen_in_words(total, everyone, late),
        "lead_time": words.workdays(newest.lead_workdays),
        "filter": form,
        "clear": request.path if show else "",
        "count": cards.cases(seen),
        "page": keyset.Page(lines, rows.first, rows.previous, rows.next),
        "ways": ways_for_several(editions, actor.role) if seen.number > 1 else [],
        "picture_url": reverse("process:picture"),
    }
    return render(request, "process/step.html", context)


def found_step(kind: str, key: str) -> list[Step]:
    editions = queries.editions_of(kind, key)
    if not editions:
        raise Http404
    return editions


def ways_for_several(editions: list[Step], role: Any) -> list[Move]:
    """The arrows that someone in this role may take by hand at all."""
    kind = Kind(editions[0].process.kind)
    lanes, subject = queries.lanes_of(kind, role), SUBJECTS.get(kind)
    above = subject.decided_above if subject else {}
    ways = [move for move in queries.ways_of(editions) if (move.lane or move.source.lane) in lanes]
    return [move for move in ways if move.key not in above]


@require_http_methods(["GET", "POST"])
@for_roles(access.MOVE_CASE)
def move_several(request: Request, kind: str, key: str, move_key: str) -> HttpResponse:
    editions = found_step(kind, key)
    move = next((each for each in ways_for_several(editions, request.actor.role) if each.key == move_key), None)
    if move is None:
        raise PermissionDenied
    form = SeveralForm.of(request, editions[0], reason_required=move.reason_required)
    if perform(request, form, advance_several, editions[0], move_key=move_key):
        count = len(form.cleaned_data["cases"])
        said = ngettext("%(count)s ärende har gått vidare.", "%(count)s ärenden har gått vidare.", count)
        messages.success(request, said % {"count": count})
        return redirect("process:step", kind, key)
    boxes, more = boxes_of(request, editions, move, form)
    lead = words.leads_to(move, kind, request.actor)
    if more:
        shown = _("De %(count)s som ska vara klara först visas.") % {"count": MOST_AT_ONCE}
        lead = f"{lead} {shown}"
    above = [
        (reverse("process:picture"), _("Arbetsmodellen")),
        (reverse("process:step", args=[kind, key]), editions[0].title),
    ]
    return form_page(
        request, form, _("Flytta flera: %(move)s") % {"move": move.title}, move.title, Trail(above), lead=lead,
        template="process/step_move.html", boxes=boxes, all_ticked="alla" in request.GET,
    )  # fmt: skip


def boxes_of(request: Request, editions: list[Step], move: Move, form: SeveralForm) -> tuple[list[cards.Box], bool]:
    """The cases that the actor may move this way, those to be done first at the top, and whether there are more."""
    held = queries.runs_held(editions, move.key, request.actor)  # not all that one may move some way or other
    visits = queries.seen_visits(editions, held, request.actor).order_by("due_on", "pk")
    shown = list(visits[: MOST_AT_ONCE + 1])
    runs = queries.runs_of(shown[:MOST_AT_ONCE])
    found, stood = about(editions[0].process.kind, runs), standings(runs, request.actor)
    ticked = form.ticked() if form.is_bound else None if "alla" in request.GET else set()
    boxes = [
        cards.box(stood[run], found[run], move.key, ticked)
        for run in runs
        if run in stood and run in found and move.key in stood[run].ways and stood[run].ways[move.key].mine
    ]
    return boxes, len(shown) > MOST_AT_ONCE
