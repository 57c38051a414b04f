from django.db import migrations

from insteg.core import clock
from insteg.core.workdays import shift

BATCH = 500


def told(row):
    """As the guard facts_told says of it: nothing is missing but what was said not to be known."""
    unknown = {*row.unknown_fields, *(["extent_known"] if row.extent_known is False else [])}
    return row.proposal == "not_suitable" or {*row.missing.split(",")} <= unknown | {""}


def begin(apps, editor):
    """What waits gets a case that stands where it would have stood: with its organisation until the facts are told."""
    Planned = apps.get_model("inventory", "PlannedProcurement")
    Run, Visit, Step = (apps.get_model("process", name) for name in ("Run", "Visit", "Step"))
    steps = {step.key: step for step in Step.objects.filter(process__kind="planned_procurement", process__edition=1)}
    waiting = Planned.objects.filter(run=None, withdrawn_at=None, merged_into=None).order_by("pk")
    while rows := list(waiting[:BATCH]):
        runs = Run.objects.bulk_create(Run(process_id=steps["report"].process_id) for _row in rows)
        visits = []
        for row, run in zip(rows, runs, strict=True):
            row.run = run
            step = steps["assess" if told(row) else "report"]
            due_on = shift(clock.today(), step.lead_workdays)
            visits.append(Visit(run=run, step=step, entered_by="system", due_on=due_on))
        Visit.objects.bulk_create(visits)
        Planned.objects.bulk_update(rows, ["run"])


class Migration(migrations.Migration):
    dependencies = [("inventory", "0015_cases")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
