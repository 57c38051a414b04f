from django.db import migrations

from insteg.inventory.actions.judging import JUDGED, as_json
from insteg.inventory.judgement import judge
from insteg.inventory.reckoning import by_extent

BATCH = 500


def assess(apps, editor):
    """What was judged before assessments were kept gets its first one, by the edition that it was judged by.

    The proposal too: a short contract whose option nobody had told was said not to suit, and is a question now.
    """
    Planned, Assessment = apps.get_model("inventory", "PlannedProcurement"), apps.get_model("inventory", "Assessment")
    rows = Planned.objects.select_related("rule_set").order_by("pk")
    made, known = [], []
    for row in rows.iterator(chunk_size=BATCH):
        judgement = judge(row, row.rule_set)
        row.proposal = judgement.proposal
        row.missing, row.places = ",".join(judgement.missing), by_extent(row, row.rule_set).places
        known.append(row)
        made.append(
            Assessment(
                planned=row, number=1, rule_set=row.rule_set, proposal=row.proposal, places=row.places,
                facts={name: as_json(getattr(row, name)) for name in JUDGED},
                answers={each.key: each.answer for each in judgement.criteria},
            )
        )  # fmt: skip
    Planned.objects.bulk_update(known, ["proposal", "missing", "places"], batch_size=BATCH)
    Assessment.objects.bulk_create(made, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("inventory", "0012_assessments")]
    operations = [migrations.RunPython(assess, migrations.RunPython.noop)]
