"""Totals over all units, made so that no sum and no difference of sums gives a person away. Pure: knows no database.

Places are business facts and are added as they are. Of people each unit's number is first raised to the next step of
five, and only these steps are added. Whoever knows one unit's own number can then take it from the total, and learn of
the others only a step: "färre än fem" at the least. See docs/adr/0009.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

STEP = 5


class Need(Protocol):
    """What is read of a need."""

    unit_id: UUID
    form: str
    places: int
    people: int

    @property
    def work(self) -> str: ...


@dataclass
class Total:
    """One occupation over all units. `fewer_than` is above the number of people, 0 when nobody waits."""

    work: str
    internships: int = 0
    jobs: int = 0
    people_of: dict[UUID, int] = field(default_factory=dict, repr=False)

    @property
    def places(self) -> int:
        return self.internships + self.jobs

    @property
    def fewer_than(self) -> int:
        return sum(next_step(people) for people in self.people_of.values())


def next_step(people: int) -> int:
    """0 -> 0, 1-4 -> 5, 5-9 -> 10: the smallest multiple of five that is above the number."""
    return (people // STEP + 1) * STEP if people else 0


def totals(needs: Iterable[Need]) -> list[Total]:
    """One for each occupation, most places first. Free texts that differ in capitals only are one."""
    found: dict[str, Total] = {}
    for need in needs:
        total = found.setdefault(need.work.casefold(), Total(need.work))
        if need.form == "internship":
            total.internships += need.places
        else:
            total.jobs += need.places
        # Summed within a unit before it is raised: a unit's own parts must not show in the number of steps.
        total.people_of[need.unit_id] = total.people_of.get(need.unit_id, 0) + need.people
    return sorted(found.values(), key=lambda total: (-total.places, total.work))
