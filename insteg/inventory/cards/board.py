"""What the pages of the rounds say, in words: how far each has come, what is missing, whose move it is (R10)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insteg.access.actor import Actor
from insteg.core import clock
from insteg.inventory import access
from insteg.inventory.cards.answers import STATES, Tag, state_tag
from insteg.inventory.cards.planned import Banner
from insteg.inventory.judgement import LABELS
from insteg.inventory.models import InventoryRound, RoundRequest
from insteg.inventory.queries.round_tasks import how_many
from insteg.inventory.queries.rounds import DONE, Board
from insteg.process.models import Nature
from insteg.ui import figures
from insteg.ui.templatetags.insteg_ui import in_words

NEVER_ANSWERED = Tag("neutral", "x", gettext_lazy("Svarade inte"))


@dataclass(frozen=True)
class Row:
    """One of those asked, as the board shows it."""

    request: RoundRequest
    tag: Tag
    note: str
    count: int | None
    count_note: str
    missing: str
    reminded: str
    next_reminder: str
    people: str
    may_extend: bool


class Legend(NamedTuple):
    tag: Tag
    text: str


class Way(NamedTuple):
    """The page of a request, and the one above it."""

    up: str
    up_name: str
    href: str
    name: str

    @property
    def above(self) -> list[tuple[str, str]]:
        return [(self.up, self.up_name), (self.href, self.name)]


def name_of(round: InventoryRound) -> str:
    return _("Inventeringen %(round)s") % {"round": round}


def way_to(asked: RoundRequest, actor: Actor) -> Way:
    """Whoever leads the round comes from its board, whoever is asked from their answers."""
    href = reverse("inventory:request", args=[asked.pk])
    if actor.role in access.RUN_ROUND.table:
        return Way(reverse("inventory:round", args=[asked.round_id]), name_of(asked.round), href, str(asked))
    name = _("Inventering %(round)s") % {"round": asked.round}
    return Way(reverse("inventory:our_answers"), _("Svar på inventeringar"), href, name)


def tag_of(request: RoundRequest, round: InventoryRound) -> Tag:
    return NEVER_ANSWERED if round.closed_at and request.state == "late" else state_tag(request.state)


def rows(board: Board, requests: Sequence[RoundRequest], next_reminders: dict[Any, date]) -> list[Row]:
    sent = Counter(reminder.request_id for reminder in board.reminders)
    return [
        Row(
            request=each,
            tag=tag_of(each, board.round),
            note=note_of(each, board),
            count=count_of(each, board),
            count_note=count_note_of(each),
            missing=missing_of(each, board),
            reminded=reminded(sent[each.pk]),
            next_reminder=next_of(next_reminders.get(each.pk)),
            people=", ".join(str(user) for user in board.people[each.pk]),
            may_extend=board.round.is_under_way and each.state not in DONE,
        )
        for each in requests
    ]


def note_of(request: RoundRequest, board: Board) -> str:
    """When and by whom it was answered; or until when they have, and whether they have looked."""
    today = clock.today()
    if request.state in DONE:
        said = {"day": figures.day(localdate(request.answered_at), today), "name": request.answered_by}
        if request.on_behalf:
            return _("%(day)s, %(name)s åt dem") % said
        return _("%(day)s, %(name)s") % said
    told = []
    if request.due_on != board.round.closes_on:
        told.append(_("förlängt till %(day)s") % {"day": figures.day_with_weekday(request.due_on, today)})
    if not board.people[request.pk]:
        told.append(_("ingen tar emot brevet"))
    elif request.looked_at is None:
        told.append(_("länken inte öppnad"))
    elif request.state != "under_way":
        told.append(_("öppnade länken %(day)s") % {"day": figures.day(localdate(request.looked_at), today)})
    return ", ".join(told)


def count_of(request: RoundRequest, board: Board) -> int | None:
    """How many procurements, those of the answer or what the organisation plans so far; for a unit how many places
    it asks for in all, None before it has answered."""
    if request.unit_id is not None:
        return board.places.get(request.pk)
    return request.row_count if request.state in DONE else board.planned.get(request.organisation_id, 0)


def count_note_of(request: RoundRequest) -> str:
    """What is new in an answer; otherwise that the number is from before."""
    if request.unit_id is not None or request.state == "nothing":
        return ""
    if request.state != "answered":
        return _("anmälda sedan tidigare") if request.state != "under_way" else _("hittills")
    told = []
    if request.new_count:
        said = ngettext("%(count)s ny", "%(count)s nya", request.new_count)
        told.append(said % {"count": request.new_count})
    if request.changed_count:
        said = ngettext("%(count)s ändrad", "%(count)s ändrade", request.changed_count)
        told.append(said % {"count": request.changed_count})
    if request.gone_count:
        said = ngettext("%(count)s borttagen", "%(count)s borttagna", request.gone_count)
        told.append(said % {"count": request.gone_count})
    return ", ".join(told) or _("alla lika")


def missing_of(request: RoundRequest, board: Board) -> str:
    """The whole answer, or the facts that the judgement lacks."""
    if request.state not in DONE:
        return _("Svaret är inte skickat") if request.state == "under_way" else _("Hela svaret")
    if request.unit_id is not None:
        return ""
    lacking = board.lacking.of(request.pk)
    told = [
        _("%(fact)s för %(count)s") % {"fact": LABELS[name](), "count": lacking[name]}
        for name in LABELS
        if lacking[name]
    ]
    return capital(", ".join(told))


def reminded(count: int) -> str:
    said = ngettext("%(count)s skickad", "%(count)s skickade", count) % {"count": count}
    return said if count else _("ingen")


def next_of(day: date | None) -> str:
    return "" if day is None else _("nästa %(day)s") % {"day": figures.day_near(day, clock.today())}


def legend(rows: Sequence[Row]) -> list[Legend]:
    """How many have come how far, in the order of the work; those that none has reached are left out."""
    counts = Counter(row.tag for row in rows)
    order = [*map(state_tag, STATES), NEVER_ANSWERED]
    return [Legend(tag, f"{counts[tag]} {counted_word(tag, counts[tag])}") for tag in order if counts[tag]]


def counted_word(tag: Tag, count: int) -> str:
    """The tag's word beside a number: only lateness bends by it."""
    return ngettext("sen", "sena", count) if tag == state_tag("late") else str(tag.word).lower()


