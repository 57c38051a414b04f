"""The approved minutes as the file that is kept: what the PDF is made of."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from insteg.documents.report import Head, Heading, Part, Points, Report, Section, Table, Words
from insteg.meetings import words
from insteg.meetings.models import Attendance
from insteg.organisations.models import User
from insteg.steering.cards.minutes import EVER, Card, Person, Point, card
from insteg.steering.queries.minutes import Said
from insteg.ui import figures


def report(said: Said, approved_by: User, capacity: str, at: dt.datetime) -> Report:
    """In the language in force; the action that keeps it asks for LANGUAGE of cards/minutes.py."""
    told = card(said)
    title = _("Protokoll: %(title)s") % {"title": told.title}
    return Report(
        title=title,
        about=" · ".join([told.when, told.place, told.caller]),
        sections=[Section([*parts(told, approval(approved_by, capacity, at))])],
        foot=" · ".join(["Insteg", title, told.when]),
        page=_("Sida {page} av {pages}"),
        made=at,
        language=figures.language(),
    )


def parts(told: Card, approved: str) -> Iterator[Part]:
    yield Words(told.lead, lead=True)
    yield Heading(_("Närvarande"))
    yield people(_("Närvarande"), told.present)
    if told.absent:
        yield Heading(_("Inte närvarande"))
        yield Words(", ".join(in_a_row(each) for each in told.absent))
    for point in told.points:
        yield from of_point(point)
    if told.notes:
        yield Heading(_("Anteckningar"))
        yield from paragraphs(told.notes)
    yield Heading(_("Godkännande"))
    yield Words(approved)


def people(name: str, present: Sequence[Person]) -> Table:
    """The column of remarks only where somebody has one."""
    heads = [Head(_("Namn"), 8), Head(_("Deltar som"), 5), Head(_("Företräder"), 6)]
    rows = [[each.name, each.capacity, each.represents] for each in present]
    if any(each.note for each in present):
        heads.append(Head(_("Anmärkning"), 7))
        rows = [[*row, each.note] for row, each in zip(rows, present, strict=True)]
    return Table(name, heads, rows)


def in_a_row(each: Person) -> str:
    return f"{each.name} ({', '.join(filter(None, [each.capacity.lower(), each.represents]))})"


def of_point(point: Point) -> Iterator[Part]:
    yield Heading(f"§ {point.number} {point.title}")
    if point.about:
        yield Words(point.about, quiet=True, on=True)
    if point.outcome:
        yield Words(_("Beslut: %(decided)s") % {"decided": point.outcome} if point.is_decided else point.outcome)
    if point.facts:
        yield Points([f"{fact.term}: {fact.value}" for fact in point.facts])
    for text in point.texts:
        yield from paragraphs(text)
    if not (point.outcome or point.texts):
        yield Words(_("Inget är antecknat."), quiet=True)


def paragraphs(text: str) -> Iterator[Part]:
    return (Words(each) for each in text.splitlines() if each.strip())


def approval(by: User, capacity: str, at: dt.datetime) -> str:
    said = {
        "name": by, "capacity": str(Attendance.Capacity(capacity).label).lower(),
        "day": figures.day_long(localtime(at).date(), EVER), "time": words.hour(localtime(at)),
    }  # fmt: skip
    return _("Godkänt i Insteg av %(name)s, %(capacity)s, %(day)s kl. %(time)s.") % said
