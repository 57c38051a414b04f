"""The organisation that was asked for facts: which of its rows wait for an answer, and which comes next (R13)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insteg.access.actor import Actor, Role
from insteg.access.catalogues import Task, Whose
from insteg.core import clock, keyset
from insteg.inventory import access
from insteg.inventory.asking import ASKABLE, Standing, lacked, said_unknown, standing
from insteg.inventory.cases import FIRST
from insteg.inventory.models import FactQuestion, PlannedProcurement
from insteg.inventory.queries.planned import COUNTED, Planned, order
from insteg.inventory.queries.questions import STATE, Proposal, lacks, with_lacks
from insteg.process.models import Visit
from insteg.ui import figures
from insteg.ui.templatetags.insteg_ui import in_words

ASKED = "asked"  # in the list's address: only what waits for an answer
WAITING_LIST = f"?show={ASKED}"


def waiting(planned: Planned) -> Planned:
    """Those that some question waits for an answer about, as asking.standing tells of each fact."""
    asked = FactQuestion.objects.filter(planned=OuterRef("pk")).alias(named=Cast("fields", TextField()))
    found = Q(pk__in=[])
    for name in ASKABLE:
        about = asked.filter(named__contains=f'"{name}"')
        unknown = Q(unknowns__contains=f'"{name}"')
        if name == "extent_known":
            unknown |= Q(extent_known=False)
        unanswered = Q(Exists(about)) & ~unknown | Q(Exists(about.filter(created_at__gte=OuterRef("confirmed_at"))))
        found |= lacks(name) & unanswered
    return with_lacks(planned.current()).alias(unknowns=Cast("unknown_fields", TextField())).filter(found)


@dataclass(frozen=True)
class Walk:
    """What one is led through: `rows` were asked about together with something that still waits, in the list's order,
    so that the number of each stays the same while one answers. `facts`: what each of those that wait is asked for."""

    rows: Sequence[PlannedProcurement]
    facts: dict[UUID, list[str]]
    wanted_by: dt.date | None  # the earliest last day

    def number(self, planned: PlannedProcurement) -> int:
        """Its place among `rows`, from 1; 0 when it is not among them."""
        return next((number for number, row in enumerate(self.rows, 1) if row.pk == planned.pk), 0)

    def next_after(self, planned: PlannedProcurement) -> UUID | None:
        """The next that waits, from the first again after the last; None when no other does."""
        here = self.number(planned)
        return next((row.pk for row in [*self.rows[here:], *self.rows[:here]] if self.waits(row, planned)), None)

    def waits(self, row: PlannedProcurement, but: PlannedProcurement) -> bool:
        return row.pk in self.facts and row.pk != but.pk

    def first(self) -> UUID | None:
        return next((row.pk for row in self.rows if row.pk in self.facts), None)


def walk_of(actor: Actor) -> Walk:
    """Of the organisation that the actor reports for. Three queries, or one where nothing waits."""
    ours = access.CHANGE.filter(PlannedProcurement.objects.current(), actor)
    asked = waiting_for(waiting(ours).only(*STATE)) if actor.role == Role.PROCURING else []
    if not asked:
        return Walk([], {}, None)
    facts: dict[UUID, list[str]] = {}
    for row, question in asked:
        facts.setdefault(row.pk, []).extend(waits(row, question))
    facts = {key: [name for name in ASKABLE if name in names] for key, names in facts.items()}
    together = FactQuestion.objects.filter(created_at__in={question.created_at for _row, question in asked})
    rows = ours.filter(pk__in=together.order_by().values("planned")).only("title", "start").order_by(*order())
    return Walk([*rows[:COUNTED]], facts, earliest(question for _row, question in asked))


def waiting_for(rows: Iterable[PlannedProcurement]) -> list[tuple[PlannedProcurement, FactQuestion]]:
    """The questions that some row has not answered in all, the oldest first. One query beside that of the rows."""
    by_key = {row.pk: row for row in rows}
    asked = FactQuestion.objects.filter(planned__in=by_key).order_by("created_at", "pk")
    return [(row, each) for each in asked if waits(row := by_key[each.planned_id], each)]


def waits(row: PlannedProcurement, question: FactQuestion) -> list[str]:
    """The facts of the question that nobody has answered."""
    return [name for name in question.fields if standing(row, name, question.created_at) is Standing.WAITS]


def earliest(questions: Iterable[FactQuestion]) -> dt.date | None:
    return min((each.wanted_by for each in questions if each.wanted_by), default=None)


def facts_to_fill_in(actor: Actor) -> list[Task]:
    """One line for the actor's organisation: what it was asked for, since when and by when, of several questions the
    oldest and the earliest; where nothing was asked, what its judgements lack."""
    if actor.role != Role.PROCURING:
        return []
    ours = access.CHANGE.filter(PlannedProcurement.objects.current(), actor)
    told = (
        ours.annotate(organisation_name=F("organisation__name"))
        .only(*STATE, "created_at", "run")
        .order_by("created_at")
    )
    asked = waiting_for(waiting(told)[: COUNTED + 1])
    return [to_answer(asked)] if asked else to_fill_in(told)


def to_answer(asked: Sequence[tuple[PlannedProcurement, FactQuestion]]) -> Task:
    rows, since = {row.pk for row, _question in asked}, localdate(asked[0][1].created_at)
    count = keyset.Counted(min(len(rows), COUNTED), len(rows) > COUNTED)
    said = ngettext(
        "Svara på frågor om %(count)s upphandling", "Svara på frågor om %(count)s upphandlingar", count.number
    )
    who = _("upphandlingsenheten frågade %(day)s") % {"day": figures.day(since, clock.today())}
    about = f"{asked[0][0].organisation_name} · {who}"
    address, due = reverse("inventory:list") + WAITING_LIST, earliest(question for _row, question in asked)
    return Task(said % {"count": count}, address, about=about, since=since, due_on=due)


def answers_awaited(actor: Actor) -> list[Task]:
    """The unit's: one line for what organisations were asked for and have not told, since when and by when."""
    if actor.role not in access.ASK_FOR_FACTS.table:
        return []
    ever_asked = PlannedProcurement.objects.filter(pk__in=FactQuestion.objects.order_by().values("planned"))
    theirs = access.CHANGE.filter(ever_asked, actor).annotate(organisation_name=F("organisation__name"))
    asked = waiting_for(waiting(theirs.order_by("created_at", "pk")).only(*STATE)[: COUNTED + 1])
    if not asked:
        return []
    of = sorted({row.organisation_name for row, _question in asked})
    organisations = ngettext("%(count)s organisation", "%(count)s organisationer", len(of))
    who = of[0] if len(of) == 1 else capfirst(organisations % {"count": in_words(len(of))})
    return [replace(to_answer(asked), about="", whose=Whose.OTHERS, who=who)]


def to_fill_in(ours: Planned) -> list[Task]:
    """What judgements lack, and nobody has asked about or said to be unknown: not the start. The oldest are looked at:
    nobody waits for a first page that reads ten thousand. It is due when the first of their cases is to be reported."""
    rows = [*ours.filter(proposal=Proposal.NEEDS_FACTS).order_by("created_at", "pk")[: COUNTED + 1]]
    waiting = [row for row in rows if set(lacked(row)) - said_unknown(row) - {"start"}]
    if not waiting:
        return []
    count = keyset.Counted(min(len(waiting), COUNTED), len(rows) > COUNTED)
    said = ngettext(
        "Fyll i uppgifter för %(count)s upphandling", "Fyll i uppgifter för %(count)s upphandlingar", count.number
    )
    address, first = reverse("inventory:list") + "?proposal=needs_facts", waiting[0]
    here = Visit.objects.filter(run__in=[row.run_id for row in waiting], left_at=None, step__key=FIRST)
    due, since = here.order_by("due_on").values_list("due_on", flat=True).first(), localdate(first.created_at)
    return [Task(said % {"count": count}, address, about=first.organisation_name, since=since, due_on=due)]
