"""Faults in the seals of the log: what they cover, whom they wait for, and what a pruning lets go."""

from tests.mutations.mutation import Mutation

SEALS, PRUNING, LATE = "tests/audit/test_seals.py", "tests/audit/test_pruning.py", "tests/concurrency/test_sealing.py"
SEALING, VERIFYING, PROMISES = (
    f"insteg/audit/{name}.py" for name in ("sealing", "verifying", "migrations/0004_seals_stay")
)

SEALED_LOG = [
    Mutation(
        "a gap is sealed that somebody may still fill",
        SEALING,
        'connection.vendor != "postgresql" or writers_have_gone()',
        'connection.vendor != "postgresql" or True',
        (f"{LATE}::test_nothing_is_sealed_past_a_number_that_somebody_has_in_hand",),
        postgresql=True,
    ),
    Mutation(
        "an entry that nobody knew of is numbered nought",
        VERIFYING,
        "    if stray is not None:\n",
        "    if stray:\n",
        (f"{SEALS}::test_an_entry_before_the_first_is_found",),
    ),
    Mutation(
        "a seal is anchored onto a chain that was rewritten",
        "insteg/audit/anchors.py",
        "        if last and not Seal.objects.filter(number=last.number, hash=last.hash).exists():\n",
        "        if last and not Seal.objects.filter(number=last.number).exists():\n",
        (f"{SEALS}::test_nothing_is_anchored_onto_another_chain",),
    ),
    Mutation(
        "a pruning is believed without its anchor",
        VERIFYING,
        "        if (seal, moment(before)) not in known:\n",
        "        if seal < 0:\n",
        (f"{PRUNING}::test_a_pruning_that_no_anchor_knows_is_a_fault",),
    ),
    Mutation(
        "a pruning lets younger entries go",
        PROMISES,
        "WHERE e.id <= s.last AND e.at < p.before)",
        "WHERE e.id <= s.last)",
        (f"{PRUNING}::test_a_younger_entry_among_what_is_pruned_stays",),
    ),
    Mutation(
        "a second factor goes though the log cannot be written",
        "insteg/organisations/sign_in/views.py",
        "class DeactivateTOTP(DeactivateTOTPView):\n    @transaction.atomic\n",
        "class DeactivateTOTP(DeactivateTOTPView):\n",
        ("tests/audit/test_unlogged.py::test_a_second_factor_that_cannot_be_logged_is_neither_removed_nor_added",),
    ),
]
