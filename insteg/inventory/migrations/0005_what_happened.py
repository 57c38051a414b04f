from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from insteg.core.triggers import refuse


def say_what_happened(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """What was withdrawn so far will not be bought; and what was reported was confirmed when it was."""
    planned = apps.get_model("inventory", "PlannedProcurement").objects
    planned.filter(withdrawn_at__isnull=False).update(withdrawn_as="cancelled")
    planned.update(confirmed_at=models.F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("inventory", "0004_rounds")]
    operations = [
        migrations.RunPython(say_what_happened, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="plannedprocurement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_as", ""), ("withdrawn_at", None), ("withdrawn_reason", "")),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        models.Q(("withdrawn_as", ""), _negated=True),
                        models.Q(("withdrawn_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="withdrawn_with_a_reason",
                violation_error_message="Skriv varför upphandlingen dras tillbaka.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedprocurement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None),
                    models.Q(("withdrawn_at", None), models.Q(("merged_into", models.F("pk")), _negated=True)),
                    _connector="OR",
                ),
                name="joined_with_another_and_not_withdrawn",
            ),
        ),
        *(
            refuse(event, "inventory_answeredrow", says="An answer stands as it was sent")
            for event in ("UPDATE", "DELETE")
        ),
    ]
