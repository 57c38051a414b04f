"""Whose move it is, by when and what follows, in words that fit any kind of case."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insteg.access.actor import Actor, Role
from insteg.core import clock
from insteg.core.workdays import workdays_until
from insteg.process.models import Kind, Lane, Move
from insteg.ui import figures

TURNS = {
    Lane.STEERING: gettext_lazy("Styrgruppens tur"),
    Lane.PROCUREMENT_UNIT: gettext_lazy("Upphandlingsenhetens tur"),
    Lane.BUYER: gettext_lazy("Köparens tur"),
    Lane.MATCHING: gettext_lazy("AME:s och SIA:s tur"),
    Lane.EMPLOYMENT_SERVICE: gettext_lazy("Arbetsförmedlingens tur"),
    Lane.SUPPLIER: gettext_lazy("Leverantörens tur"),
    Lane.PARTICIPANT: gettext_lazy("Deltagarens tur"),
}
# Cases about a person: that a certain unit supports someone says something of their health (DOMAIN, the last lines).
ABOUT_PERSONS = frozenset({Kind.INTERNSHIP, Kind.EMPLOYMENT})
INSIDE = frozenset({Role.COACH, Role.UNIT_MANAGER})


def party(lane: str, kind: str, actor: Actor) -> str:
    """Who does it, as this actor may know it."""
    return outward(kind) if hidden(lane, kind, actor) else str(Lane(lane).label)


def turn(lane: str, kind: str, actor: Actor) -> str:
    """Whose move it is: `Styrgruppens tur`."""
    if hidden(lane, kind, actor):
        return _("Tur för %(party)s") % {"party": outward(kind).lower()}
    return str(TURNS[Lane(lane)])


def hidden(lane: str, kind: str, actor: Actor) -> bool:
    return lane == Lane.MATCHING and kind in ABOUT_PERSONS | {Kind.CONTRACT} and actor.role not in INSIDE


def outward(kind: str) -> str:
    return _("Kommunens stöd") if kind in ABOUT_PERSONS else _("Kommunens samordnare")


def leads_to(move: Move, kind: str, actor: Actor) -> str:
    """What happens when it is taken, and whose move it then is."""
    if move.target is not None:
        said = _("Leder till ”%(step)s”. Då är det %(turn)s.")
        whose = turn(move.target.lane, kind, actor)
        return said % {"step": move.target.title, "turn": whose[:1].lower() + whose[1:]}
    if move.begins:
        said = _("Ärendet avslutas här. Därefter kommer %(kind)s.")
        return said % {"kind": str(Kind(move.begins).label).lower()}
    return _("Ärendet avslutas.")


def how_long(due_on: dt.date) -> str:
    """`om 8 arbetsdagar`, `för 3 arbetsdagar sedan`; empty when it is today, or no working day lies between."""
    today = clock.today()
    if due_on < today:
        count = workdays_until(today, due_on)
        said = ngettext("för %(count)s arbetsdag sedan", "för %(count)s arbetsdagar sedan", count)
    else:
        count = workdays_until(due_on, today)
        said = ngettext("om %(count)s arbetsdag", "om %(count)s arbetsdagar", count)
    return said % {"count": figures.grouped(count)} if count else ""


def workdays(count: int) -> str:
    said = ngettext("%(count)s arbetsdag", "%(count)s arbetsdagar", count)
    return said % {"count": figures.grouped(count)}