class Gap(NamedTuple):
    what: str
    where: str


def gaps(board: Board) -> list[Gap]:
    """The facts that are missing in the answers, most first."""
    answered = [each for each in board.organisations if each.state == "answered"]
    found = []
    for name in LABELS:
        each = [board.lacking.of(request.pk)[name] for request in answered]
        if sum(each):
            what = ngettext("%(fact)s för %(count)s upphandling", "%(fact)s för %(count)s upphandlingar", sum(each))
            where = ngettext("i ett svar", "i %(count)s svar", sum(1 for count in each if count))
            number = in_words(sum(1 for count in each if count) or 2)
            told = what % {"fact": LABELS[name](), "count": sum(each)}
            found.append((sum(each), Gap(capital(told), where % {"count": number})))
    return [gap for _count, gap in sorted(found, key=lambda pair: -pair[0])]


def meta(round: InventoryRound) -> str:
    """What is asked for, and when."""
    today = clock.today()
    told = [horizon(round)]
    if round.opened_at:
        told.append(_("öppnades %(day)s") % {"day": figures.day(localdate(round.opened_at), today)})
    told.append(_("svarsdag %(day)s") % {"day": figures.day(round.closes_on, today)})
    if round.closed_at:
        told.append(_("stängdes %(day)s") % {"day": figures.day(localdate(round.closed_at), today)})
    return " · ".join(told)


def horizon(round: InventoryRound) -> str:
    if round.first_year == round.last_year:
        return _("Upphandlingar som börjar %(year)s") % {"year": round.first_year}
    return _("Upphandlingar som börjar %(first)s–%(last)s") % {"first": round.first_year, "last": round.last_year}


