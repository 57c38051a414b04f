from django.db import migrations, models

from insteg.core.triggers import refuse

TABLE = "inventory_inventoryround"
ASKED = ("year", "term", "first_year", "last_year", "natures")
SAID = ("message", "closes_on", "value_floor")


def any_changed(names: tuple[str, ...]) -> str:
    return " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in names)


class Migration(migrations.Migration):
    """What was asked for stands once the letters have gone; a closed round says what it said."""

    dependencies = [("inventory", "0005_what_happened")]
    operations = [
        migrations.AddField(
            "roundrequest",
            "extended_because",
            models.CharField(blank=True, default="", max_length=200, verbose_name="skäl till förlängningen"),
            preserve_default=False,
        ),
        refuse(
            "UPDATE",
            TABLE,
            says="What a round asked for stands",
            when=f"(OLD.opened_at IS NOT NULL AND (NEW.opened_at IS NULL OR {any_changed(ASKED)}))"
            f" OR (OLD.closed_at IS NOT NULL AND NEW.closed_at IS NOT NULL AND ({any_changed(SAID)}))",
        ),
    ]
