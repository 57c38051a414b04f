"""The town, built once for test after test: a third of the suite's time went into building it anew.

It stands in a transaction that is never committed, and what some tests need more in a savepoint of that, floor upon
floor. Each test's own transaction is a savepoint on top, which pytest-django rolls back: so every test finds the town
as it was built.

A module whose tests need something else says so by LAID: {fixture: what lays it}, the lowest floor first. What lays a
floor is given the one below, sets its own clock, and returns what the fixture gives.
"""

import copy
from collections.abc import Callable, Mapping
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from tests import hostile
from tests.town import build, furnish

Lay = Callable[[SimpleNamespace | None], SimpleNamespace]
COMMON: Mapping[str, Lay] = {"town": lambda _ground: build(), "house": furnish}


def floors_of(item: pytest.Item) -> tuple[Lay, ...]:
    """What is to stand when the test begins. Whoever commits begins on bare ground, and so does everyone whose `town`
    is a fixture of their own: only the common one asks for `shared`."""
    if commits(item) or "shared" not in item.fixturenames:
        return ()
    laid = getattr(item.module, "LAID", COMMON)
    asked = [name in item.fixturenames for name in laid]
    return tuple(laid.values())[: len(asked) - asked[::-1].index(True)] if any(asked) else ()


def commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    marked = mark is not None and mark.kwargs.get("transaction", False)
    return marked or bool({"transactional_db", "live_server"} & {*item.fixturenames})


class SharedTown:
    def __init__(self) -> None:
        self.floors: list[tuple[Lay, transaction.Atomic, SimpleNamespace]] = []

    def stands_at(self, wanted: tuple[Lay, ...]) -> None:
        """Tear down what is another or too much, and build what is missing."""
        while tuple(lay for lay, _, _ in self.floors) != wanted[: len(self.floors)]:
            _, atomic, _ = self.floors.pop()
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)
        for lay in wanted[len(self.floors) :]:
            atomic = transaction.atomic()
            atomic.__enter__()
            with pytest.MonkeyPatch.context() as patch:
                hostile.shuffle_what_has_no_order(patch, "the town")
                town = lay(self.copy())
            connection.check_constraints()  # now: else PostgreSQL would do it again after every test
            self.floors.append((lay, atomic, town))

    def copy(self) -> SimpleNamespace | None:
        """For one test, which may do with it as it likes, as with Django's setUpTestData; None on bare ground."""
        return copy.deepcopy(self.floors[-1][2]) if self.floors else None
