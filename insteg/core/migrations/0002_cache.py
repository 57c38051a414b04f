from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def create(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """The table in which rate limits are counted: one step less to forget at installation."""
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_swedish_order")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
