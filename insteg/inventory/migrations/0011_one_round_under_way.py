from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inventory", "0010_joined")]
    operations = [
        migrations.AddConstraint(
            model_name="inventoryround",
            constraint=models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(("closed_at", None), ("opened_at__isnull", False)),
                name="one_round_under_way",
                violation_error_message="En annan inventering pågår. Stäng den först.",
            ),
        ),
    ]
