"""Faults in what moves cases, and in what the database keeps of them (R80)."""

from tests.mutations.mutation import Mutation

ENGINE = "tests/process/engine"
MOVING, ITEMS, EDITIONS, FLOW = (f"{ENGINE}/test_{name}.py" for name in ("moving", "items", "editions", "flow"))
PROMISES, WALKS = f"{ENGINE}/test_promises.py", f"{ENGINE}/test_walks.py"
AT_ONCE = "tests/concurrency/test_moves.py"
ACTIONS, STANDING = "insteg/process/actions/cases.py", "insteg/process/queries/standing.py"
PROMISED = "insteg/process/migrations/0005_promises.py"

CASES = [
    Mutation(
        "a case is moved by another party than the arrow's",
        ACTIONS,
        "    if not way.mine:\n",
        "    if False:\n",
        (f"{MOVING}::test_a_step_is_moved_by_its_own_party",),
    ),
    Mutation(
        "an arrow that is another's than the step is taken by the step's party",
        STANDING,
        "Lane(move.lane or visit.step.lane)",
        "Lane(visit.step.lane)",
        (f"{MOVING}::test_an_arrow_may_be_anothers_than_the_step",),
    ),
    Mutation(
        "what is in the way is no hindrance",
        ACTIONS,
        "    if way.obstacles:\n",
        "    if False:\n",
        (f"{MOVING}::test_each_thing_in_the_way_has_a_sentence",),
    ),
    Mutation(
        "what is in the way is no hindrance to what goes on by itself",
        "insteg/process/flow.py",
        " and not way.obstacles",
        "",
        (f"{FLOW}::test_nothing_goes_on_past_an_item_or_without_the_reason_that_is_asked",),
    ),
    Mutation(
        "a case goes on by itself where a person is to say why",
        "insteg/process/flow.py",
        " and not way.move.reason_required",
        "",
        (f"{FLOW}::test_nothing_goes_on_past_an_item_or_without_the_reason_that_is_asked",),
    ),
    Mutation(
        "a case that goes on by itself is not in the log",
        "insteg/process/flow.py",
        "    tell(actor, because, [run for run, _standing, _move in free])\n",
        "",
        (WALKS, f"{FLOW}::test_those_that_nothing_hinders_go_on_and_each_is_in_the_log"),
    ),
    Mutation(
        "where somebody saw it stand is not asked",
        ACTIONS,
        "    if standing.visit.pk != seen_visit:\n",
        "    if False:\n",
        (f"{MOVING}::test_what_somebody_saw_before_a_colleague_moved_it_is_not_acted_on",),
    ),
    Mutation(
        "a colleague's answer is overwritten unseen",
        ACTIONS,
        "    if (point.answer and point.answer.pk) != seen_answer:\n",
        "    if False:\n",
        (f"{ITEMS}::test_what_a_colleague_said_meanwhile_is_not_overwritten",),
    ),
    Mutation(
        "an item is answered by another party than its own",
        STANDING,
        "answers.get((visit.pk, item.pk)), item.lane in mine)",
        "answers.get((visit.pk, item.pk)), bool(mine))",
        (f"{ITEMS}::test_an_item_is_answered_by_its_own_party",),
    ),
    Mutation(
        "a change of edition is a way past a step",
        STANDING,
        "    return [each for each in steps if each.key == step.key] or steps\n",
        "    return steps\n",
        (f"{EDITIONS}::test_to_change_edition_is_no_way_past_what_is_to_be_done", WALKS),
    ),
    Mutation(
        "a change of edition loses what was said",
        ACTIONS,
        "    return [visit, *flow.carry_answers({standing.visit.pk: visit})]\n",
        "    return [visit]\n",
        (f"{EDITIONS}::test_it_stands_in_the_same_step_of_the_newer_with_what_was_said_there",),
    ),
    Mutation(
        "a case goes back to an older edition",
        ACTIONS,
        " or process.edition <= now.edition:",
        ":",
        (f"{EDITIONS}::test_no_older_edition_and_no_draft_and_no_other_kind",),
    ),
    Mutation(
        "whoever had taken a case keeps it when it is another party's move",
        "insteg/process/flow.py",
        " if move.target.lane == standing.step.lane\n",
        "\n",
        (f"{MOVING}::test_whoever_took_it_keeps_it_while_it_is_the_same_partys_move",),
    ),
    Mutation(
        "a model that waits for a party without a part in it is published",
        "insteg/process/queries/design.py",
        "    return [*wrong, *without_part(found), *unmanned(found, external=False)]\n",
        "    return [*wrong, *unmanned(found, external=False)]\n",
        (f"{WALKS}::test_what_may_be_published_are_the_models_whose_every_walk_can_end",),
    ),
    Mutation(
        "a model that goes round for ever is published",
        "insteg/process/queries/design.py",
        "        elif step.pk not in ending:\n",
        "        elif False:\n",
        (f"{WALKS}::test_what_may_be_published_are_the_models_whose_every_walk_can_end",),
    ),
    Mutation(
        "a guard of another kind of case is asked",
        "insteg/process/guards.py",
        "if key in GUARDS and GUARDS[key].kind == kind]",
        "if key in GUARDS]",
        (f"{ENGINE}/test_standings.py::test_a_guard_of_another_kind_or_of_none_says_no",),
    ),
    Mutation(
        "the row that a case is about is not locked",
        ACTIONS,
        "    return [lock(SUBJECTS[kind].model, run=run.pk)]\n",
        "    return [SUBJECTS[kind].model._base_manager.get(run=run.pk)]\n",
        (f"{AT_ONCE}::test_a_person_and_a_room_in_opposite_orders_neither_wait_for_ever_nor_move_twice",),
        postgresql=True,
    ),
    Mutation(
        "a visit that is left already is left again",
        "insteg/process/flow.py",
        "    if left != len(visits):\n",
        "    if False:\n",
        (f"{FLOW}::test_what_is_left_once_is_not_left_again",),
    ),
    Mutation(
        "what is published can be changed",
        PROMISED,
        'refused = [f"({OWNER[table].format(row=row)} {{lock}}) IS NOT NULL" for row in ROWS[event]]\n    return " OR "'
        ".join([*refused, *([ASTRAY",
        'refused = ["1 = 0"]\n    return " OR ".join([*refused, *([ASTRAY',
        (f"{PROMISES}::test_what_is_published_is_frozen_on_every_road",),
    ),
    Mutation(
        "an arrow leads into another edition",
        PROMISED,
        "*([ASTRAY[table]] if table in ASTRAY and event",
        "*([ASTRAY[table]] if False and event",
        (f"{PROMISES}::test_an_arrow_leads_nowhere_but_within_its_own_edition",),
    ),
    Mutation(
        "where a case has stood can be written anew",
        PROMISED,
        '    "OLD.left_at IS NOT NULL OR NEW.step_id',
        '    "NEW.step_id',
        (f"{PROMISES}::test_a_visit_is_stamped_once",),
    ),
    Mutation(
        "an answer can be put where a case no longer stands",
        PROMISED,
        "refused = [LEFT.format(row=row) for row in ROWS[event]]",
        'refused = ["1 = 0"]',
        (f"{PROMISES}::test_a_visit_that_was_left_keeps_its_answers",),
    ),
    Mutation(
        "whoever adds to a draft does not wait for whoever publishes it",
        PROMISED,
        'IS NOT NULL" for row in ROWS[event]]\n    return " OR ".join([*refused, *([ASTRAY',
        'IS NOT NULL".replace("{lock}", "") for row in ROWS[event]]\n    return " OR ".join([*refused, *([ASTRAY',
        (f"{AT_ONCE}::test_nothing_is_added_to_a_draft_while_it_is_published",),
        postgresql=True,
    ),
]
