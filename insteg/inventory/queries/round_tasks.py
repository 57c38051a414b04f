"""What the rounds ask of each: to answer, to prepare, to chase, to close (R10, R82)."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor, Role
from insteg.access.catalogues import Task, Whose
from insteg.core import clock
from insteg.inventory import access
from insteg.inventory.models import InventoryRound, RoundRequest
from insteg.inventory.queries.asked import unanswered
from insteg.inventory.queries.recipients import recipients
from insteg.inventory.queries.rounds import unanswered_for
from insteg.inventory.terms import Season, wanted_since
from insteg.organisations.models import Membership
from insteg.ui.templatetags.insteg_ui import in_words

NAMED = 3  # so many or fewer are told by name
A_WEEK, A_MONTH = dt.timedelta(days=7), dt.timedelta(days=30)


def tasks(actor: Actor) -> Iterator[Task]:
    if actor.role in access.RUN_ROUND.table:
        yield from leading()
    elif actor.role in access.SEE_REQUEST.table:
        yield from answering(actor)


def answering(actor: Actor) -> Iterator[Task]:
    """A coach is asked only where the unit has no manager, as with letters (queries/recipients.py)."""
    if actor.role == Role.COACH and has_manager(actor):
        return
    for request in unanswered_for(actor):
        said = (
            _("Säg vilka platser ni behöver till inventeringen %(round)s")
            if request.unit_id
            else _("Svara på inventeringen %(round)s")
        )
        yield Task(
            said % {"round": request.round},
            reverse("inventory:request", args=[request.pk]),
            about=str(request),
            since=localdate(request.round.opened_at),
            due_on=request.due_on,
        )


def has_manager(actor: Actor) -> bool:
    managers = Membership.objects.current().filter(unit=actor.unit_id, role=Role.UNIT_MANAGER, user__is_active=True)
    return managers.exists()


def leading() -> Iterator[Task]:
    for round in InventoryRound.objects.under_way().order_by("closes_on", "pk"):
        yield from of_round(round, list(unanswered(round)))
    yield from of_the_term()


def of_round(round: InventoryRound, silent: list[RoundRequest]) -> Iterator[Task]:
    url, today = reverse("inventory:round", args=[round.pk]), clock.today()
    since, about = localdate(round.opened_at), _("Inventeringen %(round)s") % {"round": round}
    people = recipients(silent)
    empty = [str(request) for request in silent if not people[request.pk]]
    if empty:
        said = ngettext("Ingen tar emot brevet: %(names)s", "Ingen tar emot breven: %(names)s", len(empty))
        yield Task(said % {"names": ", ".join(empty)}, url, about=about, since=since, due_on=round.closes_on)
    late = [request for request in silent if request.due_on < today]
    if late:
        said = ngettext("%(who)s är sen med sitt svar", "%(who)s är sena med sina svar", len(late))
        first = min(request.due_on for request in late)
        told = f"{about} · {who_are(late)}" if len(late) <= NAMED else about
        yield Task(said % {"who": counted(late)}, url, about=told, since=since, due_on=first)
    if waited_for := [request for request in silent if request.due_on >= today]:
        said = _("Svara på inventeringen %(round)s") % {"round": round}
        by = min(request.due_on for request in waited_for)
        yield Task(said, url, since=since, due_on=by, whose=Whose.OTHERS, who=who_are(waited_for))
    if not silent and round.closes_on < today:
        close = reverse("inventory:close_round", args=[round.pk])
        said = _("Alla har svarat: stäng inventeringen %(round)s") % {"round": round}
        yield Task(said, close, since=round.closes_on, due_on=round.closes_on + A_WEEK)


def who_are(requests: Sequence[RoundRequest]) -> str:
    """By name while they are few."""
    return ", ".join(sorted(map(str, requests))) if len(requests) <= NAMED else counted(requests)


def counted(requests: Sequence[RoundRequest]) -> str:
    said = how_many(requests)
    return said[:1].upper() + said[1:]


def how_many(requests: Sequence[RoundRequest]) -> str:
    """`två`, or `två organisationer och en enhet` where units are among them: nobody should have to guess who."""
    units = sum(request.unit_id is not None for request in requests)
    others = len(requests) - units
    if not units:
        return in_words(others) if others > 1 else _("en")
    told = []
    if others:
        said = ngettext("en organisation", "%(count)s organisationer", others)
        told.append(said % {"count": in_words(max(others, 2))})
    said = ngettext("en enhet", "%(count)s enheter", units)
    told.append(said % {"count": in_words(max(units, 2))})
    return _(" och ").join(told)


def of_the_term() -> Iterator[Task]:
    """From March and September: that the term's round is not open yet."""
    wanted = wanted_since(clock.today())
    if wanted is None:
        return
    term, since = wanted
    round = InventoryRound.objects.filter(year=term.year, term=term.season).first()
    if round is not None and round.opened_at is not None:
        return
    spring = term.season == Season.SPRING
    url = reverse("inventory:open_round", args=[round.pk]) if round else reverse("inventory:draft_round")
    said = _("Öppna vårens inventering") if spring else _("Öppna höstens inventering")
    yield Task(said, url, about=_("Utkastet är inte skickat") if round else "", since=since, due_on=since + A_MONTH)
