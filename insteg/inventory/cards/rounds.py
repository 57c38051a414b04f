"""What each page of the rounds shows: the reads of queries, put in words by board."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insteg.access.actor import Actor
from insteg.core import clock
from insteg.inventory import access, letters
from insteg.inventory.cards import board, round_line
from insteg.inventory.cards.answers import Tag
from insteg.inventory.cards.board import Row
from insteg.inventory.cards.round_line import Event
from insteg.inventory.models import InventoryRound, RoundRequest
from insteg.inventory.queries import rounds as queries
from insteg.inventory.queries.asked import requests_to_send
from insteg.inventory.queries.recipients import recipients
from insteg.inventory.queries.reminders import Batch, coming, next_for_each, sent
from insteg.inventory.terms import wanted_since
from insteg.ui import figures
from insteg.ui.templatetags.insteg_ui import in_words

DRAFT = Tag("neutral", "pencil", gettext_lazy("Utkast"))
MOST_NAMED = 4
UNDER_WAY = Tag("info", "send", gettext_lazy("Pågår"))
CLOSED = Tag("neutral", "lock", gettext_lazy("Stängd"))


class Listed(NamedTuple):
    """A round in the list. `next` says what comes, and whose move it is."""

    href: str
    name: str
    horizon: str
    tag: Tag
    answered: str
    units: str
    day: Any
    next: str


def overview(rounds: QuerySet[InventoryRound], actor: Actor) -> dict[str, Any]:
    """For UE and the steering group: every round, newest first."""
    found = list(queries.for_the_list(rounds))
    return {
        "rounds": [listed(round) for round in found],
        "lead": overview_in_words(found),
        "may_draft": actor.role in access.DRAFT_ROUND.table,
    }


def listed(round: InventoryRound) -> Listed:
    tag = CLOSED if round.closed_at else UNDER_WAY if round.opened_at else DRAFT
    answered = _("%(count)s av %(all)s") % {"count": round.answered, "all": round.asked} if round.opened_at else ""
    units = ngettext("%(count)s av %(all)s enhet", "%(count)s av %(all)s enheter", round.units_asked)
    units = units % {"count": round.units_answered, "all": round.units_asked} if round.units_asked else ""
    return Listed(
        reverse("inventory:round", args=[round.pk]), board.capital(str(round)), board.horizon(round), tag, answered,
        units, round.closes_on, next_of(round),
    )  # fmt: skip


def next_of(round: InventoryRound) -> str:
    if round.closed_at:
        return _("Stängdes %(day)s") % {"day": figures.day(localdate(round.closed_at), clock.today())}
    if round.opened_at is None:
        return _("Upphandlingsenheten öppnar och skickar")
    missing = round.asked - round.answered + round.units_asked - round.units_answered
    if not missing:
        return _("Upphandlingsenheten stänger")
    return ngettext("Väntar på ett svar", "Väntar på %(count)s svar", missing) % {"count": missing}


def overview_in_words(rounds: Sequence[InventoryRound]) -> str:
    """What is under way, and otherwise what the term asks for."""
    for round in rounds:
        if round.is_under_way:
            said = _("%(name)s pågår. %(answered)s")
            answered = board.answered_in_words(round.answered, round.asked)
            return said % {"name": board.name_of(round), "answered": answered}
    wanted = wanted_since(clock.today())
    if wanted and not any((round.year, round.term) == wanted[0] and round.opened_at for round in rounds):
        return _("Ingen inventering pågår. Den för %(term)s är inte öppnad.") % {"term": wanted[0]}
    return _("Ingen inventering pågår just nu.") if rounds else ""


class Own(NamedTuple):
    href: str
    name: str
    about: str
    tag: Tag
    due_on: Any
    closed: bool


def own(actor: Actor) -> dict[str, Any]:
    """For those who are asked: each request of theirs, newest first."""
    found = list(queries.own_requests(actor))
    rows = [
        Own(
            reverse("inventory:request", args=[each.pk]), board.capital(str(each.round)), str(each),
            board.tag_of(each, each.round), each.due_on, each.round.closed_at is not None,
        )
        for each in found
    ]  # fmt: skip
    waiting = [each for each in found if each.round.is_under_way and each.state not in queries.DONE]
    return {"requests": rows, "lead": own_in_words(found, waiting), "waiting": waiting[0] if waiting else None}


def own_in_words(found: Sequence[RoundRequest], waiting: Sequence[RoundRequest]) -> str:
    if waiting:
        said = {"day": figures.due(waiting[0].due_on, clock.today()), "name": board.name_of(waiting[0].round)}
        if waiting[0].due_on < clock.today():
            return _("%(name)s väntar på ert svar. Svarsdagen var %(day)s.") % said
        return _("%(name)s väntar på ert svar, senast %(day)s.") % said
    return _("Inget väntar på svar. Ni kan ändra det ni har anmält när som helst.") if found else ""


def board_page(round: InventoryRound, actor: Actor) -> dict[str, Any]:
    found, ahead, gone = queries.board(round), coming(round), sent(round)
    leads = actor.role in access.RUN_ROUND.table
    next_days = next_for_each(ahead)
    organisations = board.rows(found, found.organisations, next_days)
    units = board.rows(found, found.units, next_days)
    events = events_of(found, ahead, gone)
    first, rest = board.lead(found)
    return {
        "round": round, "name": board.name_of(round), "meta": board.meta(round), "wanted": board.wanted(round),
        "first": first, "rest": rest, "banner": board.banner(found, leads=leads), "leads": leads,
        "legend": board.legend(organisations), "line": round_line.line_of(events, clock.today()), "events": events,
        "organisations": organisations, "units": units, "units_lead": units_in_words(round, units),
        "coming": [reminder_of(batch, coming=True) for batch in ahead],
        "gone": [reminder_of(batch, coming=False) for batch in gone],
        "gaps": board.gaps(found),
        "not_asked": found.not_asked,
    }  # fmt: skip


def units_in_words(round: InventoryRound, units: Sequence[Row]) -> str:
    answered = sum(row.request.state in queries.DONE for row in units)
    if round.closed_at and not answered:
        return _("Ingen svarade.")
    return board.answered_in_words(answered, len(units)) if units else ""


def events_of(found: queries.Board, ahead: Sequence[Batch], gone: Sequence[Batch]) -> list[Event]:
    """The round's days in order, those that have been and those to come."""
    round, today = found.round, clock.today()
    events = [event(localdate(round.opened_at), _("Öppnades"), today)]
    for batch in gone:
        name = _("Påminnelse %(number)s") % {"number": batch.number}
        events.append(event(batch.day, name, today, named(batch.requests), happened=True))
    for batch in ahead:
        if batch.requests:
            name = _("Påminnelse %(number)s") % {"number": batch.number}
            events.append(event(batch.day, name, today, named(batch.requests), happened=False))
    events.append(event(round.closes_on, _("Svarsdag"), today))
    longer_time = [each for each in found.requests if each.due_on > round.closes_on and each.state not in queries.DONE]
    for day in sorted({each.due_on for each in longer_time}) if round.is_under_way else ():
        longer = [each for each in longer_time if each.due_on == day]
        events.append(event(day, _("Förlängd svarsdag"), today, named(longer)))
    if round.closed_at:
        events.append(event(localdate(round.closed_at), _("Stängdes"), today))
    return sorted(events, key=lambda each: (each.day, each.coming))


