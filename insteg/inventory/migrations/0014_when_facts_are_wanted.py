from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inventory", "0013_first_assessments")]
    operations = [
        migrations.AddField(
            model_name="factquestion",
            name="wanted_by",
            field=models.DateField(blank=True, null=True, verbose_name="svar önskas senast"),
        ),
    ]
