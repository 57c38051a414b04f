from django.db import migrations


class Migration(migrations.Migration):
    """Another name in the code alone: the table keeps its own, which the previous release asks for (docs/adr/0019)."""

    dependencies = [("home", "0002_the_statement")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterModelTable("Feedback", "home_feedback"),
                migrations.RenameModel("Feedback", "Remark"),
            ]
        )
    ]