def wanted(round: InventoryRound) -> str:
    """`Tjänst och entreprenad, värda minst 500 000 kr`: what is to be reported (R10)."""
    natures = _(" och ").join(str(Nature(name).label) for name in round.natures)
    natures = natures[:1] + natures[1:].lower()
    if not round.value_floor:
        return natures
    said = _("%(natures)s, värda minst %(value)s")
    return said % {"natures": natures, "value": figures.money(round.value_floor)}


def answered_in_words(answered: int, asked: int) -> str:
    """`Fem av åtta har svarat.`"""
    if not answered:
        return _("Ingen har svarat än.")
    if answered == asked:
        return _("Alla har svarat.")
    said = ngettext("En av %(all)s har svarat.", "%(count)s av %(all)s har svarat.", answered)
    return capital(said % {"count": in_words(answered), "all": in_words(asked)})


def lead(board: Board) -> tuple[str, str]:
    """(the first sentence, the rest): how many have answered, who is late and who has longer time."""
    requests = board.organisations
    answered = sum(each.state in DONE for each in requests)
    first = answered_in_words(answered, len(requests))
    if answered == len(requests) and any(each.state not in DONE for each in board.units):
        first = _("Alla organisationer har svarat.")
    if board.round.closed_at:
        silent = [str(each) for each in board.requests if each.state not in DONE]
        if not silent:
            return first, _("Inventeringen är stängd.")
        return first, _("Inventeringen är stängd. Utan svar: %(names)s.") % {"names": ", ".join(silent)}
    told = [late_in_words([each for each in board.requests if each.state == "late"])]
    longer = [each for each in board.requests if each.due_on > board.round.closes_on and each.state not in DONE]
    if longer:
        told.append(capital(_("%(who)s har fått längre tid.") % {"who": how_many(longer)}))
    return first, " ".join(filter(None, told))


def late_in_words(late: Sequence[RoundRequest]) -> str:
    if not late:
        return ""
    since = min(each.due_on for each in late)
    said = ngettext("%(who)s är sen, svarsdagen var %(day)s.", "%(who)s är sena, svarsdagen var %(day)s.", len(late))
    return capital(said % {"who": how_many(late), "day": figures.day_near(since, clock.today())})


def banner(board: Board, *, leads: bool) -> Banner:
    """Whose move it is. `leads` for UE, who can act on it."""
    round, today = board.round, clock.today()
    if round.closed_at:
        return Banner(
            "neutral",
            "lock",
            _("Inventeringen är stängd"),
            _("Organisationerna kan ändå anmäla och ändra upphandlingar när som helst."),
        )
    if leads and board.unreached:
        names = ", ".join(str(each) for each in board.unreached)
        text = _(
            "Ingen har uppdraget att svara för %(names)s. Be administratören ge någon det, eller öppna organisationen "
            "och svara åt den."
        )
        return Banner("warning", "user-x", _("Brevet når inte fram"), text % {"names": names})
    if leads and board.not_asked:
        names = ", ".join(str(each) for each in board.not_asked)
        text = _("%(names)s fanns inte när inventeringen öppnades och har inte fått frågan.") % {"names": names}
        href = reverse("inventory:ask", args=[round.pk])
        return Banner("warning", "circle-plus", _("Någon har tillkommit"), text, href, _("Skicka frågan"))
    if all(each.state in DONE for each in board.requests):
        title = _("Din tur: stäng inventeringen") if leads else _("Upphandlingsenhetens tur: stäng inventeringen")
        href = reverse("inventory:close_round", args=[round.pk]) if leads else ""
        text = _("Alla som fick frågan har svarat.")
        return Banner("accent" if leads else "neutral", "check", title, text, href, _("Stäng inventeringen"))
    title = _("De som inte har svarat är på tur")
    text = _("Svara senast %(day)s. Påminnelser går av sig själva.") % {"day": figures.day_long(round.closes_on, today)}
    if round.closes_on < today:
        text = _("Svarsdagen var %(day)s. Du kan ge mer tid, svara åt dem eller stänga ändå.")
        text %= {"day": figures.day_long(round.closes_on, today)}
        if not leads:
            text = _("Svarsdagen var %(day)s.") % {"day": figures.day_long(round.closes_on, today)}
    return Banner("neutral", "hourglass", title, text)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
