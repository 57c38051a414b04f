"""Faults in what suits, how many places and whether there is time (R20, R21, R22)."""

from tests.mutations.mutation import Mutation

JUDGEMENT = "tests/inventory/test_judgement.py"
CASES = "tests/inventory/test_judgement_cases.py::test_case"
RECKONING = "tests/inventory/test_reckoning.py"
LEAD_TIMES = "tests/inventory/test_lead_times.py"

MODEL_RULES = [
    Mutation(
        "an option that nobody has told is none",
        "insteg/inventory/judgement.py",
        '    if options is None:\n        return Criterion("length", question, "unknown", '
        'lambda: perhaps_longer(planned, months), "option_months")\n',
        "    options = options or 0\n",
        (f"{JUDGEMENT}::test_more_knowledge_never_makes_anything_unknown",),
    ),
    Mutation(
        "a framework with a figure is known",
        "insteg/inventory/judgement.py",
        "    if planned.framework and not rules.framework_extent_known:\n",
        "    if planned.framework and planned.fte is None and not rules.framework_extent_known:\n",
        (CASES,),
    ),
    Mutation(
        "an option gives places",
        "insteg/inventory/reckoning.py",
        "    fte, months = planned.fte, planned.months\n",
        "    fte, months = planned.fte, planned.months and planned.months + (planned.option_months or 0)\n",
        (f"{RECKONING}::test_an_option_gives_no_place",),
    ),
    Mutation(
        "the share of the staffing is rounded up",
        "insteg/inventory/reckoning.py",
        "    most = whole(Decimal(fte)",
        "    most = 1 + whole(Decimal(fte)",
        (f"{RECKONING}::test_at_least_one_and_at_most_the_share",),
    ),
    Mutation(
        "a lead time may end on a day off",
        "insteg/inventory/lead_times.py",
        "last_workday(months_later(start, -months))",
        "months_later(start, -months)",
        (f"{LEAD_TIMES}::test_every_start_of_four_years_gets_working_days",),
    ),
    Mutation(
        "a start that is in time is stepped over",
        "insteg/inventory/lead_times.py",
        "        start += dt.timedelta(days=1)\n",
        "        start += dt.timedelta(days=2)\n",
        (f"{LEAD_TIMES}::test_the_first_start_in_time_is_the_first_of_all",),
    ),
    Mutation(
        "a draft forgets the numbers of the edition that it is made of",
        "insteg/process/actions/rule_sets.py",
        "getattr(rule_set, name) for name in TERMS}",
        "getattr(rule_set, name) for name in TERMS[:4]}",
        ("tests/process/test_actions.py::test_a_draft_begins_with_the_values_that_hold",),
    ),
]
