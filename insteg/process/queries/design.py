"""An edition of the model read as a whole, and what is wrong with it before it is published (R80)."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from insteg.core.models import BaseModel
from insteg.organisations.models import Membership
from insteg.process.guards import GUARDS, SUBJECTS
from insteg.process.models import EXTERNAL, LANE_ROLES, Item, Kind, Lane, Move, Phase, Process, Step, Visit

# Annex 3: eight to twelve months from start to contract. Far from that is a slip rather than a choice.
WORKDAYS_A_MONTH = 21
FEWEST_MONTHS, MOST_MONTHS = 5, 18


@dataclass(frozen=True)
class Edition:
    """All the rows of one edition, each in its order; the items and the arrows by the step that they hang on."""

    process: Process
    phases: list[Phase]
    steps: list[Step]
    items: dict[UUID, list[Item]]
    moves: dict[UUID, list[Move]]

    @property
    def rows(self) -> Iterator[BaseModel]:
        yield from (self.process, *self.phases, *self.steps)
        for hung in (*self.items.values(), *self.moves.values()):
            yield from hung

    @property
    def seal(self) -> str:
        """The same for the same rows in the same versions: tells whether what is published is what was shown."""
        return sha256(" ".join(sorted(f"{row.pk}:{row.version}" for row in self.rows)).encode()).hexdigest()


def edition(process: Process) -> Edition:
    """Four queries, however large it is."""
    steps = list(Step.objects.filter(process=process).select_related("phase").order_by("order", "key"))
    items: dict[UUID, list[Item]] = {step.pk: [] for step in steps}
    moves: dict[UUID, list[Move]] = {step.pk: [] for step in steps}
    for item in Item.objects.filter(step__process=process).order_by("order", "key"):
        items[item.step_id].append(item)
    for move in Move.objects.filter(source__process=process).select_related("target").order_by("order", "key"):
        moves[move.source_id].append(move)
    phases = list(Phase.objects.filter(process=process).order_by("order", "key"))
    return Edition(process, phases, steps, items, moves)


def followers(processes: Iterable[Process]) -> dict[UUID, int]:
    """{edition: the open cases that follow it}."""
    open_visits = Visit.objects.filter(left_at=None, run__process__in=processes).order_by()
    return dict(open_visits.values_list("run__process").annotate(count=Count("pk")))


def earlier_of(process: Process) -> Process | None:
    """The edition that was published before it."""
    older = Process.objects.published().filter(kind=process.kind, edition__lt=process.edition)
    return older.order_by("-edition").first()


def faults(process: Process) -> list[str]:
    """Why the draft cannot be published, in sentences that say what to do. Empty when it can."""
    return faults_of(edition(process))


def warnings(process: Process) -> list[str]:
    """What may be meant but often is a slip. It can be published all the same."""
    return warnings_of(edition(process))


def faults_of(found: Edition) -> list[str]:
    if not found.steps:
        return [_("Processen har inget steg. Lägg till ett.")]
    wrong = [*faults_of_ways(found), *faults_of_moves(found)]
    return [*wrong, *without_part(found), *unmanned(found, external=False)]


def warnings_of(found: Edition) -> list[str]:
    alike = [*late_items(found), *same_names(found)]
    return [*alike, *unmanned(found, external=True), *odd_length(found), *automatic(found)]


def faults_of_ways(found: Edition) -> Iterator[str]:
    """That every step can be reached, and that every case can come to an end."""
    inside = {step.pk for step in found.steps}
    ahead = {pk: {move.target_id for move in moves if move.target_id in inside} for pk, moves in found.moves.items()}
    back: dict[UUID, set[UUID]] = defaultdict(set)
    for pk, targets in ahead.items():
        for target in targets:
            back[target].add(pk)
    reached = spread({found.steps[0].pk}, ahead)
    ends = {pk for pk, moves in found.moves.items() if any(move.target_id is None for move in moves)}
    ending = spread(ends, back)
    for step in found.steps:
        title = {"step": step.title}
        if step.pk not in reached:
            yield _("Inget ärende kan komma till steget ”%(step)s”. Led en pil dit, eller ta bort steget.") % title
        if not found.moves[step.pk]:
            yield _("Steget ”%(step)s” har ingen väg ut. Lägg till en pil.") % title
        elif step.pk not in ending:
            yield _("Från steget ”%(step)s” kan inget ärende bli klart. Led en pil vidare till ett slut.") % title


def spread(begin: Iterable[UUID], ahead: dict[UUID, set[UUID]]) -> set[UUID]:
    """Everything that can be come to from there, with where one began."""
    reached, waiting = set(begin), [*begin]
    while waiting:
        new = ahead.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return reached


def faults_of_moves(found: Edition) -> Iterator[str]:
    inside = {step.pk for step in found.steps}
    phases = {phase.pk for phase in found.phases}
    for step in found.steps:
        if step.phase_id not in phases:
            yield _("Steget ”%(step)s” ligger i en annan versions fas. Välj en fas.") % {"step": step.title}
        for move in found.moves[step.pk]:
            where = {"move": move.title, "step": step.title}
            if move.target_id is not None and move.target_id not in inside:
                yield _("Pilen ”%(move)s” från ”%(step)s” leder ut ur versionen. Välj ett av dess egna steg.") % where
            for key in move.guards:
                yield from fault_of_guard(key, found.process.kind, where)


def fault_of_guard(key: str, kind: str, where: dict[str, str]) -> Iterator[str]:
    if key not in GUARDS:
        said = _("Pilen ”%(move)s” från ”%(step)s” har villkoret ”%(guard)s”, som inte finns. Ta bort det.")
        yield said % {**where, "guard": key}
    elif GUARDS[key].kind != kind:
        said = _(
            "Pilen ”%(move)s” från ”%(step)s” har villkoret ”%(guard)s”, som gäller ett annat slags ärende "
            "(%(kind)s). Ta bort det."
        )
        other = Kind(GUARDS[key].kind).label
        yield said % {**where, "guard": GUARDS[key].title, "kind": str(other).lower()}


def without_part(found: Edition) -> Iterator[str]:
    """What is left to a party that has no part in this kind of case, so that nobody could ever do it. The room that
    owns the cases says who has; nothing is known of a kind that no room has yet."""
    subject = SUBJECTS.get(Kind(found.process.kind))
    if subject is None:
        return
    kind = str(Kind(found.process.kind).label).lower()
    said = _("”%(what)s” görs av %(party)s, som inte har någon del i ärenden av slaget %(kind)s. Välj en annan.")
    for step in found.steps:
        asked = [(step.title, step.lane), *((move.title, move.lane) for move in found.moves[step.pk] if move.lane)]
        asked += [(item.text, item.lane) for item in found.items[step.pk] if item.required]
        for what, lane in asked:
            if lane not in subject.lanes:
                yield said % {"what": what, "party": Lane(lane).label, "kind": kind}


def unmanned(found: Edition, *, external: bool) -> Iterator[str]:
    """What is done by a party that nobody belongs to today. Outside the city that is no fault: they may come later."""
    roles = set(Membership.objects.current().order_by().values_list("role", flat=True).distinct())
    absent = {lane for lane, those in LANE_ROLES.items() if not those & roles and (lane in EXTERNAL) == external}
    if external:
        for lane in Lane:
            if lane in absent and any(lane in lanes_of(found, step) for step in found.steps):
                said = _("%(party)s har inget konto i dag. Det som de ska göra blir stående tills någon har ett.")
                yield said % {"party": lane.label}
        return
    for step in found.steps:
        if step.lane in absent:
            said = _("Steget ”%(step)s” görs av %(party)s, där ingen har ett uppdrag i dag. Ge någon uppdraget först.")
            yield said % {"step": step.title, "party": Lane(step.lane).label}
        for item in found.items[step.pk]:
            if item.required and item.lane in absent:
                said = _("Punkten ”%(item)s” i ”%(step)s” görs av %(party)s, där ingen har ett uppdrag i dag.")
                yield said % {"item": item.text, "step": step.title, "party": Lane(item.lane).label}
        for move in found.moves[step.pk]:
            if move.lane in absent:
                said = _("Pilen ”%(move)s” från ”%(step)s” tas av %(party)s, där ingen har ett uppdrag i dag.")
                yield said % {"move": move.title, "step": step.title, "party": Lane(move.lane).label}


def lanes_of(found: Edition, step: Step) -> set[str]:
    return {step.lane, *(item.lane for item in found.items[step.pk]), *(move.lane for move in found.moves[step.pk])}


def late_items(found: Edition) -> Iterator[str]:
    for step in found.steps:
        for item in found.items[step.pk]:
            if item.offset_workdays > step.lead_workdays:
                said = _(
                    "Punkten ”%(item)s” ska vara klar efter %(item_days)s arbetsdagar, men steget ”%(step)s” redan "
                    "efter %(step_days)s."
                )
                yield said % {
                    "item": item.text, "item_days": item.offset_workdays, "step": step.title,
                    "step_days": step.lead_workdays,
                }  # fmt: skip


def same_names(found: Edition) -> Iterator[str]:
    seen: set[str] = set()
    for step in found.steps:
        name = step.title.casefold()
        if name in seen:
            yield _("Flera steg heter ”%(step)s”. Ge dem olika namn.") % {"step": step.title}
        seen.add(name)


def odd_length(found: Edition) -> Iterator[str]:
    if found.process.kind != Kind.PROCUREMENT:
        return
    days = shortest(found)
    if days is not None and not FEWEST_MONTHS <= days / WORKDAYS_A_MONTH <= MOST_MONTHS:
        said = _(
            "Från start till avtal tar stegen tillsammans %(days)s arbetsdagar, ungefär %(months)s månader. "
            "Arbetsmodellen räknar med 8–12."
        )
        yield said % {"days": days, "months": round(days / WORKDAYS_A_MONTH)}


def automatic(found: Edition) -> Iterator[str]:
    """Arrows that cases take by themselves, and that they no longer can take so, or take further than one may think."""
    subject = SUBJECTS.get(Kind(found.process.kind))
    arrows = {move.key: (step, move) for step in found.steps for move in found.moves[step.pk]}
    for key in sorted(subject.automatic) if subject else ():
        if key in arrows:
            yield from odd_automatic(found, *arrows[key])
        else:
            yield _(
                "Ärenden går inte längre vidare av sig själva: pilen som de tog utan att någon valde den är borta. "
                "Någon måste flytta vart och ett. Utgå från en äldre version om du vill ha den kvar."
            )


def odd_automatic(found: Edition, step: Step, move: Move) -> Iterator[str]:
    where = {"move": move.title, "step": step.title}
    if move.reason_required:
        said = _(
            "Pilen ”%(move)s” från ”%(step)s” togs av ärendena själva. Nu kräver den ett skäl, så någon måste ta den."
        )
        yield said % where
    if not move.skips_items and any(item.required for item in found.items[step.pk]):
        said = _(
            "Pilen ”%(move)s” från ”%(step)s” tas av ärendena själva, men inte medan steget har punkter kvar att "
            "besvara. När de är besvarade måste någon ta den."
        )
        yield said % where
    if move.target_id is None:
        said = _("Pilen ”%(move)s” från ”%(step)s” tas av ärendena själva. De avslutas då utan att någon har valt det.")
        yield said % where
    if not move.guards:
        said = _(
            "Pilen ”%(move)s” från ”%(step)s” tas av ärendena själva. Utan villkor går varje nytt ärende den genast."
        )
        yield said % where


def shortest(found: Edition) -> int | None:
    """The working days of the quickest way from the first step to where another case begins. None without such."""
    days = {step.pk: step.lead_workdays for step in found.steps}
    if not found.steps:
        return None
    waiting = [(found.steps[0].lead_workdays, found.steps[0].pk)]
    done: set[UUID] = set()
    while waiting:
        taken, pk = heapq.heappop(waiting)
        if any(move.target_id is None and move.begins for move in found.moves[pk]):
            return taken
        done.add(pk)
        for move in found.moves[pk]:
            if move.target_id in days and move.target_id not in done:
                heapq.heappush(waiting, (taken + days[move.target_id], move.target_id))
    return None
