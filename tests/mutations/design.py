"""Faults in how the model is changed, compared and published (R80)."""

from tests.mutations.mutation import Mutation

TESTS = "tests/process/design"
ACTIONS, WORDING, QUERIES = (
    f"insteg/process/{name}.py" for name in ("actions/design", "design_wording", "queries/design")
)

DESIGN = [
    Mutation(
        "a model with faults is published",
        ACTIONS,
        "    if wrong := faults(process):\n",
        "    if wrong := []:\n",
        (f"{TESTS}/test_actions.py::test_what_cannot_be_walked_is_not_published",),
    ),
    Mutation(
        "what somebody changed meanwhile is published unread",
        ACTIONS,
        "    if edition(process).seal != shown:\n",
        "    if False:\n",
        (f"{TESTS}/test_actions.py::test_what_was_not_read_is_not_published",),
    ),
    Mutation(
        "an arrow of a copy leads back into the edition it is a copy of",
        ACTIONS,
        "target=steps[move.target_id] if move.target_id else None",
        "target=move.target",
        (f"{TESTS}/test_actions.py::test_a_draft_begins_with_all_that_holds",),
    ),
    Mutation(
        "the difference keeps quiet of what an arrow says otherwise",
        WORDING,
        "        yield from of_move(was, move)\n",
        "",
        (f"{TESTS}/test_wording.py::test_each_thing_is_told",),
    ),
    Mutation(
        "a step is said to be reached from any other",
        QUERIES,
        "    reached = spread({found.steps[0].pk}, ahead)\n",
        "    reached = spread({*ahead}, ahead)\n",
        (f"{TESTS}/test_faults.py::test_nobody_reaches_a_step_without_an_arrow_to_it",),
    ),
]
