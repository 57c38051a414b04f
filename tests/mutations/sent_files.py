"""Faults in the reading of files that somebody has sent: what they may cost, and whom."""

from tests.mutations.mutation import Mutation

APART, BROKEN = "tests/inventory/test_reading_apart.py", "tests/inventory/plan_reader/test_broken_files.py"
FILES, PACKED = "insteg/inventory/plan_reader/files.py", "insteg/inventory/plan_reader/packed.py"

SENT_FILES = [
    Mutation(
        "the process that reads has no bounds",
        "insteg/inventory/reading_apart.py",
        "    be_bounded()\n",
        "",
        (f"{APART}::test_no_reading_takes_more_memory_than_it_may",),
    ),
    Mutation(
        "the process that reads is waited for without end",
        "insteg/core/apart.py",
        ", timeout=LONGEST_WAIT",
        "",
        (f"{APART}::test_a_reading_that_waits_all_day_is_given_up",),
    ),
    Mutation(
        "the process that reads may write files",
        "insteg/core/apart.py",
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n",
        "",
        (f"{APART}::test_the_process_knows_no_secret_and_writes_no_file",),
    ),
    Mutation(
        "the process that reads knows the server's secrets",
        "insteg/core/apart.py",
        "env=told",
        "env=os.environ | told",
        (f"{APART}::test_the_process_knows_no_secret_and_writes_no_file",),
    ),
    Mutation(
        "an archive may grow to anything",
        PACKED,
        "declared > LARGEST_EXPANDED",
        "declared < 0",
        (f"{BROKEN}::test_broken_file_is_refused_with_the_reason",),
    ),
    Mutation(
        "an archive is believed about its sizes",
        PACKED,
        "if len(data) != promised or",
        "if",
        (f"{BROKEN}::test_broken_file_is_refused_with_the_reason",),
    ),
    Mutation(
        "a sheet is what is called one",
        PACKED,
        'if b"sheetData" in data and _has_far_cell(data)',
        'if "worksheets/" in name and _has_far_cell(data)',
        (f"{BROKEN}::test_broken_file_is_refused_with_the_reason",),
    ),
    Mutation(
        "merged cells may cover each other",
        FILES,
        "    if covered > height * width:\n",
        "    if covered < 0:\n",
        (f"{BROKEN}::test_broken_file_is_refused_with_the_reason",),
    ),
    Mutation(
        "the beginning of a long text is taken for the whole",
        "insteg/inventory/plan_reader/wording.py",
        " | avkortat",
        "",
        (f"{BROKEN}::test_a_cell_longer_than_any_figure_is_none",),
    ),
    Mutation(
        "a text is read however long it is",
        "insteg/inventory/plan_reader/wording.py",
        "    if len(text) > LONGEST_READ:\n",
        "    if len(text) > 10**9:\n",
        (f"{BROKEN}::test_a_cell_longer_than_any_figure_is_none",),
    ),
]
