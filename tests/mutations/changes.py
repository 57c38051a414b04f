"""Faults in how things are changed: the gate, the log, the forms that are sent."""

from tests.mutations.mutation import Mutation

ACTIONS = "tests/nets/test_every_action.py"
CLERKS = "tests/concurrency/test_two_clerks.py"
FORMS = "tests/audit/test_forms.py"
GATE = "tests/audit/test_gate.py"

GATES = [
    Mutation(
        "the right is not asked",
        "insteg/audit/gate.py",
        "            if not self.rule.permits(actor, row.pk):\n",
        "            if False:\n",
        (f"{ACTIONS}::test_every_action_refuses_everyone_without_the_right",),
    ),
    Mutation(
        "the right is asked before the lock",
        "insteg/audit/gate.py",
        "            row = lock(self.rule.model, pk=target.pk)\n",
        "            permitted = self.rule.permits(actor, target.pk)\n"
        "            row = lock(self.rule.model, pk=target.pk)\n"
        "            if permitted:\n"
        "                return self.work(row, actor=actor, **data) or store(row, facts(row))\n",
        (f"{CLERKS}::test_a_right_that_is_lost_while_waiting_for_the_lock_is_lost",),
        postgresql=True,
    ),
    Mutation(
        "the row is not locked",
        "insteg/audit/gate.py",
        "model._base_manager.select_for_update(no_key=True).filter(**which)",
        "model._base_manager.filter(**which)",
        (f"{CLERKS}::test_of_eight_edits_of_one_version_one_wins",),
        postgresql=True,
    ),
    Mutation(
        "the key of a locked row is locked too",
        "insteg/audit/gate.py",
        "select_for_update(no_key=True)",
        "select_for_update()",
        (f"{CLERKS}::test_judging_again_and_editing_do_not_wait_for_one_another_for_ever",),
        postgresql=True,
    ),
    Mutation(
        "the version is not compared",
        "insteg/audit/gate.py",
        "            if seen is not None and seen != row.version:\n",
        "            if False:\n",
        (f"{ACTIONS}::test_every_action_that_finds_another_version_does_nothing",),
    ),
    Mutation(
        "the version is not raised",
        "insteg/audit/gate.py",
        "        row.version += 1\n",
        "",
        (f"{ACTIONS}::test_every_change_raises_the_version",),
    ),
    Mutation(
        "the audit call is gone",
        "insteg/audit/gate.py",
        "            record(actor, self.name, [row, *others, *made_by(result), *followed], changed, reason)\n",
        "",
        (f"{ACTIONS}::test_every_action_is_logged_once_with_names_and_without_values",),
    ),
    Mutation(
        "personal values are logged",
        "insteg/audit/gate.py",
        "            record(actor, self.name, [row, *others, *made_by(result), *followed], changed, reason)\n",
        "            told = [str(getattr(row, name)) for name in changed]\n"
        "            record(actor, self.name, [row, *others, *made_by(result), *followed], told, reason)\n",
        (f"{ACTIONS}::test_every_action_is_logged_once_with_names_and_without_values",),
    ),
    Mutation(
        "work and log are in no common transaction",
        "insteg/audit/gate.py",
        "        with transaction.atomic():\n            self.first(",
        "        if True:\n            self.first(",
        (f"{ACTIONS}::test_every_action_that_cannot_be_logged_is_not_done",),
    ),
    Mutation(
        "the constraints are not asked",
        "insteg/audit/gate.py",
        "        row.validate_constraints()\n",
        "",
        (f"{GATE}::test_work_that_fails_leaves_no_trace",),
    ),
    Mutation(
        "the whole row is written, also what others changed",
        "insteg/audit/gate.py",
        '        row.save(update_fields=[*changed, "version"])\n',
        "        row.save()\n",
        (f"{GATE}::test_only_what_changed_is_written",),
    ),
    Mutation(
        "the log can be thinned",
        "insteg/audit/migrations/0002_append_only.py",
        'for event in ("UPDATE", "DELETE")',
        'for event in ("UPDATE",)',
        (f"{GATE}::test_the_log_is_only_added_to",),
    ),
    Mutation(
        "a published rule set can be rewritten",
        "insteg/process/migrations/0003_places_and_lead_times.py",
        '        refuse("UPDATE", "process_ruleset", says=SAYS, when=PUBLISHED),\n',
        "",
        (f"{GATE}::test_what_is_published_is_frozen",),
    ),
]

