"""What all grammars share: not known, silent and zero are three things, and no cell brings one down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insteg.inventory.plan_reader.amounts import Amount, read_amount
from insteg.inventory.plan_reader.cpv import read_cpvs
from insteg.inventory.plan_reader.dates import read_start
from insteg.inventory.plan_reader.durations import Duration, read_duration, read_option
from insteg.inventory.plan_reader.nature import read_nature
from insteg.inventory.plan_reader.staffing import read_staffing

UNKNOWN = [
    "?",
    "okänt",
    "Okänd",
    "vet ej",
    "Vet inte",
    "ej känt",
    "uppgift saknas",
    "oklart",
    "TBD",
    "utreds",
    "ej beslutat",
    "okänt (utreds)",
]
SILENT = ["-", "–", "", "n/a", "ej aktuellt"]
GRAMMARS = {
    "amount": lambda cell: read_amount(cell, "mkr"),
    "length": read_duration,
    "start": read_start,
    "cpv": read_cpvs,
    "nature": read_nature,
    "staffing": read_staffing,
}


def test_zero_is_neither_unknown_nor_silent():
    assert read_amount("0", "mkr").value == Amount(0, 0)
    assert read_staffing("0").value == 0.0
    assert read_option("0").value == Duration(None, 0)


@pytest.mark.parametrize("grammar", GRAMMARS)
@pytest.mark.parametrize("typed", UNKNOWN)
def test_not_known_is_said_as_not_known(grammar: str, typed: str):
    read = GRAMMARS[grammar](typed)
    assert read.unknown
    assert (read.value, read.question, read.fault) == (None, None, None)


@pytest.mark.parametrize("grammar", GRAMMARS)
@pytest.mark.parametrize("typed", SILENT)
def test_silence_is_neither_known_nor_unknown(grammar: str, typed: str):
    read = GRAMMARS[grammar](typed)
    assert (read.value, read.unknown, read.question, read.fault) == (None, False, None, None)


@pytest.mark.parametrize("grammar", GRAMMARS)
@given(
    typed=st.text(max_size=40)
    | st.floats()
    | st.integers()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.timedeltas()
    | st.times()
)
def test_no_cell_brings_a_grammar_down(grammar: str, typed: object):
    read = GRAMMARS[grammar](typed)
    for odd in (read.question, read.fault):
        assert odd is None or str(odd.text)
