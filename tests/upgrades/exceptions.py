"""What the static check refuses and is done all the same: the migration, the operation, and why it does no harm.

A reason says both why nobody waits at a million rows and why the previous release goes on as before. Emptied when a
release is made: what is released is frozen.
"""

EXCEPTIONS: dict[tuple[str, str], str] = {
    ("steering.0004_decisions_stand", "RunPython"): (
        "Triggers on tables that the migration before it makes: there is no row to read, nobody writes there yet, and"
        " the previous release does not know them."
    ),
    ("audit.0004_seals_stay", "RunPython"): (
        "Triggers: no row is read, and the locks on the log's two tables are held for 0.2 s at a million rows. They"
        " refuse less than before on the log, and all else on tables that the previous release does not know."
    ),
}
