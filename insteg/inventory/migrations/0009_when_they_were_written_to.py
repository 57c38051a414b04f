from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inventory", "0008_agreement_registers")]
    operations = [
        migrations.AddField(
            "roundrequest",
            "written_at",
            models.DateTimeField(blank=True, null=True, verbose_name="senaste brevet"),
        ),
        migrations.AddField(
            "roundrequest",
            "held_at",
            models.DateTimeField(blank=True, null=True, verbose_name="påminnelser hålls inne sedan"),
        ),
    ]