SENT_FORMS = [
    Mutation(
        "the form key is forgotten",
        "insteg/audit/forms.py",
        "        if new:\n",
        "        if True:\n",
        (f"{FORMS}::test_sent_twice_is_done_once_and_gets_the_same_answer",),
    ),
    Mutation(
        "the form key covers no words",
        "insteg/audit/forms.py",
        "request.path + urlencode(typed)",
        "request.path",
        (f"{FORMS}::test_going_back_and_changing_a_word_is_another_act",),
    ),
    Mutation(
        "a corrected file is taken for the old one",
        "insteg/audit/forms.py",
        "{digest(f)}",
        "{f.size}",
        (f"{FORMS}::test_a_corrected_file_with_the_same_name_and_size_is_another_act",),
    ),
    Mutation(
        "a stale form cannot be sent again",
        "insteg/audit/forms.py",
        '    form.data["version"] = str(stale.row.version)',
        '    form.data["version"] = form.data["version"]',
        (f"{FORMS}::test_a_stale_form_keeps_the_words_and_tells_only_what_it_shows",),
    ),
    Mutation(
        "the database's refusal is a fault page",
        "insteg/audit/forms.py",
        "    except IntegrityError as error:\n        form.add_error(None, sentence_of(error))\n",
        "",
        (f"{FORMS}::test_a_constraint_s_words_land_in_the_form",),
    ),
    Mutation(
        "forms are exempt from the token",
        "insteg/config/settings/base.py",
        '    "django.middleware.csrf.CsrfViewMiddleware",\n',
        "",
        (f"{FORMS}::test_a_post_without_the_token_changes_nothing",),
    ),
    Mutation(
        "a new edition judges only the first batch",
        "insteg/inventory/actions/planned.py",
        "        queue(JUDGE_AGAIN, after=str(batch[-1].pk))\n",
        "        pass\n",
        ("tests/inventory/test_judging_again.py::test_all_are_judged_however_many",),
    ),
    Mutation(
        "what is saved by the edition before meanwhile is never judged again",
        "insteg/inventory/actions/planned.py",
        "    elif batch or after:\n        queue(JUDGE_AGAIN)\n",
        "",
        ("tests/inventory/test_judging_again.py::test_a_row_saved_by_the_old_edition_meanwhile_is_judged_in_the_end",),
    ),
    Mutation(
        "a round is closed beside those who answer just then",
        "insteg/inventory/actions/rounds.py",
        "    lock_requests(round)\n    silent = with_this(round, unanswered(round))\n    if silent",
        "    silent = with_this(round, unanswered(round))\n    if silent",
        (
            "tests/concurrency/test_one_closes_a_round.py::"
            "test_whoever_answers_while_the_round_is_closed_is_not_told_that_no_answer_came",
        ),
        postgresql=True,
    ),
    Mutation(
        "a round that is opened again leaves longer times that are shorter than its own",
        "insteg/inventory/actions/rounds.py",
        "    needless = take_back_time(round)\n    silent",
        "    needless = []\n    silent",
        (
            "tests/inventory/test_rounds.py::"
            "test_longer_time_than_the_first_day_is_not_late_when_the_round_is_opened_again",
        ),
    ),
    Mutation(
        "a plan that ends a joint procurement leaves its reports joined into it",
        "insteg/inventory/actions/saving.py",
        "    release([one for one, _ending in gone], actor)\n",
        "",
        ("tests/inventory/test_shared.py::test_a_joint_one_that_a_plan_no_longer_has_leaves_its_reports_standing",),
    ),
    Mutation(
        "a reminder stands in the way of whoever answers",
        "insteg/inventory/forms/answers.py",
        "        return None  # whichever it is now",
        '        return self.cleaned_data["version"]',
        (
            "tests/inventory/test_reminders.py::"
            "test_what_happens_to_the_request_while_they_answer_does_not_stand_in_their_way",
        ),
    ),
    Mutation(
        "what was under way when the answer was sent is told nowhere",
        "insteg/inventory/queries/history.py",
        " - UNDER_WAY",
        "",
        ("tests/inventory/test_history.py::test_what_was_under_way_when_the_answer_was_sent_is_told",),
    ),
]
