"""Puts lists of codes into the tables. Nothing is ever taken away: a code may be in use."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction

from insteg.codes.models import Code, Cpv, CpvOccupation, Occupation, Threshold
from insteg.codes.short_lists.cpv import COMMON, DIVISIONS
from insteg.codes.short_lists.cpv_occupations import CPV_OCCUPATIONS
from insteg.codes.short_lists.occupations import OCCUPATIONS
from insteg.codes.short_lists.thresholds import THRESHOLDS

C = TypeVar("C", bound=Code)
BATCH = 500


@dataclass(frozen=True)
class Report:
    """What a loading did with each row. `left` are rows in the table that the list does not name."""

    new: int
    changed: int
    same: int
    left: int

    def __str__(self) -> str:
        return f"{self.new} nya, {self.changed} ändrade, {self.same} lika, {self.left} utanför listan finns kvar"


def load_short_lists() -> dict[str, Report]:
    """The product's own lists, by the tables' names. What has come from an official list keeps its words."""
    with transaction.atomic():
        return {
            "Cpv": store(Cpv, (Cpv(code=c, title_sv=sv, title_en=en) for c, sv, en in (*DIVISIONS, *COMMON))),
            "Occupation": store(
                Occupation, (Occupation(code=c, title_sv=sv, title_en=en) for c, sv, en in OCCUPATIONS)
            ),
            "CpvOccupation": store_cpv_occupations(),
            "Threshold": store_thresholds(),
        }


def store(model: type[C], rows: Iterable[C]) -> Report:
    """Adds and changes by code, all or nothing. A row from an official list is changed only by another official one."""
    new, changed, same = [], [], 0
    with transaction.atomic():
        stored = model._default_manager.in_bulk()
        for row in rows:
            there = stored.pop(row.pk, None)
            if there is None:
                new.append(row)
                continue
            row.title_en = row.title_en or there.title_en  # a list in Swedish alone takes no English away
            if there.official > row.official or facts(there) == facts(row):
                same += 1
            else:
                changed.append(row)
        model._default_manager.bulk_create(new, batch_size=BATCH)
        model._default_manager.bulk_update(changed, ["title_sv", "title_en", "official"], batch_size=BATCH)
    return Report(len(new), len(changed), same, len(stored))


def facts(row: Code) -> Sequence[object]:
    return row.title_sv, row.title_en, row.official


def store_cpv_occupations() -> Report:
    """Adds the pairs that have never been in the table: one that somebody has removed is in it still, and stays so."""
    pairs = [(cpv, occupation) for cpv, occupations in CPV_OCCUPATIONS.items() for occupation in occupations]
    stored = set(CpvOccupation.objects.values_list("cpv", "occupation_id"))
    new = [CpvOccupation(cpv=cpv, occupation_id=each) for cpv, each in pairs if (cpv, each) not in stored]
    CpvOccupation.objects.bulk_create(new, batch_size=BATCH)
    return Report(len(new), 0, len(pairs) - len(new), len(stored - set(pairs)))


def store_thresholds() -> Report:
    new = changed = 0
    stored = {(row.kind, row.valid_from): row for row in Threshold.objects.all()}
    for each in THRESHOLDS:
        row = stored.pop((each.kind, each.valid_from), None)
        values = {"known_until": each.known_until, "amount": each.amount, "source": each.source, "read": each.read}
        if row is None:
            Threshold.objects.create(kind=each.kind, valid_from=each.valid_from, **values)
            new += 1
        elif any(getattr(row, name) != value for name, value in values.items()):
            Threshold.objects.filter(pk=row.pk).update(**values)
            changed += 1
    return Report(new, changed, len(THRESHOLDS) - new - changed, len(stored))
