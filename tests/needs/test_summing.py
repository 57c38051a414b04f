"""No total, and no difference between a total and what one knows, gives a person away (R67, docs/adr/0009)."""

from dataclasses import dataclass
from itertools import product

import pytest

from insteg.needs.cards import people_in_words
from insteg.needs.summing import next_step, totals

AME, SIA, THIRD = "ame", "sia", "third"


@dataclass
class Need:
    unit_id: str
    people: int
    places: int = 1
    form: str = "internship"
    work: str = "Städare"


def shown(*needs):
    return [people_in_words(total) for total in totals(needs)]


@pytest.mark.parametrize(("people", "said"), [
    (0, "ingen"), (1, "färre än fem"), (4, "färre än fem"), (5, "färre än 10"), (9, "färre än 10"), (10, "färre än 15"),
])  # fmt: skip
def test_people_are_told_in_steps(people, said):
    assert shown(Need(AME, people)) == [said]


@pytest.mark.parametrize("own", [0, 1, 4, 7, 12, 13, 14])
def test_whoever_knows_the_own_number_learns_of_the_other_unit_only_a_step(own):
    """Between one and four at SIA the total is the same: AME cannot tell them apart, whatever its own number is."""
    assert len({tuple(shown(Need(AME, own), Need(SIA, other))) for other in (1, 2, 3, 4)}) == 1
    assert len({tuple(shown(Need(AME, own), Need(SIA, other))) for other in (5, 6, 7, 8, 9)}) == 1


def test_two_units_that_put_what_they_know_together_learn_of_the_third_only_a_step():
    for own, others in product((0, 3, 8), (0, 2, 6)):
        assert len({tuple(shown(Need(AME, own), Need(SIA, others), Need(THIRD, n))) for n in (1, 2, 3, 4)}) == 1


def test_what_is_said_is_true():
    for own, other in product(range(12), range(12)):
        [total] = totals([Need(AME, own), Need(SIA, other)])
        assert total.fewer_than == next_step(own) + next_step(other)
        assert total.fewer_than > own + other or total.fewer_than == own + other == 0


def test_a_units_two_forms_are_one_number_of_people():
    """Otherwise 1 + 1 would be two steps, and tell that a unit asks for both forms."""
    needs = [Need(AME, 1), Need(AME, 1, form="employment")]
    assert shown(*needs) == ["färre än fem"]
    [total] = totals(needs)
    assert (total.internships, total.jobs) == (1, 1)


def test_places_are_business_facts_and_exact():
    [total] = totals([Need(AME, 2, places=1), Need(SIA, 1, places=3)])
    assert total.places == 4


def test_most_wanted_first_and_spelling_with_capitals_is_no_other_occupation():
    found = totals([Need(AME, 1, 2, work="bagare"), Need(SIA, 1, 1, work="Bagare"), Need(AME, 1, 9, work="Kock")])
    assert [(total.work, total.places) for total in found] == [("Kock", 9), ("bagare", 3)]
