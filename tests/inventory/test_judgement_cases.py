"""R20, R21: fifty procurements as a city has them, each judged and reckoned by hand first. Pure: no database.

The answers stand in the criteria's order: kind, extent, length, staffing; + is yes, - is no and ? is not known. The two
last columns are the places by extent and by value; None is not reckonable.
"""

from decimal import Decimal

import pytest

from insteg.codes.nature import nature_of_cpv
from insteg.inventory.judgement import judge
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.reckoning import by_extent, by_value
from insteg.process.models import RuleSet

MODEL = RuleSet(edition=1)
SIGNS = {"+": "yes", "-": "no", "?": "unknown"}
PROPOSALS = {"suits": "suitable", "asks": "needs_facts", "no": "not_suitable"}

SERVICES, WORKS, SUPPLIES, MIXED = "services", "works", "supplies", ""
FRAMEWORK, STATED, NOT_KNOWN = {"framework": True}, {"extent_known": True}, {"extent_known": False}
A_CAR, PREMISES, CRANE_WITH_DRIVER = nature_of_cpv("34110000"), nature_of_cpv("70310000"), nature_of_cpv("45500000")


def said_unknown(*names):
    return {"unknown_fields": [*names]}


CASES = [
    # what                                nature, months, option, fte, million kronor, more  answers, proposal, places
    ("cleaning, as the model likes it",     SERVICES, 36, 12, "24", 48, {},              "++++", "suits", 2, 1),
    # the length
    ("exactly four months",                 SERVICES, 4, 0, "12", 3, {},                 "++++", "suits", 1, 0),
    ("four months, option not told",        SERVICES, 4, None, "12", 3, {},              "++++", "suits", 1, 0),
    ("three months, never prolonged",       SERVICES, 3, 0, "12", 3, {},                 "++-+", "no", 1, 0),
    ("three months, option not told",       SERVICES, 3, None, "12", 3, {},              "++?+", "asks", 1, 0),
    ("three months, option said unknown",   SERVICES, 3, None, "12", 3, said_unknown("option_months"),
                                                                                         "++?+", "asks", 1, 0),
    ("four months with its option",         SERVICES, 3, 1, "12", 3, {},                 "++?+", "asks", 1, 0),
    ("three months with its option",        SERVICES, 2, 1, "12", 3, {},                 "++-+", "no", 1, 0),
    ("an option and no length",             SERVICES, None, 24, "5", 10, {},             "++?+", "asks", None, 0),
    ("nothing but options, told as nought", SERVICES, 0, 24, "5", 10, {},                "++?+", "asks", 0, 0),
    ("length not told",                     SERVICES, None, None, "5", 10, {},           "++?+", "asks", None, 0),
    ("length said unknown",                 WORKS, None, None, "5", 10, said_unknown("months"),
                                                                                         "++?+", "asks", None, 0),
    ("fifty years",                         SERVICES, 600, 0, "2", 75, {},               "++++", "suits", 1, 3),
    # the staffing
    ("exactly one full-time",               SERVICES, 24, 0, "1", 2, {},                 "+++-", "no", 1, 0),
    ("a tenth more than one full-time",     SERVICES, 24, 0, "1.1", 2, {},               "++++", "suits", 1, 0),
    ("half a full-time",                    SERVICES, 24, 0, "0.5", 1, {},               "+++-", "no", 1, 0),
    ("nobody at all",                       SERVICES, 24, 0, "0", 1, {},                 "+++-", "no", 0, 0),
    ("staffing not told",                   SERVICES, 24, 0, None, 30, {},               "+++?", "asks", None, 1),
    ("staffing said unknown",               WORKS, 24, 0, None, 30, said_unknown("fte"), "+++?", "asks", None, 0),
    ("one no is enough beside an unknown",  SERVICES, 2, 0, None, 30, {},                "++-?", "no", None, 1),
    # the extent
    ("value not told",                      SERVICES, 24, 0, "5", None, {},              "++++", "suits", 1, None),
    ("value said unknown",                  WORKS, 24, 0, "5", None, said_unknown("value_min", "value_max"),
                                                                                         "++++", "suits", 1, None),
    ("neither value nor staffing",          SERVICES, 24, 0, None, None, {},             "+?+?", "asks", None, None),
    ("extent said known, nothing else",     SERVICES, 24, 0, None, None, STATED,         "+++?", "asks", None, None),
    ("extent said not to be known",         SERVICES, 24, 0, "9", 31, NOT_KNOWN,         "+?++", "asks", 1, 1),
    ("framework, extent not stated",        SERVICES, 48, 0, "30", 60, FRAMEWORK,        "+?++", "asks", 3, 2),
    ("framework, extent stated",            SERVICES, 48, 0, "30", 60, FRAMEWORK | STATED,
                                                                                         "++++", "suits", 3, 2),
    ("framework, extent said unknown",      SERVICES, 48, 0, "30", 60, FRAMEWORK | NOT_KNOWN,
                                                                                         "+?++", "asks", 3, 2),
    ("framework without any figure",        WORKS, 48, 0, None, None, FRAMEWORK,         "+?+?", "asks", None, None),
    ("framework of goods",                  SUPPLIES, 48, 0, "3", 60, FRAMEWORK,         "-?++", "no", 1, None),
    ("no framework, as somebody said",      WORKS, 48, 0, "30", 60, {"framework": False},
                                                                                         "++++", "suits", 3, 1),
    # the kind
    ("goods",                               SUPPLIES, 24, 0, "3", 9, {},                 "-+++", "no", 1, None),
    ("a lease of cars is goods",            A_CAR, 36, 0, "2", 9, {},                    "-+++", "no", 1, None),
    ("a lease of premises is a service",    PREMISES, 120, 0, "2", 30, {},               "++++", "suits", 1, 1),
    ("a crane hired with driver is works",  CRANE_WITH_DRIVER, 12, 0, "3", 6, {},        "++++", "suits", 1, 0),
    ("goods and services at once",          MIXED, 24, 0, "20", 60, {},                  "?+++", "asks", 2, None),
    ("mixed, and too short anyway",         MIXED, 3, 0, "20", 60, {},                   "?+-+", "no", 1, None),
    # all or nothing
    ("nothing told but the name",           MIXED, None, None, None, None, {},           "????", "asks", None, None),
    ("nothing told but that it is goods",   SUPPLIES, None, None, None, None, {},        "-???", "no", None, None),
    # the value: the upper end counts, and nothing is rounded up
    ("ten to fifty million",                SERVICES, 24, 0, "30", (10, 50), {},         "++++", "suits", 3, 2),
    ("at least sixty million",              WORKS, 12, 0, "20", (60, None), {},          "++++", "suits", 2, 1),
    ("at most 24.9 million",                SERVICES, 48, 0, "6", (None, Decimal("24.9")), {},
                                                                                         "++++", "suits", 1, 0),
    ("just what a place costs",             SERVICES, 10, 0, "10", 25, {},               "++++", "suits", 1, 1),
    ("a krona less than a place of works",  WORKS, 10, 0, "10", Decimal("49.999999"), {},
                                                                                         "++++", "suits", 1, 0),
    ("a value of nought is told",           SERVICES, 24, 0, None, 0, {},                "+++?", "asks", None, 0),
    # the extent: a hundred full-time months for a place, a tenth of the staffing at most
    ("just two places",                     SERVICES, 10, 0, "20", 20, {},               "++++", "suits", 2, 0),
    ("one month less than two places",      SERVICES, 9, 0, "20", 20, {},                "++++", "suits", 1, 0),
    ("not quite twenty people, five years", SERVICES, 60, 0, "19.9", 90, {},             "++++", "suits", 1, 3),
    ("options give no places",              SERVICES, 6, 54, "30", 90, {},               "++++", "suits", 1, 3),
    ("a shopping centre",                   WORKS, 30, 0, "80", 300, {},                 "++++", "suits", 8, 6),
    ("a home for the elderly",              SERVICES, 48, 24, "120", 380, {},            "++++", "suits", 12, 15),
    ("the largest that anyone writes",      WORKS, 60, 0, "10000", 100_000, {},          "++++", "suits", 1000, 2000),
]  # fmt: skip


def million(amount):
    return None if amount is None else int(amount * 1_000_000)


def planned(nature, months, option, fte, value, more):
    low, high = value if isinstance(value, tuple) else (value, value)
    return PlannedProcurement(
        title="x", nature=nature, months=months, option_months=option, fte=None if fte is None else Decimal(fte),
        value_min=million(low), value_max=million(high), **more,
    )  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_case(case):
    _what, *facts, answers, proposal, extent, value = case
    one = planned(*facts)
    judgement = judge(one, MODEL)
    assert [criterion.answer for criterion in judgement.criteria] == [SIGNS[sign] for sign in answers]
    assert judgement.proposal == PROPOSALS[proposal]
    assert (by_extent(one, MODEL).places, by_value(one, MODEL).places) == (extent, value)


def test_there_are_fifty_and_no_two_alike():
    assert len({case[0] for case in CASES}) == len(CASES) >= 50
    assert len({str(case[1:7]) for case in CASES}) == len(CASES)
