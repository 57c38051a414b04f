"""What waits in cases: for the actor, for a colleague, and for others in what the actor has a part in (R82).

Nobody reads a hundred thousand cases to be told that there is much to do: in each step at most `MOST` are looked at,
those that are due first. A step with few tells each case by its name, one with more says how many they are.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor
from insteg.access.catalogues import Task, Whose
from insteg.access.rules import about_own_columns
from insteg.core import clock
from insteg.core.workdays import shift
from insteg.organisations.models import Membership
from insteg.process.guards import SUBJECTS, Subject
from insteg.process.models import Item, ItemAnswer, Kind, Process, Step, Visit
from insteg.process.queries.cases import About, about
from insteg.process.words import party
from insteg.ui import figures

FEW = 3  # so many in a step are told one by one
MOST = 500


class Waiting(NamedTuple):
    """An open case: when it came to its step, and when what waits should be done."""

    run: UUID
    entered_at: dt.datetime
    due_on: dt.date


@dataclass(frozen=True)
class Pile:
    """Cases in which the same thing waits for the same one: `key` is the step's and `item` the item's, if it is that;
    `what` is its text. `more`: there are others, due later. `who` is the colleague or the other party."""

    what: str
    key: str
    cases: list[Waiting]
    item: str = ""
    more: bool = False
    whose: Whose = Whose.MINE
    who: str = ""


@dataclass(frozen=True)
class Part:
    """What an actor has to do with a kind of case: for which rows each lane is held. `most` is how many cases are
    looked at in each step."""

    kind: Kind
    subject: Subject
    actor: Actor
    rows: dict[str, Q]
    standing: list[Step]  # steps with open cases, of every edition, the newest first
    most: int

    def visits(self, rows: Q, *steps: Step) -> QuerySet[Visit]:
        """The open visits to the steps of cases about such rows. Those to one step follow its index by due date."""
        # Asked of each visit until there are enough: SQLite would gather a list of all the runs before the first.
        about_such = Exists(self.subject.model._base_manager.filter(rows, run=OuterRef("run")))
        where = Q(step=steps[0]) if len(steps) == 1 else Q(step__in=[step.pk for step in steps])
        return Visit.objects.filter(where, about_such, left_at=None).order_by("due_on")

    def listed(self) -> list[Step]:
        """Without the steps that the room tells of itself; what others do in those is told here all the same."""
        return [step for step in self.standing if step.key not in self.subject.told]


def tasks(actor: Actor) -> Iterator[Task]:
    """What the actor should do in open cases, what colleagues have taken, and whose move it is in the others. The
    number of queries follows from how many steps and items the model has, not from how many the cases are."""
    for part in parts(actor, MOST):
        yield from told(part, [*steps(part), *items(part), *taken(part), *with_others(part)])


def count(actor: Actor) -> int:
    """How many of the tasks are the actor's own, without naming them: no more cases are looked at than it takes."""
    found = 0
    for part in parts(actor, FEW + 1):
        piles = joined([*steps(part), *items(part)])
        found += sum(lines(pile) for pile in piles)
    return found


def lines(pile: Pile) -> int:
    return len(pile.cases) if is_few(pile) else 1


def is_few(pile: Pile) -> bool:
    return len(pile.cases) <= FEW and not pile.more


def parts(actor: Actor, most: int) -> Iterator[Part]:
    held = {kind: rows for kind, subject in SUBJECTS.items() if (rows := rows_held(subject, actor))}
    standing = Visit.objects.filter(step=OuterRef("pk"), left_at=None)
    editions = Process.objects.published().filter(kind__in=held)
    steps = Step.objects.filter(Exists(standing), process__in=editions).select_related("process")
    found = list(steps.order_by("-process__edition", "order", "key")) if held else []
    for kind, rows in held.items():
        subject = SUBJECTS[kind]
        of_kind = [step for step in found if step.process.kind == kind]
        yield Part(kind, subject, actor, rows, of_kind, most)


def rows_held(subject: Subject, actor: Actor) -> dict[str, Q]:
    """{lane: the rows for which the actor holds it}; as conditions on the row itself where it holds the answer."""
    found = {}
    for lane, rule in subject.lanes.items():
        if actor.role in rule.table:
            rows = rule.rows(actor)
            own = rows if about_own_columns(rows, rule.model) else Q(rule.column(actor))
            found[lane.value] = own or Q(pk__isnull=False)  # an empty Q beside another means nothing
    return found


def steps(part: Part) -> Iterator[Pile]:
    """The actor's own: what nobody has taken, what the actor has, and what somebody had who has left."""
    me = part.actor.membership_id
    to_do = Q(handler=None) | ~Q(handler__in=at_work()) | (Q(handler=me) if me else Q(handler=None))
    for step in part.listed():
        if step.lane in part.rows:
            yield pile_of(part.visits(part.rows[step.lane], step).filter(to_do), part.most, step)


