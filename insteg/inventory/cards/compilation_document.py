"""The compilation as a document that a steering group takes as it is (R13): what Word and PDF are made of."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from insteg.core import clock
from insteg.documents.report import Head, Heading, Part, Picture, Points, Report, Section, Table, Words
from insteg.inventory.cards import compilation as words
from insteg.inventory.cards.compilation_content import (
    Content,
    and_more,
    cut_in_words,
    in_time_words,
    secrecy,
)
from insteg.inventory.cards.compilation_tables import Line
from insteg.inventory.cards.compilation_tables import Table as Figures
from insteg.inventory.cards.timeline import Timeline, timeline_of, timeline_svg
from insteg.inventory.judgement import judge, missing_words
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries import compilation_reading as queries
from insteg.inventory.queries.compilation import Tally
from insteg.inventory.queries.compilation_rows import judged_as
from insteg.ui import figures

Proposal = PlannedProcurement.Proposal
MOST_LISTED = 300  # a longer list belongs in a spreadsheet
MOST_NAMED = 6  # organisations that lack a fact
HIGHEST = 1150  # px of a picture that fills a standing page: its text is then as large as in the tables


def report(content: Content) -> Report:
    """At most ten queries, however many rows."""
    sections = [Section([*summary(content)])]
    if content.reading.figures.whole.total:
        sections.append(Section([*listed(content)], wide=True))
    return Report(
        title=content.title,
        about=" · ".join([*content.about, content.made]),
        sections=sections,
        foot=" · ".join(["Insteg", content.title, content.made]),
        page=_("Sida {page} av {pages}"),
        made=clock.now(),
        language=figures.language(),
    )


def summary(content: Content) -> Iterator[Part]:
    yield Words(content.lead, lead=True)
    if content.chosen:
        yield Words(_("Bara en del är med. %(filter)s.") % {"filter": content.chosen})
    if content.findings:
        yield Points(content.findings)
    if not content.reading.figures.whole.total:
        return
    yield Words(secrecy(), quiet=True)
    tables = {table.key: table for table in content.tables}
    yield from of_figures(tables["quarters"])
    if "organisations" in tables:
        yield from of_figures(tables["organisations"])
    yield from pictures(content)
    yield from gaps(content)
    yield from of_figures(tables["natures"])
    yield from of_figures(tables["occupations"])


def of_figures(table: Figures) -> Iterator[Part]:
    if not table.lines:
        return
    yield Heading(table.title)
    if table.note:
        yield Words(table.note, quiet=True, on=True)
    heads = [
        Head(table.of, 10), Head(_("Upphandlingar"), 6, True), Head(_("Lämpliga"), 4, True),
        Head(_("Behöver uppgifter"), 4, True), Head(_("Inte lämpliga"), 4, True), Head(_("Platser"), 4, True),
        Head(_("Hinner inte"), 4, True),
    ]  # fmt: skip
    strong = {number for number, line in enumerate(table.lines) if line.strong}
    yield Table(table.title, heads, [figures_of(line) for line in table.lines], strong)


def figures_of(line: Line) -> list[str]:
    tally = line.tally
    counts = (tally.total, tally.suitable, tally.needs_facts, tally.not_suitable)
    return [line.name, *map(figures.grouped, counts), places(tally), figures.grouped(tally.late)]


def places(tally: Tally) -> str:
    """`minst 12` where some cannot be reckoned, and the word where none can."""
    if tally.unreckoned and tally.unreckoned == tally.suitable:
        return figures.unknown()
    told = figures.grouped(tally.places)
    return _("minst %(count)s") % {"count": told} if tally.unreckoned else told


def pictures(content: Content) -> Iterator[Part]:
    """The page's picture, shared out on as many as it takes for its text to be read on paper."""
    found = content.reading.figures
    drawn = partial(timeline_of, found, href=on_paper)
    rows = queries.rows(content.reading.planned)
    whole = drawn(rows)
    yield Heading(words.picture_title(found.horizon))
    legend = f"{signs(found.whole, whole=whole.whole)} {words.limit_in_words(content.reading)}"
    yield Words(legend, quiet=True, on=True)
    pages = shared_out(rows, drawn) if whole.whole else [whole]
    for number, page in enumerate(pages, 1):
        alt = f"{page.words.title}. {page.words.desc}"
        if len(pages) > 1:
            which = _("Bild %(number)s av %(count)s.") % {"number": number, "count": len(pages)}
            alt = f"{alt} {which}"
        yield Picture(timeline_svg(page), alt)


def shared_out(rows: Sequence[Any], drawn: Callable[[Sequence[Any]], Timeline]) -> list[Timeline]:
    """An organisation's rows stay together: a page begins with the first that does not fit on the one before."""
    pages: list[list[Any]] = [[]]
    for _name, of_one in groupby(rows, key=lambda row: row.organisation_name):
        members = list(of_one)
        if pages[-1] and drawn([*pages[-1], *members]).wide.height > HIGHEST:
            pages.append([])
        pages[-1] += members
    return [drawn(page) for page in pages]


