from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def create(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """On SQLite the connection brings the collation (core/sqlite)."""
    if editor.connection.vendor == "postgresql":
        editor.execute("CREATE COLLATION IF NOT EXISTS swedish (provider = icu, locale = 'sv-SE')")


def drop(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP COLLATION IF EXISTS swedish")


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunPython(create, drop)]
