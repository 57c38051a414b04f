"""Operations for tables that are in use while the migration runs, on both databases. Each is repeatable: an attempt
that was broken off leaves nothing that stops the next. The migration says `atomic = False`, and holds nothing else.

None of them keeps readers or writers waiting on PostgreSQL; they themselves wait for transactions that are under way,
which core's `migrate` lets them do. On SQLite, which has one writer at a time, they do the plain thing.
"""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.exceptions import BadMigrationError
from django.db.migrations.state import ProjectState


def patient(editor: BaseDatabaseSchemaEditor, sql: Any) -> None:
    """Waits for as long as it takes: what waits here stands in nobody's way."""
    if editor.connection.in_atomic_block:
        raise BadMigrationError("Set atomic = False on the migration")
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout')")
        before = cursor.fetchone()[0]
        cursor.execute("SET lock_timeout = 0")
        try:
            editor.execute(sql, params=None)
        finally:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [before])


class AddIndexOnline(migrations.AddIndex):
    atomic = False

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        name = schema_editor.quote_name(self.index.name)
        patient(schema_editor, f"DROP INDEX CONCURRENTLY IF EXISTS {name}")  # what a broken attempt left
        patient(schema_editor, self.index.create_sql(model, schema_editor, concurrently=True))


class AddCheckUnread(migrations.AddConstraint):
    """A check that holds for what is written from now on. The rows that are there are read by ReadCheck, later."""

    constraint: models.CheckConstraint
    model_name: str

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        made = self.constraint.create_sql(model, schema_editor)
        schema_editor.execute(f"{made} NOT VALID", params=None)


class ReadCheck(migrations.operations.base.Operation):
    """Reads the rows that were there before the check. One that breaks it stops the migration, and is named."""

    atomic = False
    reduces_to_sql = True

    def __init__(self, model_name: str, name: str) -> None:
        self.model_name, self.name = model_name, name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The model has had its check since AddCheckUnread."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
            quoted = (schema_editor.quote_name(name) for name in (table, self.name))
            patient(schema_editor, "ALTER TABLE {} VALIDATE CONSTRAINT {}".format(*quoted))

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """What has been read need not be unread."""

    def describe(self) -> str:
        return f"Read the rows of {self.model_name} that are older than the check {self.name}"
