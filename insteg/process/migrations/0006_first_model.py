from django.db import migrations
from django.utils import timezone

from insteg.process.shipped import shipped, write

KINDS = ["planned_procurement", "procurement", "contract", "internship", "employment"]


def first_model(apps, editor):
    """The working model as it is shipped, in force from the first day (R80)."""

    def tables(name):
        return apps.get_model("process", name)

    for kind in KINDS:
        model = shipped(kind)
        process = tables("Process").objects.create(kind=kind, edition=1, note=model["note"])
        write(model, process, tables)
        tables("Process").objects.filter(pk=process.pk).update(published_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("process", "0005_promises")]
    operations = [migrations.RunPython(first_model, migrations.RunPython.noop)]
