"""What an administrator does with the model: copies an edition to a draft, changes it and publishes it (R80).

Whoever changes a part of a draft locks the draft too, so that nothing is changed while it is published.
"""

from collections.abc import Iterable
from itertools import count
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, insert, lock
from insteg.core import clock
from insteg.core.models import BaseModel
from insteg.process import access
from insteg.process.models import Item, Move, Phase, Process, Step
from insteg.process.queries.design import Edition, edition, faults

P = TypeVar("P", Phase, Step, Item, Move)

# What an administrator decides of each; keys, editions and where something hangs are the code's own.
WORDS: dict[type[BaseModel], frozenset[str]] = {
    Phase: frozenset({"title", "order"}),
    Step: frozenset({"title", "text", "phase", "lane", "lead_workdays"}),
    Item: frozenset({"text", "lane", "offset_workdays", "required"}),
    Move: frozenset({"title", "begins", "lane", "guards", "reason_required", "skips_items"}),
}
APART = 10  # between the order of two neighbours
LONGEST_STEM = 36  # of a key of forty signs, so that a number fits


# The way from a draft to each kind of part.
WAY: dict[type[BaseModel], str] = {Phase: "phases", Step: "steps", Item: "steps__items", Move: "steps__exits"}


def draft_of(part: Phase | Step | Item | Move) -> list[BaseModel]:
    """The draft that it is a part of, locked. Refused when somebody has taken the part away."""
    found = Process.objects.filter(**{WAY[type(part)]: part.pk}).order_by("pk").values_list("pk", flat=True)
    return [lock(Process, pk=found.first())]


def draft_first(part: Phase | Step | Item | Move, **said: Any) -> None:
    """The draft is locked before its part: whoever holds the draft goes on to write neighbours and take parts away, and
    would wait for ever for one who held such a part and waited for the draft."""
    draft_of(part)


@action("process.draft_process", access.COPY_PROCESS)
def draft_process(process: Process, *, actor: Actor) -> Process:
    """A new draft with all that an older edition holds, under the same keys. Cases can then go from one to the other.

    ValidationError when there is a draft of that kind already.
    """
    newest = Process.objects.filter(kind=process.kind).latest("edition").edition
    draft = insert(Process(kind=process.kind, edition=newest + 1))
    copy_parts(edition(process), draft)
    return draft


def copy_parts(found: Edition, draft: Process) -> None:
    phases = {phase.pk: twin(phase, process=draft) for phase in found.phases}
    steps = {step.pk: twin(step, process=draft, phase=phases[step.phase_id]) for step in found.steps}
    items = [twin(item, step=steps[pk]) for pk, items in found.items.items() for item in items]
    moves = [
        twin(move, source=steps[pk], target=steps[move.target_id] if move.target_id else None)
        for pk, moves in found.moves.items()
        for move in moves
    ]
    Phase.objects.bulk_create(phases.values())
    Step.objects.bulk_create(steps.values())
    Item.objects.bulk_create(items)
    Move.objects.bulk_create(moves)


def twin(part: P, **elsewhere: BaseModel | None) -> P:
    """The same words in a new row that hangs elsewhere."""
    words = {name: getattr(part, name) for name in type(part).Privacy.plain if name not in elsewhere}
    return type(part)(**words, **elsewhere)


@action("process.note_process", access.EDIT_PROCESS)
def note_process(process: Process, *, actor: Actor, note: str) -> None:
    """What is new in the edition and why, for those who read it."""
    process.note = note


@action("process.publish_process", access.EDIT_PROCESS)
def publish_process(process: Process, *, actor: Actor, shown: str) -> None:
    """From now on new cases follow it; those that run keep theirs. `shown` is the seal of the edition that was read.

    Blocked with a sentence for each fault, and when the draft has changed since.
    """
    if edition(process).seal != shown:
        raise Blocked(_("Utkastet har ändrats sedan sidan visades. Läs igen vad som skiljer, och publicera sedan."))
    if wrong := faults(process):
        raise Blocked(*wrong)
    process.published_at = clock.now()


@action("process.discard_process", access.EDIT_PROCESS)
def discard_process(process: Process, *, actor: Actor) -> None:
    """Takes a draft away with all its parts. A published edition cannot be taken away."""
    Process.objects.filter(pk=process.pk).delete()


@action("process.add_phase", access.EDIT_PROCESS)
def add_phase(process: Process, *, actor: Actor, **said: Any) -> Phase:
    """The key of a phase of another kind with the same name, so that the two are one column of the picture."""
    phase = told(Phase(process=process), said)
    others = Phase.objects.filter(process__in=Process.objects.in_force()).exclude(process__kind=process.kind)
    same = [other.key for other in others.order_by("key") if other.title.casefold() == phase.title.casefold()]
    phase.key = key_of(same[0] if same else phase.title, keys(process.phases.all()), "fas")
    return insert(phase)


@action("process.change_phase", access.EDIT_PHASE, also=draft_of, first=draft_first)
def change_phase(phase: Phase, *, actor: Actor, **said: Any) -> None:
    told(phase, said)


