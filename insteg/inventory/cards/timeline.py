"""The picture of the coming years with its words; on the page it takes its colours from the page, elsewhere its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from insteg.inventory.cards.planned import VERDICTS
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries.compilation import Compilation, Horizon, Tally
from insteg.inventory.timeline import MOST_ROWS, NARROW, Item, Picture, Stack, draw
from insteg.ui import figures
from insteg.ui.templatetags.insteg_ui import VERDICTS as WORDS

Proposal = PlannedProcurement.Proposal

# For Word and PDF, which know nothing of the page's stylesheet. The colours are those of the page on white.
STYLESHEET = """
text { font-family: Inter, Arial, sans-serif; font-size: 14px; fill: #1e2b3c; }
.t-quarter, .t-note, .t-dim { fill: #59636e; }
.t-year, .t-heading, .t-number, .t-unknown { font-weight: 600; }
.t-note { font-weight: 400; }
.t-figure, .t-number { paint-order: stroke; stroke: #ffffff; stroke-width: 3px; }
.t-late { fill: #f1f2f3; }
.t-quarter-line, .t-row-line { stroke: #dfe3e6; }
.t-year-line, .t-ground { stroke: #b0b8bf; }
.t-limit { stroke: #00576b; stroke-width: 2; stroke-dasharray: 5 4; }
.t-bar { stroke-width: 6; stroke-linecap: round; }
.t-option { stroke-width: 2; stroke-dasharray: 3 3; }
.b-yes { stroke: #79bd83; }
.b-unknown { stroke: #dda956; }
.b-no { stroke: #c3c9ce; }
.t-unknown { fill: #8a5200; }
.m-yes circle { fill: #1b7a33; }
.m-yes path { fill: none; stroke: #ffffff; stroke-width: 1.7; }
.m-unknown path { fill: #fdeecf; stroke: #a86c00; stroke-width: 1.8; }
.m-no rect { fill: #ffffff; stroke: #6b757e; stroke-width: 1.5; }
"""


@dataclass(frozen=True)
class Words:
    title: str
    desc: str

    @property
    def stylesheet(self) -> SafeString:
        return SafeString(STYLESHEET)


@dataclass(frozen=True)
class Timeline:
    """Both widths of the picture, which say the same. `whole`: every procurement has a row of its own in it."""

    words: Words
    wide: Picture
    narrow: Picture
    whole: bool


def timeline_of(found: Compilation, rows: Sequence[Any], href: Callable[[UUID], str]) -> Timeline:
    """`rows` are of compilation_reading.rows, in its order; more of them than there is room for and none is drawn."""
    stacks, whole = stacks_of(found), found.whole.total <= MOST_ROWS
    items = [item_of(row, href) for row in rows] if whole else []
    limit = found.first_start_in_time
    words = Words(
        _("Planerade upphandlingar %(years)s, efter önskad avtalsstart") % {"years": years(found.horizon)},
        _(
            "Överst hur många som börjar varje kvartal. Under det en rad för varje upphandling, grupperad efter"
            " organisation. Listan längre ned har samma uppgifter."
        )
        if items
        else _("Hur många som börjar varje kvartal. Tabellen längre ned har samma uppgifter."),
    )
    wide, narrow = draw(stacks, items, limit), draw(stacks, [], limit, frame=NARROW)
    return Timeline(words, wide, narrow, whole)


def years(horizon: Horizon) -> str:
    """`2027–2029`, or the one year."""
    first, last = horizon
    return str(first) if first == last else f"{first}–{last}"


def stacks_of(found: Compilation) -> list[Stack]:
    stacks = [Stack(quarter.year, quarter.number, by_kind(tally)) for quarter, tally in found.quarters.items()]
    return [Stack(0, 0, by_kind(found.no_start)), *stacks] if found.no_start.total else stacks


def by_kind(tally: Tally) -> tuple[int, int, int]:
    """In the order of timeline.KINDS."""
    return tally.suitable, tally.needs_facts, tally.not_suitable


def item_of(row: Any, href: Callable[[UUID], str]) -> Item:
    kind = VERDICTS[Proposal(row.proposal)]
    option = row.option_months or 0
    return Item(
        row.title, href(row.pk), kind, label_of(row, kind), row.organisation_name, row.start, row.months, option
    )


def label_of(row: Any, kind: str) -> str:
    """What those hear who do not see the row: `Lokalvård: lämplig, börjar mars 2028, avtalstid 36 mån`."""
    said = {
        "title": row.title,
        "verdict": str(WORDS[kind][1]).lower(),
        "start": figures.month(row.start) if row.start else figures.unknown(),
        "length": figures.months(row.months, row.option_months),
    }
    if row.start is None:
        return _("%(title)s: %(verdict)s, önskad start okänd, avtalstid %(length)s") % said
    return _("%(title)s: %(verdict)s, börjar %(start)s, avtalstid %(length)s") % said


def timeline_svg(timeline: Timeline) -> str:
    """The wide picture as a file of its own: with its colours, without links. For Word and PDF."""
    context = {"drawn": timeline.wide, "words": timeline.words, "id": "tl", "standalone": True}
    return render_to_string("inventory/compilation/_timeline.html", context).strip()
