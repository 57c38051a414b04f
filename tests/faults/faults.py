"""Every fault that `make faults` brings about, from each module."""

from tests.faults import database
from tests.faults.fault import Fault

FAULTS: list[Fault] = [*database.FAULTS]