@action("process.remove_phase", access.EDIT_PHASE, also=draft_of, first=draft_first)
def remove_phase(phase: Phase, *, actor: Actor) -> None:
    """Blocked while there are steps in it."""
    if phase.steps.exists():
        raise Blocked(_("Det finns steg i fasen. Flytta dem till en annan fas eller ta bort dem först."))
    Phase.objects.filter(pk=phase.pk).delete()


@action("process.add_step", access.EDIT_PROCESS)
def add_step(process: Process, *, actor: Actor, after: Step | None, **said: Any) -> Step:
    """`after` is the step that it comes right after; first without."""
    step = told(Step(process=process), said)
    within(process, step.phase)
    step.key = key_of(step.title, keys(process.steps.all()), "steg")
    place(step, process.steps.all(), after)
    return insert(step)


@action("process.change_step", access.EDIT_STEP, also=draft_of, first=draft_first)
def change_step(step: Step, *, actor: Actor, after: Step | None, **said: Any) -> None:
    told(step, said)
    within(step.process, step.phase)
    place(step, step.process.steps.all(), after)


@action("process.remove_step", access.EDIT_STEP, also=draft_of, first=draft_first)
def remove_step(step: Step, *, actor: Actor) -> None:
    """With its items, its arrows, and the arrows that lead to it: an arrow to nowhere would end the case."""
    Step.objects.filter(pk=step.pk).delete()


@action("process.add_item", access.EDIT_STEP, also=draft_of, first=draft_first)
def add_item(step: Step, *, actor: Actor, after: Item | None, **said: Any) -> Item:
    item = told(Item(step=step), said)
    item.key = key_of(item.text, keys(step.items.all()), "punkt")
    place(item, step.items.all(), after)
    return insert(item)


@action("process.change_item", access.EDIT_ITEM, also=draft_of, first=draft_first)
def change_item(item: Item, *, actor: Actor, after: Item | None, **said: Any) -> None:
    told(item, said)
    place(item, item.step.items.all(), after)


@action("process.remove_item", access.EDIT_ITEM, also=draft_of, first=draft_first)
def remove_item(item: Item, *, actor: Actor) -> None:
    Item.objects.filter(pk=item.pk).delete()


@action("process.add_move", access.EDIT_STEP, also=draft_of, first=draft_first)
def add_move(step: Step, *, actor: Actor, to: Step | None, after: Move | None, **said: Any) -> Move:
    """Without `to` the case ends there."""
    within(step.process, to)
    move = told(Move(source=step, target=to), said)
    move.key = key_of(move.title, keys(step.exits.all()), "pil")
    place(move, step.exits.all(), after)
    return insert(move)


@action("process.change_move", access.EDIT_MOVE, also=draft_of, first=draft_first)
def change_move(move: Move, *, actor: Actor, to: Step | None, after: Move | None, **said: Any) -> None:
    within(move.source.process, to)
    move.target = to
    told(move, said)
    place(move, move.source.exits.all(), after)


@action("process.remove_move", access.EDIT_MOVE, also=draft_of, first=draft_first)
def remove_move(move: Move, *, actor: Actor) -> None:
    Move.objects.filter(pk=move.pk).delete()


def told(part: P, said: dict[str, Any]) -> P:
    """Those of its WORDS that are given; the others stay as they are."""
    unknown = said.keys() - WORDS[type(part)]
    if unknown:
        raise TypeError(f"no words of a {part._meta.model_name}: {sorted(unknown)}")
    for name, value in said.items():
        setattr(part, name, value)
    return part


def within(draft: Process, part: Phase | Step | None) -> None:
    """Blocked for a part of another edition, and for one that somebody has taken away since it was chosen."""
    if part is not None and not type(part)._base_manager.filter(pk=part.pk, process=draft).exists():
        raise Blocked(_("Det du valde finns inte i utkastet. Ladda om sidan och välj på nytt."))


def keys(parts: QuerySet[Any]) -> set[str]:
    return set(parts.order_by().values_list("key", flat=True))


def key_of(title: str, taken: set[str], otherwise: str) -> str:
    """From the first title that something had, and never changed after: figures and cases follow it by its key."""
    stem = slugify(title).replace("-", "_")[:LONGEST_STEM].strip("_") or otherwise
    numbered = (f"{stem}_{number}" for number in count(2))
    return stem if stem not in taken else next(key for key in numbered if key not in taken)


def place(part: P, among: QuerySet[P], after: P | None) -> None:
    """Gives it a number between its neighbours, and new numbers to those that follow where there is no room."""
    rows = list(among.order_by("order", "key"))
    others = [each for each in rows if each.pk != part.pk]
    if after is not None and after.pk not in {each.pk for each in others}:
        raise Blocked(_("Det som den skulle stå efter finns inte kvar. Ladda om sidan och välj på nytt."))
    if part.order is not None and before(part.pk, rows) == (after and after.pk):
        return
    at = next((number for number, each in enumerate(others, 1) if after is not None and each.pk == after.pk), 0)
    for number, each in enumerate([*others[:at], part, *others[at:]], 1):
        each.order = number * APART
    type(part)._base_manager.bulk_update(others, ["order"])


def before(pk: UUID, rows: Iterable[BaseModel]) -> UUID | None:
    """What stands right before it."""
    last = None
    for row in rows:
        if row.pk == pk:
            return last
        last = row.pk
    return last
