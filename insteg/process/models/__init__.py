"""The working model as rows, and the cases that follow it."""

from insteg.process.models.cases import ItemAnswer, Run, Visit
from insteg.process.models.design import (
    EXTERNAL,
    LANE_ROLES,
    Item,
    Kind,
    Lane,
    Move,
    Phase,
    Process,
    ProcessQuerySet,
    Step,
)
from insteg.process.models.rule_sets import TERMS, Nature, RuleSet, RuleSetQuerySet

__all__ = [
    "EXTERNAL",
    "LANE_ROLES",
    "TERMS",
    "Item",
    "ItemAnswer",
    "Kind",
    "Lane",
    "Move",
    "Nature",
    "Phase",
    "Process",
    "ProcessQuerySet",
    "RuleSet",
    "RuleSetQuerySet",
    "Run",
    "Step",
    "Visit",
]
