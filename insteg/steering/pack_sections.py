"""What stands under the points that the unit does not write itself: follow-up, reports and contracts at risk (R31).

Rooms above fill SECTIONS for what they know, in AppConfig.ready(); a point for which nobody has anything to say is not
on the agenda.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from insteg.access.actor import Actor
from insteg.steering.models import Agenda, AgendaItem


@dataclass(frozen=True)
class Line:
    """One row under a passage: what it is about, what there is to say of it, and where the reader may look further."""

    title: str
    said: str
    href: str = ""


@dataclass(frozen=True)
class Passage:
    """A heading, sentences, and rows: the same on the page, in Word and as PDF. No value in kronor (OSL 19:3)."""

    title: str
    sentences: Sequence[str] = ()
    lines: Sequence[Line] = ()


Section = Callable[[Agenda, Actor], Passage | None]
SECTIONS: dict[str, list[Section]] = defaultdict(list)
FILLED = (AgendaItem.Kind.FOLLOW_UP, AgendaItem.Kind.REPORTS, AgendaItem.Kind.RISKS)


def passages(kind: str, agenda: Agenda, actor: Actor) -> list[Passage]:
    """What the rooms have to say under a point of that kind, in the order in which they came."""
    found = (section(agenda, actor) for section in SECTIONS.get(kind, []))
    return [passage for passage in found if passage is not None]
