"""Faults in what is told while the database is away: whether it was saved, and what may be sent again."""

from tests.mutations.mutation import Mutation

AWAY, UNSURE = "tests/home/test_away.py", "tests/home/test_unsure.py"

DATABASE_AWAY = [
    Mutation(
        "a database that is away is a fault of ours",
        "insteg/config/urls.py",
        'handler500 = "insteg.home.away.server_error"\n',
        "",
        (f"{AWAY}::test_every_page_and_file_says_that_it_rests",),
    ),
    Mutation(
        "a session that cannot be kept is a request that makes no sense",
        "insteg/home/away.py",
        "    if is_away(exception):\n",
        "    if not exception:\n",
        (f"{UNSURE}::test_it_is_unsure_too_when_all_was_saved_and_only_the_session_was_not",),
        postgresql=True,
    ),
    Mutation(
        "nobody remembers that something was saved",
        "insteg/core/away.py",
        "        self.may_have_saved = True\n",
        "",
        (f"{UNSURE}::test_it_is_unsure_too_when_all_was_saved_and_only_the_session_was_not",),
        postgresql=True,
    ),
    Mutation(
        "a commit without an answer is taken for none",
        "insteg/core/away.py",
        "            self.may_have_saved |= not _rolled_back(error)\n",
        "",
        (f"{UNSURE}::test_it_is_unsure_whether_it_was_saved_and_sent_again_it_is_there_once",),
        postgresql=True,
    ),
    Mutation(
        "what the database has refused is said to be unsure",
        "insteg/core/away.py",
        "|= not _rolled_back(error)",
        "|= True",
        (f"{UNSURE}::test_what_is_refused_by_the_database_itself_is_surely_not_saved",),
        postgresql=True,
    ),
    Mutation(
        "a password is sent back",
        "insteg/home/typed.py",
        "if name == TOKEN or not SECRET.search(name)]",
        "]",
        (f"{AWAY}::test_a_password_is_never_sent_back",),
    ),
    Mutation(
        "what has no key is sent again",
        "insteg/home/typed.py",
        "    if not safe_to_send_again(request):\n",
        "    if not request.POST:\n",
        (f"{AWAY}::test_a_form_without_a_key_is_not_offered_to_be_sent_again",),
    ),
    Mutation(
        "a deadlock is a database that is away",
        "insteg/core/away.py",
        "        return state.startswith(AWAY)\n",
        "        return True\n",
        (f"{AWAY}::test_a_fault_of_our_own_is_still_a_fault",),
    ),
]
