"""The pack as a document that is read on paper and beforehand (R31): what Word and PDF are made of."""

from collections.abc import Iterator, Sequence

from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from insteg.core import clock
from insteg.documents.report import Head, Heading, Part, Points, Report, Section, Table, Words
from insteg.inventory.cards.compilation_content import moment_on_paper, secrecy
from insteg.meetings import words
from insteg.steering.cards import pack
from insteg.steering.cards.pack import Point
from insteg.steering.models import Agenda
from insteg.ui import figures


def report(agenda: Agenda, found: Sequence[Point]) -> Report:
    """`found` as the reader may see it: what one may not see is not in one's file. No query."""
    meeting, made = agenda.meeting, moment_on_paper(clock.now())
    title = _("Underlag till styrgruppens möte")
    about = [capfirst(words.when_of(meeting)), meeting.place, _("gjort %(when)s") % {"when": made}]
    return Report(
        title=title,
        about=" · ".join(about),
        sections=[Section([*summary(found), *(part for point in found for part in of_point(point))])],
        foot=" · ".join(["Insteg", title, figures.day(localdate(meeting.starts_at), clock.today())]),
        page=_("Sida {page} av {pages}"),
        made=clock.now(),
        language=figures.language(),
    )


def file_name(agenda: Agenda, ending: str) -> str:
    """`underlag-styrgruppen-2026-12-03.docx`, in Swedish as all files of ours are."""
    return f"underlag-styrgruppen-{localdate(agenda.meeting.starts_at)}.{ending}"


def summary(found: Sequence[Point]) -> Iterator[Part]:
    yield Words(pack.lead(found), lead=True)
    views = pack.views_in_words(found)
    if views:
        yield Words(views)
    if any(point.shows_value for point in found):
        yield Words(secrecy(), quiet=True)
    yield Heading(_("Dagordning"))
    heads = [
        Head(_("Punkt"), 3, True), Head(_("Rubrik"), 16), Head(_("Organisation"), 12), Head(_("Förslag"), 9),
        Head(_("Beslut"), 7),
    ]  # fmt: skip
    yield Table(_("Dagordning"), heads, [
        [str(each.number), each.title, each.about, each.proposal, each.state.word if each.state else ""]
        for each in found
    ])  # fmt: skip


def of_point(point: Point) -> Iterator[Part]:
    yield Heading(f"{point.number}. {point.title}")
    if point.is_decision:
        yield from of_procurement(point)
    yield from paragraphs(point.item.text)
    for passage in point.passages:
        yield from (Words(sentence) for sentence in passage.sentences)
        if passage.lines:
            heads = [Head(_("Upphandling"), 10), Head(_("Hur det har gått"), 16)]
            yield Table(passage.title, heads, [[line.title, line.said] for line in passage.lines])
    if point.files:
        yield Words(_("Filer: %(names)s.") % {"names": ", ".join(file.name for file in point.files)}, quiet=True)
    if not (point.is_decision or point.item.text or point.passages):
        yield Words(_("Inget är skrivet under punkten än."), quiet=True)


def of_procurement(point: Point) -> Iterator[Part]:
    said = {"organisation": point.about, "proposal": point.proposal.lower()}
    yield Words(_("%(organisation)s. Förslag: %(proposal)s.") % said, lead=True, on=True)
    if point.said:
        yield Words(point.said, on=True)
    if point.description:
        yield Words(point.description, on=True)
    heads = [Head(fact.term, 5) for fact in point.facts]
    yield Table(_("Uppgifter om %(title)s") % {"title": point.title}, heads, [
        [f"{fact.value}, {fact.note}" if fact.note else fact.value for fact in point.facts]
    ])  # fmt: skip
    yield Words(point.met)
    if point.answers:
        words_of = {"no": _("Nej"), "unknown": _("Okänt")}
        yield Points([f"{words_of[each.answer]}: {each.title}. {each.reason}" for each in point.answers])
    note, own = point.view_note, _("Organisationens egen syn: %(view)s")
    if not point.item.view:
        yield Words(own % {"view": f"{note[:1].lower()}{note[1:]}"})
        return
    first, *rest = point.item.view.splitlines()
    yield Words(own % {"view": first})
    yield from paragraphs("\n".join(rest))
    yield Words(note, quiet=True)


def paragraphs(text: str) -> Iterator[Part]:
    """A line of what was typed is a paragraph: paper has none of the page's line breaks."""
    yield from (Words(line.strip()) for line in text.splitlines() if line.strip())
