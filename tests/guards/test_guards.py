"""The guards are found wherever they stand in the code, and each can be taken away alone."""

import ast
import re
from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MinValueValidator
from django.db.models import Q

from insteg.access.rules import NOTHING
from tests.guards import finding, short
from tests.guards.guard import Kind
from tests.guards.switch import NAMES, REMOVED

FOUND = Counter(guard.kind for guard in finding.in_the_code())
# Far fewer would mean that the code says it in a way that no finder knows.
FEWEST = {
    Kind.RULE: 140, Kind.CONDITION: 65, Kind.ROWS: 40, Kind.VIEW: 140, Kind.OFFER: 35, Kind.DOOR: 10, Kind.VERSION: 8,
    Kind.LOG: 35, Kind.FORM_KEY: 8, Kind.THROTTLE: 1, Kind.REFUSAL: 75, Kind.FAULT: 12, Kind.ARROW: 7, Kind.CHECK: 100,
    Kind.FILE: 35,
}  # fmt: skip
SIGNS = {  # how each is written in the code, one line each, and what it is called when it is found
    r"^\s*raise Blocked\b": "raise Blocked",
    r"^\s*raise Stale\b": "raise Stale",
    r"^\s*raise ValidationError\b": "raise ValidationError",
    r"^\s*raise Unreadable\b": "raise Unreadable",
    r"^@(?:page|listing|for_roles)\(": "@",
}


@pytest.mark.parametrize("kind", FEWEST)
def test_no_kind_is_lost(kind):
    assert FOUND[kind] >= FEWEST[kind]


def test_every_kind_is_counted():
    assert {*FOUND} == {*FEWEST} == {*Kind} - {Kind.DATABASE}


@pytest.mark.parametrize("sign", SIGNS)
def test_whatever_is_written_as_a_refusal_is_found(sign):
    written = {
        f"{path.relative_to(finding.ROOT)}:{number}"
        for path in finding.files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(sign, line)
    }
    found = sum(SIGNS[sign] in guard.text for guard in finding.in_the_code())
    assert found >= len(written) > 10 or (found, sign) == (len(written), r"^\s*raise Stale\b")


def test_every_guard_has_a_name_of_its_own():
    keys = [guard.key for guard in finding.in_the_code()]
    assert len({*keys}) == len(keys)


def tried(code, file="insteg/inventory/access.py", **names):
    """What `answer()` says with every guard in place, and with each taken away; an exception by its name."""
    tree, guards = finding.with_switches(code, file)
    room = {**NAMES, **names}
    exec(compile(tree, file, "exec"), room)

    def answer():
        try:
            return room["answer"]()
        except Exception as error:
            return type(error).__name__

    with_all, without = answer(), []
    for key in guards:
        REMOVED.append(key)
        without.append(answer())
        REMOVED.clear()
    return with_all, without


@pytest.mark.parametrize(
    ("code", "stands", "removed"),
    [
        ("def answer():\n if True:\n  raise PermissionDenied\n return 1", "PermissionDenied", [1]),
        ("def answer():\n if False:\n  pass\n else:\n  raise PermissionDenied", "PermissionDenied", [None]),
        ("def answer():\n try:\n  1 / 0\n except ZeroDivisionError as e:\n  raise PermissionDenied from e",
         "PermissionDenied", [None]),
        ("def answer():\n if 0:\n  return 1\n elif 1:\n  raise PermissionDenied\n return 2", "PermissionDenied", [2]),
        ("from insteg.access.rules import NOTHING\ndef answer():\n return NOTHING", NOTHING, [Q()]),
        ("def answer():\n return Q(a=1, b=2)", Q(a=1, b=2), [Q(b=2), Q(a=1)]),
        ("def answer():\n return Q(a=1) & Q(b=2)", Q(a=1) & Q(b=2), [Q() & Q(b=2), Q(a=1) & Q()]),
        ("def answer():\n return SEE.filter([1, 2], actor)", [1], [[1, 2]]),
        ("def answer():\n return actor in SEE.table", False, [True]),
        ("def answer():\n log = []\n record(log)\n return log", [1], [[]]),
        ("def answer():\n return gate(seen=version)", 7, [None]),
        ("def answer():\n return [v for v in (1, 2) if x(v).version == 2]", [2], [[1, 2]]),
        ("limits = [MinValueValidator(5)]\ndef answer():\n return [check(3) for check in limits]",
         "ValidationError", [[None]]),
    ],
)  # fmt: skip
def test_each_form_of_guard_is_taken_away_alone(code, stands, removed):
    class SEE:
        table = {}

        @staticmethod
        def filter(rows, actor):
            return rows[:1]

    names = {
        "PermissionDenied": PermissionDenied, "ValidationError": ValidationError, "Q": Q, "SEE": SEE, "actor": "någon",
 "record": lambda log: log.append(1), "gate": lambda seen: seen, "version": 7,
        "x": lambda v: type("x", (), {"version": v}), "MinValueValidator": MinValueValidator,
    }  # fmt: skip
    assert tried(code, **names) == (stands, removed)


def test_what_is_no_guard_is_left_as_it_is():
    code = "def answer():\n    if True:\n        raise TypeError\n    return [x for x in y if x.title == 2]"
    tree, guards = finding.with_switches(code, "insteg/inventory/actions/planned.py")
    assert (ast.unparse(tree), guards) == (code, {})


def test_the_short_form_names_a_guard_of_every_kind_and_tests_that_are_there():
    assert {trial.kind for trial in short.TRIALS} == {*Kind}
    keys = [guard.key for guard in finding.in_the_code()]
    for trial in short.TRIALS:
        if trial.kind != Kind.DATABASE:
            assert sum(trial.names in key and f"::{trial.kind.value}::" in key for key in keys) == 1, trial.names
        for test in trial.tests:
            file, _, name = test.partition("::")
            assert f"def {name.partition('[')[0]}(" in (finding.ROOT / file).read_text(encoding="utf-8"), test
