"""A case as its panel shows it: whose move it is and by when, what is to be done, the ways on and where it has stood.

Any page about something that has a case hangs it on itself: `card` for the view, process/_case.html for the page.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor
from insteg.core import clock
from insteg.process import access, words
from insteg.process.guards import SUBJECTS
from insteg.process.models import Kind, Lane, Process, Run, Visit
from insteg.process.queries.cases import names_of, newer_in_force, visits_of
from insteg.process.queries.standing import Point, Standing, Way, obstacles, standings
from insteg.ui import figures

MOST_SENTENCES = 3  # in the banner; the ways say them all


class Fact(NamedTuple):
    term: str
    value: str
    note: str = ""


class Event(NamedTuple):
    """A line of where it has stood."""

    when: dt.datetime
    who: str
    what: str


@dataclass(frozen=True)
class Banner:
    color: str
    icon: str
    title: str
    sentences: list[str]
    due_on: dt.date | None = None
    due_note: str = ""
    late: bool = False


@dataclass(frozen=True)
class PointCard:
    """Something to do in the step. `done_url` takes the answer at once, `answer_url` is the page for any other."""

    title: str
    who: str
    due_on: dt.date
    due_note: str
    late: bool
    required: bool
    said: str
    said_in_words: str
    note: str
    by: str
    at: dt.datetime | None
    answer_url: str
    key: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class WayCard:
    """A way on. Without `href` it is shown in words: something is in it, or `who` takes it."""

    title: str
    href: str
    primary: bool
    obstacles: list[str]
    leads_to: str
    who: str = ""


@dataclass(frozen=True)
class CaseCard:
    """`visit` is where it stands, sent along with every form so that nobody acts on what has moved on; its version
    with what takes the case, so that nobody takes it unawares from a colleague who just did."""

    run: UUID
    version: int
    banner: Banner
    events: list[Event]
    process: str
    process_url: str
    step: str = ""
    step_text: str = ""
    step_url: str = ""
    visit: UUID | None = None
    visit_version: int = 0
    facts: list[Fact] = field(default_factory=list)
    points: list[PointCard] = field(default_factory=list)
    points_in_words: str = ""
    ways: list[WayCard] = field(default_factory=list)
    take_url: str = ""
    hand_back_url: str = ""
    due_date_url: str = ""
    change_edition_url: str = ""
    newer: str = ""
    take_key: UUID = field(default_factory=uuid4)

    @property
    def primary(self) -> WayCard | None:
        return next((way for way in self.ways if way.primary), None)


def card(run_pk: UUID | None, actor: Actor) -> CaseCard | None:
    """What the panel shows this actor of the case; None when there is none that the actor may see.

    The number of queries depends on neither the points, the ways nor the visits.
    """
    seen = access.SEE_CASE.filter(Run.objects.all(), actor).select_related("process")
    run = seen.filter(pk=run_pk).first() if run_pk else None
    visits = visits_of(run.pk) if run else []
    if run is None or not visits:
        return None
    standing = standings([run.pk], actor).get(run.pk)
    newer = newer_in_force(run.process) if standing else None
    said = [point.answer.by for point in standing.points if point.answer] if standing else []
    names = names_of([*said, *(visit.entered_by for visit in visits), *(visit.left_by for visit in visits)])
    common = {
        "run": run.pk,
        "version": run.version,
        "events": events(visits, names),
        "process": str(run.process),
        "process_url": reverse("process:process", args=[run.process_id]),
    }
    if standing is None:
        return CaseCard(banner=ended(visits[0]), **common)
    return CaseCard(
        banner=whose_move(standing, visits[0], actor),
        newer=str(newer) if newer else "",
        **common,
        **where_it_stands(standing, actor),
        **what_one_may(standing, visits[0], actor, newer),
        points=[point_card(point, standing, actor, names) for point in standing.points],
    )


def where_it_stands(standing: Standing, actor: Actor) -> dict[str, object]:
    step, kind = standing.step, standing.step.process.kind
    free = first_own(standing)
    return {
        "step": step.title,
        "step_text": step.text,
        "step_url": reverse("process:step", args=[kind, step.key]),
        "visit": standing.visit.pk,
        "visit_version": standing.visit.version,
        "points_in_words": points_in_words(standing.points),
        "ways": [
            way_card(way, standing, actor, primary=standing.mine and way is free) for way in standing.ways.values()
        ],
    }


def what_one_may(standing: Standing, visit: Visit, actor: Actor, newer: Process | None) -> dict[str, object]:
    """The facts, with what one may do about them."""
    run, today = visit.run_id, clock.today()
    facts = [
        Fact(_("Kom hit"), figures.day(localdate(visit.entered_at), today)),
        Fact(_("Ska vara klart"), figures.due(visit.due_on, today), words.how_long(visit.due_on)),
        Fact(_("Tagit det"), handler_of(visit, actor) or _("ingen")),
    ]
    if not standing.mine:
        return {"facts": facts}
    own = visit.handler_id is not None and visit.handler_id == actor.membership_id
    return {
        "facts": facts,
        "take_url": "" if own else reverse("process:take", args=[run]),
        "hand_back_url": reverse("process:hand_back", args=[run]) if visit.handler_id else "",
        "due_date_url": reverse("process:due_date", args=[run]),
        "change_edition_url": reverse("process:change_edition", args=[run]) if newer else "",
    }


def handler_of(visit: Visit, actor: Actor) -> str:
    if visit.handler is None:
        return ""
    name = str(visit.handler.user)
    return _("du själv") if visit.handler_id == actor.membership_id else name


def first_own(standing: Standing) -> Way | None:
    """The way that the step is there for, when the actor may take it and nothing is in it.

    None where it asks for a reason: then it is a decision, and a page must not favour one side of it.
    """
    own = next((way for way in standing.ways.values() if way.mine), None)
    return own if own and not own.obstacles and not own.move.reason_required else None


def whose_move(standing: Standing, visit: Visit, actor: Actor) -> Banner:
    """Accent when it is the actor's move, warning when something is in the way, neutral when it is another's."""
    kind = standing.step.process.kind
    dated = {"due_on": visit.due_on, "due_note": words.how_long(visit.due_on), "late": standing.late}
    taken = taken_by(visit, actor)
    if standing.mine:
        title = _("Din tur: %(step)s") % {"step": standing.step.title}
        left, in_the_way = what_is_left(standing)
        above = decided_above(standing)
        color, icon = ("warning", "triangle-alert") if in_the_way else ("accent", "user-check")
        return Banner(color, icon, title, [*above, *left, *in_the_way[:MOST_SENTENCES], *taken], **dated)
    title = f"{words.turn(standing.step.lane, kind, actor)}: {standing.step.title}"
    own = sum(point.mine and point.answer is None for point in standing.points)
    waits = ngettext("%(count)s punkt väntar på dig.", "%(count)s punkter väntar på dig.", own) % {"count": own}
    if own:
        return Banner("accent", "list-checks", title, [waits, *taken], **dated)
    return Banner("neutral", "hourglass", title, taken, **dated)


def decided_above(standing: Standing) -> list[str]:
    """Where the ways that the step is there for are taken, when nobody takes them by hand."""
    own = [way for way in standing.ways.values() if way.lane == standing.step.lane]
    return sorted({way.above for way in own if way.above})


def what_is_left(standing: Standing) -> tuple[list[str], list[str]]:
    """Of the way that the step is there for: how many points are left, and the conditions that say no."""
    own = next((way for way in standing.ways.values() if way.mine), None)
    if own is None:
        return [], []
    items = obstacles(own.move, standing.points, {})
    guards = [each for each in own.obstacles if each not in items]
    count = len(items)
    left = ngettext("%(count)s punkt är kvar att besvara.", "%(count)s punkter är kvar att besvara.", count)
    return ([left % {"count": count}] if items else []), guards


def taken_by(visit: Visit, actor: Actor) -> list[str]:
    if visit.handler is None:
        return []
    if visit.handler_id == actor.membership_id:
        return [_("Du har tagit det.")]
    return [_("%(name)s har tagit det.") % {"name": visit.handler.user}]


def ended(visit: Visit) -> Banner:
    """A closed case says how it ended and when."""
    at = figures.day_long(localdate(visit.left_at), clock.today()) if visit.left_at else ""
    title = _("Ärendet avslutades %(day)s") % {"day": at}
    if visit.left_move is None:
        return Banner(
            "neutral", "archive", title, [_("Det som det gäller drogs tillbaka eller togs om hand på annat håll.")]
        )
    said = _("I steget ”%(step)s” valdes ”%(move)s”.") % {"step": visit.step.title, "move": visit.left_move.title}
    follows = []
    if visit.left_move.begins:
        kind = str(Kind(visit.left_move.begins).label).lower()
        follows = [_("Därefter kommer %(kind)s.") % {"kind": kind}]
        if Kind(visit.left_move.begins) not in SUBJECTS:
            follows.append(_("Den delen finns inte i Insteg än, så ni fortsätter utanför."))
    return Banner("neutral", "circle-check", title, [said, *follows])


def point_card(point: Point, standing: Standing, actor: Actor, names: Mapping[str, str]) -> PointCard:
    item, answer, run = point.item, point.answer, standing.visit.run_id
    return PointCard(
        title=item.text,
        who=words.party(item.lane, standing.step.process.kind, actor),
        due_on=point.due_on,
        due_note=words.how_long(point.due_on),
        late=point.late,
        required=item.required,
        said=answer.said if answer else "",
        said_in_words=answer.get_said_display() if answer else "",
        note=answer.note if answer else "",
        by=names.get(answer.by, _("Systemet")) if answer else "",
        at=answer.at if answer else None,
        answer_url=reverse("process:answer_item", args=[run, item.key]) if point.mine else "",
    )


def points_in_words(points: list[Point]) -> str:
    """`2 av 13 besvarade, 1 sen`; empty when the step has none."""
    if not points:
        return ""
    answered, late = sum(point.answer is not None for point in points), sum(point.late for point in points)
    said = _("%(answered)s av %(count)s besvarade") % {"answered": answered, "count": len(points)}
    behind = ngettext("%(count)s sen", "%(count)s sena", late) % {"count": late}
    return f"{said}, {behind}" if late else said


def way_card(way: Way, standing: Standing, actor: Actor, *, primary: bool) -> WayCard:
    kind = standing.step.process.kind
    free = way.mine and not way.obstacles
    return WayCard(
        title=way.move.title,
        href=reverse("process:move", args=[standing.visit.run_id, way.move.key]) if free else "",
        primary=primary,
        obstacles=way.obstacles if way.mine else [],
        leads_to=words.leads_to(way.move, kind, actor),
        who="" if way.mine else words.party(Lane(way.lane), kind, actor),
    )


def events(visits: list[Visit], names: Mapping[str, str]) -> list[Event]:
    """Each arrival with why it left the step before, and the end if it has one; the newest first."""
    system = _("Systemet")
    told: list[Event] = []
    newest = visits[0]
    if newest.left_at is not None:
        told.append(Event(newest.left_at, names.get(newest.left_by, system), with_reason(_("Avslutades"), newest)))
    for visit, before in zip(visits, [*visits[1:], None], strict=True):
        what = _("Till ”%(step)s”") % {"step": visit.step.title}
        told.append(
            Event(visit.entered_at, names.get(visit.entered_by, system), with_reason(what, before) if before else what)
        )
    return told


def with_reason(what: str, left: Visit) -> str:
    """`Till ”Besluta om krav”: Lägg fram för styrgruppen. Skäl: bra läge.`"""
    how = left.left_move.title if left.left_move else left.get_left_how_display()
    said = f"{what}: {how}."
    because = _("Skäl: %(reason)s") % {"reason": left.reason} if left.reason else ""
    return " ".join(filter(None, [said, because]))
