import uuid

from django.db import migrations, models

import insteg.core.clock


class Migration(migrations.Migration):
    dependencies = [("mail", "0003_not_before")]
    operations = [
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=insteg.core.clock.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("backup_from", models.DateTimeField(verbose_name="säkerhetskopian gjordes")),
                ("released_at", models.DateTimeField(blank=True, null=True, verbose_name="släppta")),
                ("dropped", models.PositiveIntegerField(default=0, verbose_name="kastade brev")),
            ],
            options={
                "verbose_name": "brevstopp",
                "verbose_name_plural": "brevstopp",
                "ordering": ["-created_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.Value(1),
                        condition=models.Q(("released_at", None)),
                        name="letters_are_held_once_at_a_time",
                    )
                ],
            },
        ),
    ]
