"""Several processes as one picture: which steps are one box, which arrows are drawn, which are only told (R81)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from insteg.process.models import Kind, Lane, Move, Phase, Step
from insteg.process.picture import Box, Edge, Sketch
from insteg.process.queries.picture import Model

# The two kinds of places are worked with alike for the most part: a step that is the same in both is drawn once.
PLACES = frozenset({Kind.INTERNSHIP, Kind.EMPLOYMENT})
KINDS = list(Kind.values)


@dataclass(eq=False)
class Part:
    """A box, and the steps that it stands for: one, or one of each kind of place."""

    key: str
    phase: str
    steps: list[Step] = field(default_factory=list)
    leads: list["Part"] = field(default_factory=list)  # where the drawn arrows go
    others: list[Move] = field(default_factory=list)  # arrows that are not drawn: to break off, to end, to stay

    @property
    def title(self) -> str:
        return self.steps[0].title

    @property
    def lane(self) -> Lane:
        return Lane(self.steps[0].lane)


@dataclass(frozen=True)
class Composition:
    """Parts in the order of the work: by phase, kind of case and step."""

    lanes: list[Lane]
    phases: list[Phase]
    parts: list[Part]
    edges: list[Edge]

    def sketch(self, roomy: Iterable[str] = ()) -> Sketch:
        """`roomy` are the keys of boxes whose figures need a line of their own."""
        lanes = {lane: number for number, lane in enumerate(self.lanes)}
        phases = {phase.key: number for number, phase in enumerate(self.phases)}
        boxes = [
            Box(each.key, each.title, lanes[each.lane], phases[each.phase], each.key in roomy) for each in self.parts
        ]
        titles = tuple(phase.title for phase in self.phases)
        return Sketch(tuple(str(lane.label) for lane in self.lanes), titles, tuple(boxes), tuple(self.edges))


def compose(model: Model) -> Composition:
    phases = columns(model.phases)
    order = {phase.key: number for number, phase in enumerate(phases)}
    parts = parts_of(model.steps, order)
    edges = edges_of(model, parts, order)
    boxes = list(dict.fromkeys(parts.values()))
    lanes = [lane for lane in Lane if any(part.lane == lane for part in boxes)]
    return Composition(lanes, phases, boxes, edges)


def columns(phases: Iterable[Phase]) -> list[Phase]:
    """Phases of several kinds with the same key are one column."""
    found: dict[str, Phase] = {}
    for phase in sorted(phases, key=lambda each: (each.order, each.key)):
        found.setdefault(phase.key, phase)
    return list(found.values())


def parts_of(steps: Iterable[Step], order: dict[str, int]) -> dict[UUID, Part]:
    """{step: its box}, in the order of the work."""
    same: dict[tuple[str, ...], Part] = {}
    found = {}
    for step in sorted(steps, key=lambda each: (order[each.phase.key], KINDS.index(each.process.kind), each.order)):
        kind, phase = step.process.kind, step.phase.key
        mark = (phase, step.key, step.title, step.lane) if kind in PLACES else (kind, step.key)
        found[step.pk] = part = same.setdefault(mark, Part(f"{kind}-{step.key}", phase))
        part.steps.append(step)
    return found


def edges_of(model: Model, parts: dict[UUID, Part], order: dict[str, int]) -> list[Edge]:
    """One arrow between two boxes, however many moves it stands for. Tells each part where it leads."""
    firsts: dict[str, Part] = {}
    for step in sorted(model.steps, key=lambda each: (each.order, each.key)):
        firsts.setdefault(step.process.kind, parts[step.pk])
    edges: dict[tuple[str, str], Edge] = {}
    for move in model.moves:
        part = parts[move.source_id]
        targets = [parts[move.target_id]] if move.target_id and not move.skips_items else []
        targets += [firsts[move.begins]] if move.begins in firsts else []
        drawn = [target for target in targets if target is not part]
        for target in drawn:
            back = bool(move.begins) and order[target.phase] < order[part.phase]
            edges.setdefault((part.key, target.key), Edge(part.key, target.key, back, move.title if back else ""))
            if target not in part.leads:
                part.leads.append(target)
        if not drawn and move.title not in [other.title for other in part.others]:
            part.others.append(move)
    return list(edges.values())
