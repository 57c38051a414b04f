import django.core.validators
from django.db import migrations, models

from insteg.core.triggers import refuse

SAYS = "A published rule set is frozen"
PUBLISHED = "OLD.published_at IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [
        ("process", "0002_first_edition"),
    ]

    operations = [
        migrations.AddField(
            model_name="ruleset",
            name="full_time_months_per_place",
            field=models.PositiveSmallIntegerField(
                default=100,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(10000),
                ],
                verbose_name="heltidsmånader per plats",
            ),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="most_percent_of_staffing",
            field=models.PositiveSmallIntegerField(
                default=10,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)],
                verbose_name="högst så många procent av bemanningen samtidigt",
            ),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="planning_months",
            field=models.PositiveSmallIntegerField(
                default=4,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)],
                verbose_name="planering, kortaste tid i månader",
            ),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="procurement_months",
            field=models.PositiveSmallIntegerField(
                default=4,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)],
                verbose_name="upphandling, månader",
            ),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="safe_planning_months",
            field=models.PositiveSmallIntegerField(
                default=8,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)],
                verbose_name="planering, trygg tid i månader",
            ),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="services_value_per_place",
            field=models.PositiveBigIntegerField(
                default=25000000,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="tjänst: kronor per plats",
            ),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="warn_below_months",
            field=models.PositiveSmallIntegerField(
                default=8,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)],
                verbose_name="varna när det är kortare i allt, månader",
            ),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="works_value_per_place",
            field=models.PositiveBigIntegerField(
                default=50000000,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="entreprenad: kronor per plats",
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleset",
            constraint=models.CheckConstraint(
                condition=models.Q(("safe_planning_months__gte", models.F("planning_months"))),
                name="the_safe_planning_is_the_longer",
                violation_error_message="Den trygga tiden för planering kan inte vara kortare än den kortaste.",
            ),
        ),
        # SQLite has built the table anew without them.
        refuse("UPDATE", "process_ruleset", says=SAYS, when=PUBLISHED),
        refuse("DELETE", "process_ruleset", says=SAYS, when=PUBLISHED),
    ]
