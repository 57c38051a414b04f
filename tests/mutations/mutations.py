"""Faults that the nets must catch: what is replaced by what in the code, and the tests that then fail.

Run by `python -m tests.mutations`. A test of the ordinary suite sees to it that every text to be replaced is still
there, once.
"""

from typing import NamedTuple


class Mutation(NamedTuple):
    name: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]
    postgresql: bool = False  # only a database with row locks can tell


RULES = "tests/nets/test_every_rule.py"
ACTIONS = "tests/nets/test_every_action.py"
URLS = "tests/nets/test_every_url.py"
FIELDS = "tests/nets/test_every_field.py"
COSTS = "tests/nets/test_every_page_costs.py"
CLERKS = "tests/concurrency/test_two_clerks.py"
FORMS = "tests/audit/test_forms.py"
GATE = "tests/audit/test_gate.py"
VIEWS = "tests/access/test_views.py"
PAGES = "tests/inventory/test_pages.py"

WHO_MAY = [
    Mutation(
        "a rule is weakened: a department sees everyone's plans",
        "insteg/inventory/access.py",
        "    Role.PROCURING: ours,\n    Role.COACH: every,\n",
        "    Role.PROCURING: every,\n    Role.COACH: every,\n",
        (f"{RULES}::test_list_object_and_column_agree",),
    ),
    Mutation(
        "a rule is widened: suppliers see coming values",
        "insteg/inventory/access.py",
        'SEE = Rule("se planerad upphandling", PlannedProcurement, {\n',
        'SEE = Rule("se planerad upphandling", PlannedProcurement, {\n    Role.SUPPLIER: every,\n',
        (f"{RULES}::test_list_object_and_column_agree",),
    ),
    Mutation(
        "one withdraws for others",
        "insteg/inventory/access.py",
        "    Role.PROCURING: ours_withdrawn,\n",
        "    Role.PROCURING: any_withdrawn,\n",
        (f"{RULES}::test_list_object_and_column_agree",),
    ),
    Mutation(
        "a used invitation opens again",
        "insteg/organisations/access.py",
        "expires_at__gt=clock.now(), user__in=User.objects.invited())",
        "expires_at__gt=clock.now()) | Q(accepted_at__isnull=False)",
        (f"{RULES}::test_who_is_no_member_reaches_only_what_is_written",),
    ),
    Mutation(
        "nobody is everyone: None matches rows without a value",
        "insteg/access/rules.py",
        "    return NOTHING if value is None else Q(**{path: value})",
        "    return Q(**{path: value})",
        ("tests/access/test_rules.py::test_none_is_nobody",),
    ),
    Mutation(
        "a join doubles rows",
        "insteg/access/rules.py",
        "        return queryset.filter(rows if about_own_columns(rows, self.model) else self.column(actor))",
        "        return queryset.filter(rows)",
        ("tests/access/test_rules.py",),
    ),
    Mutation(
        "the row filter is gone from lists",
        "insteg/access/views.py",
        "            return view(request, rule.filter(rule.model._default_manager.all(), request.actor), **kwargs)",
        "            return view(request, rule.model._default_manager.all(), **kwargs)",
        (f"{VIEWS}::test_a_list_holds_what_one_sees_and_a_role_without_rows_is_refused",),
    ),
    Mutation(
        "a role that the rule does not name is let in to an empty list",
        "insteg/access/views.py",
        "    if request.actor.role not in rule.table:\n",
        "    if False:\n",
        (f"{VIEWS}::test_a_list_holds_what_one_sees_and_a_role_without_rows_is_refused",),
    ),
    Mutation(
        "what one may not see is there after all: 403 for 404",
        "insteg/access/views.py",
        "                if row is None:\n                    raise Http404\n",
        "",
        (f"{VIEWS}::test_what_is_not_seen_is_not_there_and_what_is_only_seen_is_refused",),
    ),
    Mutation(
        "what one may only see can be done: 403 is gone",
        "insteg/access/views.py",
        "            if row is None or not (row.may_do or sent_before(request)):\n",
        "            if row is None:\n",
        (f"{VIEWS}::test_what_is_not_seen_is_not_there_and_what_is_only_seen_is_refused",),
    ),
    Mutation(
        "a view that names no rule runs",
        "insteg/organisations/middleware.py",
        "        if access is None:\n            raise ImproperlyConfigured",
        "        if False:\n            raise ImproperlyConfigured",
        (f"{URLS}::test_an_unmarked_address_is_found_and_does_not_run",),
    ),
    Mutation(
        "an address that the table does not know",
        "insteg/home/urls.py",
        '    path("halsa/", views.health, name="health"),\n',
        '    path("halsa/", views.health, name="health"),\n    path("ny/", views.health, name="new"),\n',
        (f"{URLS}::test_the_table_is_complete",),
    ),
    Mutation(
        "a membership that has ended still counts",
        "insteg/organisations/models.py",
        "        return self.filter(begun, organisation, unit, ended_at=None)",
        "        return self.filter(begun, organisation, unit)",
        ("tests/organisations/test_next_request.py",),
    ),
]

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
        "            record(actor, self.name, [row, *others, *made_by(result)], changed, reason)\n",
        "",
        (f"{ACTIONS}::test_every_action_is_logged_once_with_names_and_without_values",),
    ),
    Mutation(
        "personal values are logged",
        "insteg/audit/gate.py",
        "            record(actor, self.name, [row, *others, *made_by(result)], changed, reason)\n",
        "            told = [str(getattr(row, name)) for name in changed]\n"
        "            record(actor, self.name, [row, *others, *made_by(result)], told, reason)\n",
        (f"{ACTIONS}::test_every_action_is_logged_once_with_names_and_without_values",),
    ),
    Mutation(
        "work and log are in no common transaction",
        "insteg/audit/gate.py",
        "        with transaction.atomic():\n            row = lock(",
        "        if True:\n            row = lock(",
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
        "insteg/process/migrations/0002_first_edition.py",
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
]