def taken(part: Part) -> Iterator[Pile]:
    """What colleagues have taken, a pile for each of them in each step."""
    for lane, rows in part.rows.items():
        held = [step for step in part.listed() if step.lane == lane]
        if not held:
            continue
        visits = part.visits(rows, *held).filter(handler__in=at_work()).exclude(handler=part.actor.membership_id)
        found = list(visits.values_list("run", "entered_at", "due_on", "step", "handler__user__name")[: part.most + 1])
        by_whom: dict[tuple[UUID, str], list[Waiting]] = {}
        for run, entered_at, due_on, of_step, name in found[: part.most]:
            by_whom.setdefault((of_step, name), []).append(Waiting(run, entered_at, due_on))
        for step in held:
            for name in sorted(name for pk, name in by_whom if pk == step.pk):
                cases, more = by_whom[step.pk, name], len(found) > part.most
                yield Pile(step.title, step.key, cases, "", more, Whose.COLLEAGUE, name)


def with_others(part: Part) -> Iterator[Pile]:
    """Whose move it is in the cases in which the actor holds another lane than the step's."""
    for step in part.listed():
        mine = part.rows.get(step.lane)
        held = [rows for lane, rows in part.rows.items() if lane != step.lane and not (mine and within(rows, mine))]
        if held:
            theirs = reduce(or_, held)
            if mine:
                theirs &= ~mine
            who = party(step.lane, part.kind, part.actor)
            yield replace(pile_of(part.visits(theirs, step), part.most, step), whose=Whose.OTHERS, who=who)


def items(part: Part) -> Iterator[Pile]:
    """What the actor is to do in a step that is somebody else's: items that nobody has answered (annex 2)."""
    by_step = {step.pk: step for step in part.standing}
    found = Item.objects.filter(step__in=by_step, lane__in=part.rows).order_by("order", "key")
    for item in sorted(found, key=lambda item: [*by_step].index(item.step_id)):
        step = by_step[item.step_id]
        if item.lane == step.lane:
            continue
        rows, mine = part.rows[item.lane], part.rows.get(step.lane)
        if mine and within(rows, mine):
            continue
        if mine:
            rows &= ~mine  # there the step itself is told
        answered = ItemAnswer.objects.filter(visit=OuterRef("pk"), item=item)
        yield due_as_items(pile_of(part.visits(rows, step).filter(~Exists(answered)), part.most, step), item)


def within(some: Q, others: Q) -> bool:
    """Whether the rows of the one are plainly among the other's, since it asks for all that the other does. To look
    for those that are not would be to read every case in vain."""
    plain = all(rows.connector == Q.AND and not rows.negated for rows in (some, others))
    return plain and all(each in some.children for each in others.children)


def at_work() -> QuerySet[Membership, Any]:
    """Those who can do what they have taken."""
    return Membership.objects.current().filter(user__is_active=True).values("pk")


def pile_of(visits: QuerySet[Visit, Any], most: int, step: Step) -> Pile:
    found = [Waiting(*row) for row in visits.values_list("run", "entered_at", "due_on")[: most + 1]]
    return Pile(step.title, step.key, found[:most], more=len(found) > most)


def due_as_items(pile: Pile, item: Item) -> Pile:
    """An item is due so many working days after the case came, and not when the step is."""
    came = [localdate(each.entered_at) for each in pile.cases]
    due = {day: shift(day, item.offset_workdays) for day in {*came}}
    cases = [each._replace(due_on=due[day]) for each, day in zip(pile.cases, came, strict=True)]
    return replace(pile, what=item.text, item=item.key, cases=cases)


def joined(piles: Iterable[Pile]) -> list[Pile]:
    """One pile for what several editions ask in the same step; the newest names it. Without those that are empty."""
    found: dict[object, Pile] = {}
    for pile in piles:
        if pile.cases:
            same = (pile.key, pile.item, pile.whose, pile.who)
            first = found.setdefault(same, replace(pile, cases=[]))
            first.cases.extend(pile.cases)
            found[same] = replace(first, more=first.more or pile.more)
    return list(found.values())


def told(part: Part, piles: Iterable[Pile]) -> Iterator[Task]:
    """One task for each case where they are few, else one for the pile, due when the first of them is."""
    found = joined(piles)
    few = [each.run for pile in found if is_few(pile) for each in pile.cases]
    named = about(part.kind, few) if few else {}
    for pile in found:
        if is_few(pile):
            yield from (case_task(pile, each, named[each.run]) for each in pile.cases if each.run in named)
        else:
            yield pile_task(part, pile)


def case_task(pile: Pile, case: Waiting, it: About) -> Task:
    what = " · ".join(filter(None, [it.title, it.organisation]))
    return Task(pile.what, it.href, what, localdate(case.entered_at), case.due_on, pile.whose, pile.who)


def pile_task(part: Part, pile: Pile) -> Task:
    cases = part.subject.count(len(pile.cases))
    many = _("minst %(cases)s") % {"cases": cases} if pile.more else cases
    return Task(
        f"{pile.what}: {many}",
        reverse("process:step", args=[part.kind, pile.key]),
        late_among(pile),
        localdate(min(case.entered_at for case in pile.cases)),
        min(case.due_on for case in pile.cases),
        pile.whose,
        pile.who,
    )


def late_among(pile: Pile) -> str:
    """`3 sena`; those due first are looked at, so where others are left out there may be more only if all are late."""
    today = clock.today()
    late = sum(case.due_on < today for case in pile.cases)
    if not late:
        return ""
    said = ngettext("%(count)s sen", "%(count)s sena", late) % {"count": figures.grouped(late)}
    return _("minst %(cases)s") % {"cases": said} if pile.more and late == len(pile.cases) else said
