"""The procurements of a compilation one by one, for its files: those of one judgement, or every one."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F

from insteg.inventory.queries.compilation import reasonable_places
from insteg.inventory.queries.occupations import Expected, occupations_of
from insteg.inventory.queries.planned import Planned, order

BATCH = 500


def told(planned: Planned) -> Planned:
    """By wanted start, those without one last; each with `organisation_name` and `given`, its places."""
    named = planned.annotate(organisation_name=F("organisation__name"), given=reasonable_places())
    return named.select_related("organisation").prefetch_related("rule_set").order_by(*order())


def judged_as(planned: Planned, proposal: str, most: int) -> list[Any]:
    """The first of those with that judgement. Two queries, or none where `most` is none."""
    return list(told(planned.filter(proposal=proposal))[:most]) if most > 0 else []


def every_one(planned: Planned) -> Iterator[tuple[Any, Expected]]:
    """Each with the occupations that it is expected to need; a few hundred in memory at a time."""
    batch: list[Any] = []
    for row in told(planned).iterator(chunk_size=BATCH):
        batch.append(row)
        if len(batch) == BATCH:
            yield from with_occupations(batch)
            batch = []
    yield from with_occupations(batch)


def with_occupations(batch: list[Any]) -> Iterator[tuple[Any, Expected]]:
    expected = occupations_of(batch) if batch else {}
    return ((row, expected[row.pk]) for row in batch)
