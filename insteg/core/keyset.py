"""Pages by key: the next page begins after the last row's sort values and id (docs/adr/0006).

The address carries those values, signed but readable: never order by what may not stand in an address.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.db.models import BooleanField, F, Func, Model, Q, QuerySet, Value
from django.db.models.expressions import Expression, OrderBy
from django.db.models.lookups import Exact, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual
from django.utils.datastructures import MultiValueDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _

M = TypeVar("M", bound=Model)
Key = str | Expression | F
Order = Sequence[Key]
PARAMETER = "sida"  # the cursor's name in the address
COLUMN = "sorted_by_{}"


@dataclass(frozen=True)
class Page(Generic[M]):
    """`first`, `previous` and `next` are query strings ("?q=å&sida=…"); empty where none leads."""

    rows: list[M]
    first: str
    previous: str
    next: str


@dataclass(frozen=True)
class Counted:
    """How many rows; with `more` there are more than `number`, and nobody counted them."""

    number: int
    more: bool

    def __str__(self) -> str:
        number = number_format(self.number, use_l10n=True, force_grouping=True)
        return _("fler än %(number)s") % {"number": number} if self.more else number


class Cursor(NamedTuple):
    values: list[Any]
    back: bool


def counted(queryset: QuerySet[Any], limit: int = 1000) -> Counted:
    """Exact up to the limit. The database never looks at more than one row beyond it."""
    number = queryset.order_by()[: limit + 1].count()
    return Counted(min(number, limit), number > limit)


def page(queryset: QuerySet[M], filters: MultiValueDict[str, str], *, order: Order, size: int = 50) -> Page[M]:
    """The page that the address asks for, in one query.

    `order` names fields ("-start") or expressions, never null: say Coalesce. The id is added last if it is not there.
    `filters` is the address's query (request.GET); every link keeps it. A cursor that is broken, or was made for
    another order, gives the first page. Where all rows beyond the cursor are gone the first page is read after all.
    """
    keys = sort_keys(queryset.model, order)
    signer = Signer(salt=f"{__name__} {queryset.model._meta.label} {keys!r}", sep=".")
    queryset = queryset.annotate(**{COLUMN.format(place): key.expression for place, key in enumerate(keys)})
    fields = [queryset.query.annotations[COLUMN.format(place)].output_field for place in range(len(keys))]
    cursor = read_cursor(signer, filters.get(PARAMETER), fields)
    back = cursor is not None and cursor.back
    turned = [turn(key) for key in keys] if back else keys
    beyond = queryset.filter(after(turned, cursor.values, fields)) if cursor else queryset
    rows = list(beyond.order_by(*turned)[: size + 1])
    if cursor and not rows:
        return page(queryset, without_cursor(filters), order=order, size=size)
    more = len(rows) > size
    rows = rows[:size][::-1] if back else rows[:size]

    def link(row: M, back: bool) -> str:
        return address(filters, signer.sign_object([back, *texts_of(row, keys)], compress=True))

    return Page(
        rows,
        first=address(filters) if cursor else "",
        previous=link(rows[0], True) if (more if back else cursor) else "",
        next=link(rows[-1], False) if more or back else "",
    )


def sort_keys(model: type[Model], order: Order) -> list[OrderBy]:
    keys = [key_of(each) for each in order]
    last = keys[-1].expression if keys else None
    if not (isinstance(last, F) and last.name in ("pk", model._meta.pk.name)):
        keys.append(OrderBy(F("pk"), descending=bool(keys) and keys[-1].descending))
    for key in keys:
        field = {f.name: f for f in model._meta.concrete_fields}.get(getattr(key.expression, "name", ""))
        if field is not None and field.null:
            raise TypeError(f"{model._meta.label}.{field.name} may be null: order by Coalesce")
    return keys


def key_of(each: Key) -> OrderBy:
    if isinstance(each, str):
        return OrderBy(F(each.removeprefix("-")), descending=each.startswith("-"))
    order = each if isinstance(each, OrderBy) else OrderBy(each)
    return OrderBy(written(order.expression), descending=order.descending)


def turn(key: OrderBy) -> OrderBy:
    return OrderBy(key.expression, descending=not key.descending)


class Written(Value):
    """A constant that stands in the SQL itself: SQLite knows an indexed expression only when it is written alike."""

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:
        sql, params = super().as_sqlite(compiler, connection, **context)  # type: ignore[misc]
        quote = connection.schema_editor().quote_value
        return sql % tuple(quote(value).replace("%", "%%") for value in params), []


def written(expression: Any) -> Any:
    """The expression with its constants written out."""
    if isinstance(expression, Value):
        return Written(expression.value, output_field=expression._output_field_or_none)  # type: ignore[attr-defined]
    if not hasattr(expression, "get_source_expressions"):
        return expression
    copied = expression.copy()
    copied.set_source_expressions([written(inner) for inner in expression.get_source_expressions()])
    return copied


class RowsBeyond(Func):
    """(a, b) > (x, y): compared from left to right by both databases. `columns` and `values` are of the same length."""

    output_field = BooleanField()

    def __init__(self, sign: str, columns: Sequence[Any], values: Sequence[Any]) -> None:
        super().__init__(*columns, *values)
        self.sign, self.length = sign, len(columns)

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        found = [compiler.compile(each) for each in self.get_source_expressions()]
        left, right = (", ".join(sql for sql, _ in half) for half in (found[: self.length], found[self.length :]))
        return f"({left}) {self.sign} ({right})", [value for _, params in found for value in params]

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:
        """SQLite finds its place in an index of expressions by the first of them, and only when asked for it alone."""
        sql, params = self.as_sql(compiler, connection)
        column, value = (compiler.compile(self.source_expressions[place]) for place in (0, self.length))
        return f"({column[0]} {self.sign}= {value[0]} AND {sql})", [*column[1], *value[1], *params]


def after(keys: list[OrderBy], values: list[Any], fields: list[Any]) -> Any:
    """The condition for rows after the one that has these values."""
    columns = [key.expression for key in keys]
    wanted = [Value(value, output_field=field) for value, field in zip(values, fields, strict=True)]
    if len({key.descending for key in keys}) == 1:
        return RowsBeyond("<" if keys[0].descending else ">", columns, wanted)
    return after_in_mixed_order(keys, columns, wanted)


def after_in_mixed_order(keys: list[OrderBy], columns: list[Any], wanted: list[Any]) -> Q:
    """Rows cannot be compared when one key falls and another rises. The first bound lets an index begin there."""
    ways = []
    for place, key in enumerate(keys):
        beyond = LessThan if key.descending else GreaterThan
        same = [Q(Exact(columns[i], wanted[i])) for i in range(place)]
        ways.append(reduce(and_, same, Q(beyond(columns[place], wanted[place]))))
    bound = LessThanOrEqual if keys[0].descending else GreaterThanOrEqual
    return Q(bound(columns[0], wanted[0])) & reduce(or_, ways)


def texts_of(row: Model, keys: list[OrderBy]) -> list[str]:
    values = [getattr(row, COLUMN.format(place)) for place in range(len(keys))]
    if None in values:
        raise TypeError(f"{keys!r} gave null for {row._meta.label} {row.pk}: order by Coalesce")
    return [str(value) for value in values]


def read_cursor(signer: Signer, text: str | None, fields: list[Any]) -> Cursor | None:
    try:
        back, *texts = signer.unsign_object(text or "")
    except BadSignature:
        return None
    return Cursor([field.to_python(each) for field, each in zip(fields, texts, strict=True)], back)


def without_cursor(filters: MultiValueDict[str, str]) -> MultiValueDict[str, str]:
    return MultiValueDict({name: values for name, values in filters.lists() if name != PARAMETER})


def address(filters: MultiValueDict[str, str], cursor: str = "") -> str:
    """Never empty: "?" alone is the same page without filters."""
    pairs = [(name, value) for name, values in without_cursor(filters).lists() for value in values]
    return "?" + urlencode([*pairs, (PARAMETER, cursor)] if cursor else pairs)
