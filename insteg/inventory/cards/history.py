"""What the pages say of answers that were sent and of what has changed since, in words."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.core import clock
from insteg.core.models import label_of
from insteg.inventory.cards.answers import Difference, Tag, differences, facts_in_a_line, state_tag, tag_of
from insteg.inventory.models import AnsweredRow, InventoryRound, PlannedProcurement, RoundAnswer, RoundRequest
from insteg.inventory.queries.history import Changed, Changes
from insteg.inventory.snapshots import Change, Facts, facts_as_reported
from insteg.ui import figures


class ChangedRow(NamedTuple):
    """A row of a sent answer, or one that has changed: what it is, and what is another than before."""

    pk: UUID
    title: str
    facts: str
    tag: Tag
    differences: list[Difference]
    note: str = ""
    at: dt.datetime | None = None


def sent_row(row: AnsweredRow, before: Mapping[UUID, Facts]) -> ChangedRow:
    """`before` is queries.history.facts_in the answer that it was held against."""
    was = before.get(row.planned_id)
    told = differences(was, row.facts, row.changed) if row.change == Change.CHANGED else []
    return ChangedRow(
        row.planned_id, str(row), facts_in_a_line(row.facts), tag_of(row.change), told, why_gone(row.change, row.facts)
    )


def changed_row(one: Changed) -> ChangedRow:
    now = facts_as_reported(one.planned)
    told = differences(one.before, now, one.names) if one.kind == Change.CHANGED else []
    return ChangedRow(
        one.planned.pk, one.planned.title, facts_in_a_line(now), tag_of(one.kind), told, why_gone(one.kind, now), one.at
    )


def why_gone(change: str, facts: Facts) -> str:
    """What happened to a row that is no longer there, with the reason that was given."""
    if change != Change.GONE or not facts.get("withdrawn_as"):
        return ""
    happened = label_of(PlannedProcurement.Ending, facts["withdrawn_as"])
    return f"{happened}: {facts['withdrawn_reason']}"


def counted(kinds: Iterable[str]) -> str:
    """`2 nya, 1 ändrad, 3 borttagna`; empty when there is none."""
    count = Counter(kinds)
    words = {
        Change.NEW: ngettext("%(count)s ny", "%(count)s nya", count[Change.NEW]),
        Change.CHANGED: ngettext("%(count)s ändrad", "%(count)s ändrade", count[Change.CHANGED]),
        Change.GONE: ngettext("%(count)s borttagen", "%(count)s borttagna", count[Change.GONE]),
        Change.SAME: ngettext("%(count)s lika", "%(count)s lika", count[Change.SAME]),
    }
    return ", ".join(word % {"count": figures.grouped(count[kind])} for kind, word in words.items() if count[kind])


def in_words(rows: list[AnsweredRow], compared: RoundAnswer | None) -> str:
    """How many, and what they are against which answer."""
    stood = sum(row.change != Change.GONE for row in rows)
    said = ngettext("Svaret har %(count)s upphandling.", "Svaret har %(count)s upphandlingar.", stood)
    said %= {"count": figures.grouped(stood)}
    if compared is None:
        return " ".join([said, _("Det är organisationens första svar.")])
    against = {"round": compared.request.round, "what": counted(row.change for row in rows) or _("inget")}
    return " ".join([said, _("Mot svaret %(round)s: %(what)s.") % against])


def changes_since(answer: RoundAnswer) -> str:
    """Where it is shown what has changed since this answer; nowhere for a unit or an answer that was taken up again."""
    if answer.request.unit_id or answer.reopened_at:
        return ""
    chosen = {"organisation": answer.request.organisation_id, "since": answer.request.round_id}
    return f"{reverse('inventory:changes')}?{urlencode(chosen)}"


class Group(NamedTuple):
    """The changes of one organisation. `href` is where more of them are shown, empty where these are all."""

    name: str
    count: str
    rows: list[ChangedRow]
    href: str


def groups(found: Changes, chosen: Mapping[str, Any]) -> list[Group]:
    """By organisation, every one that has changed anything, and in each the latest first. `chosen` is SinceForm's."""
    by_key: dict[UUID, list[Changed]] = {key: [] for key in found.cut}
    names = dict(found.cut)
    for one in found.rows:
        names[one.planned.organisation_id] = str(one.planned.organisation)
        by_key.setdefault(one.planned.organisation_id, []).append(one)
    told = []
    for key in sorted(by_key, key=lambda key: (names[key].casefold(), str(key))):
        rows, more = by_key[key], key in found.cut
        count = _("minst %(count)s") % {"count": figures.grouped(len(rows))} if more else figures.grouped(len(rows))
        href = ""
        if more and found.several:
            kept = {"since": chosen.get("since") or "", "day": chosen.get("day") or ""}
            kept = {name: value for name, value in kept.items() if value}
            href = f"{reverse('inventory:changes')}?{urlencode({'organisation': key, **kept})}"
        told.append(Group(names[key], count, [changed_row(one) for one in rows], href))
    return told


def changes_in_words(found: Changes, asked: InventoryRound | None, day: dt.date | None) -> str:
    """How many of each kind; where some were not looked at, at least how many."""
    if day:
        since = _("sedan %(day)s") % {"day": figures.day(day, clock.today())}
    elif asked:
        since = _("sedan svaret %(round)s") % {"round": asked}
    else:
        since = _("sedan det senaste svaret")
    what = counted(one.kind for one in found.rows)
    if found.cut:
        if not what:
            return _("Bland det senaste har inget ändrats %(since)s.") % {"since": since}
        return _("Ändrat %(since)s: minst %(what)s. Alla visas inte.") % {"since": since, "what": what}
    if not what:
        return _("Inget har ändrats %(since)s.") % {"since": since}
    return _("Ändrat %(since)s: %(what)s.") % {"since": since, "what": what}


class RequestLine(NamedTuple):
    asked: RoundRequest
    href: str
    tag: Tag
    rows: str
    who: str


def request_line(row: Any) -> RequestLine:
    """`row` is of queries.answers.with_state."""
    rows = str(row.row_count) if row.state == "answered" and not row.unit_id else ""
    if row.new_count or row.changed_count or row.gone_count:
        kinds = {Change.NEW: row.new_count, Change.CHANGED: row.changed_count, Change.GONE: row.gone_count}
        rows = f"{rows or 0} ({counted(Counter(kinds).elements())})"
    who = ""
    if row.answered_at:
        day = figures.day(row.answered_at.date(), clock.today())
        who = f"{day}, {row.answered_by}"
        if row.on_behalf:
            who = ", ".join([who, _("upphandlingsenheten svarade åt dem")])
    href = reverse("inventory:request", args=[row.pk])
    return RequestLine(row, href, state_tag(row.state), rows, who)
