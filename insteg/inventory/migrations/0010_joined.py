from django.db import migrations, models
from django.db.models.functions import Coalesce

BY_START = (Coalesce("start", models.Value("9999-12-31", output_field=models.DateField())), models.F("id"))


class Migration(migrations.Migration):
    dependencies = [("inventory", "0009_when_they_were_written_to")]
    operations = [
        migrations.AddIndex(
            model_name="plannedprocurement",
            index=models.Index(*BY_START, condition=models.Q(("merged_into__isnull", False)), name="joined_by_start"),
        ),
        migrations.AddIndex(
            model_name="plannedprocurement",
            index=models.Index(
                *BY_START,
                condition=models.Q(("merged_into", None), ("shared", True), ("withdrawn_at", None)),
                name="shared_by_start",
            ),
        ),
    ]
