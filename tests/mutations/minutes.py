"""Faults in the minutes of the group's meeting, and in what each organisation is told and does."""

from tests.mutations.mutation import Mutation

MINUTES, FEEDBACK, NEXT = (f"tests/steering/test_{name}.py" for name in ("minutes", "feedback", "next_steps"))
APPROVING, TELLING = "insteg/steering/actions/minutes.py", "insteg/steering/actions/feedback.py"
MAY, WORDS, ASKED = (
    "insteg/steering/access.py",
    "insteg/steering/cards/minutes.py",
    "insteg/steering/queries/feedback.py",
)
LOOK = (
    'LOOK = Rule("öppna återkoppling som den som den är till", Feedback, {\n'
    "    Role.PROCURING: to_our_organisation,\n    Role.PROCUREMENT_UNIT: "
)

MINUTES_AND_FEEDBACK = [
    Mutation(
        "minutes are handed over before everyone's attendance is noted",
        APPROVING,
        "    if unknown:\n",
        "    if not listed:\n",
        (f"{MINUTES}::test_nobody_hands_over_before_everyones_attendance_is_noted",),
    ),
    Mutation(
        "what has changed since the chair read it is approved",
        APPROVING,
        "    if seal_of(said) != seen_words:\n",
        "    if not seen_words:\n",
        (f"{MINUTES}::test_what_has_changed_since_it_was_read_is_not_approved",),
    ),
    Mutation(
        "any member approves though the chair was there",
        MAY,
        "Q(Exists(own.filter(capacity=Attendance.Capacity.MEMBER))) & ~Q(Exists(chair))",
        "Q(Exists(own.filter(capacity=Attendance.Capacity.MEMBER)))",
        (f"{MINUTES}::test_nobody_else_approves_when_the_chair_was_there",),
    ),
    Mutation(
        "the minutes tell why somebody was away",
        WORDS,
        "        absent=[person(each) for each in said.listed",
        "        absent=[person(each, each.note) for each in said.listed",
        (f"{MINUTES}::test_why_somebody_was_away_stays_out",),
    ),
    Mutation(
        "the seal of the minutes follows the reader's language",
        WORDS,
        "    with override(LANGUAGE):\n        return sha256",
        "    if said.items:\n        return sha256",
        (f"{MINUTES}::test_the_seal_is_the_same_in_every_language",),
    ),
    Mutation(
        "what was withdrawn is said to come at the next meeting",
        WORDS,
        "about, gone or left,",
        "about, left,",
        (f"{MINUTES}::test_what_was_withdrawn_meanwhile_is_not_said_to_come_again",),
    ),
    Mutation(
        "a requirement is told without what to do or by when",
        TELLING,
        "not (line.next_step and line.due_on)",
        "not (line.next_step or line.due_on)",
        (f"{FEEDBACK}::test_a_requirement_says_what_to_do_and_by_when",),
    ),
    Mutation(
        "feedback that nobody gets is called sent",
        TELLING,
        "    if not receivers([feedback])[feedback.pk]:\n",
        "    if feedback.sent_at:\n",
        (f"{FEEDBACK}::test_nobody_is_told_when_nobody_would_get_it",),
    ),
    Mutation(
        "two who adjust lines do not notice each other",
        TELLING,
        "    if changed:  # whoever",
        "    if text != feedback.text:  # whoever",
        (f"{FEEDBACK}::test_two_who_adjust_are_told_of_each_other_also_when_only_a_line_changed",),
    ),
    Mutation(
        "the case is told of a decision that no longer stands",
        TELLING,
        "for line in lines if line.stands and ",
        "for line in lines if ",
        (f"{FEEDBACK}::test_a_case_that_has_gone_elsewhere_is_left_there",),
    ),
    Mutation(
        "feedback counts as read when the unit opens it",
        MAY,
        f"{LOOK}to_our_organisation,\n",
        f"{LOOK}from_us,\n",
        (f"{FEEDBACK}::test_the_first_who_opens_it_has_read_it",),
    ),
    Mutation(
        "what the group decided anew is started all the same",
        TELLING,
        "    if not line.stands:\n",
        "    if line.feedback.sent_at is None:\n",
        (f"{NEXT}::test_what_the_group_decided_anew_is_not_started",),
    ),
    Mutation(
        "a requirement is ticked off without a start",
        TELLING,
        "    if line.asks_to_start and not started([line]):\n",
        "    if not line.next_step:\n",
        (f"{NEXT}::test_what_a_requirement_asks_is_not_just_ticked_off",),
    ),
    Mutation(
        "what is over is still a task",
        ASKED,
        " & Q(feedback__sent_at__isnull=False, done_at=None, decision__followed_by=None)",
        " & Q(feedback__sent_at__isnull=False, done_at=None)",
        (f"{NEXT}::test_what_is_over_is_no_task",),
    ),
]
