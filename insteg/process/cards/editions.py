"""What it means for a case to follow a newer edition, or to get another day: told before it is done."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.core import clock
from insteg.core.workdays import shift
from insteg.process import words
from insteg.process.design_wording import guards_in_words, terms
from insteg.process.models import Item, Move, Process, Step
from insteg.process.queries.standing import Point, Standing
from insteg.ui import figures


class Compared(NamedTuple):
    """A fact that is another in the newer edition."""

    term: str
    before: str
    after: str


class PointAfter(NamedTuple):
    """A point of the step, now or then. `note` says what happens to its answer, or by when it is to be done."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Preview:
    """`carried` keep their answers, `new` are asked for the first time, `gone` leave with what was said of them."""

    lead: str
    before: str
    after: str
    due_on: dt.date
    due_note: str
    same_day: bool
    changes: list[Compared]
    new: list[PointAfter]
    carried: list[PointAfter]
    gone: list[PointAfter]


def preview(standing: Standing, newer: Process, step: Step, actor: Actor) -> Preview:
    """What changes if the case goes over to `step` of the newer edition today."""
    # In the same step the day stands (R80: the case keeps its time), elsewhere it is the new step's own.
    same = step.key == standing.step.key
    due_on = standing.visit.due_on if same else shift(clock.today(), step.lead_workdays)
    then = list(Item.objects.filter(step=step).order_by("order", "key"))
    now = {point.item.key: point for point in standing.points}
    kept = {item.key for item in then}
    lead = _("Ärendet följer %(before)s. Så här blir det om det följer %(after)s i stället.")
    return Preview(
        lead=lead % {"before": standing.step.process, "after": newer},
        before=standing.step.title,
        after=step.title,
        due_on=due_on,
        due_note=words.how_long(due_on),
        same_day=same,
        changes=changes(standing, step, actor),
        new=[PointAfter(item.text, by_when(item)) for item in then if item.key not in now],
        carried=[carried(now[item.key], item) for item in then if item.key in now],
        gone=[PointAfter(point.item.text, answered(point.answer)) for key, point in now.items() if key not in kept],
    )


def by_when(item: Item) -> str:
    day = figures.due(shift(clock.today(), item.offset_workdays), clock.today())
    return _("senast %(day)s") % {"day": day}


def answered(answer: object) -> str:
    return _("besvarad") if answer else _("inte besvarad")


def carried(point: Point, item: Item) -> PointAfter:
    return PointAfter(reworded(point.item, item), answered(point.answer) if point.answer else by_when(item))


def reworded(before: Item, after: Item) -> str:
    if before.text == after.text:
        return after.text
    return _("%(after)s (hette: %(before)s)") % {"after": after.text, "before": before.text}


def changes(standing: Standing, step: Step, actor: Actor) -> list[Compared]:
    """What is said otherwise of the step: its name, phase, text, who does it, how long it may take and the ways on."""
    before, kind = standing.step, standing.step.process.kind
    facts = [
        (_("Steg"), before.title, step.title),
        (_("Fas"), before.phase.title, step.phase.title),
        (_("Vem som gör det"), words.party(before.lane, kind, actor), words.party(step.lane, kind, actor)),
        (_("Ska vara klart inom"), words.workdays(before.lead_workdays), words.workdays(step.lead_workdays)),
        (_("Vad som görs"), before.text, step.text),
        (
            _("Vägar vidare"),
            ", ".join(in_words(way.move, kind, actor) for way in standing.ways.values()),
            ", ".join(in_words(move, kind, actor) for move in step.exits.order_by("order", "key")),
        ),
    ]
    return [Compared(term, was, now) for term, was, now in facts if was != now]


def in_words(move: Move, kind: str, actor: Actor) -> str:
    """`Lägg fram för styrgruppen (villkor: Yrkena är bekräftade)`: a new condition can stop what could go before."""
    party = words.party(move.lane, kind, actor) if move.lane else ""
    said = [*terms(move, party), *guards_in_words(move)]
    asked = "; ".join(each[:1].lower() + each[1:].rstrip(".") for each in said)
    return f"{move.title} ({asked})" if asked else move.title


def due_date_in_words(standing: Standing) -> str:
    """What holds now, and what another day does not change."""
    visit, step, today = standing.visit, standing.step, clock.today()
    now = _("Nu ska det vara klart %(day)s.") if not standing.late else _("Det skulle vara klart %(day)s.")
    said = [now % {"day": figures.due(visit.due_on, today)}]
    told = _("Modellen ger steget ”%(step)s” %(days)s.")
    said.append(told % {"step": step.title, "days": words.workdays(step.lead_workdays)})
    if standing.points:
        said.append(_("Punkternas dagar flyttas inte."))
    said.append(
        _("Nästa steg får sin egen tid från den dag då ärendet kommer dit, så ett senare datum här skjuter på det.")
    )
    return " ".join(said)
