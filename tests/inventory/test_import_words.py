"""R11: the review shows what a sheet says as it says it, and never what we know as if the sheet had said it."""

import pytest

from insteg.inventory.actions import report
from tests.inventory.test_import_preview import CLEANING, WALL, Clerk


@pytest.fixture
def clerk(as_, town):
    return Clerk(as_("park"), town.org["Park"])


@pytest.fixture
def known(town):
    return report(actor=town.who["park"], target=town.org["Park"], seen=None, **CLEANING)


def test_what_could_not_be_read_is_shown_as_it_was_typed_and_not_as_what_we_know(clerk, known):
    clerk.sends(["Lokalvård", "", "90911200", 12, "24 mån", "24 mån", "31/2 2028", 4], WALL)
    table = clerk.html[clerk.html.index('id="rows-h"') :]
    assert "”31/2 2028” kunde inte läsas" in table
    assert "1\xa0mars\xa02028" not in table
    clerk.answers(do="keep", r2_start="2028-03-01")
    clerk.opens()
    assert "kunde inte läsas" not in clerk.html
    assert "1\xa0mars\xa02028" in clerk.html


def test_a_word_that_gives_no_value_is_shown_beside_what_stands(clerk, known):
    clerk.sends(["Lokalvård", "", "90911200", 12, "24 mån", "24 mån", "snarast", 4], WALL)
    assert "1\xa0mars\xa02028 står kvar, ”snarast” gav inget värde" in clerk.html


def test_words_that_give_no_value_are_listed(clerk):
    clerk.sends(["Bro", "", "", 9, "24 mån", "x", "snarast"], ["Tak", "", "", 9, "24 mån", "1 år", "2028-03-01"])
    assert "Rad 2, avtalsstart: ”snarast” gav inget värde" in clerk.html
    assert "Rad 2, möjlig förlängning: ”x” gav inget värde" in clerk.html