def on_paper(key: UUID) -> str:
    """Nothing on paper leads on."""
    return ""


def signs(found: Tally, *, whole: bool) -> str:
    """The legend in words, since a paper may be in black and white."""
    told = {
        "yes": figures.grouped(found.suitable), "unknown": figures.grouped(found.needs_facts),
        "no": figures.grouped(found.not_suitable),
    }  # fmt: skip
    said = _("Fylld cirkel: lämplig, %(yes)s. Romb: behöver uppgifter, %(unknown)s. Kvadrat: inte lämplig, %(no)s.")
    said %= told
    if not whole:
        return said
    bands = _(
        "Märket står vid önskad avtalsstart och bandet är avtalstiden, prickat där den kan förlängas. Ett frågetecken"
        " är en avtalstid som ingen känner än."
    )
    return f"{said} {bands}"


def gaps(content: Content) -> Iterator[Part]:
    if not content.lacking:
        return
    yield Heading(_("Luckor att fylla"))
    heads = [
        Head(_("Uppgift som saknas"), 7), Head(_("Upphandlingar"), 6, True), Head(_("Saknar bara den"), 6, True),
        Head(_("Organisationer"), 17),
    ]  # fmt: skip
    yield Table(_("Luckor att fylla"), heads, [
        [lack.fact, figures.grouped(lack.total), figures.grouped(lack.alone), and_more(lack.whose, MOST_NAMED)]
        for lack in content.lacking
    ])  # fmt: skip


# --- each procurement


def listed(content: Content) -> Iterator[Part]:
    """Those that suit first: they are what is decided on. At most MOST_LISTED in all."""
    whole, room = content.reading.figures.whole, MOST_LISTED
    lists = (
        (Proposal.SUITABLE, whole.suitable, _("Lämpliga, %(count)s"), suitable),
        (Proposal.NEEDS_FACTS, whole.needs_facts, _("Behöver uppgifter, %(count)s"), lacking),
        (Proposal.NOT_SUITABLE, whole.not_suitable, _("Inte lämpliga, %(count)s"), not_suitable),
    )
    cut = cut_in_words(min(room, whole.total), whole.total)
    if cut:
        yield Words(cut)
    for proposal, count, title, table in lists:
        rows = judged_as(content.reading.planned, proposal, min(count, room))
        room -= len(rows)
        if rows:
            heading = title % {"count": figures.grouped(count)}
            yield Heading(heading)
            yield table(heading, rows, content)


def suitable(name: str, rows: Sequence[Any], content: Content) -> Table:
    heads = [*heads_of_all(), Head(_("Platser"), 5, True), Head(_("Hinner kravet?"), 7), Head(_("Skäl"), 16)]
    today = content.reading.today
    return Table(name, heads, [
        [*first(row), said_places(row), in_time_words(row.start, content.reading.rules, today), reasons(row, "yes")]
        for row in rows
    ])  # fmt: skip


def lacking(name: str, rows: Sequence[Any], content: Content) -> Table:
    heads = [*heads_of_all(), Head(_("Saknas"), 10), Head(_("Skäl"), 18)]
    return Table(name, heads, [
        [*first(row), missing_words(judge(row, row.rule_set)), reasons(row, "unknown")] for row in rows
    ])  # fmt: skip


def not_suitable(name: str, rows: Sequence[Any], content: Content) -> Table:
    return Table(name, [*heads_of_all(), Head(_("Skäl"), 28)], [[*first(row), reasons(row, "no")] for row in rows])


def heads_of_all() -> list[Head]:
    return [
        Head(_("Upphandling"), 14), Head(_("Organisation"), 12), Head(_("Start"), 6), Head(_("Värde"), 7, True),
        Head(_("Avtalstid"), 8),
    ]  # fmt: skip


def first(row: Any) -> list[str]:
    return [
        row.title, row.organisation_name, figures.month(row.start) if row.start else figures.unknown(),
        figures.money_range(row.value_min, row.value_max), figures.months(row.months, row.option_months),
    ]  # fmt: skip


def said_places(row: Any) -> str:
    return figures.unknown() if row.given is None else figures.grouped(row.given)


def reasons(row: Any, answer: str) -> str:
    """Why it is so, by each criterion that says so; and why people have said another number of places."""
    said = [criterion.reason for criterion in judge(row, row.rule_set).criteria if criterion.answer == answer]
    if row.places_set is not None and answer == "yes":
        said.append(_("Platser bestämda: %(reason)s") % {"reason": row.places_reason})
    return " ".join(said)
