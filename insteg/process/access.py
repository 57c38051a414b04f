from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q

from insteg.access.actor import PERSONS, Actor, Role
from insteg.access.rules import NOTHING, Rule, every
from insteg.process.guards import SUBJECTS, Subject
from insteg.process.models import Item, Move, Phase, Process, RuleSet, Run, Step


def published(actor: Actor) -> Q:
    return Q(published_at__isnull=False)


def draft(actor: Actor) -> Q:
    return Q(published_at=None)


# Everyone inside the city can read the model (R81); outsiders meet it in the documents.
SEE = Rule("se regelverk", RuleSet, {
    Role.PROCUREMENT_UNIT: published,
    Role.PROCURING: published,
    Role.COACH: published,
    Role.UNIT_MANAGER: published,
    Role.STEERING: published,
    Role.GOAL_COORDINATOR: published,
    Role.ADMINISTRATOR: every,
})  # fmt: skip
COPY = Rule("kopiera regelverk", RuleSet, {Role.ADMINISTRATOR: published})
EDIT = Rule("ändra regelverk", RuleSet, {Role.ADMINISTRATOR: draft})


def cases(rules_of: Callable[[Subject], Iterable[Rule[Any]]]) -> Callable[[Actor], Q]:
    """The cases whose subject the actor reaches by one of the rules that its own room has given."""

    def rows(actor: Actor) -> Q:
        found = NOTHING
        for subject in SUBJECTS.values():
            for rule in rules_of(subject):
                if actor.role in rule.table:
                    found |= Q(pk__in=subject.model._base_manager.filter(rule.rows(actor)).values("run"))
        return found

    return rows


# The rooms say whose cases are whose; a role that no room names gets none.
SEE_CASE = Rule("se ärende", Run, {role: cases(lambda subject: [subject.see]) for role in PERSONS})
MOVE_CASE = Rule("flytta ärende", Run, {role: cases(lambda subject: subject.lanes.values()) for role in PERSONS})

# The model itself: everyone inside the city reads it, the administrator changes it.
SEE_PROCESS = Rule("se process", Process, {
    Role.PROCUREMENT_UNIT: published,
    Role.PROCURING: published,
    Role.COACH: published,
    Role.UNIT_MANAGER: published,
    Role.STEERING: published,
    Role.GOAL_COORDINATOR: published,
    Role.REFERRER: published,
    Role.EMPLOYMENT_SERVICE: published,
    Role.SUPPLIER: published,
    Role.ADMINISTRATOR: every,
})  # fmt: skip
COPY_PROCESS = Rule("kopiera process", Process, {Role.ADMINISTRATOR: published})
EDIT_PROCESS = Rule("ändra process", Process, {Role.ADMINISTRATOR: draft})
EDIT_PHASE = Rule("ändra fas", Phase, {Role.ADMINISTRATOR: lambda actor: Q(process__published_at=None)})
EDIT_STEP = Rule("ändra steg", Step, {Role.ADMINISTRATOR: lambda actor: Q(process__published_at=None)})
EDIT_ITEM = Rule("ändra punkt", Item, {Role.ADMINISTRATOR: lambda actor: Q(step__process__published_at=None)})
EDIT_MOVE = Rule("ändra pil", Move, {Role.ADMINISTRATOR: lambda actor: Q(source__process__published_at=None)})
