"""Faults in who reaches what, and who is let in."""

from tests.mutations.mutation import Mutation

RULES = "tests/nets/test_every_rule.py"
URLS = "tests/nets/test_every_url.py"
VIEWS = "tests/access/test_views.py"

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
        "            if row is None or not (row.may_do or before is not None):\n",
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
        "    if len(actors) == 1:\n",
        "    if actors:\n",
        ("tests/organisations/test_memberships.py::test_with_several_and_none_chosen_nobody_guesses",),
    ),
]