PAGE_FAULTS = [
    Mutation(
        "a template names what is not there",
        "insteg/inventory/templates/inventory/list.html",
        "{{ lead }}",
        "{{ leed }}",
        (f"{PAGES}::test_each_sees_what_is_theirs",),
    ),
    Mutation(
        "a page has a script of its own",
        "insteg/ui/templates/ui/base.html",
        '<meta charset="utf-8">\n',
        '<meta charset="utf-8"><script>window.x = 1</script>\n',
        (f"{PAGES}::test_each_sees_what_is_theirs",),
    ),
    Mutation(
        "the content security policy is gone",
        "insteg/config/settings/base.py",
        '    "csp.middleware.CSPMiddleware",\n',
        "",
        (f"{PAGES}::test_each_sees_what_is_theirs",),
    ),
    Mutation(
        "a form has no token",
        "insteg/inventory/templates/inventory/review.html",
        "    {% csrf_token %}\n",
        "",
        ("tests/inventory/test_upload.py",),
    ),
    Mutation(
        "the list asks once for every row",
        "insteg/inventory/queries.py",
        '.select_related("organisation").prefetch_related("rule_set").only(',
        '.select_related("organisation").only(',
        (f"{COSTS}::test_fifty_rows_cost_as_much_as_one[planerade/ ue]",),
    ),
    Mutation(
        "the list of people asks once for everyone",
        "insteg/organisations/queries.py",
        '        queryset=Membership.objects.current().select_related("organisation", "unit"),\n',
        "        queryset=Membership.objects.current(),\n",
        (f"{COSTS}::test_fifty_rows_cost_as_much_as_one[anvandare/ admin]",),
    ),
    Mutation(
        "the first of rows in no order are shown",
        "insteg/inventory/queries.py",
        '.order_by("created_at", "pk")[:20]',
        ".order_by()[:20]",
        (f"{COSTS}::test_fifty_rows_cost_as_much_as_one[home ue]",),
    ),
    Mutation(
        "a page leaves out a row",
        "insteg/core/keyset.py",
        "    rows = list(beyond.order_by(*turned)[: size + 1])",
        "    rows = list(beyond.order_by(*turned)[:size])",
        (f"{PAGES}::test_long_lists_have_pages",),
    ),
    Mutation(
        "the next page begins with the last row again",
        "insteg/core/keyset.py",
        'RowsBeyond("<" if keys[0].descending else ">", columns, wanted)',
        'RowsBeyond("<=" if keys[0].descending else ">=", columns, wanted)',
        (f"{PAGES}::test_long_lists_have_pages",),
    ),
]

