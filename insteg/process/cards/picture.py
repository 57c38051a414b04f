"""The picture of the working model with its words: for the page, for paper, and as a file of its own (R81)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.process.cards.composition import Composition, Part, compose
from insteg.process.guards import SUBJECTS
from insteg.process.models import Kind
from insteg.process.picture import Picture, Place, draw
from insteg.process.picture.drawing import FIGURES, ON_PAPER, ON_SCREEN, SIZE, Width
from insteg.process.picture.text import width_of
from insteg.process.queries.picture import Model, Tallies, Tally
from insteg.ui import figures
from insteg.ui.templatetags.insteg_ui import in_words

ROOM_FOR = 4  # columns as wide as on paper, side by side on a screen
FOR_ARROWS = 36  # px of the upper edge of a box
Address = Callable[[str, str], str]  # of the cases in a step, by kind of case and the step's key

# For a file of its own, which knows nothing of the page's stylesheet. The colours are those of the page on white.
STYLESHEET = """
text { font-family: Inter, Arial, sans-serif; font-size: 13px; fill: #1e2b3c; }
.g-lane0 { fill: #ffffff; } .g-lane1 { fill: #f1f2f3; }
.g-name, .g-phase { font-weight: 600; }
.g-col { stroke: #dfe3e6; }
.g-edge { fill: none; stroke: #2d7f94; stroke-width: 1.6; }
.g-head { fill: #2d7f94; }
.g-back { stroke-dasharray: 5 4; }
.g-note { fill: #59636e; }
.g-box { fill: #ffffff; stroke: #7fb0bd; stroke-width: 1.4; }
.g-late .g-box { stroke: #b3121d; stroke-width: 2.4; }
.g-empty .g-box { stroke: #b0b8bf; stroke-dasharray: 4 3; }
.g-pill { fill: #00576b; stroke: none; }
.g-late-pill { fill: #b3121d; stroke: none; }
.g-number { fill: #ffffff; font-weight: 600; }
"""


class Figure(NamedTuple):
    """How many cases of one kind, in words, and where they are listed."""

    text: str
    href: str


@dataclass(frozen=True)
class Step:
    """A step in words. `leads` are the steps that follow, `others` the arrows that are not drawn."""

    id: str
    title: str
    lane: str
    figures: list[Figure]
    now: int
    late: int
    leads: list[str]
    others: list[str]

    @property
    def late_text(self) -> str:
        return late_text(self.late)

    @property
    def label(self) -> str:
        """What those hear who do not see the box: `Besluta om krav, Styrgruppen: 12 upphandlingar, 2 sena`."""
        said = ", ".join([figure.text for figure in self.figures] + ([self.late_text] if self.late else []))
        return f"{self.title}, {self.lane}: {said}" if said else f"{self.title}, {self.lane}"

    @property
    def href(self) -> str:
        """Of the box: the cases, or what is said of the step where there is no list of them, or several."""
        return self.figures[0].href if len(self.figures) == 1 and self.figures[0].href else f"#{self.id}"


class Phase(NamedTuple):
    title: str
    steps: list[Step]


class Gone(NamedTuple):
    """A step that the edition in force does not have, where cases of earlier editions still stand."""

    title: str
    kind: str
    figure: Figure
    now: int
    late: int

    @property
    def late_text(self) -> str:
        return late_text(self.late)


class Pill(NamedTuple):
    text: str
    x: float
    y: float
    width: float
    is_late: bool

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def baseline(self) -> float:
        return self.y + 14.5


class Box(NamedTuple):
    place: Place
    step: Step
    pills: list[Pill]


class View(NamedTuple):
    """The picture in one width."""

    drawn: Picture
    boxes: list[Box]


@dataclass(frozen=True)
class Board:
    """All that is said and drawn of some processes. `counted`: with how many cases there are."""

    composition: Composition
    steps: dict[str, Step]
    gone: list[Gone]
    counted: bool

    @property
    def phases(self) -> list[Phase]:
        by_phase: dict[str, list[Step]] = {phase.key: [] for phase in self.composition.phases}
        for part in self.composition.parts:
            by_phase[part.phase].append(self.steps[part.key])
        return [Phase(phase.title, by_phase[phase.key]) for phase in self.composition.phases]

    @cached_property
    def screen(self) -> View:
        few = len(self.composition.phases) <= ROOM_FOR
        return view(self, ON_PAPER if few else ON_SCREEN)

    @cached_property
    def paper(self) -> View:
        return view(self, ON_PAPER)

    @property
    def desc(self) -> str:
        """What is in the picture, for those who do not see it."""
        lanes, phases = len(self.composition.lanes), self.composition.phases
        parts = [
            ngettext("%(count)s bana, en för varje part", "%(count)s banor, en för varje part", lanes)
            % {"count": lanes},
            ngettext("%(count)s fas", "%(count)s faser", len(phases)) % {"count": len(phases)},
        ]
        said = _("%(lanes)s, och %(phases)s.") % {"lanes": parts[0], "phases": parts[1]}
        boxes = (
            _("Varje ruta är ett steg med antalet ärenden just nu. Listan under bilden har samma uppgifter.")
            if self.counted
            else _("Varje ruta är ett steg. Pilarna visar vart ett ärende kan gå.")
        )
        return f"{said} {boxes}"

    @property
    def lead(self) -> str:
        """How it is just now, counted."""
        everything = [*self.steps.values(), *self.gone]
        now, late = sum(each.now for each in everything), sum(each.late for each in everything)
        if not now:
            return _("Inget ärende är på väg just nu. Det första börjar när en upphandling anmäls.")
        said = ngettext("Just nu är ett ärende på väg", "Just nu är %(count)s ärenden på väg", now)
        said = said % {"count": figures.grouped(now)}
        if not late:
            return _("%(now)s, och inget är sent.") % {"now": said}
        most = max(everything, key=lambda each: each.late)
        if late == 1:
            return _("%(now)s. Ett är sent, i steget ”%(step)s”.") % {"now": said, "step": most.title}
        said_late = {"now": said, "late": in_words(late).capitalize(), "step": most.title}
        if most.late == late:
            return _("%(now)s. %(late)s är sena, alla i steget ”%(step)s”.") % said_late
        return _("%(now)s. %(late)s är sena, flest i steget ”%(step)s”.") % said_late


def picture_of(model: Model, tallies: Tallies | None = None, address: Address | None = None) -> Board:
    """`tallies` None draws the model alone, as for a draft. `address` leads to the cases of a step; without it the
    boxes lead to what is said of the step."""
    composition = compose(model)
    steps = {part.key: step_of(part, tallies, address) for part in composition.parts}
    known = {(step.process.kind, step.key) for step in model.steps}
    gone = [
        gone_of(kind, key, tally, address) for (kind, key), tally in (tallies or {}).items() if (kind, key) not in known
    ]
    return Board(composition, steps, sorted(gone), tallies is not None)


def step_of(part: Part, tallies: Tallies | None, address: Address | None) -> Step:
    found, now, late = [], 0, 0
    for step in part.steps if tallies is not None else []:
        kind = step.process.kind
        tally = tallies.get((kind, step.key), Tally(step.title, 0, 0))
        found.append(Figure(cases(kind, tally.now), address(kind, step.key) if address else ""))
        now, late = now + tally.now, late + tally.late
    leads, others = [each.title for each in part.leads], [each.title for each in part.others]
    return Step(f"steg-{part.key}", part.title, str(part.lane.label), found, now, late, leads, others)


def gone_of(kind: str, key: str, tally: Tally, address: Address | None) -> Gone:
    figure = Figure(cases(kind, tally.now), address(kind, key) if address else "")
    return Gone(tally.title, str(Kind(kind).label), figure, tally.now, tally.late)


def cases(kind: str, count: int) -> str:
    """`12 upphandlingar`, or `12 ärenden` where no room has said what the cases are about."""
    if kind in SUBJECTS:
        return SUBJECTS[Kind(kind)].count(count)
    words = {
        Kind.PROCUREMENT: ngettext("%(count)s upphandling", "%(count)s upphandlingar", count),
        Kind.CONTRACT: ngettext("%(count)s avtal", "%(count)s avtal", count),
        Kind.INTERNSHIP: ngettext("%(count)s praktikplats", "%(count)s praktikplatser", count),
        Kind.EMPLOYMENT: ngettext("%(count)s anställning", "%(count)s anställningar", count),
    }
    said = words.get(Kind(kind)) or ngettext("%(count)s ärende", "%(count)s ärenden", count)
    return said % {"count": figures.grouped(count)}


def late_text(count: int) -> str:
    return ngettext("%(count)s sen", "%(count)s sena", count) % {"count": figures.grouped(count)}


def pill_width(text: str) -> int:
    return max(22, round(width_of(text, SIZE) + 10))


def needs_room(step: Step, width: Width) -> bool:
    """Where both figures do not fit side by side on the edge of the box, with room for arrows from above."""
    both = pill_width(figures.grouped(step.now)) + pill_width(step.late_text)
    return bool(step.late) and both + FOR_ARROWS > width.box


def view(board: Board, width: Width) -> View:
    roomy = [key for key, step in board.steps.items() if needs_room(step, width)]
    drawn = draw(board.composition.sketch(roomy), width)
    return View(drawn, [Box(place, board.steps[place.box.key], pills(place, board)) for place in drawn.places])


def pills(place: Place, board: Board) -> list[Pill]:
    """The number on the upper edge of the box, and to the left of it, or inside a roomy box, how many are late."""
    step = board.steps[place.box.key]
    if not step.now:
        return []
    text = figures.grouped(step.now)
    wide = min(pill_width(text), place.width)
    number = Pill(text, place.right - min(4, place.width - wide) - wide, place.y - 12, wide, False)
    if not step.late:
        return [number]
    wide = min(pill_width(step.late_text), place.width)
    if place.box.roomy:
        inside = min(4, place.width - wide)
        return [number, Pill(step.late_text, place.right - inside - wide, place.bottom - FIGURES, wide, True)]
    return [number, Pill(step.late_text, number.x - 2 - wide, place.y - 12, wide, True)]


def picture_svg(board: Board, title: str) -> str:
    """The picture as a file of its own: with its colours in it, without links."""
    context = {"view": board.paper, "board": board, "id": "process", "title": title}
    context["stylesheet"] = SafeString(STYLESHEET)
    return render_to_string("process/picture.svg", context).strip()
