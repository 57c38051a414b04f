"""The town, built once for test after test: a third of the suite's time went into building it anew.

It stands in a transaction that is never committed, and what the nets need more in a savepoint of that. Each test's own
transaction is a savepoint on top, which pytest-django rolls back: so every test finds the town as it was built.
"""

import copy
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from tests import hostile
from tests.town import build, furnish

BUILDERS = [lambda _ground: build(), furnish]
GROUND, TOWN, HOUSE = 0, 1, 2


def floor_of(names: list[str], transactional: bool) -> int:
    """How much is to stand when a test with these fixtures begins. Whoever commits begins on bare ground, and so does
    everyone whose `town` is a fixture of their own: only the common one asks for `shared`."""
    if transactional or "shared" not in names:
        return GROUND
    return HOUSE if "house" in names else TOWN


def commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    marked = mark is not None and mark.kwargs.get("transaction", False)
    return marked or bool({"transactional_db", "live_server"} & {*item.fixturenames})


class SharedTown:
    def __init__(self) -> None:
        self.floors: list[tuple[transaction.Atomic, SimpleNamespace]] = []

    def stands_at(self, wanted: int) -> None:
        """Build what is missing, and tear down what is too much."""
        while len(self.floors) > wanted:
            atomic, _ = self.floors.pop()
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)
        while len(self.floors) < wanted:
            atomic = transaction.atomic()
            atomic.__enter__()
            with pytest.MonkeyPatch.context() as patch:
                hostile.shuffle_what_has_no_order(patch, "the town")
                town = BUILDERS[len(self.floors)](self.copy())
            connection.check_constraints()  # now: else PostgreSQL would do it again after every test
            self.floors.append((atomic, town))

    def copy(self) -> SimpleNamespace | None:
        """For one test, which may do with it as it likes, as with Django's setUpTestData; None on bare ground."""
        return copy.deepcopy(self.floors[-1][1]) if self.floors else None
