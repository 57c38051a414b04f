"""An edition of the model in plain words, and what one says that another does not (R80)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from django.utils.translation import gettext as _

from insteg.process.guards import GUARDS
from insteg.process.models import Item, Kind, Lane, Move, Phase, Step
from insteg.process.queries.design import Edition
from insteg.process.words import workdays

P = TypeVar("P", Phase, Step, Item, Move)


@dataclass(frozen=True)
class Change:
    """What is another in one step, or in the phases: a sentence for each thing. `about` is their heading."""

    about: str
    said: list[str]


def differences(earlier: Edition, later: Edition) -> list[Change]:
    """Everything that a later edition says otherwise, in the order that a case meets it; what is gone comes last."""
    old, new = by_key(earlier.steps), by_key(later.steps)
    away = moved(earlier.steps, later.steps)
    found = [Change(_("Faser"), [*of_phases(earlier.phases, later.phases)])]
    for before, step in zip([None, *later.steps], later.steps, strict=False):
        if step.key in old:
            was = old[step.key]
            said = [*of_step(was, step), *([place(before)] if step.key in away else [])]
            said += of_items(earlier.items[was.pk], later.items[step.pk])
            said += of_moves(earlier.moves[was.pk], later.moves[step.pk])
        else:
            said = [*of_new_step(step, later)]
        found.append(Change(step.title, said))
    found += [Change(step.title, [_("Steget är borttaget.")]) for step in earlier.steps if step.key not in new]
    return [change for change in found if change.said]


def by_key(parts: Iterable[P]) -> dict[str, P]:
    return {part.key: part for part in parts}


def moved(earlier: Sequence[P], later: Sequence[P]) -> set[str]:
    """The keys of the fewest that have to move for the order to become the later one. Numbers alone mean nothing."""
    both = {part.key for part in earlier} & {part.key for part in later}
    old, new = ([part.key for part in parts if part.key in both] for parts in (earlier, later))
    stay = SequenceMatcher(a=old, b=new, autojunk=False).get_matching_blocks()
    return both - {key for block in stay for key in old[block.a : block.a + block.size]}


def place(before: Step | None) -> str:
    if before is None:
        return _("Kommer nu först: här börjar nya ärenden.")
    return _("Kommer nu efter ”%(step)s”.") % {"step": before.title}


def of_phases(earlier: Sequence[Phase], later: Sequence[Phase]) -> Iterator[str]:
    old, new = by_key(earlier), by_key(later)
    for phase in later:
        was = old.get(phase.key)
        if was is None:
            yield _("Ny fas: ”%(phase)s”, nummer %(order)s i bilden.") % {"phase": phase.title, "order": phase.order}
            continue
        if was.title != phase.title:
            yield _("Fasen ”%(before)s” heter nu ”%(after)s”.") % {"before": was.title, "after": phase.title}
        if was.order != phase.order:
            said = _("Fasen ”%(phase)s” har nu nummer %(after)s i bilden, förut %(before)s.")
            yield said % {"phase": phase.title, "before": was.order, "after": phase.order}
    for phase in earlier:
        if phase.key not in new:
            yield _("Fasen ”%(phase)s” är borttagen.") % {"phase": phase.title}


def of_step(was: Step, step: Step) -> Iterator[str]:
    if was.title != step.title:
        yield _("Steget ”%(before)s” heter nu ”%(after)s”.") % {"before": was.title, "after": step.title}
    if was.phase.key != step.phase.key:
        said = _("Ligger nu i fasen ”%(after)s”, förut i ”%(before)s”.")
        yield said % {"before": was.phase.title, "after": step.phase.title}
    if was.lane != step.lane:
        said = _("Görs nu av %(after)s, förut av %(before)s.")
        yield said % {"before": Lane(was.lane).label, "after": Lane(step.lane).label}
    if was.lead_workdays != step.lead_workdays:
        said = _("Ska nu vara klart inom %(after)s, förut %(before)s.")
        yield said % {"before": workdays(was.lead_workdays), "after": workdays(step.lead_workdays)}
    if was.text != step.text:
        before, after = was.text or _("ingen text"), step.text or _("ingen text")
        yield _("Texten är nu: ”%(after)s” Förut: ”%(before)s”") % {"before": before, "after": after}


def of_new_step(step: Step, later: Edition) -> Iterator[str]:
    said = _("Nytt steg i fasen ”%(phase)s”. Görs av %(party)s inom %(days)s.")
    days = workdays(step.lead_workdays)
    yield said % {"phase": step.phase.title, "party": Lane(step.lane).label, "days": days}
    if step.text:
        yield _("Texten är: ”%(text)s”") % {"text": step.text}
    yield from of_items([], later.items[step.pk])
    yield from of_moves([], later.moves[step.pk])


def of_items(earlier: Sequence[Item], later: Sequence[Item]) -> Iterator[str]:
    old, new, away = by_key(earlier), by_key(later), moved(earlier, later)
    for item in later:
        was, name = old.get(item.key), {"item": item.text}
        if was is None:
            yield _("Ny punkt: ”%(item)s”. %(facts)s.") % {**name, "facts": item_in_words(item)}
            continue
        if was.text != item.text:
            yield _("Punkten ”%(before)s” lyder nu ”%(after)s”.") % {"before": was.text, "after": item.text}
        if item_in_words(was) != item_in_words(item):
            said = _("Punkten ”%(item)s”: %(after)s. Förut: %(before)s.")
            yield said % {**name, "before": item_in_words(was), "after": item_in_words(item)}
        if item.key in away:
            yield _("Punkten ”%(item)s” har en annan plats i listan.") % name
    for item in earlier:
        if item.key not in new:
            yield _("Punkten ”%(item)s” är borttagen.") % {"item": item.text}


def item_in_words(item: Item) -> str:
    """Who does it by when, and whether it can be left: `Köparen, inom 5 arbetsdagar, frivillig`."""
    said = _("%(party)s, inom %(days)s") if item.required else _("%(party)s, inom %(days)s, frivillig")
    return said % {"party": Lane(item.lane).label, "days": workdays(item.offset_workdays)}


def of_moves(earlier: Sequence[Move], later: Sequence[Move]) -> Iterator[str]:
    old, new, away = by_key(earlier), by_key(later), moved(earlier, later)
    for move in later:
        was, name = old.get(move.key), {"move": move.title}
        if was is None:
            facts = " ".join([leads(move), *terms(move), *guards_in_words(move)])
            yield _("Ny pil: ”%(move)s”. %(facts)s") % {**name, "facts": facts}
            continue
        yield from of_move(was, move)
        if move.key in away:
            yield _("Pilen ”%(move)s” har en annan plats i listan.") % name
    for move in earlier:
        if move.key not in new:
            yield _("Pilen ”%(move)s” är borttagen.") % {"move": move.title}


def of_move(was: Move, move: Move) -> Iterator[str]:
    name = {"move": move.title}
    if was.title != move.title:
        yield _("Pilen ”%(before)s” heter nu ”%(after)s”.") % {"before": was.title, "after": move.title}
    if (was.target and was.target.key, was.begins) != (move.target and move.target.key, move.begins):
        said = _("Pilen ”%(move)s”: %(after)s Förut: %(before)s")
        yield said % {**name, "before": leads(was), "after": leads(move)}
    for key in move.guards:
        if key not in was.guards:
            yield _("Nytt villkor på pilen ”%(move)s”: %(guard)s.") % {**name, "guard": guard_in_words(key)}
    for key in was.guards:
        if key not in move.guards:
            yield _("Pilen ”%(move)s” har inte längre villkoret: %(guard)s.") % {**name, "guard": guard_in_words(key)}
    if terms(was) != terms(move):
        none = _("Inget särskilt.")
        said = _("Pilen ”%(move)s”: %(after)s Förut: %(before)s")
        yield said % {**name, "before": " ".join(terms(was)) or none, "after": " ".join(terms(move)) or none}


def leads(move: Move) -> str:
    """Where it goes: `Leder till ”Besluta om krav”.`"""
    said = _("Leder till ”%(step)s”.") % {"step": move.target.title} if move.target else _("Ärendet slutar.")
    if move.begins:
        said += " " + _("Då börjar: %(kind)s.") % {"kind": str(Kind(move.begins).label).lower()}
    return said


def terms(move: Move, party: str = "") -> list[str]:
    """What is special about taking it, beside its guards. `party` is what the one who takes it is called for a reader
    who may not know everything."""
    said = []
    if move.lane:
        said.append(_("Tas av %(party)s.") % {"party": party or Lane(move.lane).label})
    if move.reason_required:
        said.append(_("Kräver ett skäl."))
    if move.skips_items:
        said.append(_("Får tas fast punkter är kvar."))
    return said


def guards_in_words(move: Move) -> list[str]:
    return [_("Villkor: %(guard)s.") % {"guard": guard_in_words(key)} for key in move.guards]


def guard_in_words(key: str) -> str:
    """What an administrator chose it by; the bare key when the code no longer knows it."""
    return str(GUARDS[key].title) if key in GUARDS else key
