"""What one does with a case. The panel of its own page leads here (process/_case.html)."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.views import Request, page
from insteg.audit.forms import perform
from insteg.audit.gate import Action
from insteg.audit.pages import Trail, form_page
from insteg.core import clock
from insteg.core.workdays import shift
from insteg.process import access, actions, words
from insteg.process.cards import editions
from insteg.process.cards.case import taken_by
from insteg.process.forms.cases import AnswerForm, CaseForm, DueDateForm, EditionForm, MoveForm, StepChoice, VisitForm
from insteg.process.models import Process, Run, Step
from insteg.process.queries.cases import About, about_one, newer_in_force
from insteg.process.queries.standing import Standing, standings, steps_open_to
from insteg.ui import figures


class Case(NamedTuple):
    """A case as a page of it meets it; without `standing` when it is closed."""

    run: Run
    about: About
    standing: Standing | None

    @classmethod
    def of(cls, request: Request, run: Run) -> "Case":
        return cls(run, about_one(run), standings([run.pk], request.actor).get(run.pk))

    @property
    def back(self) -> str:
        return self.about.href or reverse("process:picture")

    @property
    def trail(self) -> Trail:
        about = [self.about.title, self.about.organisation]
        return Trail(
            [(self.back, self.about.title or str(self.run.process))], " · ".join(each for each in about if each)
        )

    def start(self, **more: Any) -> dict[str, Any]:
        """What the form of a page begins with."""
        visit = self.standing.visit if self.standing else None
        return {"seen_visit": visit and visit.pk, "seen_version": visit and visit.version, **more}


def done(request: Request, form: CaseForm, action: Action[Any, Any], case: Case, **more: Any) -> bool:
    """Whether it is done. After a stale sending the form has seen where the case stands now."""
    if perform(request, form, action, case.run, **more):
        return True
    if case.standing:
        form.now_seen(case.standing.visit)
    return False


def too_late(request: Request, case: Case) -> HttpResponse:
    """For whoever follows an old link: the step is another now, or the case has ended."""
    said = _("Ärendet har redan gått vidare. Här står det nu.") if case.standing else _("Ärendet är avslutat.")
    messages.info(request, said)
    return redirect(case.back)


@page(access.MOVE_CASE, see=access.SEE_CASE)
def move(request: Request, run: Run, key: str) -> HttpResponse:
    case = Case.of(request, run)
    way = case.standing.ways.get(key) if case.standing else None
    form = MoveForm.of(request, run, initial=case.start(), reason_required=way is not None and way.move.reason_required)
    if done(request, form, actions.advance, case, move_key=key):
        messages.success(request, _("”%(title)s” har gått vidare.") % {"title": case.about.title})
        return redirect(case.back)
    if way is None or case.standing is None:
        if request.method != "POST":
            return too_late(request, case)
        return form_page(request, form, _("Ärendet har gått vidare"), _("Försök igen"), case.trail)
    if not (way.mine or way.above):
        raise PermissionDenied
    kind = run.process.kind
    stands = _("Ärendet står i ”%(step)s”.") % {"step": case.standing.step.title}
    lead = " ".join([stands, words.leads_to(way.move, kind, request.actor), next_day(way.move.target)]).strip()
    return form_page(
        request, form, way.move.title, way.move.title, case.trail, lead=lead, template="process/move.html",
        obstacles=[way.above] if way.above else way.obstacles,
    )  # fmt: skip


def next_day(target: Step | None) -> str:
    """By when the next step should be done if the case is moved today."""
    if target is None:
        return ""
    due_on = shift(clock.today(), target.lead_workdays)
    return _("Det ska vara klart senast %(day)s.") % {"day": figures.due(due_on, clock.today())}


@page(access.MOVE_CASE, see=access.SEE_CASE)
def answer_item(request: Request, run: Run, key: str) -> HttpResponse:
    case = Case.of(request, run)
    points = case.standing.points if case.standing else []
    point = next((each for each in points if each.item.key == key), None)
    answer = point.answer if point else None
    start = case.start(said=answer.said, note=answer.note, seen_answer=answer.pk) if answer else case.start()
    form = AnswerForm.of(request, run, initial=start, answered=answer is not None)
    if done(request, form, actions.answer_item, case, item_key=key):
        said = _("Svaret är sparat.") if form.cleaned_data["said"] else _("Svaret är borttaget. Punkten är öppen igen.")
        messages.success(request, said)
        return redirect(case.back)
    form.now_answered(answer.pk if answer else None)
    if point is None:
        if request.method != "POST":
            return too_late(request, case)
        return form_page(request, form, _("Ärendet har gått vidare"), _("Försök igen"), case.trail)
    if not point.mine:
        raise PermissionDenied
    lead = _("Punkten ska vara klar senast %(day)s.") % {"day": figures.due(point.due_on, clock.today())}
    if not point.item.required:
        lead = " ".join([lead, _("Ärendet kan gå vidare utan den.")])
    return form_page(request, form, point.item.text, _("Spara svaret"), case.trail, lead=lead)


@page(access.MOVE_CASE, see=access.SEE_CASE)
def take(request: Request, run: Run) -> HttpResponse:
    lead = _(
        "Kollegorna ser att du har tagit det. Du har det tills det blir någon annans tur, eller du lämnar tillbaka det."
    )
    return confirmed(request, run, actions.take, _("Ta ärendet"), _("Jag tar det"), lead, _("Du har tagit ärendet."))


@page(access.MOVE_CASE, see=access.SEE_CASE)
def hand_back(request: Request, run: Run) -> HttpResponse:
    lead = _("Ingen särskild har det då. Det väntar på alla som kan göra steget.")
    said = _("Ärendet är lämnat tillbaka.")
    return confirmed(request, run, actions.hand_back, _("Lämna tillbaka ärendet"), _("Lämna tillbaka"), lead, said)


def confirmed(
    request: Request, run: Run, action: Action[Any, Any], title: str, submit: str, lead: str, said: str
) -> HttpResponse:
    """A page with nothing to fill in, for whoever's move it is."""
    case = Case.of(request, run)
    form = VisitForm.of(request, run, initial=case.start())
    if done(request, form, action, case):
        messages.success(request, said)
        return redirect(case.back)
    if answer := refused(request, case):
        return answer
    lead = " ".join([*taken_by(case.standing.visit, request.actor), lead])
    return form_page(request, form, title, submit, case.trail, lead=lead)


