"""What the example city has in this room, and when in the filling each part of it comes."""

from insteg.inventory.demo import (
    agreements,
    analysis,
    answers,
    cases,
    occupations,
    plan,
    planned,
    questions,
    rounds,
    shared,
)

IN_ORDER = [
    (29, planned.fill),
    (31, agreements.fill),
    (32, shared.fill),
    (33, analysis.fill),
    (34, occupations.fill),
    (40, rounds.fill),
    (45, answers.fill),
    (46, questions.fill),
    (48, cases.fill),
    (50, plan.fill),  # after the answers: a plan that waits would stop its sender's
]
