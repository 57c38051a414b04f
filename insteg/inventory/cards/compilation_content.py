"""What the files of the compilation say, whichever kind they are of: the page's own words and figures (R13)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from insteg.access.actor import Role
from insteg.core import clock
from insteg.inventory.cards import compilation as words
from insteg.inventory.cards.board import capital
from insteg.inventory.cards.compilation_tables import Table, tables
from insteg.inventory.cards.in_time import word_of
from insteg.inventory.judgement import LABELS
from insteg.inventory.lead_times import in_time, lead_times
from insteg.inventory.queries import compilation_reading as queries
from insteg.inventory.queries.compilation import Gap
from insteg.inventory.queries.compilation_reading import Reading
from insteg.inventory.queries.occupations import by_occupation
from insteg.process.models import RuleSet
from insteg.ui import figures


class Lacking(NamedTuple):
    """A fact that judgements lack: for how many, for how many of them nothing else is lacking, and whose they are."""

    fact: str
    total: int
    alone: int
    whose: list[tuple[str, int]]  # the organisation with most of them first


@dataclass(frozen=True)
class Content:
    """`chosen` is the filter in words, empty where nothing is left out; `made` is now, as the file says it."""

    reading: Reading
    title: str
    about: list[str]
    chosen: str
    made: str
    lead: str
    findings: list[str]
    tables: list[Table]
    lacking: list[Lacking]


def content_of(reading: Reading, chosen: str, divisions: Mapping[str, str]) -> Content:
    """`divisions` are the titles of CPV divisions. At most ten queries, however many rows."""
    found, names = reading.figures, queries.names_of(reading.figures.organisations)
    occupations = by_occupation(reading.planned, found.first_start_in_time)
    return Content(
        reading=reading,
        title=words.title(reading, on_paper=True),
        about=[whose(reading), *words.scope(reading)],
        chosen=chosen,
        made=moment_on_paper(clock.now()),
        lead=lead_of(reading, narrowed=bool(chosen)),
        findings=findings(reading),
        tables=tables(reading, names, divisions, occupations, folded=False),
        lacking=[lacking(gap, names) for gap in found.gaps],
    )


def lacking(gap: Gap, names: Mapping[UUID, str]) -> Lacking:
    whose = sorted((-count, names[key]) for key, count in gap.by_organisation.items())
    return Lacking(capital(LABELS[gap.field]()), gap.total, gap.alone, [(name, -count) for count, name in whose])


def whose(reading: Reading) -> str:
    return reading.actor.label if reading.actor.role == Role.PROCURING else _("Hela staden")


def lead_of(reading: Reading, *, narrowed: bool) -> str:
    if not reading.figures.whole.total:
        said = words.empty(reading, narrowed=narrowed).title
        return f"{said}."
    lead = words.lead(reading.figures.whole)
    return f"{lead.first} {lead.rest}"


def findings(reading: Reading) -> list[str]:
    """The page's, without its links: that of what has changed ends with one that says nothing on paper."""
    if not reading.figures.whole.total:
        return []
    said = [str(each) for each in words.findings(reading, None)]
    changed = words.changed(reading, queries.changed_since(reading))
    return [*said, changed.parts[0][0]] if changed else said


def moment_on_paper(when: dt.datetime) -> str:
    """`22 nov 2026 kl. 09.31`: a paper is read on another day."""
    local = localtime(when)
    day = figures.day(local.date(), dt.date.min)
    return f"{day} {local:%H:%M}" if figures.language() == "en" else f"{day} kl.{figures.NBSP}{local:%H.%M}"


def secrecy() -> str:
    """On every paper that leaves the page: values are shown until somebody has advertised them (OSL 19:3)."""
    return _(
        "Uppskattade värden kan vara hemliga enligt 19 kap. 3 § offentlighets- och sekretesslagen tills"
        " upphandlingen är annonserad. Lämna inte ut filen utan att pröva det."
    )


def file_name(reading: Reading, kind: str) -> str:
    """`sammanstallning-hosten-2026-2026-11-22.docx`, in Swedish as all files of ours are."""
    with override("sv"):
        asked = f"{slugify(str(reading.round))}-" if reading.round else ""
    return f"sammanstallning-{asked}{reading.today}.{kind}"


def cut_in_words(shown: int, total: int) -> str:
    """Empty where all are shown."""
    if shown >= total:
        return ""
    return _("Här står %(shown)s av %(total)s upphandlingar. Alla finns i Excel-filen.") % {
        "shown": figures.grouped(shown), "total": figures.grouped(total),
    }  # fmt: skip


def in_time_words(start: dt.date | None, rules: RuleSet, today: dt.date) -> str:
    """Whether the requirement can be in time; `okänd` without a start."""
    return word_of(in_time(start, today, rules), rules) if start else figures.unknown()


def latest_dialogue(start: dt.date | None, rules: RuleSet) -> dt.date | None:
    return lead_times(start, rules).latest_dialogue if start else None


def and_more(names: Sequence[tuple[str, int]], most: int) -> str:
    """`Park 3, Hus 2 och 4 till`: the organisations with how many of each."""
    told = ", ".join(f"{name}{figures.NBSP}{figures.grouped(count)}" for name, count in names[:most])
    rest = len(names) - most
    if rest < 1:
        return told
    more = ngettext("och %(count)s organisation till", "och %(count)s organisationer till", rest) % {"count": rest}
    return f"{told} {more}"
