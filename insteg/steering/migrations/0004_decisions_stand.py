"""A decision and approved minutes stand as they were made, and a decision follows one on the same procurement."""

from django.db import migrations

from insteg.core.triggers import refuse

OTHER_PROCUREMENT = "(SELECT planned_id FROM steering_decision WHERE id = NEW.follows_id) <> NEW.planned_id"
OTHER_ITEM = "(SELECT planned_id FROM steering_agendaitem WHERE id = NEW.item_id) <> NEW.planned_id"


class Migration(migrations.Migration):
    dependencies = [("steering", "0003_the_group_decides")]

    operations = [
        refuse("UPDATE", "steering_decision", says="A decision stands; a new one follows it"),
        refuse("DELETE", "steering_decision", says="A decision stands; a new one follows it"),
        refuse(
            "INSERT",
            "steering_decision",
            says="A decision is about its point, and follows one on the same procurement",
            when=f"{OTHER_PROCUREMENT} OR {OTHER_ITEM}",
        ),
        refuse("UPDATE", "steering_minutes", says="Approved minutes stand"),
        refuse("DELETE", "steering_minutes", says="Approved minutes stand"),
    ]
