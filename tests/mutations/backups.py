"""Faults in what backs up and restores, and in what holds letters afterwards: each would pass in silence for years."""

from tests.mutations.mutation import Mutation

T, ARCHIVE = "tests/core/backups/", "insteg/core/backups/archive.py"
REFUSED, MADE, RESTORED = f"{T}test_refused.py", f"{T}test_made.py", f"{T}test_restored.py"
HELD = "tests/mail/test_held_letters.py"
OTHERWISE = f"{REFUSED}::test_what_was_put_together_in_another_way_is_noticed"

BACKUPS = [
    Mutation(
        "a table's imprint is not compared",
        ARCHIVE,
        'if not ended or parsed(ended) != {"rows": count, "sha256": seen.hexdigest()}:',
        "if not ended:",
        (OTHERWISE,),
    ),
    Mutation(
        "a file's imprint is not compared",
        ARCHIVE,
        'if said(source) != {"sha256": seen.hexdigest()}:',
        'if "sha256" not in said(source):',
        (OTHERWISE,),
    ),
    Mutation(
        "the manifest is not compared",
        ARCHIVE,
        'if part["manifest"] != manifest.told() or source.read(1):',
        "if source.read(1):",
        (f"{REFUSED}::test_an_imprint_alone_is_enough_to_notice", OTHERWISE),
    ),
    Mutation(
        "the fault of the opener is forgotten",
        "insteg/core/backups/sealing.py",
        "            self.fault = fault\n\n    def readable",
        "            pass\n\n    def readable",
        (f"{REFUSED}::test_one_flipped_bit_anywhere_is_noticed", f"{REFUSED}::test_another_key_does_not_open_it"),
    ),
    Mutation(
        "a disk that is full at the last writing passes",
        "insteg/core/backups/sealing.py",
        "    if into.fault:\n        raise into.fault\n",
        "",
        (f"{MADE}::test_a_disk_that_is_full_is_noticed_also_at_the_very_end",),
    ),
    Mutation(
        "a backup is of several moments",
        "insteg/core/backups/making.py",
        "with snapshot.snapshot(connection):",
        "if connection:",
        (f"{MADE}::test_a_backup_is_of_one_moment_while_others_write",),
    ),
    Mutation(
        "a backup is not sealed",
        "insteg/core/backups/sealing.py",
        "        pyrage.encrypt_io(source, into, recipients)\n",
        "        into.write(b''.join(source.chunks))\n",
        (
            f"{REFUSED}::test_another_key_does_not_open_it",
            f"{MADE}::test_nothing_is_plain_text_while_it_is_made_or_after",
        ),
    ),
    Mutation(
        "a backup is restored over what is there",
        "insteg/core/backups/restoring.py",
        "                if cursor.fetchone():\n",
        "                if not cursor.fetchone:\n",
        (f"{RESTORED}::test_what_is_broken_off_leaves_the_database_empty_and_can_be_done_again",),
    ),
    Mutation(
        "what was loaded is not read back",
        "insteg/core/backups/restoring.py",
        "        if loading.imprint(connection, table) != held:\n",
        "        if table.name != held.name:\n",
        (f"{RESTORED}::test_a_table_that_did_not_become_the_same_is_noticed",),
    ),
    Mutation(
        "the triggers are not put back",
        "insteg/core/backups/loading.py",
        "                for sql in back:\n",
        "                for sql in back[:0]:\n",
        (f"{T}test_content.py::test_what_the_database_promises_holds_when_it_is_restored",),
    ),
    Mutation(
        "numbers of the log come again",
        "insteg/core/backups/loading.py",
        "            if table.name not in counters:\n",
        "            if table.name in counters:\n",
        (f"{T}test_content.py::test_new_rows_are_numbered_after_those_that_are_gone",),
    ),
    Mutation(
        "the keys of then are not asked for",
        "insteg/core/backups/restoring.py",
        'if not without_keys and not secrets.opens(manifest.header["keys"]):',
        'if not manifest.header["keys"]:',
        (f"{RESTORED}::test_without_the_keys_of_then_it_says_so_before_anything_is_done",),
    ),
    Mutation(
        "a restored system sends its letters",
        "insteg/home/backups.py",
        "then=hold_letters,",
        "then=lambda tables, manifest: None,",
        ("tests/home/test_backups.py::test_from_a_machine_to_another_and_on",),
    ),
    Mutation(
        "a letter leaves though letters are held",
        "insteg/mail/jobs.py",
        '    restored system before it is let go."""\n    if held():\n',
        '    restored system before it is let go."""\n    if held() and letter is None:\n',
        (f"{HELD}::test_nothing_leaves_a_restored_system",),
    ),
    Mutation(
        "old letters go with the new",
        "insteg/mail/actions.py",
        "waiting().filter(created_at__lt=hold.created_at)",
        "waiting().none()",
        (f"{HELD}::test_what_waits_is_sent_or_thrown_away_as_the_administrator_says",),
    ),
]
