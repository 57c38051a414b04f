"""The editions of the model: read by everyone, and changed by the administrator in a draft (R80)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from insteg.access.views import Request, listing, page
from insteg.audit.forms import ActionForm, ConfirmForm, perform
from insteg.audit.gate import Action
from insteg.audit.pages import Trail, form_page
from insteg.core.models import BaseModel
from insteg.process import access, actions
from insteg.process.actions.design import WORDS
from insteg.process.cards import design as cards
from insteg.process.cards.picture import picture_of
from insteg.process.design_wording import differences
from insteg.process.forms.design import ArrowForm, ItemForm, NoteForm, PhaseForm, PublishForm, StepForm
from insteg.process.models import Item, Move, Phase, Process, ProcessQuerySet, Step
from insteg.process.queries import design as queries
from insteg.process.queries.picture import model


@listing(access.SEE_PROCESS)
def processes(request: Request, editions: ProcessQuerySet) -> HttpResponse:
    context = {
        "kinds": cards.kinds_of(editions, queries.followers(editions)),
        "may_draft": request.actor.role in access.COPY_PROCESS.table,
    }
    return render(request, "process/design/processes.html", context)


@page(access.SEE_PROCESS, methods=["GET"])
def process(request: Request, process: Process) -> HttpResponse:
    found = queries.edition(process)
    editions = access.SEE_PROCESS.filter(Process.objects.filter(kind=process.kind), request.actor)
    kind = cards.kinds_of(editions, queries.followers(editions))[0]
    is_draft = process.published_at is None
    context = {
        "process": process,
        "kind": kind,
        "standing": next(each for each in kind.editions if each.process.pk == process.pk),
        "may_draft": not is_draft and not kind.draft and request.actor.role in access.COPY_PROCESS.table,
        "faults": queries.faults_of(found) if is_draft else [],
        "warnings": queries.warnings_of(found) if is_draft else [],
        "board": picture_of(model([process])),
        "phases": cards.phases_of(found),
        **what_differs(found),
    }
    return render(request, "process/design/process.html", context)


def what_differs(found: queries.Edition) -> dict[str, Any]:
    earlier = queries.earlier_of(found.process)
    return {"earlier": earlier, "changes": differences(queries.edition(earlier), found) if earlier else []}


@page(access.COPY_PROCESS, see=access.SEE_PROCESS)
def draft(request: Request, process: Process) -> HttpResponse:
    form = ConfirmForm.of(request, process)
    if perform(request, form, actions.draft_process, process):
        messages.success(request, _("Utkastet är gjort. Det gäller inte förrän du publicerar det."))
        return redirect("process:process", form.answer)
    said = _("Utkastet får samma steg, punkter och pilar som version %(edition)s. Bara administratörer ser det.")
    lead = said % {"edition": process.edition}
    return form_page(request, form, _("Gör ett utkast"), _("Gör ett utkast"), trail_of(process), lead=lead)


@page(access.EDIT_PROCESS, see=access.SEE_PROCESS)
def note(request: Request, process: Process) -> HttpResponse:
    form = NoteForm.of(request, process, initial={"note": process.note})
    return part_page(request, form, actions.note_process, process, process, _("Vad är nytt?"), _("Spara"))


@page(access.EDIT_PROCESS, see=access.SEE_PROCESS)
def publish(request: Request, process: Process) -> HttpResponse:
    found = queries.edition(process)
    form = PublishForm.of(request, process, initial={"shown": found.seal})
    if perform(request, form, actions.publish_process, process):
        said = _("Version %(edition)s gäller nu för nya ärenden. De som pågår följer den version de började med.")
        messages.success(request, said % {"edition": process.edition})
        return redirect("process:process", process.pk)
    form.now_shown(found.seal)
    open_cases = sum(queries.followers(Process.objects.published().filter(kind=process.kind)).values())
    context = {
        "process": process,
        "form": form,
        "faults": queries.faults_of(found),
        "warnings": queries.warnings_of(found),
        "go_on": cards.cases(open_cases) if open_cases else "",
        **what_differs(found),
    }
    return render(request, "process/design/publish.html", context, status=form.status)


@page(access.EDIT_PROCESS, see=access.SEE_PROCESS)
def discard(request: Request, process: Process) -> HttpResponse:
    form = ConfirmForm.of(request, process)
    if perform(request, form, actions.discard_process, process, leads_to=reverse("process:processes")):
        messages.success(request, _("Utkastet är borttaget. Inget annat har ändrats."))
        return redirect("process:processes")
    lead = _("Utkastet försvinner med allt du har ändrat i det. Det som gäller nu påverkas inte.")
    return form_page(request, form, _("Ta bort utkastet"), _("Ta bort utkastet"), trail_of(process), lead=lead)


@page(access.EDIT_PROCESS, see=access.SEE_PROCESS)
def add_phase(request: Request, process: Process) -> HttpResponse:
    form = PhaseForm.of(request, process)
    return part_page(request, form, actions.add_phase, process, process, _("Ny fas"), _("Lägg till fasen"))


@page(access.EDIT_PHASE)
def change_phase(request: Request, phase: Phase) -> HttpResponse:
    form = PhaseForm.of(request, phase, initial=words_of(phase))
    remove = reverse("process:design_phase_remove", args=[phase.pk])
    return part_page(
        request, form, actions.change_phase, phase, phase.process, _("Ändra fasen"), _("Spara fasen"), remove=remove
    )


@page(access.EDIT_PHASE)
def remove_phase(request: Request, phase: Phase) -> HttpResponse:
    lead = _("Fasen försvinner ur bilden. Det går bara när inga steg ligger i den.")
    return removal(request, actions.remove_phase, phase, phase.process, _("Ta bort fasen"), lead)


@page(access.EDIT_PROCESS, see=access.SEE_PROCESS)
def add_step(request: Request, process: Process) -> HttpResponse:
    form = StepForm.of(request, process, process=process)
    lead = _("När steget finns lägger du till punkter i det, och pilar till och från det.")
    return part_page(
        request, form, actions.add_step, process, process, _("Nytt steg"), _("Lägg till steget"), lead=lead
    )


@page(access.EDIT_STEP)
def change_step(request: Request, step: Step) -> HttpResponse:
    form = StepForm.of(request, step, initial=words_of(step), process=step.process, step=step)
    remove = reverse("process:design_step_remove", args=[step.pk])
    return part_page(
        request, form, actions.change_step, step, step.process, _("Ändra steget"), _("Spara steget"),
        step=step, remove=remove,
    )  # fmt: skip


@page(access.EDIT_STEP)
def remove_step(request: Request, step: Step) -> HttpResponse:
    lead = _("Steget försvinner med sina punkter och pilar. Pilar som leder hit försvinner också.")
    follows = [
        _("Pilen ”%(move)s” från ”%(step)s”") % {"move": move.title, "step": move.source.title}
        for move in step.entries.exclude(source=step).select_related("source").order_by("source__order", "order", "key")
    ]
    return removal(request, actions.remove_step, step, step.process, _("Ta bort steget"), lead, follows)


@page(access.EDIT_STEP)
def add_item(request: Request, step: Step) -> HttpResponse:
    form = ItemForm.of(request, step, step=step)
    return part_page(
        request, form, actions.add_item, step, step.process, _("Ny punkt"), _("Lägg till punkten"), step=step
    )


@page(access.EDIT_ITEM)
def change_item(request: Request, item: Item) -> HttpResponse:
    step = item.step
    form = ItemForm.of(request, item, initial=words_of(item), step=step, item=item)
    remove = reverse("process:design_item_remove", args=[item.pk])
    return part_page(
        request, form, actions.change_item, item, step.process, _("Ändra punkten"), _("Spara punkten"),
        step=step, remove=remove,
    )  # fmt: skip


@page(access.EDIT_ITEM)
def remove_item(request: Request, item: Item) -> HttpResponse:
    lead = _("Punkten tas bort ur steget ”%(step)s”.") % {"step": item.step.title}
    return removal(request, actions.remove_item, item, item.step.process, _("Ta bort punkten"), lead)


@page(access.EDIT_STEP)
def add_arrow(request: Request, step: Step) -> HttpResponse:
    form = ArrowForm.of(request, step, step=step)
    return part_page(request, form, actions.add_move, step, step.process, _("Ny pil"), _("Lägg till pilen"), step=step)


@page(access.EDIT_MOVE)
def change_arrow(request: Request, move: Move) -> HttpResponse:
    step = move.source
    form = ArrowForm.of(request, move, initial={**words_of(move), "to": move.target_id}, step=step, move=move)
    remove = reverse("process:design_arrow_remove", args=[move.pk])
    return part_page(
        request, form, actions.change_move, move, step.process, _("Ändra pilen"), _("Spara pilen"),
        step=step, remove=remove,
    )  # fmt: skip


@page(access.EDIT_MOVE)
def remove_arrow(request: Request, move: Move) -> HttpResponse:
    lead = _("Pilen tas bort ur steget ”%(step)s”.") % {"step": move.source.title}
    return removal(request, actions.remove_move, move, move.source.process, _("Ta bort pilen"), lead)


def words_of(part: Phase | Step | Item | Move) -> dict[str, Any]:
    """What the form of a part shows."""
    return {name: getattr(part, name) for name in WORDS[type(part)]}


def part_page(
    request: Request, form: ActionForm, act: Action[Any, Any], target: BaseModel, process: Process, title: str,
    submit: str, *, step: Step | None = None, lead: str = "", remove: str = "",
) -> HttpResponse:  # fmt: skip
    """The form of something in a draft. Done, it leads back to the step that it is about, or to the draft."""
    if perform(request, form, act, target):
        messages.success(request, _("Sparat i utkastet. Det gäller inte förrän du publicerar det."))
        return redirect(address(process, step))
    return form_page(
        request, form, title, submit, trail_of(process, step), lead=lead, template="process/design/part.html",
        remove=remove,
    )  # fmt: skip


def removal(
    request: Request, act: Action[Any, Any], part: BaseModel, process: Process, title: str, lead: str,
    follows: list[str] | None = None,
) -> HttpResponse:  # fmt: skip
    """`follows` is what is taken away with it, told before."""
    form = ConfirmForm.of(request, part)
    draft = address(process)
    if perform(request, form, act, part, leads_to=draft):
        messages.success(request, _("”%(part)s” är borttaget ur utkastet.") % {"part": part})
        return redirect(draft)
    trail = Trail(trail_of(process).above, str(part))
    return form_page(
        request, form, title, title, trail, lead=lead, template="process/design/remove.html", follows=follows or []
    )


def address(process: Process, step: Step | None = None) -> str:
    of_process = reverse("process:process", args=[process.pk])
    return f"{of_process}#{cards.anchor(process, step.key)}" if step else of_process


def trail_of(process: Process, step: Step | None = None) -> Trail:
    above = [
        (reverse("process:picture"), _("Arbetsmodellen")),
        (reverse("process:processes"), _("Processer")),
        (reverse("process:process", args=[process.pk]), str(process)),
    ]
    return Trail(above, step.title if step else str(process), address(process, step))
