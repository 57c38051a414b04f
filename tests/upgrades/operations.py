"""What a migration may do while the previous release is at work beside it: a walk over its operations.

`faults` says what is wrong in plain words, for each operation that locks a table that is in use or takes away what
the previous release reads or writes. Tables that the new migrations made themselves are nobody's yet, and free.
"""

from collections.abc import Iterator, Sequence

from django.contrib.postgres.operations import (
    AddConstraintNotValid,
    AddIndexConcurrently,
    RemoveIndexConcurrently,
    ValidateConstraint,
)
from django.db import connection, models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.expressions import Value

from insteg.core.online import AddCheckUnread, AddIndexOnline, ReadCheck

Key = tuple[str, str]
ALONE = (AddIndexOnline, AddIndexConcurrently, RemoveIndexConcurrently, ReadCheck, ValidateConstraint)
HARMLESS = (
    operations.RemoveIndex,
    operations.RenameIndex,
    operations.RemoveConstraint,
    operations.AlterModelOptions,
    operations.AlterModelManagers,
    operations.AlterModelTableComment,
    *ALONE,
)
GONE = "den förra utgåvan läser eller skriver det: sluta använda det nu, ta bort det i utgåvan efter"
LATER = "lägg till det nya bredvid, skriv båda, och ta bort det gamla i utgåvan efter"
TAKES_AWAY = {
    operations.RemoveField: GONE,
    operations.DeleteModel: GONE,
    operations.RenameField: LATER,
    operations.RenameModel: LATER,
    operations.AlterModelTable: LATER,
}
REFUSED = {
    operations.AddIndex: "skrivare väntar medan indexet byggs: AddIndexOnline, ensam i en migrering med atomic = False",
    operations.AddConstraint: "alla rader läses under lås: AddCheckUnread, och ReadCheck i nästa migrering",
    AddCheckUnread: "den förra utgåvan kan skriva rader som vägras: säg varför den inte gör det",
    AddConstraintNotValid: "går inte på SQLite: AddCheckUnread",
    operations.AlterUniqueTogether: "indexet byggs under lås, och den förra utgåvan kan skriva dubbletter",
    operations.AlterIndexTogether: "skrivare väntar medan indexet byggs: AddIndexOnline",
    operations.AlterOrderWithRespectTo: "kolumnen får ett värde i varje rad medan tabellen är låst",
}
KNOWN = {*HARMLESS, *TAKES_AWAY, *REFUSED, operations.CreateModel, operations.AddField, operations.AlterField}
UNSEEN = "vad den gör syns inte här: säg varför den varken håller lås länge eller stör den förra utgåvan"


class Fault:
    """One operation that is refused. `key` is what an exception names: the migration and the kind of operation."""

    def __init__(self, where: Key, operation: Operation, why: str) -> None:
        self.key = (".".join(where), type(operation).__name__)
        self.said = f"{self.key[0]}: {operation.describe()}: {why}"


def faults(loader: MigrationLoader, new: Sequence[Key], old: Sequence[Key]) -> list[Fault]:
    """`old` are the migrations that are released, `new` the others in the order in which they are run."""
    state = loader.project_state([*old], at_end=True)
    in_use = set(state.models)
    found = []
    for key in new:
        migration = loader.graph.nodes[key]
        found += faults_of(key, migration, state, in_use)
        state = migration.mutate_state(state)
    return found


def faults_of(key: Key, migration: Migration, state: ProjectState, in_use: set[Key]) -> Iterator[Fault]:
    """What the migration itself gives another name is put into `in_use`: the table is the same, and in use."""
    state = state.clone()
    for operation in migration.operations:
        for each in [*parts(operation)]:
            if why := fault(each, migration, state, in_use):
                yield Fault(key, each, why)
        for rename in renames(operation):
            if (migration.app_label, rename.old_name_lower) in in_use:
                in_use.add((migration.app_label, rename.new_name_lower))
        operation.state_forwards(migration.app_label, state)


def renames(operation: Operation) -> Iterator[operations.RenameModel]:
    """Of one that speaks to the database and to Django apart, Django's side: the names of models are nowhere else."""
    told = operation.state_operations if isinstance(operation, operations.SeparateDatabaseAndState) else [operation]
    yield from (each for each in told if isinstance(each, operations.RenameModel))


def parts(operation: Operation) -> Iterator[Operation]:
    """Of one that speaks to the database and to Django apart, only the database is of interest."""
    if isinstance(operation, operations.SeparateDatabaseAndState):
        for each in operation.database_operations:
            yield from parts(each)
    else:
        yield operation


def fault(operation: Operation, migration: Migration, state: ProjectState, in_use: set[Key]) -> str:
    """Why the operation is refused; empty when it is not."""
    named = getattr(operation, "model_name", getattr(operation, "name", "")) or getattr(operation, "old_name", "")
    table = (migration.app_label, named.lower())
    if isinstance(operation, ALONE) and (migration.atomic or len(migration.operations) > 1):
        return "ska stå ensam i en migrering med atomic = False, så att den kan göras om"
    if type(operation) not in KNOWN:
        return UNSEEN
    if type(operation) is operations.CreateModel or table not in in_use:
        return ""  # nobody's yet
    if isinstance(operation, operations.AddField):
        return of_added(operation.field)
    if isinstance(operation, operations.AlterField):
        before = state.models[table].get_field(operation.name)
        return of_altered(before, operation.field, operation.name)
    return "" if type(operation) in HARMLESS else {**TAKES_AWAY, **REFUSED}[type(operation)]


def of_added(field: models.Field) -> str:
    if field.many_to_many:
        return ""  # a table of its own
    if isinstance(field, models.GeneratedField):
        return "tabellen skrivs om under lås"
    if isinstance(field, models.fields.PositiveIntegerRelDbTypeMixin):
        return "villkoret läser alla rader under lås: SmallIntegerField och de andra utan Positive"
    if field.unique or field.db_index:
        return "indexet byggs under lås: db_index=False, och AddIndexOnline i en egen migrering"
    if field.has_db_default() and not isinstance(field._db_default_expression, Value):
        return "ett förval som räknas ut för varje rad skriver om tabellen under lås: null=True, och fyll på i delar"
    if not field.null and not field.has_db_default():
        return "den förra utgåvan skriver rader utan kolumnen: db_default eller null=True"
    return ""


def of_altered(before: models.Field, after: models.Field, name: str) -> str:
    for field in (before, after):
        field.set_attributes_from_name(name)
    if not connection.schema_editor()._field_should_be_altered(before, after):
        return ""  # words, choices and checks that only Python knows
    return "kolumnen ändras medan den är i bruk: säg varför den förra utgåvan tål det och att tabellen inte skrivs om"
