"""Faults in the picture of the working model: what is drawn, and how many cases it says there are."""

from tests.mutations.mutation import Mutation

LAYOUT, PAGES = "tests/process/picture/test_layout.py", "tests/process/picture/test_pages.py"

PICTURE = [
    Mutation(
        "an arrow may go through a box",
        "insteg/process/picture/routes.py",
        "    return any(((other, own) if run.across else (own, other)) in taken for other in crossed)\n",
        "    return False\n",
        (f"{LAYOUT}::test_every_picture_can_be_read",),
    ),
    Mutation(
        "arrows may lie on each other",
        "insteg/process/picture/tracks.py",
        "        given.append((part, max(beside, default=-1) + 1))\n",
        "        given.append((part, 0))\n",
        (f"{LAYOUT}::test_no_two_arrows_lie_on_each_other",),
    ),
    Mutation(
        "cases of earlier editions are not counted",
        "insteg/process/queries/picture.py",
        "            found[kind, key] = Tally(title, earlier.now + now, earlier.late + is_late)\n",
        "            found[kind, key] = Tally(title, now, is_late)\n",
        (f"{PAGES}::test_cases_of_earlier_editions_are_counted_with_the_step_of_today",),
    ),
    Mutation(
        "cases in a step that is gone are lost",
        "insteg/process/cards/picture.py",
        "    return Board(composition, steps, sorted(gone), tallies is not None)\n",
        "    return Board(composition, steps, [], tallies is not None)\n",
        (f"{PAGES}::test_a_case_in_a_step_that_is_gone_is_never_lost",),
    ),
    Mutation(
        "what is due today is called late",
        "insteg/process/queries/picture.py",
        "due_on__lt=clock.today()",
        "due_on__lte=clock.today()",
        (f"{PAGES}::test_a_case_that_is_due_today_is_not_late",),
    ),
]