def event(day: Any, name: str, today: Any, whom: str = "", *, happened: bool | None = None) -> Event:
    """`happened` where the day does not tell: a reminder may go later today."""
    note = figures.day(day, today)
    near = figures.day_near(day, today)
    note = note if near == note else f"{note}, {near}"
    coming = day > today if happened is None else not happened
    return Event(day, name, note, coming, f"{name}: {whom}" if whom else "")


def named(requests: Sequence[RoundRequest]) -> str:
    """Their names, or how many they are when nobody would read them all."""
    if len(requests) > MOST_NAMED:
        return _("%(count)s organisationer och enheter") % {"count": in_words(len(requests))}
    return ", ".join(str(each) for each in requests)


class ReminderLine(NamedTuple):
    day: Any
    coming: bool
    what: str
    unreached: str
    held: str


def reminder_of(batch: Batch, *, coming: bool) -> ReminderLine:
    said = {"number": batch.number, "names": named(batch.requests)}
    what = _("Påminnelse %(number)s till %(names)s") % said if batch.requests else ""
    if coming and what:
        what = _("%(what)s, om det behövs") % {"what": what}
    unreached = ""
    if batch.unreached:
        unreached = _("Påminnelse %(number)s når ingen i: %(names)s")
        unreached %= {"number": batch.number, "names": named(batch.unreached)}
    return ReminderLine(batch.day, coming, what, unreached, named(batch.held))


class Recipient(NamedTuple):
    name: str
    about: str
    people: str


def preview(round: InventoryRound) -> dict[str, Any]:
    """What will be sent when the draft is opened: the letter as it will read, to whom, and who cannot be reached."""
    asked = requests_to_send(round)
    found = recipients(asked)
    rows = [
        Recipient(
            str(each),
            _("%(organisation)s, behov av platser") % {"organisation": each.organisation} if each.unit_id else "",
            ", ".join(str(user) for user in found[each.pk]),
        )
        for each in asked
    ]
    return {
        "round": round, "name": board.name_of(round), "horizon": board.horizon(round), "wanted": board.wanted(round),
        "recipients": rows, "empty": [row.name for row in rows if not row.people],
        "lead": preview_in_words(asked, found), "letters": letters_to_send([each for each in asked if found[each.pk]]),
        "too_late": round.closes_on <= clock.today(),
        "other": InventoryRound.objects.under_way().first(),
    }  # fmt: skip


class Sample(NamedTuple):
    to: str
    letter: letters.Letter


def letters_to_send(reached: Sequence[RoundRequest]) -> list[Sample]:
    """One letter of each kind that goes: organisations and units are asked for different things."""
    buying = [each for each in reached if each.unit_id is None]
    needing = [each for each in reached if each.unit_id is not None]
    kinds = ((_("Till förvaltningar och bolag"), buying), (_("Till enheter"), needing))
    return [Sample(to, letters.opened(requests[0])) for to, requests in kinds if requests]


def preview_in_words(asked: Sequence[RoundRequest], found: dict[Any, list[Any]]) -> str:
    """`Brevet går till 12 personer i 10 organisationer och enheter.`"""
    people = sum(len(each) for each in found.values())
    places = sum(1 for each in found.values() if each)
    said = ngettext(
        "Brevet går till %(people)s person.",
        "Brevet går till %(people)s personer i %(places)s organisationer och enheter.",
        people,
    )
    return said % {"people": people, "places": places}
