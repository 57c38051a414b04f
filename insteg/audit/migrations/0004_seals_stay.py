from django.db import migrations

from insteg.core.triggers import refuse

# What a pruning speaks of, and nothing else: sealed, up to its last seal, and older than it says.
PRUNED = "SELECT 1 FROM audit_pruning p JOIN audit_seal s ON s.number = p.seal_id"
ENTRY = f"NOT EXISTS ({PRUNED} WHERE OLD.id <= s.last AND OLD.at < p.before)"
SUBJECT = f"NOT EXISTS ({PRUNED} JOIN audit_entry e ON e.id = OLD.entry_id WHERE e.id <= s.last AND e.at < p.before)"
ADDED_TO = "The log is only added to"


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_seals")]
    operations = [
        refuse("DELETE", "audit_entry", says=ADDED_TO, when=ENTRY),
        refuse("DELETE", "audit_entrysubject", says=ADDED_TO, when=SUBJECT),
        *(refuse(event, "audit_seal", says="A seal stays") for event in ("UPDATE", "DELETE")),
        *(refuse(event, "audit_pruning", says="What was pruned stays said") for event in ("UPDATE", "DELETE")),
        # As long as Entry.Privacy says that the log is kept.
        refuse("INSERT", "audit_pruning", says="The log is kept longer", when="NEW.before > {months_ago:60}"),
    ]
