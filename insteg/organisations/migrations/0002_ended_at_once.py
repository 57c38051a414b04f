from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="membership", name="no_person_is_the_system_or_a_link"),
        migrations.AddField(
            model_name="membership",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="avslutat"),
        ),
        migrations.AlterField(
            model_name="user", name="email", field=models.EmailField(max_length=254, verbose_name="e-postadress")
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at", None), ("withdrawn_at", None)),
                fields=("user",),
                name="one_open_invitation",
                violation_error_message="Personen har redan en inbjudan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ("invited", "visitor", "system")), _negated=True),
                name="no_person_is_the_system_or_a_link",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                fields=("email",),
                name="one_account_per_address",
                violation_error_message="Det finns redan en användare med den e-postadressen.",
            ),
        ),
    ]
