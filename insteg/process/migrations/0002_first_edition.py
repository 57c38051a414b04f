from django.db import migrations
from django.utils import timezone

from insteg.core.triggers import refuse

SAYS = "A published rule set is frozen"
PUBLISHED = "OLD.published_at IS NOT NULL"


def first_edition(apps, editor):
    """The working model's own criteria (R20), in force from the first day."""
    note = "Arbetsmodellens egna villkor."
    apps.get_model("process", "RuleSet").objects.create(edition=1, published_at=timezone.now(), note=note)


class Migration(migrations.Migration):
    dependencies = [("process", "0001_initial")]
    operations = [
        migrations.RunPython(first_edition, migrations.RunPython.noop),
        refuse("UPDATE", "process_ruleset", says=SAYS, when=PUBLISHED),
        refuse("DELETE", "process_ruleset", says=SAYS, when=PUBLISHED),
    ]
