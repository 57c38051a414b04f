from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mail", "0002_digest")]

    operations = [
        migrations.AddField(
            "message",
            "not_before",
            models.DateTimeField(blank=True, null=True, verbose_name="inte före"),
        ),
        migrations.AddField(
            "message",
            "unanswered",
            models.SmallIntegerField(db_default=0, default=0, verbose_name="lämnat utan svar"),
        ),
    ]
