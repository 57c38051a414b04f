"""Faults in how letters are sent, and in how the second of two clicks is answered."""

from tests.mutations.mutation import Mutation

JOBS, SERVER, HANDED = "insteg/mail/jobs.py", "insteg/mail/server.py", "tests/mail/test_handed_over.py"
CLICKS = "tests/audit/test_second_click.py"

LETTERS = [
    Mutation(
        "two workers have the same letter in hand",
        JOBS,
        "letters.filter(free).update(",
        "letters.update(",
        ("tests/concurrency/test_two_workers.py::"
         "test_a_letter_that_one_worker_has_in_hand_is_left_alone_by_the_others",),
        postgresql=True,
    ),
    Mutation(
        "a letter that a dead worker had in hand is never taken up",
        JOBS,
        "free = Q(not_before=None) | Q(not_before__lte=now)",
        "free = Q(not_before=None)",
        (f"{HANDED}::test_a_letter_that_a_dead_worker_had_in_hand_is_taken_up_when_its_time_is_over",),
    ),
    Mutation(
        "a letter handed over without an answer goes again and again",
        JOBS,
        "        or copies >= MOST_COPIES\n",
        "",
        (f"{HANDED}::test_a_letter_that_was_handed_over_without_an_answer_goes_once_more_and_never_a_third_time",),
    ),
    Mutation(
        "silence after a whole letter is taken for any fault",
        SERVER,
        "            if self.handed_over:\n",
        "            if False:\n",
        (f"{HANDED}::test_a_letter_that_was_handed_over_without_an_answer_goes_once_more_and_never_a_third_time",),
    ),
    Mutation(
        "a full mailbox keeps the others waiting",
        SERVER,
        "    return all(code != CLOSING for code in codes) and not is_refusal(error)\n",
        "    return False\n",
        (f"{HANDED}::test_a_mailbox_that_is_full_keeps_no_other_letter_waiting",),
    ),
    Mutation(
        "a server that says no to everybody makes letters be given up",
        SERVER,
        "    return isinstance(error, smtplib.SMTPNotSupportedError) or not isinstance(error, OSError)\n",
        "    return True\n",
        (f"{HANDED}::test_a_server_that_says_no_to_everybody_is_away_and_no_letter_is_given_up_for_it",),
    ),
    Mutation(
        "a rude farewell counts as a failure",
        SERVER,
        "        with contextlib.suppress(OSError):\n            connection.quit()\n",
        "        connection.quit()\n",
        (f"{HANDED}::test_a_rude_farewell_does_not_send_the_letter_again",),
    ),
]  # fmt: skip

SECOND_CLICKS = [
    Mutation(
        "the second click is not led to where the first one was",
        "insteg/access/views.py",
        '            if row is None and before is not None and before.startswith("/"):\n',
        "            if False:\n",
        (f"{CLICKS}::test_who_takes_something_away_and_clicks_twice_is_led_to_the_same_place",),
    ),
    Mutation(
        "the second click is refused because its choice is gone",
        "insteg/audit/forms.py",
        "        return before is not None\n",
        "        return False\n",
        (f"{CLICKS}::test_asking_one_more_twice_is_one_letter_and_one_answer",),
    ),
    Mutation(
        "what was sent with an invitation leads in for ever",
        "insteg/organisations/views/invitation.py",
        "clock.now() - invitation.accepted_at < A_CLICK",
        "True",
        ("tests/organisations/test_invitations.py::test_what_was_sent_with_an_invitation_is_no_second_way_in",),
    ),
]
