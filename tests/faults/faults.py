"""Every fault that `make faults` brings about, from each module."""

from tests.faults import database, doubles, edits, killing, letters
from tests.faults.fault import Fault

FAULTS: list[Fault] = [*database.FAULTS, *doubles.FAULTS, *edits.FAULTS, *letters.FAULTS, *killing.FAULTS]
