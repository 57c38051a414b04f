"""Who is named to whom, and what is counted: the two lines that settle many questions."""

import pytest

from insteg.core.keyset import Counted
from insteg.process.cards.steps import seen_in_words
from insteg.process.models import Kind, Lane
from insteg.process.words import party, turn

NONE = Counted(0, False)


@pytest.mark.parametrize("name", ["bygg", "park", "ue", "styr"])
def test_towards_others_whoever_supports_a_person_is_the_city_s_support(town, name):
    for kind in (Kind.INTERNSHIP, Kind.EMPLOYMENT):
        assert party(Lane.MATCHING, kind, town.who[name]) == "Kommunens stöd"
        assert turn(Lane.MATCHING, kind, town.who[name]) == "Tur för kommunens stöd"
    assert party(Lane.MATCHING, Kind.CONTRACT, town.who[name]) == "Kommunens samordnare"
    assert party(Lane.PROCUREMENT_UNIT, Kind.CONTRACT, town.who[name]) == "Upphandlingsenheten"


@pytest.mark.parametrize("name", ["ame", "sia", "chef"])
def test_the_units_themselves_read_their_own_names(town, name):
    assert party(Lane.MATCHING, Kind.INTERNSHIP, town.who[name]) == "AME och SIA"
    assert turn(Lane.MATCHING, Kind.INTERNSHIP, town.who[name]) == "AME:s och SIA:s tur"


def test_cases_are_counted_also_when_they_are_few():
    one = Counted(1, False)
    assert seen_in_words(one, NONE, NONE) == "1 ärende. Du ser det inte."
    assert seen_in_words(one, one, NONE) == "1 ärende. Inget är sent."


def test_what_is_late_is_counted_among_those_that_one_sees():
    assert seen_in_words(Counted(12, False), Counted(3, False), Counted(2, False)) == (
        "12 ärenden. Du ser 3 av dem. 2 är sena."
    )
    many = Counted(1000, True)
    assert seen_in_words(many, many, Counted(1, False)).startswith("Fler än 1")
