"""What the database would refuse is said in words before it is asked to keep it, and in one question."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insteg.steering.models import Goal, Target


def said_of(row):
    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()
    return [*refused.value.messages]


def test_a_row_that_keeps_all_its_promises_costs_one_question(town):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        town.planned["p"].validate_constraints()
    assert len([query for query in asked if query["sql"].startswith("SELECT")]) == 1


def test_each_promise_that_is_broken_is_told_in_its_own_words(town):
    row = town.planned["p"]
    row.value_min, row.value_max, row.places_set = 9, 1, 3
    assert said_of(row) == [
        "Det lägsta värdet kan inte vara större än det högsta.",
        "Skriv varför antalet platser är det rimliga.",
    ]


def test_what_is_not_known_breaks_no_promise(town):
    row = town.planned["p"]
    row.value_min, row.value_max = 9, None
    row.validate_constraints()


def test_one_that_there_is_already_is_told_of_when_all_checks_hold(db):
    goal = Goal.objects.create(level="vision", title="Alla har ett arbete")
    Target.objects.create(goal=goal, year=2027, measure="Platser", value=1)
    assert said_of(Target(goal=goal, year=2027, measure="Platser", value=2)) == [
        "Det finns redan ett årsmål för det året. Ändra det i stället."
    ]
