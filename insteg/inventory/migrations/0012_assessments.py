import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import insteg.core.clock
from insteg.core.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [
        ("codes", "0002_cpv_occupations"),
        ("inventory", "0011_one_round_under_way"),
        ("organisations", "0003_unit_task"),
        ("process", "0003_places_and_lead_times"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=insteg.core.clock.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "number",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="bedömning nummer"
                    ),
                ),
                ("facts", models.JSONField(verbose_name="uppgifterna då")),
                ("answers", models.JSONField(verbose_name="svar på villkoren")),
                (
                    "proposal",
                    models.CharField(
                        choices=[
                            ("suitable", "Lämplig"),
                            ("needs_facts", "Behöver uppgifter"),
                            ("not_suitable", "Inte lämplig"),
                        ],
                        max_length=12,
                        verbose_name="förslag",
                    ),
                ),
                (
                    "places",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="platser efter omfattning"),
                ),
            ],
            options={
                "verbose_name": "bedömning",
                "verbose_name_plural": "bedömningar",
                "ordering": ["planned", "number"],
            },
        ),
        migrations.CreateModel(
            name="ExpectedOccupation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=insteg.core.clock.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
            ],
            options={
                "verbose_name": "väntat yrke",
                "verbose_name_plural": "väntade yrken",
                "ordering": ["planned", "occupation"],
            },
        ),
        migrations.CreateModel(
            name="FactQuestion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(default=insteg.core.clock.now, editable=False, verbose_name="skapad"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("fields", models.JSONField(verbose_name="uppgifter som saknas")),
            ],
            options={
                "verbose_name": "fråga om uppgifter",
                "verbose_name_plural": "frågor om uppgifter",
                "ordering": ["-created_at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="plannedprocurement",
            name="missing",
            field=models.CharField(blank=True, max_length=60, verbose_name="uppgifter som bedömningen saknar"),
        ),
        migrations.AddField(
            model_name="plannedprocurement",
            name="occupations_confirmed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="yrkena bekräftades"),
        ),
        migrations.AddField(
            model_name="plannedprocurement",
            name="places",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="platser efter omfattning"),
        ),
        migrations.AddField(
            model_name="plannedprocurement",
            name="places_reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="skäl till antalet platser"),
        ),
        migrations.AddField(
            model_name="plannedprocurement",
            name="places_set",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MaxValueValidator(999)],
                verbose_name="antal platser",
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedprocurement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("places_reason", ""), ("places_set", None)),
                    models.Q(("places_set__isnull", False), models.Q(("places_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="places_set_with_a_reason",
                violation_error_message="Skriv varför antalet platser är det rimliga.",
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="planned",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assessments",
                to="inventory.plannedprocurement",
                verbose_name="planerad upphandling",
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="rule_set",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="process.ruleset",
                verbose_name="regelverk",
            ),
        ),
        migrations.AddField(
            model_name="expectedoccupation",
            name="occupation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="codes.occupation",
                verbose_name="yrke",
            ),
        ),
        migrations.AddField(
            model_name="expectedoccupation",
            name="planned",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="occupations",
                to="inventory.plannedprocurement",
                verbose_name="planerad upphandling",
            ),
        ),
        migrations.AddField(
            model_name="factquestion",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="frågade",
            ),
        ),
        migrations.AddField(
            model_name="factquestion",
            name="planned",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="inventory.plannedprocurement",
                verbose_name="planerad upphandling",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(fields=("planned", "number"), name="assessments_are_numbered"),
        ),
        migrations.AddConstraint(
            model_name="expectedoccupation",
            constraint=models.UniqueConstraint(fields=("planned", "occupation"), name="an_occupation_is_expected_once"),
        ),
        *(
            refuse(event, "inventory_assessment", says="An assessment stands as it was made")
            for event in ("UPDATE", "DELETE")
        ),
    ]
