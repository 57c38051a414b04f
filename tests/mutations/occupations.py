"""Faults in which occupations are expected: what the table proposes, what people have said, and who may change it."""

from tests.mutations.mutation import Mutation

QUERIES, ACTIONS = "insteg/inventory/queries/occupations.py", "insteg/inventory/actions/occupations.py"
EXPECTED = "tests/inventory/test_occupations.py"
PAGES = "tests/inventory/test_occupation_pages.py"

OCCUPATIONS = [
    Mutation(
        "the shortest beginning speaks",
        "insteg/codes/beginnings.py",
        "for length in range(len(code), SHORTEST - 1, -1)]",
        "for length in range(SHORTEST, len(code) + 1)]",
        (f"{EXPECTED}::test_the_longest_beginning_that_fits_speaks",),
    ),
    Mutation(
        "a shorter beginning is found beside the one that speaks",
        QUERIES,
        'own + (f"(?!{\'|\'.join(longer)})" if (longer := self.longer(own)) else "")',
        "own",
        (f"{EXPECTED}::test_the_filter_finds_what_the_compilation_counts",),
    ),
    Mutation(
        "further CPV codes are not looked at",
        QUERIES,
        "    return [code for code in (cpv, *more_cpvs) if code]\n",
        "    return [code for code in (cpv,) if code]\n",
        (f"{EXPECTED}::test_what_people_have_said_stands_instead_of_the_table",),
    ),
    Mutation(
        "a removed pair goes on proposing",
        "insteg/codes/models.py",
        "        return self.filter(removed_at=None)\n",
        "        return self.all()\n",
        (f"{EXPECTED}::test_a_removed_pair_proposes_nothing",),
    ),
    Mutation(
        "loading brings a removed pair back",
        "insteg/codes/loading.py",
        "CpvOccupation.objects.values_list(",
        "CpvOccupation.objects.current().values_list(",
        ("tests/codes/test_short_lists.py::test_a_pair_that_was_removed_is_not_brought_back",),
    ),
    Mutation(
        "what was said before stays beside what is said now",
        ACTIONS,
        "    said.exclude(occupation__in=occupations).delete()\n",
        "",
        (f"{EXPECTED}::test_to_confirm_again_replaces_and_to_take_it_back_follows_the_table",),
    ),
    Mutation(
        "nothing ticked is taken for none needed",
        "insteg/inventory/forms/occupations.py",
        '        if not chosen and not said["none_needed"]:\n',
        "        if False:\n",
        (f"{PAGES}::test_that_no_particular_ones_are_needed_must_be_said",),
    ),
    Mutation(
        "a department counts what others plan",
        "insteg/inventory/access.py",
        "    Role.PROCURING: ours_not_joined,\n",
        "    Role.PROCURING: not_joined,\n",
        (f"{PAGES}::test_a_department_counts_its_own_and_changes_nothing",),
    ),
]
