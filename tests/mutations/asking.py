"""Faults in what organisations are asked for, and what counts as an answer."""

from tests.mutations.mutation import Mutation

ASKING = "tests/inventory/test_asking.py"

QUESTIONS = [
    Mutation(
        "what was said to be unknown before the question answers it",
        "insteg/inventory/asking.py",
        " and row.confirmed_at > asked_at",
        "",
        (f"{ASKING}::test_what_was_said_to_be_unknown_before_the_question_is_no_answer_to_it",),
    ),
    Mutation(
        "what was asked yesterday is asked today",
        "insteg/inventory/asking.py",
        "asked_on and today < again_from(asked_on)",
        "asked_on and False",
        (f"{ASKING}::test_the_same_fact_is_not_asked_for_twice_in_three_working_days",),
    ),
    Mutation(
        "a fact that is being told is asked for",
        "insteg/inventory/actions/questions.py",
        'list(waiting.order_by("pk").select_for_update(no_key=True))',
        "pass",
        ("tests/concurrency/test_two_ask.py::test_a_fact_that_is_being_told_is_waited_for_and_not_asked_for",),
        postgresql=True,
    ),
    Mutation(
        "half an answer is taken for a whole one",
        "insteg/inventory/queries/answering.py",
        "Q(Exists(about)) & ~unknown | ",
        "",
        ("tests/inventory/test_answering.py::test_half_an_answer_still_waits",),
    ),
    Mutation(
        "what is joined is locked in any order",
        "insteg/inventory/actions/shared.py",
        ", first=in_order",
        "",
        ("tests/concurrency/test_joining_and_saving.py",),
        postgresql=True,
    ),
]
