"""Faults on the page of one procurement: what it shows of others, and of what people have said (R21, R22)."""

from tests.mutations.mutation import Mutation

PAGE = "tests/inventory/test_analysis_page.py"
LINE = "tests/inventory/test_lead_line.py"

ANALYSIS = [
    Mutation(
        "likenesses show the procurements of others",
        "insteg/inventory/queries/analysis.py",
        'access.SEE.filter(perhaps_alike(rows, planned), actor).select_related("organisation")',
        'perhaps_alike(rows, planned).select_related("organisation")',
        (f"{PAGE}::test_nobody_sees_through_likenesses_what_they_may_not_see",),
    ),
    Mutation(
        "likenesses show the agreements of others",
        "insteg/inventory/queries/analysis.py",
        'access.SEE_AGREEMENT.filter(rows, actor).select_related("organisation")',
        'rows.select_related("organisation")',
        (f"{PAGE}::test_nobody_sees_through_likenesses_what_they_may_not_see",),
    ),
    Mutation(
        "a number stands as if nothing had changed since",
        "insteg/inventory/queries/analysis.py",
        "if value != then.facts.get(name)]",
        "if value is then]",
        (f"{PAGE}::test_it_is_said_which_facts_have_changed_since_the_number_was_set",),
    ),
    Mutation(
        "the number of places of what is withdrawn is set",
        "insteg/inventory/access.py",
        'SET_PLACES = Rule("bestämma antal platser", PlannedProcurement, {Role.PROCUREMENT_UNIT: not_joined})',
        'SET_PLACES = Rule("bestämma antal platser", PlannedProcurement, {Role.PROCUREMENT_UNIT: every})',
        (f"{PAGE}::test_only_the_procurement_unit_sets_it_and_only_while_it_waits",),
    ),
    Mutation(
        "what is bought through another is hurried on",
        "insteg/inventory/cards/analysis.py",
        "    if planned.withdrawn_at or planned.merged_into_id:\n",
        "    if planned.withdrawn_at:\n",
        (f"{PAGE}::test_of_what_is_withdrawn_or_bought_through_another_nothing_of_this_is_asked",),
    ),
    Mutation(
        "the zeros of two codes are alike",
        "insteg/inventory/queries/analysis.py",
        '    return cpv.rstrip("0")\n',
        "    return cpv\n",
        (f"{PAGE}::test_codes_that_name_no_group_have_nothing_in_common",),
    ),
    Mutation(
        "words in the picture lie over one another",
        "insteg/inventory/cards/lead_line.py",
        "if label_x - half >= end + BETWEEN",
        "if label_x >= end",
        (f"{LINE}::test_no_words_lie_over_others_or_outside_the_picture",),
    ),
]
