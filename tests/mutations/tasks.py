"""Faults in what is said to wait for someone: whose turn it is, and how much of it is read."""

from tests.mutations.mutation import Mutation

TASKS, HOME = "tests/process/test_tasks.py", "tests/home/test_tasks.py"
IN_CASES = "insteg/process/queries/tasks.py"

WHAT_WAITS = [
    Mutation(
        "what a colleague has taken is mine to do",
        IN_CASES,
        "Q(handler=None) | ~Q(handler__in=at_work())",
        "Q(step__isnull=False)",
        (f"{TASKS}::test_what_a_colleague_has_taken_is_told_apart_and_what_i_have_taken_is_mine",),
    ),
    Mutation(
        "what someone took who has left waits for nobody",
        IN_CASES,
        " | ~Q(handler__in=at_work())",
        "",
        (f"{TASKS}::test_what_someone_took_who_has_left_waits_for_whoever_is_there",),
    ),
    Mutation(
        "those who hold two lanes are told of their own step as another's",
        IN_CASES,
        "                theirs &= ~mine\n",
        "                pass\n",
        (f"{TASKS}::test_whoever_holds_two_lanes_is_told_once",),
    ),
    Mutation(
        "an item that is answered is still to do",
        IN_CASES,
        ".filter(~Exists(answered))",
        "",
        (f"{TASKS}::test_an_item_of_mine_in_anothers_step_waits_until_it_is_answered",),
    ),
    Mutation(
        "an item is due when its step is",
        IN_CASES,
        "each._replace(due_on=due[day])",
        "each",
        (f"{TASKS}::test_items_are_late_by_their_own_dates",),
    ),
    Mutation(
        "what a room tells of itself is told twice",
        IN_CASES,
        " if step.key not in self.subject.told",
        "",
        (f"{TASKS}::test_steps_that_a_room_tells_of_itself_are_left_out",),
    ),
    Mutation(
        "the number is said to be all when there are more",
        IN_CASES,
        "more=len(found) > most",
        "more=False",
        (f"{TASKS}::test_no_more_are_looked_at_than_are_needed_and_the_line_says_so",),
    ),
    Mutation(
        "what colleagues and others have to do is counted as one's own in another membership",
        "insteg/organisations/queries.py",
        "task.whose is Whose.MINE for task in tasks",
        "1 for task in tasks",
        (f"{HOME}::test_only_what_is_ones_own_is_counted_in_another_membership",),
    ),
]
