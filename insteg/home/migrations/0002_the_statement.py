from django.db import migrations

from insteg.home.models import ONLY


def make(apps, schema_editor):
    apps.get_model("home", "Statement").objects.get_or_create(pk=ONLY)


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
