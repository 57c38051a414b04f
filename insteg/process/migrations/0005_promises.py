"""What is published stays as it is, a draft starts no case, and history is stamped once: for every writer."""

from django.db import migrations

from insteg.core.triggers import refuse

FROZEN = "A published process is changed by a new edition"
OF_STEP = "SELECT p.published_at FROM process_process p JOIN process_step s ON s.process_id = p.id WHERE s.id = {row}."
OWNER = {  # how to find the process of a row; locked, so that publishing and a writer under way wait for each other
    "process_phase": "SELECT p.published_at FROM process_process p WHERE p.id = {row}.process_id",
    "process_step": "SELECT p.published_at FROM process_process p WHERE p.id = {row}.process_id",
    "process_item": f"{OF_STEP}step_id",
    "process_move": f"{OF_STEP}source_id",
}
ROWS = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}
# What a stay in a step is about never changes; once left, nothing does.
STAMPED = (
    "OLD.left_at IS NOT NULL OR NEW.step_id <> OLD.step_id OR NEW.run_id <> OLD.run_id"
    " OR NEW.entered_at <> OLD.entered_at OR NEW.entered_by <> OLD.entered_by"
)
LEFT = "(SELECT left_at FROM process_visit WHERE id = {row}.visit_id) IS NOT NULL"


def published(table: str, event: str) -> str:
    return " OR ".join(f"({OWNER[table].format(row=row)} {{lock}}) IS NOT NULL" for row in ROWS[event])


def left(event: str) -> str:
    return " OR ".join(LEFT.format(row=row) for row in ROWS[event])


class Migration(migrations.Migration):
    dependencies = [("process", "0004_working_model")]
    operations = [
        *(refuse(event, table, says=FROZEN, when=published(table, event)) for table in OWNER for event in ROWS),
        refuse("UPDATE", "process_process", says=FROZEN, when="OLD.published_at IS NOT NULL"),
        refuse("DELETE", "process_process", says=FROZEN, when="OLD.published_at IS NOT NULL"),
        *(
            refuse(
                event,
                "process_run",
                says="A draft starts no case",
                when="(SELECT published_at FROM process_process WHERE id = NEW.process_id) IS NULL",
            )
            for event in ("INSERT", "UPDATE")
        ),
        refuse("UPDATE", "process_visit", says="A visit is stamped once", when=STAMPED),
        refuse("DELETE", "process_visit", says="A visit is stamped once"),
        refuse(
            "INSERT",
            "process_visit",
            says="A case stands in a step of its own edition",
            when="(SELECT process_id FROM process_step WHERE id = NEW.step_id)"
            " <> (SELECT process_id FROM process_run WHERE id = NEW.run_id)",
        ),
        *(
            refuse(event, "process_itemanswer", says="A visit that is left keeps its answers", when=left(event))
            for event in ROWS
        ),
    ]
