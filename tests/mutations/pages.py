"""Faults in pages, tables, files and what the rooms reckon."""

from tests.mutations.mutation import Mutation

FIELDS = "tests/nets/test_every_field.py"
COSTS = "tests/nets/test_every_page_costs.py"
PAGES = "tests/inventory/test_pages.py"

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
        "insteg/inventory/queries/planned.py",
        'named.prefetch_related("rule_set").only(',
        "named.only(",
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
        "insteg/inventory/queries/plans.py",
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
        "insteg/inventory/models/planned.py",
        ' "withdrawn_as", "withdrawn_reason", "missing", "places",\n',
        ' "withdrawn_as", "missing", "places",\n',
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
        "insteg/inventory/views/planned.py",
        "export_rows(filtered(planned, chosen, own=own))",
        "export_rows(planned)",
        (f"{PAGES}::test_the_export_has_the_list_s_rule_and_filter",),
    ),
    Mutation(
        "what is withdrawn is shown",
        "insteg/inventory/queries/narrowing.py",
        '    found = planned.filter(withdrawn_at__isnull=show != "withdrawn")',
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
        "insteg/inventory/comparison.py",
        "said.answers.get(key, {})",
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
