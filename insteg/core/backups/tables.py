"""Which tables a backup holds, and what kind of value each column has, in words that belong to no database."""

from typing import NamedTuple

from django.apps import apps
from django.db.models import DecimalField, Field, Model

# What is left out, and why. Every other table is kept: a new one need not be thought of.
LEFT_OUT = {
    "sessions.Session": "everyone signs in anew",
    "usersessions.UserSession": "tells of the sessions",
    "django_q.Schedule": "the worker lays it when it starts, from then on",
}
MADE_OTHERWISE = ("django_migrations", "cache")  # by migrating; counts of failed sign-ins are not worth keeping

KINDS = {
    "CharField": "text", "TextField": "text", "SlugField": "text", "FileField": "text", "GenericIPAddressField": "text",
    "AutoField": "number", "BigAutoField": "number", "IntegerField": "number", "BigIntegerField": "number",
    "SmallIntegerField": "number", "PositiveIntegerField": "number", "PositiveSmallIntegerField": "number",
    "PositiveBigIntegerField": "number", "BooleanField": "bool", "DateTimeField": "moment", "DateField": "day",
    "UUIDField": "uuid", "JSONField": "json", "FloatField": "float", "BinaryField": "bytes",
}  # fmt: skip


class Column(NamedTuple):
    name: str
    kind: str


class Table(NamedTuple):
    """`key` is the column that puts the rows in an order that is the same on both databases."""

    name: str
    key: str
    columns: tuple[Column, ...]


def kept() -> list[Table]:
    """Every table that is backed up, by name."""
    return sorted(table_of(model) for model in concrete() if model._meta.label not in LEFT_OUT)


def left_out() -> list[str]:
    return sorted(model._meta.db_table for model in concrete() if model._meta.label in LEFT_OUT)


def concrete() -> list[type[Model]]:
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.managed and not model._meta.proxy]


def table_of(model: type[Model]) -> Table:
    columns = [Column(field.column, kind_of(field)) for field in model._meta.concrete_fields if not field.generated]
    return Table(model._meta.db_table, model._meta.pk.column, tuple(columns))


def kind_of(field: "Field[object, object]") -> str:
    """Raises KeyError for a field of a type that nobody has thought of."""
    while field.remote_field:
        field = field.target_field  # type: ignore[attr-defined]
    if isinstance(field, DecimalField):
        return f"decimal:{field.decimal_places}"
    return KINDS[field.get_internal_type()]


def stored_files() -> list[tuple[str, str]]:
    """Table and column of every field that names a stored file."""
    return [
        (model._meta.db_table, field.column)
        for model in concrete()
        for field in model._meta.concrete_fields
        if field.get_internal_type() == "FileField"
    ]
