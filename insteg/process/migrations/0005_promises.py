"""What is published stays as it is, a draft starts no case, and history is stamped once: for every writer."""

from django.db import migrations

from insteg.core.triggers import refuse

FROZEN = "A published process is changed by a new edition, and its rows keep together"
OF_STEP = "SELECT p.published_at FROM process_process p JOIN process_step s ON s.process_id = p.id WHERE s.id = {row}."
OWNER = {  # how to find the process of a row; locked, so that publishing and a writer under way wait for each other
    "process_phase": "SELECT p.published_at FROM process_process p WHERE p.id = {row}.process_id",
    "process_step": "SELECT p.published_at FROM process_process p WHERE p.id = {row}.process_id",
    "process_item": f"{OF_STEP}step_id",
    "process_move": f"{OF_STEP}source_id",
}
ROWS = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}
PROCESS_OF = "(SELECT process_id FROM process_step WHERE id = NEW.{step})"
# An arrow never leads into another edition, and a step is in a phase of its own.
ASTRAY = {
    "process_move": f"{PROCESS_OF.format(step='target_id')} <> {PROCESS_OF.format(step='source_id')}",
    "process_step": "(SELECT process_id FROM process_phase WHERE id = NEW.phase_id) <> NEW.process_id",
}
UNPUBLISHED = "(SELECT published_at FROM process_process WHERE id = NEW.process_id) IS NULL"
# A case changes its edition while it stands nowhere, between two visits, and is always of the same kind.
OTHER_EDITION = (
    "NEW.process_id <> OLD.process_id AND (EXISTS"
    " (SELECT 1 FROM process_visit WHERE run_id = NEW.id AND left_at IS NULL) OR"
    " (SELECT kind FROM process_process WHERE id = NEW.process_id)"
    " <> (SELECT kind FROM process_process WHERE id = OLD.process_id))"
)
# What a stay in a step is about never changes; once left, nothing does. It is left by an arrow from its own step.
STAMPED = (
    "OLD.left_at IS NOT NULL OR NEW.step_id <> OLD.step_id OR NEW.run_id <> OLD.run_id"
    " OR NEW.entered_at <> OLD.entered_at OR NEW.entered_by <> OLD.entered_by"
    " OR (SELECT source_id FROM process_move WHERE id = NEW.left_move_id) <> NEW.step_id"
)
ENDED = (
    "EXISTS (SELECT 1 FROM process_visit v JOIN process_move m ON m.id = v.left_move_id"
    " WHERE v.run_id = NEW.run_id AND m.target_id IS NULL)"
)
# The visit is locked, as a process is above.
LEFT = "(SELECT p.left_at FROM process_visit p WHERE p.id = {row}.visit_id {{lock}}) IS NOT NULL"
OTHER_STEP = (
    "(SELECT step_id FROM process_item WHERE id = NEW.item_id)"
    " <> (SELECT step_id FROM process_visit WHERE id = NEW.visit_id)"
)


def frozen(table: str, event: str) -> str:
    refused = [f"({OWNER[table].format(row=row)} {{lock}}) IS NOT NULL" for row in ROWS[event]]
    return " OR ".join([*refused, *([ASTRAY[table]] if table in ASTRAY and event != "DELETE" else [])])


def left(event: str) -> str:
    refused = [LEFT.format(row=row) for row in ROWS[event]]
    return " OR ".join([*refused, *([OTHER_STEP] if event != "DELETE" else [])])


class Migration(migrations.Migration):
    dependencies = [("process", "0004_working_model")]
    operations = [
        *(refuse(event, table, says=FROZEN, when=frozen(table, event)) for table in OWNER for event in ROWS),
        refuse("UPDATE", "process_process", says=FROZEN, when="OLD.published_at IS NOT NULL"),
        refuse("DELETE", "process_process", says=FROZEN, when="OLD.published_at IS NOT NULL"),
        refuse("INSERT", "process_run", says="A draft starts no case", when=UNPUBLISHED),
        refuse(
            "UPDATE",
            "process_run",
            says="A case that stands in a step keeps its edition",
            when=f"{UNPUBLISHED} OR ({OTHER_EDITION})",
        ),
        refuse("UPDATE", "process_visit", says="A visit is stamped once", when=STAMPED),
        refuse("DELETE", "process_visit", says="A visit is stamped once"),
        refuse(
            "INSERT",
            "process_visit",
            says="A case stands in a step of its own edition, and nowhere when it has ended",
            when=f"{PROCESS_OF.format(step='step_id')} <> (SELECT process_id FROM process_run WHERE id = NEW.run_id)"
            f" OR {ENDED}",
        ),
        *(
            refuse(event, "process_itemanswer", says="An answer belongs to where the case stands", when=left(event))
            for event in ROWS
        ),
    ]
