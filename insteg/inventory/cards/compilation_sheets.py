"""The compilation as a workbook: the figures to sort and sum, and every procurement, however many (R13)."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from insteg.documents.tables import Column, Sheet
from insteg.inventory.cards.compilation_content import Content, in_time_words, latest_dialogue, secrecy
from insteg.inventory.cards.compilation_tables import Table
from insteg.inventory.exports import FACTS, facts_of
from insteg.inventory.queries.compilation import Tally
from insteg.inventory.queries.compilation_rows import every_one
from insteg.inventory.queries.occupations import Expected

BY_NAME = ("organisations", "natures", "divisions", "occupations")


def sheets(content: Content) -> list[Sheet]:
    by_key = {table.key: table for table in content.tables}
    told = [Column(_("Uppgift"), 42), Column(_("Svar"), 60)]
    return [
        Sheet(_("Sammanfattning"), told, [*summary(content)], to_read=True),
        Sheet(_("Per kvartal"), [*quarter_heads(), *counted()], [*by_quarter(content)]),
        *(by_name(by_key[key]) for key in BY_NAME if key in by_key),
        Sheet(_("Luckor"), [
            Column(_("Uppgift som saknas"), 28), Column(_("Organisation"), 36),
            Column(_("Upphandlingar"), figures=True),
        ], [[lack.fact, name, count] for lack in content.lacking for name, count in lack.whose]),
        Sheet(_("Alla upphandlingar"), [*FACTS, *judged()], every_row(content), fixed=2),
    ]  # fmt: skip


def summary(content: Content) -> Iterator[list[Any]]:
    reading, whole = content.reading, content.reading.figures.whole
    yield [_("Sammanställning"), content.title]
    yield [_("Omfattar"), " · ".join(content.about)]
    yield [_("Filter"), content.chosen or _("Inget: allt är med")]
    yield [_("Framtagen"), content.made]
    yield [_("Bedömt enligt"), str(reading.rules)]
    yield from ([_("Slutsats"), said] for said in [content.lead, *content.findings])
    yield [_("Upphandlingar"), whole.total]
    yield [_("Lämpliga"), whole.suitable]
    yield [_("Behöver uppgifter"), whole.needs_facts]
    yield [_("Inte lämpliga"), whole.not_suitable]
    yield [_("Platser som de lämpliga kan ge, omkring"), whole.places]
    yield [_("Lämpliga utan känt antal platser"), whole.unreckoned]
    yield [_("Lämpliga där kravet inte hinner med"), whole.late]
    yield from ([_("Saknar: %(fact)s") % {"fact": lack.fact.lower()}, lack.total] for lack in content.lacking)
    yield [_("Sekretess"), secrecy()]


def counted() -> list[Column]:
    heads = [
        (_("Upphandlingar"), 16), (_("Lämpliga"), 12), (_("Behöver uppgifter"), 20), (_("Inte lämpliga"), 16),
        (_("Platser, omkring"), 19), (_("Utan känt antal platser"), 26), (_("Kravet hinner inte med"), 26),
    ]  # fmt: skip
    return [Column(text, width, figures=True) for text, width in heads]


def quarter_heads() -> list[Column]:
    return [Column(_("År"), 14, figures=True), Column(_("Kvartal"), 10, figures=True)]


def figures_of(tally: Tally) -> list[int]:
    return [
        tally.total, tally.suitable, tally.needs_facts, tally.not_suitable, tally.places, tally.unreckoned, tally.late,
    ]  # fmt: skip


def by_quarter(content: Content) -> Iterator[list[Any]]:
    """Numbers to sort by; those whose start nobody knows stand last, with neither."""
    found = content.reading.figures
    yield from ([quarter.year, quarter.number, *figures_of(tally)] for quarter, tally in found.quarters.items())
    if found.no_start.total:
        yield [_("okänd start"), None, *figures_of(found.no_start)]


def by_name(table: Table) -> Sheet:
    rows = [[line.name, *figures_of(line.tally)] for line in table.lines]
    return Sheet(table.title, [Column(table.of, 44), *counted()], rows)


def judged() -> list[Column]:
    return [
        Column(_("Platser"), 10, figures=True), Column(_("Hinner kravet?"), 24), Column(_("Dialogen senast")),
        Column(_("Väntade yrken"), 44), Column(_("Yrkena bekräftade")),
    ]  # fmt: skip


def every_row(content: Content) -> Iterator[list[Any]]:
    """As many as there are, a few hundred in memory at a time; what follows from a start is reckoned once for each."""
    rules, today, times = content.reading.rules, content.reading.today, {}
    for row, expected in every_one(content.reading.planned):
        if row.start not in times:
            times[row.start] = [in_time_words(row.start, rules, today), latest_dialogue(row.start, rules)]
        yield [*facts_of(row), places_of(row), *times[row.start], *occupations(expected)]


def places_of(row: Any) -> Any:
    """What counts in the sums: those of what suits."""
    if row.proposal != row.Proposal.SUITABLE:
        return None
    return _("okänt") if row.given is None else row.given


def occupations(expected: Expected) -> list[Any]:
    return [", ".join(each.title for each in expected.occupations), expected.confirmed_at is not None]