def refused(request: Request, case: Case) -> HttpResponse | None:
    """The answer to whoever has come too late; PermissionDenied when it is another party's move."""
    if case.standing is None:
        return too_late(request, case)
    if not case.standing.mine:
        raise PermissionDenied
    return None


@page(access.MOVE_CASE, see=access.SEE_CASE)
def due_date(request: Request, run: Run) -> HttpResponse:
    case = Case.of(request, run)
    start = case.start(due_on=case.standing.visit.due_on) if case.standing else case.start()
    form = DueDateForm.of(request, run, initial=start)
    if done(request, form, actions.move_due_date, case):
        day = figures.due(form.cleaned_data["due_on"], clock.today())
        messages.success(request, _("Det ska vara klart senast %(day)s.") % {"day": day})
        return redirect(case.back)
    if answer := refused(request, case):
        return answer
    lead = editions.due_date_in_words(case.standing)
    return form_page(request, form, _("Flytta datumet"), _("Spara datumet"), case.trail, lead=lead)


@page(access.MOVE_CASE, see=access.SEE_CASE)
def change_edition(request: Request, run: Run) -> HttpResponse:
    case = Case.of(request, run)
    newer = newer_in_force(run.process)
    chosen, choice = step_chosen(request, case, newer)
    start = case.start(process=newer.pk if newer else None, step_key=chosen.key if chosen else "")
    form = EditionForm.of(request, run, initial=start)
    if done(request, form, actions.change_edition, case):
        messages.success(request, _("Ärendet följer nu %(edition)s.") % {"edition": form.cleaned_data["process"]})
        return redirect(case.back)
    if answer := refused(request, case):
        return answer
    if newer is None or chosen is None:
        messages.info(request, _("Ärendet följer redan den version som gäller."))
        return redirect(case.back)
    preview = editions.preview(case.standing, newer, chosen, request.actor)
    return form_page(
        request, form, _("Byt version"), _("Byt till %(edition)s") % {"edition": newer}, case.trail, lead=preview.lead,
        template="process/edition.html", preview=preview, choice=choice,
    )  # fmt: skip


def step_chosen(request: Request, case: Case, newer: Process | None) -> tuple[Step | None, StepChoice | None]:
    """The step of the newer edition that the case goes to: the same one, or where that is gone one that is chosen."""
    if newer is None or case.standing is None:
        return None, None
    steps = {step.key: step for step in steps_open_to(case.standing.step, newer)}
    asked = request.POST.get("step_key", "") if request.method == "POST" else request.GET.get("steg", "")
    chosen = steps.get(asked) or next(iter(steps.values()))
    if len(steps) == 1:
        return chosen, None
    return chosen, StepChoice({"steg": chosen.key}, steps=[(step.key, step.title) for step in steps.values()])
