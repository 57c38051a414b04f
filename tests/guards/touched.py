"""Which tests ask each guard whether it stands: learnt by running the suite once, kept in var/guards.

Only test files that are new or changed since are run again. Each test file is known by its text.
"""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.guards.guard import Guard, Kind

# Of the files themselves, of a browser, of other ways to break things, or of two at once.
NOT_ASKED = ("journeys", "mutations", "guards", "faults", "attacks", "upgrades", "concurrency", "worker_app")
AT_ONCE = 25  # test files: what is learnt is kept between, so that one can stop and go on
FEW = 6
WARM = "tests/nets/test_every_rule.py::test_none_is_nobody"  # a quick one, for which the whole house is furnished
LONGEST_SECONDS = 120  # of tests that are tried for one guard, by how long they took with every guard in place
# Those that nets.py lets ask about one thing alone are quick, whatever the whole takes.
URLS, RULES = "tests/nets/test_every_url.py::", "tests/nets/test_every_rule.py::"
OF_RULES = (
    f"{RULES}test_list_object_and_column_agree",
    f"{RULES}test_who_is_no_member_reaches_only_what_is_written",
)
NARROW = {
    Kind.VIEW: tuple(f"{URLS}test_everyone_gets_the_written_answer[{method}]" for method in ("get", "post")),
    Kind.RULE: OF_RULES,
    Kind.CONDITION: OF_RULES,
    Kind.LOG: ("tests/nets/test_every_log_entry.py::test_the_log_names_what_an_action_depended_on_and_made",),
}


def hash_of(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:16]


class Touched:
    """{test: {"seconds", "failed", "asked"}}, the text of the test files it was learnt from, and the triggers."""

    def __init__(self, kept: Path) -> None:
        self.kept = kept
        known = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
        self.files: dict[str, str] = known.get("files", {})
        self.tests: dict[str, dict[str, Any]] = known.get("tests", {})
        self.triggers = [Guard(*each[:1], Kind(each[1]), *each[2:]) for each in known.get("triggers", [])]

    def stale(self, root: Path) -> list[str]:
        """Test files to learn from, anew or for the first time."""
        found = []
        for path in sorted((root / "tests").rglob("test_*.py")):
            name = path.relative_to(root).as_posix()
            of_a_room = name.count("/") > 1 and not set(NOT_ASKED) & {*Path(name).parts}
            if of_a_room and self.files.get(name) != hash_of(path):
                found.append(name)
        return found

    def learn(self, root: Path, files: Iterable[str], told: dict[str, Any]) -> None:
        learnt = set(files)
        self.tests = {test: seen for test, seen in self.tests.items() if test.partition("::")[0] not in learnt}
        self.tests |= told["tests"]
        self.files |= {name: hash_of(root / name) for name in learnt}
        self.triggers = [Guard(*each[:1], Kind(each[1]), *each[2:]) for each in told["triggers"]]
        self.keep()

    def keep(self) -> None:
        self.kept.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"files": self.files, "tests": self.tests, "triggers": self.triggers})
        self.kept.write_text(text, encoding="utf-8")

    def by_guard(self) -> dict[str, list[str]]:
        """{guard: the tests that ask it, the quickest first}."""
        found: dict[str, list[str]] = {}
        for test, seen in sorted(self.tests.items(), key=lambda each: each[1]["seconds"]):
            if not seen["failed"]:
                for key in seen["asked"]:
                    found.setdefault(key, []).append(test)
        return found

    def in_order(self, guard: Guard, tests: list[str]) -> list[str]:
        """What asks of this very thing first, then a few of its own room, then the quickest: for a while."""
        room = guard.file.split("/")[1]
        near = [test for test in tests if test.split("/")[1] == room][:FEW]
        narrow = [test for test in tests if test in NARROW.get(guard.kind, ())]
        rest = (test for test in dict.fromkeys([*near, *tests]) if test not in narrow)
        return [*narrow, *self.for_a_while(rest)]

    def for_a_while(self, tests: Iterable[str]) -> Iterator[str]:
        """One at least, however long it takes."""
        spent = 0.0
        for test in tests:
            if spent > LONGEST_SECONDS:
                return
            spent += self.tests[test]["seconds"]
            yield test
