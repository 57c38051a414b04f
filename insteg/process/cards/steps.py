"""The cases of one step, in words."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor
from insteg.core import clock
from insteg.core.keyset import Counted
from insteg.process import words
from insteg.process.cards.case import handler_of
from insteg.process.models import Visit
from insteg.process.queries.cases import About
from insteg.process.queries.standing import Standing


class Line(NamedTuple):
    """A row of the list."""

    href: str
    title: str
    organisation: str
    since: dt.date
    due_on: dt.date
    due_note: str
    late: bool
    handler: str


def line(visit: Visit, found: Mapping[UUID, About], actor: Actor) -> Line:
    """`found` is queries.cases.about of the page's cases."""
    about = found.get(visit.run_id, About())
    return Line(
        about.href, about.title, about.organisation, localdate(visit.entered_at), visit.due_on,
        words.how_long(visit.due_on), visit.due_on < clock.today(), handler_of(visit, actor),
    )  # fmt: skip


def cases(count: Counted) -> str:
    return ngettext("%(count)s ärende", "%(count)s ärenden", count.number) % {"count": count}


def seen_in_words(total: Counted, seen: Counted, late: Counted) -> str:
    """`12 ärenden. Du ser 3 av dem. Ett är sent.` Places and cases are business facts, and told also when few."""
    if not total.number:
        return _("Inget ärende står här nu.")
    said = [f"{capfirst(cases(total))}."]
    if (seen.number, seen.more) != (total.number, total.more):
        own = _("Du ser %(seen)s av dem.") % {"seen": seen}
        none = _("Du ser det inte.") if total.number == 1 and not total.more else _("Du ser inget av dem.")
        said.append(own if seen.number else none)
    if seen.number:
        said.append(late_in_words(late))
    return " ".join(said)


def late_in_words(late: Counted) -> str:
    if not late.number:
        return _("Inget är sent.")
    said = ngettext("%(count)s är sent.", "%(count)s är sena.", late.number)
    return capfirst(said % {"count": late})


class Box(NamedTuple):
    """A case that may be ticked to be moved with others. With obstacles it cannot go yet."""

    value: str
    title: str
    organisation: str
    href: str
    obstacles: list[str]
    ticked: bool


def box(standing: Standing, about: About, move_key: str, ticked: set[str] | None) -> Box:
    """`ticked` are the values that were sent; None ticks every case that can go."""
    value = f"{standing.visit.run_id}:{standing.visit.pk}"
    obstacles = standing.ways[move_key].obstacles
    on = not obstacles if ticked is None else value in ticked
    return Box(value, about.title, about.organisation, about.href, obstacles, on)
