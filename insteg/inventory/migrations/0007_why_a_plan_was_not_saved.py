from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inventory", "0006_what_a_round_keeps")]

    operations = [
        migrations.AddField(
            model_name="planupload",
            name="not_saved",
            field=models.CharField(blank=True, max_length=1000, verbose_name="varför den inte blev sparad"),
        ),
    ]
