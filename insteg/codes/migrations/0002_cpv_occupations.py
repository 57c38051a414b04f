import uuid

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import insteg.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("codes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CpvOccupation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=insteg.core.clock.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "cpv",
                    models.CharField(
                        max_length=8,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d{2,8}$", "Skriv två till åtta siffror: de första i CPV-koden."
                            )
                        ],
                        verbose_name="CPV-kodens början",
                    ),
                ),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="borttaget")),
                (
                    "occupation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="codes.occupation",
                        verbose_name="yrke",
                    ),
                ),
            ],
            options={
                "verbose_name": "yrke för CPV-kod",
                "verbose_name_plural": "yrken för CPV-koder",
                "ordering": ["cpv", "occupation"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cpv", "occupation"),
                        name="an_occupation_once_for_a_cpv",
                        violation_error_message="Det yrket finns redan för den CPV-koden.",
                    )
                ],
            },
        ),
    ]
