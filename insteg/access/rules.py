"""Who may do what. A rule is written once, as a table from role to rows.

The same rule filters lists, guards one object, and is the column behind a button, so the three cannot disagree.
A role that is not in the table gets nothing: forgetting is refusing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import BaseExpression

from insteg.access.actor import Actor, Role

M = TypeVar("M", bound=Model)
NOTHING = Q(pk__in=[])


@dataclass(frozen=True, eq=False)
class Open:
    """For addresses that are about no row. A view names a rule or one of these."""

    name: str


PUBLIC = Open("alla")
SIGNED_IN = Open("inloggade")


def same(path: str, value: object) -> Q:
    """Rows whose `path` is `value`. None is nobody: a bare Q(unit=None) would mean every row without a unit."""
    return NOTHING if value is None else Q(**{path: value})


def every(actor: Actor) -> Q:
    """Every row of the table: a rule says `{Role.X: every}`."""
    return Q()


@dataclass(frozen=True, eq=False)
class Rule(Generic[M]):
    """`rows` answers for one actor; everything else is built on it. `columns` and lists cost no query of their own."""

    name: str
    model: type[M]
    table: Mapping[Role, Callable[[Actor], Q]]

    def rows(self, actor: Actor) -> Q:
        rows = self.table.get(actor.role) if actor.role else None
        return rows(actor) if rows else NOTHING

    def column(self, actor: Actor) -> Exists:
        """The right as a column. As a subquery it doubles no row over a to-many join, and is never NULL."""
        return Exists(self.model._base_manager.filter(self.rows(actor), pk=OuterRef("pk")))

    def filter(self, queryset: QuerySet[M], actor: Actor) -> QuerySet[M]:
        """The rows of the queryset that the actor reaches.

        Asked of the rows themselves where they hold the answer, so that an index over their columns can be used;
        otherwise by the same subquery as `column`.
        """
        rows = self.rows(actor)
        return queryset.filter(rows if about_own_columns(rows, self.model) else self.column(actor))

    def permits(self, actor: Actor, pk: object) -> bool:
        return self.model._base_manager.filter(self.column(actor), pk=pk).exists()


def about_own_columns(rows: Q, model: type[Model]) -> bool:
    """Whether every condition is about a column of the table's own, so that no join could double or lose a row."""
    relation = {field.name: field.is_relation for field in model._meta.concrete_fields}
    relation["pk"] = False

    def is_own(condition: Any) -> bool:
        if isinstance(condition, Q):
            return all(is_own(each) for each in condition.children)
        if not isinstance(condition, tuple):
            return False
        path, value = condition
        name, *rest = path.split("__")
        if isinstance(value, F | BaseExpression) or name not in relation:
            return False
        return not relation[name] or rest in ([], ["isnull"], ["in"])

    return is_own(rows)


def granted(queryset: QuerySet[M], actor: Actor, **rules: Rule[Any]) -> QuerySet[M]:
    """granted(placements, actor, may_close=CLOSE): any number of buttons in the query that fetches the rows."""
    columns: dict[str, Any] = {name: rule.column(actor) for name, rule in rules.items()}
    return cast(QuerySet[M], queryset.annotate(**columns))