ROOMS = [
    Mutation(
        "a field is not classified",
        "insteg/inventory/models.py",
        '            "withdrawn_reason",\n        }  # fmt: skip',
        "        }  # fmt: skip",
        (f"{FIELDS}::test_every_field_of_every_own_table_is_classified",),
    ),
    Mutation(
        "a secret is called plain",
        "insteg/organisations/models.py",
        '        personal = {"email", "name", "password", "last_login"}\n',
        '        plain |= {"password"}\n        personal = {"email", "name", "last_login"}\n',
        (f"{FIELDS}::test_whatever_points_at_a_person_is_personal",),
    ),
    Mutation(
        "personal data is kept for ever",
        "insteg/home/models.py",
        "        keep_months = 24\n",
        "",
        (f"{FIELDS}::test_every_field_of_every_own_table_is_classified",),
    ),
    Mutation(
        "the export forgets the filter",
        "insteg/inventory/views.py",
        "export_rows(queries.filtered(planned, filter_of(request).chosen()))",
        "export_rows(planned)",
        (f"{PAGES}::test_the_export_has_the_list_s_rule_and_filter",),
    ),
    Mutation(
        "what is withdrawn is shown",
        "insteg/inventory/queries.py",
        "    found = planned.filter(withdrawn_at__isnull=not withdrawn)",
        "    found = planned.all()",
        (f"{PAGES}::test_withdraw_and_take_back",),
    ),
    Mutation(
        "text becomes a formula in Excel",
        "insteg/documents/tables.py",
        '    cell.data_type = "s"',
        "    pass",
        ("tests/documents/test_tables.py", f"{PAGES}::test_text_never_becomes_a_formula"),
    ),
    Mutation(
        "text becomes a formula in csv",
        "insteg/documents/tables.py",
        """    return f"'{text}" if FORMULA.match(text) else text""",
        "    return text",
        ("tests/documents/test_tables.py::test_no_text_is_a_formula_in_csv",),
    ),
    Mutation(
        "the bound of length excludes itself",
        "insteg/inventory/judgement.py",
        "    if months >= least:",
        "    if months > least:",
        ("tests/inventory/test_judgement.py::test_each_criterion",),
    ),
    Mutation(
        "one full-time post is more than one",
        "insteg/inventory/judgement.py",
        "fte > rules.more_than_fte",
        "fte >= rules.more_than_fte",
        ("tests/inventory/test_judgement.py::test_each_criterion",),
    ),
    Mutation(
        "a plan is saved in part: what has no answer is guessed",
        "insteg/inventory/plan_rows.py",
        "answers.get((sheet.name, row.number), {})",
        "{}",
        ("tests/inventory/test_upload.py",),
    ),
    Mutation(
        "an upload has no largest size",
        "insteg/inventory/plan_reader/files.py",
        "    if len(content) > LARGEST_FILE:\n",
        "    if False:\n",
        ("tests/inventory/plan_reader/test_broken_files.py",),
    ),
    Mutation(
        "an archive may unpack to anything",
        "insteg/inventory/plan_reader/packed.py",
        "    if len(entries) > MOST_ENTRIES or declared > LARGEST_EXPANDED:\n",
        "    if False:\n",
        ("tests/inventory/plan_reader/test_broken_files.py",),
    ),
]

SIGN_IN = [
    Mutation(
        "no second factor is asked for",
        "insteg/organisations/middleware.py",
        "        if step := missing_step(request):\n",
        "        if step := '':\n",
        ("tests/organisations/test_second_factor.py",),
    ),
    Mutation(
        "a session lasts for ever while it is used",
        "insteg/organisations/middleware.py",
        "now - begun > settings.SESSION_ABSOLUTE_SECONDS or ",
        "",
        ("tests/organisations/test_sessions.py",),
    ),
    Mutation(
        "an idle session lasts",
        "insteg/organisations/middleware.py",
        " or now - seen > settings.SESSION_IDLE_SECONDS:",
        ":",
        ("tests/organisations/test_sessions.py",),
    ),
    Mutation(
        "the example city's people sign in anywhere",
        "insteg/organisations/sign_in/__init__.py",
        "        return user.is_active and (settings.EXAMPLE_CITY or not user.is_example)",
        "        return user.is_active",
        ("tests/organisations/test_let_in.py",),
    ),
    Mutation(
        "a closed account is open",
        "insteg/organisations/sign_in/__init__.py",
        "        return user.is_active and (settings.EXAMPLE_CITY or not user.is_example)",
        "        return settings.EXAMPLE_CITY or not user.is_example",
        ("tests/organisations/test_let_in.py",),
    ),
    Mutation(
        "another's membership can be chosen",
        "insteg/organisations/views/memberships.py",
        "    if wanted in {str(m.pk) for m in request.memberships}:",
        "    if wanted:",
        ("tests/organisations/test_second_factor.py::test_the_membership_of_someone_else_cannot_be_chosen",),
    ),
    Mutation(
        "with two memberships one is guessed",
        "insteg/organisations/middleware.py",
        "    if len(open_ones) == 1:\n",
        "    if open_ones:\n",
        ("tests/organisations/test_memberships.py::test_with_several_and_none_chosen_nobody_guesses",),
    ),
]

MUTATIONS = [*WHO_MAY, *GATES, *SENT_FORMS, *PAGE_FAULTS, *ROOMS, *SIGN_IN]
