"""The short form: a guard of every kind, each with tests that notice; and one whose tests are left out."""

import json
import resource
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, NamedTuple

from tests.guards import finding
from tests.guards.guard import Kind

RULES = "tests/nets/test_every_rule.py::test_list_object_and_column_agree"


class Trial(NamedTuple):
    """`names` is a part of the guard's key that no other guard of the kind has."""

    kind: Kind
    names: str
    tests: tuple[str, ...]


TRIALS: list[Trial] = []
