"""An edition as a list: its phases, the steps in order, what is to be done in each and the ways on."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.process.design_wording import guards_in_words, item_in_words, leads, terms
from insteg.process.guards import SUBJECTS
from insteg.process.models import Item, Kind, Move, Phase, Process, Step
from insteg.process.queries.design import Edition
from insteg.process.words import workdays
from insteg.ui import figures


@dataclass(frozen=True)
class PointLine:
    item: Item
    said: str


@dataclass(frozen=True)
class ArrowLine:
    move: Move
    said: list[str]


@dataclass(frozen=True)
class StepCard:
    """`anchor` is where the picture leads. A case begins in number one."""

    step: Step
    number: int
    anchor: str
    lead: str
    points: list[PointLine]
    arrows: list[ArrowLine]


@dataclass(frozen=True)
class PhaseCard:
    phase: Phase
    steps: list[StepCard]


def anchor(process: Process, key: str) -> str:
    return f"steg-{process.kind}-{key}"


def phases_of(found: Edition) -> list[PhaseCard]:
    cards = [step_card(found, step, number) for number, step in enumerate(found.steps, 1)]
    return [PhaseCard(phase, [card for card in cards if card.step.phase_id == phase.pk]) for phase in found.phases]


def step_card(found: Edition, step: Step, number: int) -> StepCard:
    points = [PointLine(item, item_in_words(item)) for item in found.items[step.pk]]
    arrows = [ArrowLine(move, arrow_in_words(move, found.process.kind)) for move in found.moves[step.pk]]
    return StepCard(step, number, anchor(found.process, step.key), workdays(step.lead_workdays), points, arrows)


def arrow_in_words(move: Move, kind: str) -> list[str]:
    subject = SUBJECTS.get(Kind(kind))
    by_itself = [_("Ärendet går den av sig självt när det går.")] if subject and move.key in subject.automatic else []
    return [leads(move), *terms(move), *guards_in_words(move), *by_itself]


def cases(count: int) -> str:
    return ngettext("%(count)s ärende", "%(count)s ärenden", count) % {"count": figures.grouped(count)}


@dataclass(frozen=True)
class EditionLine:
    """An edition in its row of editions. `until` is when a later one took over; `cases` the open ones that follow it,
    in words, empty when there are none."""

    process: Process
    state: Literal["draft", "in_force", "replaced"]
    until: dt.datetime | None
    cases: str

    @property
    def is_draft(self) -> bool:
        return self.state == "draft"


@dataclass(frozen=True)
class KindCard:
    """The editions of one kind of case, newest first. `older` are those that are replaced and still followed."""

    label: str
    in_force: EditionLine | None
    draft: Process | None
    editions: list[EditionLine]

    @property
    def older(self) -> list[EditionLine]:
        return [line for line in self.editions if line.state == "replaced" and line.cases]


def kinds_of(editions: Iterable[Process], followers: Mapping[UUID, int]) -> list[KindCard]:
    """In the order of the work. No query of its own."""
    ordered = sorted(editions, key=lambda process: -process.edition)
    return [
        kind_card(kind, mine, followers) for kind in Kind if (mine := [each for each in ordered if each.kind == kind])
    ]


def kind_card(kind: Kind, editions: list[Process], followers: Mapping[UUID, int]) -> KindCard:
    lines, later = [], None
    for process in editions:
        count = followers.get(process.pk, 0)
        said = cases(count) if count else ""
        if process.published_at is None:
            lines.append(EditionLine(process, "draft", None, said))
            continue
        lines.append(EditionLine(process, "replaced" if later else "in_force", later and later.published_at, said))
        later = process
    in_force = next((line for line in lines if line.state == "in_force"), None)
    draft = next((line.process for line in lines if line.state == "draft"), None)
    return KindCard(str(kind.label), in_force, draft, lines)
