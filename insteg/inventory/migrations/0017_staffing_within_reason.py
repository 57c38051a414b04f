import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inventory", "0016_first_cases")]
    operations = [
        migrations.AlterField(
            model_name="plannedprocurement",
            name="fte",
            field=models.DecimalField(
                blank=True,
                decimal_places=1,
                max_digits=7,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(10000),
                ],
                verbose_name="årsarbetare",
            ),
        ),
    ]
