"""The verbs of an inventory round, all of them UE's: draft, change, discard, open, ask, extend, close, reopen (R10)."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from insteg.access.actor import Actor
from insteg.audit.gate import Blocked, action, insert
from insteg.core import clock
from insteg.inventory import access, letters
from insteg.inventory.models import InventoryRound, RoundAnswer, RoundRequest
from insteg.inventory.queries.asked import requests_to_send, unanswered
from insteg.organisations.models import Organisation
from insteg.ui import figures

ASKED = ("year", "term", "first_year", "last_year", "natures")  # stand once the letters have gone
SAID = ("message", "closes_on", "value_floor")
FURTHEST_AHEAD = dt.timedelta(days=365)  # for an answer; later is a slip of the keyboard


@action("inventory.draft_round", access.DRAFT_ROUND)
def draft_round(own: Organisation, *, actor: Actor, **facts: Any) -> InventoryRound:
    """A round that nobody but UE knows of yet. `facts` are named as in ASKED and SAID; one round for each term."""
    round = InventoryRound()
    set_facts(round, facts, ASKED + SAID)
    return insert(round)


@action("inventory.change_round", access.CHANGE_ROUND)
def change_round(round: InventoryRound, *, actor: Actor, **facts: Any) -> list[RoundRequest]:
    """A draft may be changed in everything; one under way in its message, closing day and value floor.

    Whoever has not answered and gets another day by it is told so by letter. Returns the requests whose own, longer
    time that made needless.
    """
    before = round.closes_on
    set_facts(round, facts, ASKED + SAID if round.opened_at is None else SAID)
    if round.opened_at is None or round.closes_on == before:
        return []
    lock_requests(round)
    needless = take_back_time(round)
    letters.send(with_this(round, unanswered(round).filter(extended_to=None)), letters.moved)
    return needless


@action("inventory.discard_round", access.OPEN_ROUND)
def discard_round(round: InventoryRound, *, actor: Actor) -> None:
    """Throws a draft away. Nobody has been asked anything, so nothing is lost but the words."""
    InventoryRound.objects.filter(pk=round.pk).delete()


@action("inventory.open_round", access.OPEN_ROUND)
def open_round(round: InventoryRound, *, actor: Actor) -> list[RoundRequest]:
    """Asks every open department and company, and every unit that matches; letters go in the same transaction.

    Blocked when the closing day has come, when another round is under way, and when there is nobody to ask.
    """
    refuse_two_at_once(round)
    if round.closes_on <= clock.today():
        raise Blocked(_("Svarsdagen är inte framåt i tiden. Ändra den innan du öppnar inventeringen."))
    asked = RoundRequest.objects.bulk_create(requests_to_send(round))
    if not asked:
        raise Blocked(_("Det finns ingen förvaltning och inget bolag att fråga. Administratören lägger till dem."))
    round.opened_at = clock.now()
    letters.send(asked, letters.opened)
    return asked


@action("inventory.ask", access.RUN_ROUND)
def ask(round: InventoryRound, *, actor: Actor, whom: str) -> RoundRequest:
    """One more request, for an organisation or unit that came after the round was opened. `whom` is its id."""
    for request in requests_to_send(round):
        if str(request.unit_id or request.organisation_id) == whom:
            made = insert(request)
            letters.send([made], letters.opened)
            return made
    raise Blocked(_("Den har redan fått frågan, eller finns inte kvar. Välj en annan."))


@action("inventory.extend", access.EXTEND)
def extend(request: RoundRequest, *, actor: Actor, extended_to: dt.date, extended_because: str) -> None:
    """Another day for one of those asked, told by letter. The round's own day takes the longer time back.

    The round is not locked beside it: see lock_requests.
    """
    if RoundAnswer.objects.filter(request=request, reopened_at=None).exists():
        raise Blocked(_("Svaret har redan kommit. Öppna det igen om något ska ändras."))
    refuse_day(extended_to, "extended_to")
    if extended_to < request.round.closes_on:
        said = _("Inventeringens svarsdag är %(day)s. Välj den dagen eller en senare.")
        day = figures.day_long(request.round.closes_on, clock.today())
        raise ValidationError({"extended_to": said % {"day": day}})
    longer, had_longer = extended_to > request.round.closes_on, request.extended_to is not None
    request.extended_to = extended_to if longer else None
    request.extended_because = extended_because if longer else ""
    if longer or had_longer:
        letters.send([request], letters.extended if longer else letters.taken_back)


@action("inventory.close_round", access.RUN_ROUND)
def close_round(round: InventoryRound, *, actor: Actor, without_all: bool = False) -> list[RoundRequest]:
    """No more answers are taken. Those who have not answered are told how to report anyway (R14), and returned.

    Blocked when some have not answered, unless `without_all` says that this is known.
    """
    lock_requests(round)
    silent = with_this(round, unanswered(round))
    if silent and not without_all:
        raise Blocked(_("Alla har inte svarat. Bekräfta att du vill stänga ändå."))
    round.closed_at = clock.now()
    letters.send(silent, letters.closed)
    return silent


@action("inventory.reopen_round", access.REOPEN_ROUND)
def reopen_round(round: InventoryRound, *, actor: Actor, closes_on: dt.date) -> list[RoundRequest]:
    """Answers are taken again until `closes_on`; those who have not answered are told.

    Returns them, and those whose own, longer time the new day made needless.
    """
    refuse_two_at_once(round)
    refuse_day(closes_on, "closes_on")
    round.closed_at, round.closes_on = None, closes_on
    lock_requests(round)
    needless = take_back_time(round)
    silent = with_this(round, unanswered(round))
    letters.send(silent, letters.opened_again)
    return [*silent, *(each for each in needless if each not in silent)]


def lock_requests(round: InventoryRound) -> None:
    """Whoever answers, takes an answer up or is given more time comes wholly before what is done, or wholly after.

    Whoever holds a request never waits for its round, so it is safe to wait for theirs while the round is held.
    """
    list(round.requests.select_for_update(of=("self",), no_key=True).order_by("pk"))


def take_back_time(round: InventoryRound) -> list[RoundRequest]:
    """Takes back the longer time that the round's own day has made needless. Returns those who had it."""
    needless = list(round.requests.filter(extended_to__lte=round.closes_on).order_by("pk"))
    for each in needless:
        each.extended_to, each.extended_because, each.version = None, "", each.version + 1
    RoundRequest.objects.bulk_update(needless, ["extended_to", "extended_because", "version"])
    return needless


