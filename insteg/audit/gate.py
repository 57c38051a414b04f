"""The one gate for changes: right, lock, row version, work and log in one transaction.

A page, a script and a job pass through it alike, so no caller can forget the right or the log.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import transaction

from insteg.access.actor import Actor
from insteg.access.rules import Rule
from insteg.audit.log import changes_since, record
from insteg.core.models import BaseModel

M = TypeVar("M", bound=BaseModel)
R = TypeVar("R")


class Refused(Exception):
    """The actor has no right to this, or the row is not there; it is not said which."""


class Blocked(Exception):
    """The right is there but the time is not. Each argument is a sentence in plain Swedish."""


class Stale(Exception):
    """Someone else was there first."""

    def __init__(self, row: BaseModel, changed: list[str]) -> None:
        super().__init__(row, changed)
        self.row, self.changed = row, changed


@dataclass(frozen=True, eq=False)
class Action(Generic[M, R]):
    """A verb of a room. Calling it is the only way to change anything.

    Raises Refused (no right), Stale (another version than `seen`), Blocked and ValidationError (from the work),
    IntegrityError (two at once, answered by the database).
    """

    name: str
    rule: Rule[M]
    work: Callable[..., R]
    also: Callable[[M], list[BaseModel]]
    then: Callable[[M, Actor], list[BaseModel]]
    first: Callable[..., None]

    def __call__(self, *, actor: Actor, target: M, seen: int | None, reason: str = "", **data: Any) -> R:
        """`seen` is the version that the actor looked at. It has no default: to overwrite unseen, say None aloud."""
        with transaction.atomic():
            self.first(target, **data)
            row = lock(self.rule.model, pk=target.pk)
            others = self.also(row)
            # The right is asked after the locks, in a statement of its own: the row may have changed hands while we
            # waited, and PostgreSQL answers a subquery beside FOR UPDATE from before the wait.
            if not self.rule.permits(actor, row.pk):
                raise Refused(self.name)
            if seen is not None and seen != row.version:
                raise Stale(row, changes_since(row, seen))
            before = facts(row)
            result = self.work(row, actor=actor, **data)
            changed = store(row, before)
            followed = self.then(row, actor)
            record(actor, self.name, [row, *others, *made_by(result), *followed], changed, reason)
            return result


ACTIONS: dict[str, Action[Any, Any]] = {}  # the nets walk it: a new action is tested before anyone thinks of it


def action(
    name: str,
    rule: Rule[M],
    *,
    also: Callable[[M], list[BaseModel]] = lambda row: [],
    then: Callable[[M, Actor], list[BaseModel]] = lambda row, actor: [],
    first: Callable[..., None] = lambda target, **data: None,
) -> Callable[[Callable[..., R]], Action[M, R]]:
    """`also` locks and returns further rows that the work depends on. `then` does what follows from the saved row, in
    the same transaction, and returns the rows that it made. All are named in the log. `first` is given the target, not
    yet locked, and the data: it locks what must be locked in one order with it, and asks and changes nothing."""

    def decorate(work: Callable[..., R]) -> Action[M, R]:
        if name in ACTIONS:
            raise ValueError(f"two actions are called {name}")
        ACTIONS[name] = made = Action(name, rule, work, also, then, first)
        return made

    return decorate


def lock(model: type[M], **which: object) -> M:
    """The row, locked until the transaction ends. Refused when there is none.

    Its key is left unlocked (no_key): rows that point at it can be written meanwhile. Otherwise an action that locks a
    parent and then its children, and one that has a child and is about to point it at the parent, would wait for ever.
    """
    # By its key alone: in the order of a column of another table, that one would be joined, and it cannot be locked.
    row = model._base_manager.select_for_update(no_key=True).filter(**which).order_by("pk").first()
    if row is None:
        raise Refused(f"{model._meta.label} {which}")
    return row


def insert(row: M) -> M:
    """Saves a new row after all its checks. ValidationError names the fields at fault."""
    row.full_clean()
    row.save(force_insert=True)
    return row


def facts(row: BaseModel) -> dict[str, object]:
    return {f.name: getattr(row, f.attname) for f in row._meta.concrete_fields}


def store(row: BaseModel, before: dict[str, object]) -> list[str]:
    """Saves what the work changed, and only that. Constraints are asked over all fields, also those no form showed."""
    changed = sorted(name for name, value in facts(row).items() if value != before[name])
    if changed:
        row.version += 1
        row.clean_fields(exclude=before.keys() - set(changed))
        row.validate_constraints()
        row.save(update_fields=[*changed, "version"])
    return changed


def made_by(result: object) -> list[BaseModel]:
    """The rows that the work made: one, a list of them, or none."""
    rows = result if isinstance(result, list) else [result]
    return [row for row in rows if isinstance(row, BaseModel)]
