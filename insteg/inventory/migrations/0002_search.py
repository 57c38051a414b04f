import django.db.models.functions.comparison
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TEXT = "UPPER((title || ' ' || reference || ' ' || description))"


def create(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """For queries.SEARCHED: whatever part of a word is looked for. SQLite has nothing of the kind and reads every row.

    pg_trgm comes with PostgreSQL, and whoever owns the database may add it.
    """
    if editor.connection.vendor == "postgresql":
        editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        editor.execute(f"CREATE INDEX planned_by_words ON inventory_plannedprocurement USING gin ({TEXT} gin_trgm_ops)")


def drop(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX planned_by_words")


class Migration(migrations.Migration):
    dependencies = [("inventory", "0001_initial")]
    operations = [
        migrations.RunPython(create, drop),
        migrations.AddIndex(
            model_name="plannedprocurement",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce(
                    "start", models.Value("9999-12-31", output_field=models.DateField())
                ),
                models.F("id"),
                condition=models.Q(("withdrawn_at__isnull", False)),
                name="withdrawn_by_start",
            ),
        ),
    ]