def set_facts(round: InventoryRound, facts: dict[str, Any], allowed: tuple[str, ...]) -> None:
    unknown = facts.keys() - set(allowed)
    if unknown:
        raise TypeError(f"not to be said of this round now: {sorted(unknown)}")
    if facts.get("closes_on", round.closes_on) != round.closes_on:
        refuse_day(facts["closes_on"], "closes_on")
    for name, value in facts.items():
        setattr(round, name, value)


def refuse_day(day: dt.date, field: str) -> None:
    """A day that has passed is no day to answer by, and one far away is mistyped."""
    if day < clock.today():
        raise ValidationError({field: _("Välj i dag eller en dag som kommer.")})
    if day > clock.today() + FURTHEST_AHEAD:
        raise ValidationError({field: _("Dagen ligger mer än ett år bort. Kontrollera året.")})


def refuse_two_at_once(round: InventoryRound) -> None:
    """An answer belongs to one round; with two under way nobody would know to which."""
    other = InventoryRound.objects.under_way().exclude(pk=round.pk).first()
    if other is not None:
        raise Blocked(_("Inventeringen %(round)s pågår. Stäng den först.") % {"round": other})


def with_this(round: InventoryRound, requests: Any) -> list[RoundRequest]:
    """The requests with the round as it is being changed, so that letters tell the new day."""
    found = list(requests)
    for request in found:
        request.round = round
    return found
